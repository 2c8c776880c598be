"""Plain Python: turns what a learner showed of facts into the counts and the small maps that pages draw."""

from collections.abc import Iterable
from dataclasses import dataclass

MOST_ROWS, MOST_COLUMNS = 14, 10


@dataclass(frozen=True, slots=True)
class Tally:
    """How far a learner is with some questions. `asked` of `questions` were asked, `right` of those at last sight."""

    questions: int = 0
    asked: int = 0
    right: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.questions + other.questions, self.asked + other.asked, self.right + other.right)

    @property
    def missed(self) -> int:
        """Wrong at last sight."""
        return self.asked - self.right

    @property
    def unseen(self) -> int:
        """Not asked yet."""
        return self.questions - self.asked


def total(tallies: Iterable[Tally]) -> Tally:
    """All of them together."""
    return sum(tallies, Tally())


@dataclass(frozen=True, slots=True)
class Square:
    """One value cell of a table that was asked: its place, counted from 0 without header and key column."""

    row: int
    column: int
    is_right: bool


@dataclass(frozen=True, slots=True)
class MiniMap:
    """
    A table drawn as its own grid: header strip, a stub for each row, a square for each value cell.

    `header`, `right`, `missed` and `unseen` are SVG path data (empty where there is nothing to draw).
    """

    width: int
    height: int
    header: str
    right: str
    missed: str
    unseen: str
    words: str


def draw_map(rows: int, columns: int, seen: Iterable[Square]) -> MiniMap:
    """
    Draw a table of so many rows and value columns. Very large ones are drawn in part, and told in words whole.

    A square that lies outside the table is left out.
    """
    inside = [square for square in seen if square.row < rows and square.column < columns]
    found = {(square.row, square.column): square.is_right for square in inside}
    drawn_rows, drawn_columns = min(rows, MOST_ROWS), min(columns, MOST_COLUMNS)
    places = [(row, column) for row in range(drawn_rows) for column in range(drawn_columns)]
    return MiniMap(
        width=15 + 10 * drawn_columns,
        height=8 + 10 * drawn_rows,
        header=_header(drawn_rows, drawn_columns),
        right=squares([place for place in places if found.get(place) is True], 8.5),
        missed=squares([place for place in places if found.get(place) is False], 4),
        unseen=squares([place for place in places if place not in found], 3.5),
        words=_in_words(Tally(rows * columns, len(found), sum(found.values()))),
    )


def _header(rows: int, columns: int) -> str:
    stubs = (f"M0 {10 * row + 11.5:g}h{9 + row * 7 % 4}v3H0z" for row in range(rows))
    strip = f"M15.75 1h{10 * columns - 1.5:g}v3h-{10 * columns - 1.5:g}z" if columns else ""
    return strip + "".join(stubs)


def squares(places: list[tuple[int, int]], side: float) -> str:
    """Squares of that side in the middle of their places, as one path."""
    return "".join(
        f"M{20 + 10 * column - side / 2:g} {13 + 10 * row - side / 2:g}h{side:g}v{side:g}h-{side:g}z"
        for row, column in places
    )


def _in_words(cells: Tally) -> str:
    if not cells.asked:
        return f"Memory map: {cells.questions} cells, none asked yet"
    return f"Memory map: {cells.right} right at last sight, {cells.missed} missed, {cells.unseen} not asked yet"
