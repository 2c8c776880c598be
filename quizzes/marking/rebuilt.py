"""Plain Python: a table with holes and what was put into them in; the table as it is asked, judged and painted, out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from quizzes.generation.drawing import Hole
from quizzes.generation.words import comparable
from quizzes.marking.grades import Blank, Grade, Placed, grade_rebuild
from quizzes.marking.replies import Given
from quizzes.shown import Shown

type Choice = tuple[int, str]
"""A value of the tray: its number in a form, from 1, and its text."""


@dataclass(frozen=True, slots=True)
class PaintedCell:
    """
    One cell of the table. `number` is that of its hole in a form, 0 for a cell that is printed.

    `choices` are what may be put there; `chosen` the number, `put` the text of what was; `is_right` whether it fits.
    """

    text: str
    label: str = ""
    number: int = 0
    choices: tuple[Choice, ...] = ()
    chosen: int = 0
    put: str = ""
    is_right: bool = False


@dataclass(frozen=True, slots=True)
class PaintedTable:
    """The table the way it was written, `rows` with their names; `right` of its `holes` cells hold what fits."""

    head: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[PaintedCell, ...]], ...]
    holes: int
    right: int

    @property
    def verdict(self) -> str:
        """How many cells are right, in words."""
        cells = f"{self.holes} cell{'s' if self.holes != 1 else ''}"
        if self.right == self.holes:
            return f"All {cells} right"
        return f"{self.right or 'None'} of {cells} right"


def grade_table(shown: Shown, given: Given) -> tuple[Grade[int], tuple[Placed, ...]]:
    """The grade, facts named by their place in `shown.facts`, and each cell in the order of the holes."""
    blanks = [
        Blank(str(place), hole.row.column, hole.row.value, place if shown.facts[place] else None)
        for place, hole in enumerate(shown.holes)
    ]
    placed = [(str(hole), shown.holes[hole].row.column, shown.tray[place]) for hole, place in given["placed"]]
    return grade_rebuild(blanks, placed)


def placed_texts(shown: Shown, given: Given) -> dict[int, str]:
    """What was put into the holes, by their places."""
    return {hole: shown.tray[place] for hole, place in given["placed"]}


def paint_table(shown: Shown, given: Given | None) -> PaintedTable:
    """The table with what was put into its holes; with nothing in them for "I don't know", and before it is given."""
    placed = dict(given["placed"]) if given else {}
    choices = choices_of(shown.holes, shown.tray)
    holes = {hole.row.fact: place for place, hole in enumerate(shown.holes)}
    cells = [PaintedCell(cell.value) for cell in shown.cells]
    for position, cell in enumerate(shown.cells):
        place = holes.get(cell.fact)
        if place is not None:
            put = shown.tray[placed[place]] if place in placed else ""
            cells[position] = _hole(shown.holes[place], place + 1, choices[place], put)
    columns, rows = _as_written(shown, cells)
    return PaintedTable(shown.head, columns, rows, len(shown.holes), sum(cell.is_right for cell in cells))


def _hole(hole: Hole, number: int, choices: tuple[Choice, ...], put: str) -> PaintedCell:
    form = comparable(put) if put else ""
    return PaintedCell(
        hole.row.value,
        label=f"{hole.row.column} of {hole.row.name}",
        number=number,
        choices=choices,
        chosen=next((each for each, text in choices if put and comparable(text) == form), 0),
        put=put,
        is_right=bool(put) and form == comparable(hole.row.value),
    )


def _as_written(
    shown: Shown, cells: Sequence[PaintedCell]
) -> tuple[tuple[str, ...], tuple[tuple[str, tuple[PaintedCell, ...]], ...]]:
    """Columns and rows; `cells` go thing by thing. A table whose columns are its things is turned back."""
    names = list({cell.thing: cell.name for cell in shown.cells}.values())
    width = len(cells) // max(1, len(names))
    aspects = [cell.column for cell in shown.cells[:width]]
    by_thing = [tuple(cells[start : start + width]) for start in range(0, len(cells), width or 1)]
    if any(cell.thing.header for cell in shown.cells):
        return tuple(names), tuple(zip(aspects, zip(*by_thing, strict=True), strict=True))
    return tuple(aspects), tuple(zip(names, by_thing, strict=True))


def choices_of(holes: Sequence[Hole], tray: Sequence[str]) -> list[tuple[Choice, ...]]:
    """
    What each hole may be filled with, each value once, in the order of the tray.

    These are the values missing in its column. Where every column misses one only (a row was taken out) the choice is
    among all that is in the tray: else nothing would be left to choose.
    """
    of_column: dict[str, set[str]] = {}
    for hole in holes:
        of_column.setdefault(hole.row.column, set()).add(comparable(hole.row.value))
    is_one_each = len(of_column) == len(holes)
    everything = {comparable(value) for value in tray}
    made = {
        column: tuple(_each_once(tray, everything if is_one_each else forms)) for column, forms in of_column.items()
    }
    return [made[hole.row.column] for hole in holes]


def _each_once(tray: Sequence[str], forms: set[str]) -> Iterator[Choice]:
    met: set[str] = set()
    for number, value in enumerate(tray, start=1):
        form = comparable(value)
        if form in forms and form not in met:
            met.add(form)
            yield number, value


@dataclass(frozen=True, slots=True)
class TrayValue:
    """One value of the tray: where it may go (the holes' numbers) and how often it is missing."""

    number: int
    text: str
    holes: tuple[int, ...]
    count: int


def tray_of(shown: Shown) -> tuple[TrayValue, ...]:
    """The values to be put back, in the order of the tray, equal ones together."""
    choices = choices_of(shown.holes, shown.tray)
    forms = [comparable(value) for value in shown.tray]
    return tuple(
        TrayValue(
            number,
            text,
            tuple(place for place, own in enumerate(choices, start=1) if any(each == number for each, _ in own)),
            forms.count(comparable(text)),
        )
        for number, text in _each_once(shown.tray, set(forms))
    )
