"""Plain Python: two to four rows in, side by side column for column out; and the rows that an address asks for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import quote, urlencode

from tables.reader.document import Cell
from tables.reader.forms import compare_form, fold, is_placeholder

FEWEST_ROWS, MOST_ROWS = 2, 4
MOST_READ = 60
"""Names of rows read from one address: what stands behind them is not looked at."""
ALL = {2: "both", 3: "all three", 4: "all four"}


@dataclass(frozen=True, slots=True)
class Place:
    """A row by the slugs of its table and itself, as an address writes it: `activation-functions.relu`."""

    table: str
    row: str

    def __str__(self) -> str:
        return f"{self.table}.{self.row}"


def read_places(values: Iterable[str]) -> list[Place]:
    """
    The rows that the values of `rows` name, each once, in their order: "a.b,a.c" and "a.b", "a.c" say the same.

    What is no such name is left out.
    """
    found: dict[Place, None] = {}
    names = [name.strip() for value in values for name in value.split(",", MOST_READ)[:MOST_READ]]
    for name in names[:MOST_READ]:
        table, dot, row = name.partition(".")
        if table and dot and row and "\0" not in name:
            found[Place(table, row)] = None
    return list(found)


def address_of(places: Sequence[Place], *, only_differences: bool = False) -> str:
    """The query part that asks for these rows, with its question mark; empty for none."""
    if not places:
        return ""
    rows = "rows=" + quote(",".join(map(str, places)), safe=",.")
    return f"?{rows}&{urlencode({'diff': 1})}" if only_differences else f"?{rows}"


@dataclass(frozen=True, slots=True)
class Compared:
    """One row: its name, its table and its cells by the name of their column, in the order of the table."""

    name: str
    table: str
    cells: Sequence[tuple[str, Cell]]


@dataclass(frozen=True, slots=True)
class Line:
    """
    One column across the rows, a cell for each; None where the row's table has no such column.

    `is_same` says that all rows hold it and say the same. `odd` is the place of the one value that stands against
    equal ones, -1 where there is none.
    """

    column: str
    cells: tuple[Cell | None, ...]
    is_same: bool = False
    odd: int = -1

    @property
    def differs(self) -> bool:
        """Whether two rows that hold it say different things."""
        return len({_form(cell) for cell in self.cells if cell is not None}) > 1

    @property
    def first(self) -> Cell | None:
        """What all say, where it is the same."""
        return self.cells[0]

    @property
    def for_all(self) -> str:
        """The words after a value that is the same: "both", "all three"."""
        return ALL.get(len(self.cells), "all")


def _form(cell: Cell) -> str:
    return "" if is_placeholder(cell.text) else compare_form(cell.text)


def compare_rows(rows: Sequence[Compared]) -> list[Line]:
    """
    The columns of all the rows: first those that every table has, then those that some share, then the others.

    Within each group they stand as in the first table that has them. Columns of one table are never merged; those of
    two tables are one where their names are equal but for case and accents.
    """
    columns: dict[tuple[str, int], list[tuple[str, Cell] | None]] = {}
    for place, row in enumerate(rows):
        seen: dict[str, int] = {}
        for name, cell in row.cells:
            number = seen[fold(name)] = seen.get(fold(name), -1) + 1
            columns.setdefault((fold(name), number), [None] * len(rows))[place] = (name, cell)
    lines = [_line(cells) for cells in columns.values()]
    return sorted(lines, key=lambda line: -min(sum(cell is not None for cell in line.cells), len(rows)))


def _line(named: Sequence[tuple[str, Cell] | None]) -> Line:
    name = next(each[0] for each in named if each)
    cells = tuple(each[1] if each else None for each in named)
    forms = [None if cell is None else _form(cell) for cell in cells]
    line = Line(name, cells, is_same=None not in forms and len(set(forms)) == 1)
    return line if line.is_same else replace(line, odd=_odd(forms))


def _odd(forms: Sequence[str | None]) -> int:
    """The place of the one value among three or more that differs from all others, which are equal."""
    held = [form for form in forms if form is not None]
    if len(held) <= FEWEST_ROWS or len(set(held)) != 2:
        return -1
    single = [form for form in set(held) if held.count(form) == 1]
    return forms.index(single[0]) if single and single[0] else -1


@dataclass(frozen=True, slots=True)
class Choice:
    """
    The rows chosen, in order, and in sentences what was not taken.

    `places` are those that the guide holds, four at most.
    """

    places: tuple[Place, ...] = ()
    notices: tuple[str, ...] = field(default=())

    @property
    def is_enough(self) -> bool:
        """Whether there is something to compare."""
        return len(self.places) >= FEWEST_ROWS


def choose(wanted: Sequence[Place], names: dict[Place, str]) -> Choice:
    """The first four of the wanted rows; `names` has the name of each one that the guide holds."""
    held = [place for place in wanted if place in names]
    gone = [place for place in wanted if place not in names]
    notices = [f"This guide has no row “{str(place)[:80]}”: it was left out." for place in gone[:MOST_ROWS]]
    if left_out := [names[place] or "a row without a name" for place in held[MOST_ROWS:]]:
        told = ", ".join(left_out[:MOST_ROWS]) + (" and more" if len(left_out) > MOST_ROWS else "")
        notices.append(f"Four rows side by side are the most. Left out: {told}.")
    return Choice(tuple(held[:MOST_ROWS]), tuple(notices))


def in_words(names: Sequence[str]) -> str:
    """ "ReLU", "ReLU and Swish", "ReLU, Leaky ReLU and Swish"."""
    *before, last = [*names]
    return f"{', '.join(before)} and {last}" if before else last
