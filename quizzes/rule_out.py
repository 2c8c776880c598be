"""Plain Python: a question with its options in; the column that excludes each wrong one, and what a strike is, out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Self

from quizzes.contrasts.cards import Contrast, Layout, Line
from quizzes.contrasts.rows import Tables, contrast, is_there, shown
from quizzes.generation.options import Option
from quizzes.generation.sources import SourceTable, Thing
from quizzes.generation.words import words

FEWEST_WRONG = 2
"""With fewer options to strike there is nothing to work out."""


class Verdict(StrEnum):
    """
    What striking an option by a cell comes to.

    DECIDES: struck. DIFFERS: true, but it does not decide. SAME: the answer has the same there. ANSWER: it is the
    answer itself, which nothing excludes.
    """

    DECIDES = "decides"
    DIFFERS = "differs"
    SAME = "same"
    ANSWER = "answer"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of an option's row. An empty value is a cell without one."""

    column: str
    value: str


@dataclass(frozen=True, slots=True)
class Standing:
    """
    One option with the cells of its row, in the order of the table.

    `row` is the row's name where the option is worded otherwise. A wrong option has the `contrast` of its row and that
    of the answer, whose first line decides; the answer has none.
    """

    text: str
    row: str
    cells: tuple[Cell, ...]
    contrast: Contrast | None = None

    @property
    def is_right(self) -> bool:
        """Whether this is the answer."""
        return self.contrast is None

    @property
    def deciding(self) -> Line | None:
        """The column that excludes the option, with the values of both rows; None for the answer."""
        return self.contrast.lines[0] if self.contrast else None

    def has(self, column: str) -> bool:
        """Whether its row has a cell of this column."""
        return any(cell.column == column for cell in self.cells)

    def judge(self, column: str) -> Verdict:
        """What striking this option by its cell of this column comes to."""
        if self.contrast is None:
            return Verdict.ANSWER
        line = next((line for line in self.contrast.lines if line.column == column), None)
        if line is None or line.is_same:
            return Verdict.SAME
        return Verdict.DECIDES if line.decides else Verdict.DIFFERS

    def to_json(self) -> dict[str, Any]:
        """Plain values for a JSON field."""
        return asdict(self)

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """What `to_json` gave, back again."""
        kept = Contrast.from_json(stored["contrast"]) if stored["contrast"] else None
        return cls(stored["text"], stored["row"], tuple(Cell(**cell) for cell in stored["cells"]), kept)


def things_of(options: Iterable[Option]) -> set[Thing]:
    """Every row, or column of an aspect table, that may be shown."""
    return {thing for option in options for thing in option.things}


def tellable(asks: str, right: Option, wrong: Sequence[Option], tables: Tables) -> list[Option]:
    """
    The wrong options that a column of one table excludes, in their order: the table that excludes most of them.

    Empty where fewer than two can be told so: that question is not one to rule out.
    """
    found = [
        [option for option in wrong if _apart(asks, right, option, tables[key])] for key in _tables_of(right, tables)
    ]
    most = max(found, key=len, default=[])
    return most if len(most) >= FEWEST_WRONG else []


def stand(asks: str, options: Sequence[Option], tables: Tables) -> list[Standing]:
    """
    The options with their rows, in the order given. One is right, the others are those that were `tellable`.

    Empty where the tables do not hold them any more.
    """
    right = next((option for option in options if option.is_right), None)
    if right is None:
        return []
    wrong = [option for option in options if not option.is_right]
    for key in _tables_of(right, tables):
        table = tables[key]
        apart = [_apart(asks, right, option, table) for option in wrong]
        told = [each for each in apart if each is not None]
        if len(told) == len(wrong) >= FEWEST_WRONG:
            left = iter(told)
            return [
                _answer(right, table, told[0]) if option.is_right else _wrong(option, table, next(left))
                for option in options
            ]
    return []


def _tables_of(right: Option, tables: Tables) -> list[str]:
    """The tables at hand in which the answer has a row, each once, in the order of its rows."""
    return list(dict.fromkeys(thing.table_key for thing in right.things if is_there(tables, thing)))


def _apart(asks: str, right: Option, wrong: Option, table: SourceTable) -> Contrast | None:
    """The two rows side by side, if the column that tells them apart has to do with the question or is the only one."""
    found = contrast(asks, right, tables={table.key: table}, chosen=wrong)
    if found.layout is not Layout.SIDE_BY_SIDE:
        return None
    differing = [line for line in found.lines if not line.is_same]
    if not differing:
        return None
    first = differing[0]
    is_asked = bool(words(asks) & (words(first.column) | words(first.right) | words(first.other)))
    return found if is_asked or len(differing) == 1 else None


def _answer(right: Option, table: SourceTable, beside: Contrast) -> Standing:
    """The answer with the row that the others are laid beside."""
    side = beside.right
    return _standing(right.text, table, side.thing, None) if side else Standing(right.text, "", ())


def _wrong(option: Option, table: SourceTable, beside: Contrast) -> Standing:
    side = beside.other
    return _standing(option.text, table, side.thing, beside) if side else Standing(option.text, "", (), beside)


def _standing(text: str, table: SourceTable, thing: Thing, beside: Contrast | None) -> Standing:
    cells = tuple(Cell(column, shown(value)) for column, value in table.values(thing) or ())
    name = table.name_of(thing)
    return Standing(text, "" if name == text else name, cells, beside)
