"""Plain Python: two rows of a table in; the columns that tell them apart, and the questions of their drill, out."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from quizzes.contrasts.rows import lines
from quizzes.generation.sources import SourceTable, Thing
from quizzes.generation.values import is_offerable

RIGHTS = 2
"""Right answers after which a column is done."""


@dataclass(frozen=True, slots=True)
class DrillQuestion:
    """
    Which of two rows has this value? Guess chance 1/2, its fact the cell of `right` in `column`.

    `options` are the two things in the order of the table.
    """

    column: str
    value: str
    right: Thing
    options: tuple[Thing, Thing]


@dataclass(frozen=True, slots=True)
class DrillAnswer:
    """One answer of a drill: the column and the thing that were asked, and whether it was right."""

    column: str
    asked: Thing
    is_right: bool


def drill_columns(table: SourceTable, one: Thing, other: Thing) -> tuple[str, ...]:
    """
    The columns (or aspects) in which two things differ and both say something, the one that differs most first.

    Names may stand in the values and values may be near: in a drill both cells were just looked at.
    """
    compared = lines("", table.values(one) or [], table.values(other) or [])
    return tuple(
        line.column for line in compared if not line.is_same and is_offerable(line.right) and is_offerable(line.other)
    )


def drill_questions(table: SourceTable, one: Thing, other: Thing) -> tuple[DrillQuestion, ...]:
    """Two questions for each column that differs, one for the value of either thing; in the order of the columns."""
    values = {thing: dict(table.values(thing) or []) for thing in (one, other)}
    options = _in_table_order(table, one, other)
    columns = drill_columns(table, one, other)
    return tuple(
        DrillQuestion(column, values[thing][column], thing, options) for column in columns for thing in options
    )


def next_of_drill(
    questions: Sequence[DrillQuestion], answers: Sequence[DrillAnswer], *, seed: int
) -> DrillQuestion | None:
    """
    What to ask after these answers of the drill, in random order; None once each column was right twice.

    A column never comes twice in a row while another is open; where it must, the other thing's value is asked. So
    there is always another question between. The same answers and seed give the same question.
    """
    rights = [answer.column for answer in answers if answer.is_right]
    open_columns = list(dict.fromkeys(each.column for each in questions if rights.count(each.column) < RIGHTS))
    if not open_columns:
        return None
    last = answers[-1].column if answers else ""
    fresh = [column for column in open_columns if column != last] or open_columns
    column = Random(f"{seed}/{len(answers)}").choice(fresh)
    asked = [answer.asked for answer in answers if answer.column == column]
    both = [each for each in questions if each.column == column]
    if not asked:
        return Random(f"{seed}/{column}").choice(both)
    return next((each for each in both if each.right != asked[-1]), both[0])


def _in_table_order(table: SourceTable, one: Thing, other: Thing) -> tuple[Thing, Thing]:
    places = {thing: place for place, (_, thing) in enumerate(table.things())}
    return (one, other) if places.get(one, 0) <= places.get(other, 0) else (other, one)
