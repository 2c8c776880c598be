"""Plain Python: turns what a learner showed of facts into the counts and the small maps that pages draw."""

from collections import Counter
from collections.abc import Iterable, Set
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from quizzes.memory.fading import Band

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
    """One value cell of a table that was asked: its place, counted from 0 without header and key column; its band."""

    row: int
    column: int
    band: Band


SIDES = {Band.STRONG: 8.5, Band.GOOD: 7.0, Band.FADING: 5.5, Band.WEAK: 4.0, Band.NOT_SEEN: 3.5}
"""The better a cell is remembered, the larger its square."""
SPECK = 2.5
"""The side of a cell that is left out."""


@dataclass(frozen=True, slots=True)
class MiniMap:
    """
    A table drawn as its own grid: header strip, a stub for each row, a square for each value cell.

    `header` is SVG path data, as is that of each band in `paths`, the best first, bands without a cell not among them;
    `left_out` is that of the cells of which nothing is asked.
    """

    width: int
    height: int
    header: str
    paths: tuple[tuple[Band, str], ...]
    left_out: str
    words: str

    @property
    def unseen(self) -> str:
        """The path of cells not seen."""
        return next((path for band, path in self.paths if band is Band.NOT_SEEN), "")


def draw_map(rows: int, columns: int, seen: Iterable[Square], asked: Set[tuple[int, int]] | None = None) -> MiniMap:
    """
    Draw a table of so many rows and value columns. Very large ones are drawn in part, and told in words whole.

    `asked` are the places, as those of squares, of which something is asked, among them all that were seen; None for
    all. A place outside the table is not drawn.
    """
    inside = [square for square in seen if square.row < rows and square.column < columns]
    found = {(square.row, square.column): square.band for square in inside}
    drawn_rows, drawn_columns = min(rows, MOST_ROWS), min(columns, MOST_COLUMNS)
    places: dict[Band, list[tuple[int, int]]] = {band: [] for band in SIDES}
    specks = []
    for place in product(range(drawn_rows), range(drawn_columns)):
        if asked is None or place in asked:
            places[found.get(place, Band.NOT_SEEN)].append(place)
        else:
            specks.append(place)
    paths = {band: squares(places[band], side) for band, side in SIDES.items()}
    cells = rows * columns
    within = cells if asked is None else sum(0 <= row < rows and 0 <= column < columns for row, column in asked)
    return MiniMap(
        width=15 + 10 * drawn_columns,
        height=8 + 10 * drawn_rows,
        header=_header(drawn_rows, drawn_columns),
        paths=tuple((band, path) for band, path in paths.items() if path),
        left_out=squares(specks, SPECK),
        words=_in_words(cells, within, Counter(found.values())),
    )


@lru_cache
def _header(rows: int, columns: int) -> str:
    stubs = (f"M0 {10 * row + 11.5:g}h{9 + row * 7 % 4}v3H0z" for row in range(rows))
    strip = f"M15.75 1h{10 * columns - 1.5:g}v3h-{10 * columns - 1.5:g}z" if columns else ""
    return strip + "".join(stubs)


def squares(places: list[tuple[int, int]], side: float) -> str:
    """Squares of that side in the middle of their places, as one path."""
    return "".join([_square(row, column, side) for row, column in places])


@lru_cache(maxsize=MOST_ROWS * MOST_COLUMNS * (len(SIDES) + 1))
def _square(row: int, column: int, side: float) -> str:
    return f"M{20 + 10 * column - side / 2:g} {13 + 10 * row - side / 2:g}h{side:g}v{side:g}h-{side:g}z"


def _in_words(cells: int, asked: int, bands: Counter[Band]) -> str:
    if not bands:
        return f"Memory map: {cells} cells, none asked yet"
    bands[Band.NOT_SEEN] = asked - sum(bands.values())
    left_out = f", {cells - asked} left out" if asked < cells else ""
    return "Memory map: " + ", ".join(f"{bands[band]} {band.words.lower()}" for band in SIDES) + left_out
