"""Plain Python: a question of any kind in, what one sitting shows of it out, the same for the same seed and history."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from math import factorial
from random import Random
from typing import Any, Self

from quizzes.generation.candidates import Candidate, best_together
from quizzes.generation.choosing import fair_set
from quizzes.generation.forward import most_lures
from quizzes.generation.made import CHANCE_WHEN_TYPED, ONE_CHOICE, WRITTEN, FactKey, Judged, Made, QuestionKind
from quizzes.generation.options import Option, right_option, wrong_option
from quizzes.generation.order_by import SHOWN
from quizzes.generation.sources import Thing
from quizzes.generation.words import comparable, is_same_name

LENGTH = 0.5
CONFUSION = 0.8
MOST_CONFUSIONS = 3.0
NOISE = 0.1
MOST_FREE_CELLS = 12
"""Above so many free cells a table is put together a column at a time."""


@dataclass(frozen=True, slots=True)
class Hole:
    """One cell to be filled. `right` are the places in the tray of what fits; `guess_chance` that of the first try."""

    row: Judged
    right: tuple[int, ...]
    guess_chance: float


@dataclass(frozen=True, slots=True)
class Drawn:
    """
    What a sitting shows of one question.

    `options` are shuffled (which-of-two: in the order of the table) and say which are right; none for what is typed.
    In order-by `order` holds the places of the options, the lowest first. `facts` are those the answer speaks of, for
    select-all, order-by and rebuild one for each option or hole (None: a row that memory is not kept for).
    `guess_chance` is that of a right answer. In rebuild `tray` is the shuffled values, each as often as it is missing.
    """

    options: tuple[Option, ...] = ()
    order: tuple[int, ...] = ()
    facts: tuple[FactKey | None, ...] = ()
    guess_chance: float = CHANCE_WHEN_TYPED
    holes: tuple[Hole, ...] = ()
    tray: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The same as plain values for a JSON field."""
        return asdict(self)

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """What `to_json` gave, back again."""
        return cls(
            options=tuple(Option.from_json(option) for option in stored["options"]),
            order=tuple(stored["order"]),
            facts=tuple(FactKey(**fact) if fact else None for fact in stored["facts"]),
            guess_chance=stored["guess_chance"],
            holes=tuple(
                Hole(Judged.from_json(hole["row"]), tuple(hole["right"]), hole["guess_chance"])
                for hole in stored["holes"]
            ),
            tray=tuple(stored["tray"]),
        )


def draw(
    made: Made,
    *,
    seed: int,
    first_sight: bool,
    confusions: Mapping[str, float] | None = None,
    column: str | None = None,
) -> Drawn:
    """
    What is shown of a question.

    At first sight of a fact the lures are the least alike, later the most alike and those this learner has taken for
    the answer before: `confusions` counts these by the text of the option. `seed` may be that of the whole sitting.
    `column` restricts a rebuild to one column as asked; without it a long table gives the column that the seed picks.
    """
    chance = Random(f"{seed}/{'/'.join(made.identity)}")
    if made.kind in ONE_CHOICE:
        return _choice(made, chance, first_sight, confusions or {})
    if made.kind in WRITTEN:
        return Drawn(facts=made.facts)
    if made.kind is QuestionKind.SELECT_ALL:
        return _rows_to_tick(made, chance)
    if made.kind is QuestionKind.ORDER_BY:
        return _rows_to_order(made, chance)
    return _table_to_rebuild(made, chance, column)


def _choice(made: Made, chance: Random, first_sight: bool, confusions: Mapping[str, float]) -> Drawn:
    lures = [wrong_option(lure) for lure in _lures(made, chance, first_sight, confusions)]
    right = right_option(made)
    if made.fixed_place is None:
        options = [right, *lures]
        chance.shuffle(options)
    else:
        options = [*lures[: made.fixed_place], right, *lures[made.fixed_place :]]
    return Drawn(tuple(options), facts=made.facts, guess_chance=1 / len(options))


