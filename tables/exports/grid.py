"""Plain Python: the columns and rows of a table in, its lines in Markdown out."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from tables.reader.building.rows import DASHES
from tables.versions.state import ColumnState, RowState

RULES = {"": "---", "left": ":---", "center": ":---:", "right": "---:"}
LINE_END = re.compile(r"\s*[\r\n]\s*")


def grid_lines(columns: list[ColumnState], rows: Iterable[RowState], breaks: Iterable[int] = ()) -> Iterator[str]:
    """Header, delimiter row and rows, without line ends. A line of dashes for each break, before the row it names."""
    drawn = Counter(breaks)
    rule = f"|{'|'.join('---' for _ in columns)}|"
    yield _line(column.source for column in columns)
    yield f"|{'|'.join(RULES.get(column.align, '---') for column in columns)}|"
    for place, row in enumerate(rows):
        yield from [rule] * drawn.pop(place, 0)
        yield _row([row.cells.get(column.key.hex, {}).get("source", "") for column in columns])
    yield from [rule] * drawn.total()


def _row(sources: list[str]) -> str:
    """A row; one of empty cells and dashes alone gets a cell too many, which is cut, or it would be read as none."""
    is_row = any(source and not DASHES.fullmatch(source) for source in sources)
    return _line(sources if is_row else [*sources, "(row)"])


def _line(sources: Iterable[str]) -> str:
    return f"| {' | '.join(_cell(source) for source in sources)} |"


def _cell(source: str) -> str:
    return LINE_END.sub(" ", source.replace("|", "\\|"))
