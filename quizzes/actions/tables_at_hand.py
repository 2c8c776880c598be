"""The few rows that a verdict needs, fetched with their tables and columns as plain sources."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple
from uuid import UUID

from quizzes.generation.sources import SourceRow, SourceTable, Thing
from studysite.kept import Kept
from tables.actions.keeping import kept_parts, public_version
from tables.models import Column, Guide, Row, Table
from tables.reader.document import Kind
from tables.versions.state import subject_place


@dataclass(frozen=True, slots=True)
class TablesAtHand:
    """
    Tables by the hex of their keys, with the rows that were fetched of them.

    `ids` are their primary keys, `columns` the keys of columns by table and name, `headings` the columns themselves.
    """

    tables: dict[str, SourceTable] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)
    ids: dict[str, int] = field(default_factory=dict)
    columns: dict[tuple[str, str], UUID] = field(default_factory=dict)
    headings: dict[tuple[str, str], Column] = field(default_factory=dict)

    def key_of(self, thing: Thing) -> UUID | None:
        """The key of the row, or of the column; None for a column that is not at hand."""
        return UUID(thing.row_key) if thing.row_key else self.columns.get((thing.table_key, thing.header))

    def thing_of(self, table_key: str, key: UUID) -> Thing:
        """The thing that a key of this table names."""
        names = (name for (table, name), column in self.columns.items() if (table, column) == (table_key, key))
        header = next(names, "")
        return Thing(table_key, header=header) if header else Thing(table_key, row_key=key.hex)


def fetch_tables(things: Iterable[Thing], *, whole: str = "", guide: Guide | None = None) -> TablesAtHand:
    """
    The rows that these things need, with their tables: an aspect of a table needs them all.

    `whole` is the key of a table wanted with every row. 3 queries at most; none for what was read before of this
    version of the `guide`, if everybody may read it and it is named; of another guide there is nothing then. Whoever
    gets tables must leave them as they are.
    """
    things, version = list(things), public_version(guide) if guide else ""
    wanted = {_Rows(row=UUID(thing.row_key)): version for thing in things if thing.row_key}
    of_tables = {thing.table_key for thing in things if thing.header} | ({whole} if whole else set())
    wanted |= {_Rows(table=UUID(key)): version for key in of_tables}
    found = kept_parts(_rows, "rows", wanted, partial(_read_rows, guide=guide))
    rows = {row.pk: row for some in found.values() for row in some}.values()
    tables = {row.table_id: version for row in rows}
    columns = kept_parts(_columns, "columns", tables, _read_columns)
    return _at_hand(sorted(rows, key=lambda row: (row.table.guide_id, row.table.position, row.position)), columns)


class _Rows(NamedTuple):
    """One row by its key, or all rows of a table by its key."""

    row: UUID | None = None
    table: UUID | None = None


_rows = Kept[list[Row]](4_000, lambda rows: 1 + len(rows))
_columns = Kept[list[Column]](4_000, len)


def _read_rows(wanted: Iterable[_Rows], guide: Guide | None) -> dict[_Rows, list[Row]]:
    """
    What is wanted, as far as it is live, in this guide if one is named. 1 query, 2 where rows and whole tables are.

    Asked for both at once, a database would look at every row that there is.
    """
    rows = Row.objects.live().filter(table__archived_at=None).defer("linked", "folded")
    rows = rows.select_related("table__topic", "table__guide", "table__shown_with__guide").order_by()
    rows = rows.filter(table__guide=guide) if guide else rows
    found: dict[_Rows, list[Row]] = {each: [] for each in wanted}
    by_key = rows.filter(key__in=[each.row for each in found])
    by_table = rows.filter(table__key__in=[each.table for each in found])
    tables: dict[int, Table] = {}
    for row in {row.pk: row for row in (*by_key, *by_table)}.values():
        row.table = tables.setdefault(row.table_id, row.table)
        for each in found.keys() & {_Rows(row=row.key), _Rows(table=row.table.key)}:
            found[each].append(row)
    return found


def _read_columns(tables: Iterable[int]) -> dict[int, list[Column]]:
    """The live columns of tables, by the ids of these. 1 query."""
    columns: dict[int, list[Column]] = {table: [] for table in tables}
    for column in Column.objects.live().filter(table__in=columns).order_by("position"):
        columns[column.table_id].append(column)
    return columns


def _at_hand(rows: list[Row], columns: Mapping[int, list[Column]]) -> TablesAtHand:
    by_table: dict[Table, list[Row]] = defaultdict(list)
    for row in rows:
        by_table[row.table].append(row)
    return TablesAtHand(
        {table.key.hex: _source(table, columns[table.pk], kept) for table, kept in by_table.items()},
        rows,
        {table.key.hex: table.pk for table in by_table},
        {(table.key.hex, column.name): column.key for table in by_table for column in columns[table.pk]},
        {(table.key.hex, column.name): column for table in by_table for column in columns[table.pk]},
    )


def _source(table: Table, columns: list[Column], rows: list[Row]) -> SourceTable:
    """The column that names the rows comes first, as where questions are made."""
    place = subject_place([column.name for column in columns], table.directive)
    ordered = columns[place : place + 1] + columns[:place] + columns[place + 1 :]
    return SourceTable(
        key=table.key.hex,
        topic=table.topic.title,
        title=table.name,
        kind=Kind(table.kind),
        headers=tuple(column.name for column in ordered),
        rows=tuple(SourceRow(row.key.hex, tuple(row.cell(column).text for column in ordered)) for row in rows),
    )
