"""Plain Python: what is weak in; so much of it out as two printed pages hold."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil

WEAK_UNDER = 0.8
"""Only what is recalled with less than this chance on the exam day is worth the last evening."""
LINES = 165
"""So many lines of a table go onto two A4 pages with all that stands around them, with room to spare."""
BETWEEN = 0.7
"""What the edges of a row of the table take, in lines."""
NAME_LETTERS, VALUE_LETTERS, HALF_LETTERS, COLUMN_LETTERS = 26, 66, 30, 18
LONGEST = 400


@dataclass(frozen=True, slots=True)
class Cell:
    """One fact: the column and its value; a question has no column."""

    column: str
    value: str


@dataclass(frozen=True, slots=True)
class WeakRow:
    """A row of a table, or a question, with those of its cells that are weak."""

    name: str
    table: str
    cells: tuple[Cell, ...]

    @property
    def lines(self) -> float:
        """How many printed lines it takes."""
        name = _lines(self.name, NAME_LETTERS) + _lines(self.table, NAME_LETTERS)
        return BETWEEN + max(name, sum(_lines(f"{cell.column}: {cell.value}", VALUE_LETTERS) for cell in self.cells))


@dataclass(frozen=True, slots=True)
class Apart:
    """One column in which the two rows of a pair differ."""

    column: str
    one: str
    other: str


@dataclass(frozen=True, slots=True)
class WeakPair:
    """Two rows that are mixed up, and what tells them apart."""

    one: str
    other: str
    table: str
    differences: tuple[Apart, ...]

    @property
    def lines(self) -> float:
        """How many printed lines it takes, its head included."""
        head = BETWEEN + max(_lines(self.one, HALF_LETTERS), _lines(self.other, HALF_LETTERS), 2)
        return 1 + head + sum(BETWEEN + _height(each) for each in self.differences)


def fitting[Item: (WeakRow, WeakPair)](items: Iterable[Item], lines: float) -> tuple[list[Item], float]:
    """Those that fit into so many lines, in their order (what is too long is passed over), and the lines still left."""
    kept = []
    for item in items:
        if item.lines <= lines:
            kept.append(item)
            lines -= item.lines
    return kept, lines


def shortened(text: str) -> str:
    """A text as it is printed: a very long one ends in an ellipsis."""
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rstrip()}…"


def _height(each: Apart) -> int:
    return max(_lines(each.column, COLUMN_LETTERS), _lines(each.one, HALF_LETTERS), _lines(each.other, HALF_LETTERS))


def _lines(text: str, letters: int) -> int:
    return ceil(len(text) / letters)
