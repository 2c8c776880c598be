"""
Plain Python: tables in, lines of CSV or TSV out, one at a time.

By default a file is for spreadsheets: cells that these would run as formulas get an apostrophe in front, and a byte
order mark says that the text is UTF-8. Exact files are for programs: no apostrophe, no mark.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from itertools import chain

from tables.exports.facts import fact_keys
from tables.exports.markdown import RowsOf, stored_rows
from tables.versions.state import ColumnState, GuideState, RowState, TableState, live

RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "\0")
"""What a spreadsheet would run as a formula where a cell begins with it."""
SUSPECT = frozenset({*RISKY, "'"})
MARK = "\ufeff"
ID = "studysite id"
"""The header above the keys of rows; a file of one table has it where it was asked for."""
LONG_HEADER = ("table", "row", "column", "value", "id")


@dataclass(frozen=True, slots=True)
class Manner:
    """How to write: what stands between cells, and whether for programs instead of spreadsheets."""

    delimiter: str = ","
    exact: bool = False


def guarded(value: object) -> object:
    """A value as it may stand in a spreadsheet; `unguarded` takes back just what this adds."""
    if isinstance(value, str) and value[:1] in SUSPECT and value.lstrip("'").startswith(RISKY):
        return f"'{value}"
    return value


def unguarded(text: str) -> str:
    """A text as it was before `guarded`."""
    return text[1:] if text.startswith("'") and text.lstrip("'").startswith(RISKY) else text


def lines(header: Sequence[str], rows: Iterable[Sequence[object]], manner: Manner) -> Iterator[str]:
    """The lines of a file, the first with its header."""
    out = StringIO()
    writer = csv.writer(out, delimiter=manner.delimiter)
    out.write("" if manner.exact else MARK)
    for values in chain([header], rows):
        writer.writerow(values if manner.exact else map(guarded, values))
        yield out.getvalue()
        out.seek(0)
        out.truncate()


def table_lines(
    columns: Sequence[ColumnState], rows: Iterable[RowState], manner: Manner, *, with_ids: bool = False
) -> Iterator[str]:
    """One table as it is read: a column for each of its own, after one of the rows' keys where asked for."""
    header = [*([ID] if with_ids else []), *(column.name for column in columns)]
    cells = ([*([row.key] if with_ids else []), *(row.text(column) for column in columns)] for row in rows)
    return lines(header, cells, manner)


def guide_lines(guide: GuideState, manner: Manner, rows_of: RowsOf = stored_rows) -> Iterator[str]:
    """A whole guide with a line for each value cell, under the key of the fact it holds."""
    facts = (values for table in live(guide.tables) for values in _facts(table, rows_of(table)))
    return lines(LONG_HEADER, facts, manner)


def _facts(table: TableState, rows: Iterable[RowState]) -> Iterator[tuple[object, ...]]:
    columns, key_of = table.value_columns, fact_keys(table)
    for row in rows:
        for column in columns:
            yield table.name, row.subject, column.name, row.text(column), key_of(row, column)
