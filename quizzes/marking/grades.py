"""
Plain Python: what was shown and what was given in; right, partly or wrong out, with what each fact is told of it.

A fact is whatever names one to the caller. Guess chances are those of the memory model: how likely the answer was right
without knowing.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import factorial

from quizzes.generation.words import comparable
from quizzes.marking.typed import Outcome

HALF = 1 / 2
CHANCE_WHEN_TYPED = 0.02


class Mark(StrEnum):
    """An answer as a whole. PARTLY is half a point in a score and no right answer to memory."""

    RIGHT = "right"
    PARTLY = "partly"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class FactGrade[Fact]:
    """
    What one fact is told: `guess_chance` is 0 to 1; `is_unknown` means that the learner said so, whatever the chance.
    """

    fact: Fact
    is_right: bool
    guess_chance: float
    is_unknown: bool = False


@dataclass(frozen=True, slots=True)
class Grade[Fact]:
    """
    One answer: its mark, and what its facts are told, in the order of the question.

    Facts where nothing was left to choose (a chance of 1) are told nothing: memory is not moved.
    """

    mark: Mark
    facts: tuple[FactGrade[Fact], ...]

    @property
    def is_right(self) -> bool:
        """Whether all of it is right."""
        return self.mark is Mark.RIGHT

    @property
    def points(self) -> float:
        """0, a half or 1."""
        return {Mark.RIGHT: 1.0, Mark.PARTLY: HALF, Mark.WRONG: 0.0}[self.mark]


@dataclass(frozen=True, slots=True)
class Blank[Fact]:
    """
    A cell that was taken out of a table: where it is, what belongs there, and its fact.

    `fact` is None for a cell that can be put back but is not remembered: a vague value, a pointer.
    """

    row: str
    column: str
    value: str
    fact: Fact | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """One cell put back: `text` is empty where nothing was put."""

    row: str
    column: str
    text: str
    is_right: bool


def grade_unknown[Fact](facts: Sequence[Fact], guess_chance: float) -> Grade[Fact]:
    """ "I don't know", of a question of any kind: none of its facts was known."""
    return Grade(Mark.WRONG, tuple(FactGrade(fact, False, guess_chance, is_unknown=True) for fact in facts))


def grade_unanswered[Fact]() -> Grade[Fact]:
    """Nothing given when the time was up: no points, and no memory is moved."""
    return Grade(Mark.WRONG, ())


def grade_choice[Fact](fact: Fact, *, right: int, chosen: int, options: int, struck: int = 0) -> Grade[Fact]:
    """
    One of several options, one of two among them; `struck` were ruled out by a hint. Places are counted from 0.

    Raises ValueError for a place that was not shown.
    """
    if not (0 <= right < options and 0 <= chosen < options):
        raise ValueError("An option that was not shown cannot be graded.")
    is_right = chosen == right
    return _of_one(fact, is_right, 1 / max(1, options - struck), Mark.RIGHT if is_right else Mark.WRONG)


def grade_typed[Fact](fact: Fact, outcome: Outcome, *, is_second_try: bool = False) -> Grade[Fact] | None:
    """
    A typed answer; None while there is nothing to grade: nothing typed, or a first near miss, which is tried again.

    Right at the second try is right. Another near miss then is wrong.
    """
    if outcome is Outcome.EMPTY or (outcome is Outcome.NEAR_MISS and not is_second_try):
        return None
    marks = {Outcome.RIGHT: Mark.RIGHT, Outcome.PARTLY: Mark.PARTLY}
    return _of_one(fact, outcome is Outcome.RIGHT, CHANCE_WHEN_TYPED, marks.get(outcome, Mark.WRONG))


def _of_one[Fact](fact: Fact, is_right: bool, guess_chance: float, mark: Mark) -> Grade[Fact]:
    return Grade(mark, (FactGrade(fact, is_right, guess_chance),) if guess_chance < 1 else ())


def grade_ticks[Row, Fact](
    shown: Sequence[Row], *, right: Collection[Row], ticked: Collection[Row], facts: Mapping[Row, Fact]
) -> Grade[Fact]:
    """
    Select all: every tick right, or each row with a fact by itself.

    `facts` has the rows that memory is kept for: the right ones, of a yes/no column all. Partly right is what misses
    rows but ticks no wrong one. Raises ValueError for a tick on a row that was not shown.
    """
    if not set(ticked) <= set(shown):
        raise ValueError("A row that was not shown cannot be ticked.")
    judged = {row: (row in ticked) == (row in right) for row in shown}
    whole = all(judged.values())
    chance = 1 / (2 ** len(shown) - 1) if whole else HALF
    some = bool(ticked) and set(ticked) <= set(right)
    mark = Mark.RIGHT if whole else Mark.PARTLY if some else Mark.WRONG
    return Grade(mark, tuple(FactGrade(facts[row], judged[row], chance) for row in shown if row in facts))


def grade_order[Row, Fact](right: Sequence[Row], given: Sequence[Row], facts: Mapping[Row, Fact]) -> Grade[Fact]:
    """
    Order by: all in order, or right is each row with the same neighbours before and after it as in the key.

    Raises ValueError when `given` does not hold the rows of the key, each once.
    """
    if Counter(right) != Counter(given):
        raise ValueError("An order has every row that was shown, each once.")
    before_and_after = _neighbours(given)
    judged = {row: before_and_after[row] == neighbours for row, neighbours in _neighbours(right).items()}
    whole = all(judged.values())
    chance = 1 / factorial(len(right)) if whole else 1 / len(right)
    mark = Mark.RIGHT if whole else Mark.PARTLY if any(judged.values()) else Mark.WRONG
    return Grade(mark, tuple(FactGrade(facts[row], judged[row], chance) for row in right if row in facts))


def _neighbours[Row](rows: Sequence[Row]) -> dict[Row, tuple[Row | None, Row | None]]:
    around = [None, *rows, None]
    return {row: (around[place], around[place + 2]) for place, row in enumerate(rows)}


def grade_rebuild[Fact](
    blanks: Sequence[Blank[Fact]], placed: Sequence[tuple[str, str, str]]
) -> tuple[Grade[Fact], tuple[Placed, ...]]:
    """
    Rebuild: the grade, and each cell in the order of `blanks`, to be painted on the table.

    `placed` holds (row, column, text) in the order of placing; of a cell that was filled twice the last counts. Equal
    values are interchangeable. The chance of each is one in the different values still free in its column; the last
    one is forced and moves nothing. A cell left empty was not known. Raises ValueError for a cell that is no blank.
    """
    wanted = {(blank.row, blank.column): blank for blank in blanks}
    given = {(row, column): text for row, column, text in placed if text.strip()}
    if not given.keys() <= wanted.keys():
        raise ValueError("Only cells that were taken out can be put back.")
    chances = _chances(blanks, given)
    cells = [
        Placed(blank.row, blank.column, given.get(place, ""), _fits(blank, given.get(place, "")))
        for place, blank in wanted.items()
    ]
    return Grade(_mark(cells), tuple(_told(blanks, cells, chances))), tuple(cells)


def _chances[Fact](blanks: Sequence[Blank[Fact]], given: Mapping[tuple[str, str], str]) -> dict[tuple[str, str], float]:
    """The guess chance of each filled cell, counted while its column's values run out; of an empty one at the end."""
    free: dict[str, Counter[str]] = {}
    for blank in blanks:
        free.setdefault(blank.column, Counter())[comparable(blank.value)] += 1
    chances = {}
    for (row, column), text in given.items():
        chances[row, column] = 1 / max(1, len(+free[column]))
        free[column][comparable(text)] -= 1
    for blank in blanks:
        chances.setdefault((blank.row, blank.column), 1 / max(2, len(+free[blank.column])))
    return chances


def _fits[Fact](blank: Blank[Fact], text: str) -> bool:
    return bool(text) and comparable(text) == comparable(blank.value)


def _mark(cells: Sequence[Placed]) -> Mark:
    if all(cell.is_right for cell in cells):
        return Mark.RIGHT
    return Mark.PARTLY if any(cell.is_right for cell in cells) else Mark.WRONG


def _told[Fact](
    blanks: Sequence[Blank[Fact]], cells: Sequence[Placed], chances: Mapping[tuple[str, str], float]
) -> Iterator[FactGrade[Fact]]:
    for blank, cell in zip(blanks, cells, strict=True):
        chance = chances[blank.row, blank.column]
        if blank.fact is not None and chance < 1:
            yield FactGrade(blank.fact, cell.is_right, chance, is_unknown=not cell.text)
