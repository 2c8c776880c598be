"""Plain Python: where a cell stands in its table in; a small picture of the table with a hole there out."""

from dataclasses import dataclass

from quizzes.progress import MOST_COLUMNS, MOST_ROWS, draw_map, squares

SIDE = 8.5


@dataclass(frozen=True, slots=True)
class PlaceMap:
    """
    A table drawn as its own grid with one cell marked, as SVG path data. Of a large table the part around the cell.

    `words` say the same for those who do not see it.
    """

    width: int
    height: int
    header: str
    others: str
    hole: str
    words: str


def draw_place(rows: int, columns: int, row: int, column: int) -> PlaceMap | None:
    """
    Draw a table of so many rows and value columns with a hole at a place, counted from 0 without header and key column.

    None where the table has no such place.
    """
    if not (0 <= row < rows and 0 <= column < columns):
        return None
    plain = draw_map(rows, columns, ())
    drawn_rows, drawn_columns = min(rows, MOST_ROWS), min(columns, MOST_COLUMNS)
    top, left = _start(row, rows, drawn_rows), _start(column, columns, drawn_columns)
    places = [(y, x) for y in range(drawn_rows) for x in range(drawn_columns)]
    hole = (row - top, column - left)
    return PlaceMap(
        width=plain.width,
        height=plain.height,
        header=plain.header,
        others=squares([place for place in places if place != hole], SIDE),
        hole=squares([hole], SIDE),
        words=f"The cell asked for: row {row + 1} of {rows}, column {column + 1} of {columns}",
    )


def _start(place: int, total: int, drawn: int) -> int:
    """The first line that is drawn, so that the place lies as near the middle as the edges allow."""
    return max(0, min(place - drawn // 2, total - drawn))
