"""Plain Python: one option of a question, as it is drawn for a sitting."""

from dataclasses import asdict, dataclass
from typing import Any, Self

from quizzes.generation.candidates import Candidate
from quizzes.generation.made import Made
from quizzes.generation.sources import Thing


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
        return {**asdict(self), "things": [asdict(thing) for thing in self.things]}

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Self:
        """What `to_json` gave, as an option again."""
        return cls(**{**stored, "things": tuple(Thing(**thing) for thing in stored["things"])})


def right_option(made: Made) -> Option:
    """The right answer of a choice, or of what is typed, as an option."""
    return Option(made.answer, True, made.table_key, made.asks, made.things, made.has_own_row)


def wrong_option(candidate: Candidate) -> Option:
    """A candidate as an option."""
    return Option(
        candidate.text, False, candidate.table_key, candidate.answer_to, candidate.things, candidate.has_own_row
    )
