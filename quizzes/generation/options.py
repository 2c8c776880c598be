"""Plain Python: a prepared question in, the options of one sitting out."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from random import Random
from typing import Any, Self

from quizzes.generation.candidates import Candidate, best_together
from quizzes.generation.decisions import Prepared
from quizzes.generation.sources import Thing

LENGTH = 0.5
CONFUSION = 0.8
MOST_CONFUSIONS = 3.0
NOISE = 0.1


@dataclass(frozen=True, slots=True)
class Option:
    """
    One option as shown. Nothing but its text may reach a page before the answer.

    `answer_to` is the question that it does answer (of the table the question stands in), empty for a borrowed one.
    """

    text: str
    is_right: bool
    table_key: str
    answer_to: str
    things: tuple[Thing, ...]
    has_own_row: bool

    def to_json(self) -> dict[str, Any]:
        """The option as plain values for a JSON field."""
        return asdict(self)

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Self:
        """What `to_json` gave, as an option again."""
        return cls(**{**stored, "things": tuple(Thing(**thing) for thing in stored["things"])})


def choose_options(
    prepared: Prepared, *, seed: int, first_sight: bool, confusions: Mapping[str, float] | None = None
) -> tuple[Option, ...]:
    """
    The right option and up to three lures, shuffled: the same for the same question, seed and history.

    At first sight of a fact the lures are the least alike, later the most alike and those this learner has taken for
    the answer before. `confusions` counts these by the text of the option. `seed` may be that of the whole sitting.
    """
    chance = Random(f"{seed}/{prepared.question_key}")
    cost = {
        candidate: rank(candidate, prepared.answer, first_sight, (confusions or {}).get(candidate.text, 0.0))
        + chance.random() * NOISE
        for candidate in prepared.candidates
    }
    ranked = sorted(prepared.candidates, key=lambda candidate: (candidate.reach, cost[candidate]))
    lures = best_together(prepared.answer, ranked)
    options = [right_option(prepared), *(wrong_option(lure) for lure in lures)]
    chance.shuffle(options)
    return tuple(options)


def rank(candidate: Candidate, answer: str, first_sight: bool, confusions: float) -> float:
    """The lower, the sooner taken. Of like length in both orders, so that length is no cue."""
    lengths = sorted((len(candidate.text), len(answer)))
    like_length = LENGTH * lengths[0] / lengths[1]
    if first_sight:
        return candidate.similarity - like_length
    return -candidate.similarity - like_length - CONFUSION * min(MOST_CONFUSIONS, confusions)


def right_option(prepared: Prepared) -> Option:
    """The right answer as an option."""
    return Option(prepared.answer, True, prepared.table_key, prepared.asks, prepared.things, prepared.has_own_row)


def wrong_option(candidate: Candidate) -> Option:
    """A candidate as an option."""
    return Option(
        candidate.text, False, candidate.table_key, candidate.answer_to, candidate.things, candidate.has_own_row
    )