def _lures(made: Made, chance: Random, first_sight: bool, confusions: Mapping[str, float]) -> tuple[Candidate, ...]:
    if made.kind is QuestionKind.WHICH_OF_TWO:
        return made.candidates
    cost = {
        candidate: _rank(candidate, made.answer, first_sight, confusions.get(candidate.text, 0.0))
        + chance.random() * NOISE
        for candidate in made.candidates
    }
    ranked = sorted(made.candidates, key=lambda candidate: (candidate.reach, cost[candidate]))
    if made.kind in {QuestionKind.DECISION, QuestionKind.LOOKUP}:
        return best_together(made.answer, ranked)
    if made.kind is QuestionKind.REVERSE:
        return fair_set(made.answer, ranked, made.needs, clash=is_same_name)
    if made.kind is QuestionKind.FORWARD:
        return fair_set(made.answer, ranked, made.needs, most_lures(made.candidates))
    return fair_set(made.answer, ranked, made.needs)


def _rank(candidate: Candidate, answer: str, first_sight: bool, confusions: float) -> float:
    """The lower, the sooner taken. Of like length in both orders, so that length is no cue."""
    lengths = sorted((len(candidate.text), len(answer)))
    like_length = LENGTH * lengths[0] / lengths[1]
    if first_sight:
        return candidate.similarity - like_length
    return -candidate.similarity - like_length - CONFUSION * min(MOST_CONFUSIONS, confusions)


def _rows_to_tick(made: Made, chance: Random) -> Drawn:
    rows = list(made.rows)
    chance.shuffle(rows)
    remembered = set(made.facts)
    return Drawn(
        tuple(_row_option(made, row) for row in rows),
        facts=tuple(row.fact if row.fact in remembered else None for row in rows),
        guess_chance=1 / (2 ** len(rows) - 1),
    )


def _rows_to_order(made: Made, chance: Random) -> Drawn:
    rows = chance.sample(made.rows, min(SHOWN, len(made.rows)))
    order = sorted(range(len(rows)), key=lambda place: rows[place].number)
    if order == list(range(len(rows))):
        # A row of options that is right as it stands asks for nothing.
        rows, order = rows[::-1], order[::-1]
    return Drawn(
        tuple(_row_option(made, row) for row in rows),
        tuple(order),
        tuple(row.fact for row in rows),
        1 / factorial(len(rows)),
    )


def _row_option(made: Made, row: Judged) -> Option:
    answer_to = f"{row.column}: {row.value}"
    return Option(row.name, row.is_right, made.table_key, answer_to, (row.thing,), True)


def _table_to_rebuild(made: Made, chance: Random, column: str | None) -> Drawn:
    free = [row for row in made.rows if not row.is_fixed]
    columns = sorted({row.column for row in free})
    if column is None and len(free) > MOST_FREE_CELLS:
        column = chance.choice(columns)
    return _taken_out(made, [row for row in free if column in {None, row.column}], chance)


def take_out(made: Made, *, seed: int, column: str = "", thing: Thing | None = None) -> Drawn:
    """
    A table to be rebuilt with one column (as asked) or one row taken out; with neither, all that can be.

    Placeholders stay. No holes where there is nothing of that name to take out.
    """
    free = [row for row in made.rows if not row.is_fixed and column in {"", row.column} and thing in {None, row.thing}]
    return _taken_out(made, free, Random(f"{seed}/{'/'.join(made.identity)}"))


def _taken_out(made: Made, free: Sequence[Judged], chance: Random) -> Drawn:
    tray = [row.value for row in free]
    chance.shuffle(tray)
    remembered = set(made.facts)
    return Drawn(
        facts=tuple(row.fact if row.fact in remembered else None for row in free),
        guess_chance=1 / max(1, len({comparable(value) for value in tray})),
        holes=tuple(_hole(row, free, tray) for row in free),
        tray=tuple(tray),
    )


def _hole(row: Judged, free: Sequence[Judged], tray: Sequence[str]) -> Hole:
    form = comparable(row.value)
    right = tuple(place for place, value in enumerate(tray) if comparable(value) == form)
    of_column = {comparable(other.value) for other in free if other.column == row.column}
    return Hole(row, right, 1 / len(of_column))
