"""Plain Python: a guide and one table read from a sheet in, the guide's document with that table in it out."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from tables.exports.delimited import unguarded
from tables.exports.markdown import guide_markdown
from tables.reader import read
from tables.reader.document import Cell, Head, Reading, Row, Table, Topic
from tables.reader.forms import fold
from tables.reader.limits import LIMITS, Limits
from tables.versions.grids import match_grids
from tables.versions.merging import merge
from tables.versions.state import ColumnState, GuideState, RowState, StoredCell, TableState, live, subject_place

COPY = re.compile(r"(.+?) ?\(\d+\)")
"""The name that a browser gives to a file of which it keeps one already."""


class TablesAlike(ValueError):
    """Several tables have the sheet's name; the message says how to name the one that is meant."""


def document_with(
    guide: GuideState, sheet: Reading, at: datetime, limits: Limits = LIMITS, *, keys: frozenset[str] = frozenset()
) -> bytes:
    """
    The document of a stored guide in which one table has the sheet's columns and rows.

    That is the one whose rows have `keys`, else the one whose address ends in the sheet's title, else the one of that
    name; where there is none, a new one stands at the end of the last topic. What says the same as before stays written
    as it was. The sheet's reading holds exactly one table. Raises TablesAlike.
    """
    document = read("".join(guide_markdown(guide)).encode(), limits=limits)
    table = replace(sheet.tables[0], title=sheet.title)
    place = _place_of(sheet.title, guide, keys)
    if place is None:
        topics = list(document.topics)
        topics[-1] = replace(topics[-1], tables=(*topics[-1].tables, table))
    else:
        filled = _filled(document.tables[place], live(guide.tables)[place], table)
        topics = list(_replaced(document.topics, place, filled))
    after = merge(GuideState(guide.key, title=""), replace(document, topics=tuple(topics)), at)
    return "".join(guide_markdown(after.state)).encode()


def looking_guarded(guide: GuideState) -> frozenset[str]:
    """The texts of a stored guide that themselves begin as a guard against formulas would make them begin."""
    tables = live(guide.tables)
    texts = {row.text(column) for table in tables for row in live(table.rows) for column in live(table.columns)}
    texts |= {column.name for table in tables for column in live(table.columns)}
    return frozenset(text for text in texts if unguarded(text) != text)


def _place_of(title: str, guide: GuideState, keys: frozenset[str]) -> int | None:
    """The place, in document order, of the table that a sheet replaces. Raises TablesAlike."""
    tables = live(guide.tables)
    holding = [place for place, table in enumerate(tables) if any(str(row.key) in keys for row in table.rows)]
    if len(holding) == 1:
        return holding[0]
    slugs = [table.slug for table in tables]
    if title in slugs:
        return slugs.index(title)
    named = [place for place, table in enumerate(tables) if fold(table.name) == fold(title)]
    if len(named) > 1:
        raise TablesAlike(_alike(title, [tables[place] for place in named], guide))
    if named:
        return named[0]
    copied = COPY.fullmatch(title)
    return slugs.index(copied[1]) if copied and copied[1] in slugs else None


def _alike(title: str, tables: list[TableState], guide: GuideState) -> str:
    titles = {topic.key: topic.title or guide.title for topic in guide.topics}
    names = ", ".join(f"“{table.slug}” for the one in “{titles[table.topic]}”" for table in tables)
    return f"{len(tables)} tables are called “{title}”, and a file replaces one. Name it {names}."


def _filled(table: Table, stored: TableState, sheet: Table) -> Table:
    """The table with the sheet's columns and rows; breaks stay where no row came, went or moved."""
    columns = {column.name: column for column in live(stored.columns)}
    heads = tuple(_head(head, columns.pop(head.text, None)) for head in sheet.head)
    subject = subject_place([head.name for head in heads], table.directive)
    filled = replace(table, head=heads, rows=sheet.rows, subject=subject)
    match = match_grids(stored, filled)
    known = {place: row for place, row in match.rows.items() if row.archived_at is None}
    rows = tuple(_row(row, known.get(place), match.columns) for place, row in enumerate(sheet.rows))
    stand = [known.get(place) for place in range(len(rows))] == live(stored.rows)
    return replace(filled, rows=rows, breaks=table.breaks if stand else ())


def _head(head: Head, column: ColumnState | None) -> Head:
    """A heading of the sheet, as it is written in the document where that has one of the name."""
    return Head(column.source, column.text, column.html, column.name, column.align) if column else head


def _row(row: Row, known: RowState | None, columns: dict[int, ColumnState]) -> Row:
    """A row of the sheet, with every cell that says what it said written as it was."""
    if known is None:
        return row
    before = (known.cells.get(columns[place].key.hex) if place in columns else None for place in range(len(row.cells)))
    cells = zip(row.cells, before, strict=True)
    return replace(row, cells=tuple(Cell(**old) if old and _says(old, cell) else cell for cell, old in cells))


def _says(old: StoredCell, cell: Cell) -> bool:
    """Whether a cell of the sheet, which has no white space at its edges, says what the stored one does."""
    return old["text"].strip() == cell.text


def _replaced(topics: Iterable[Topic], place: int, table: Table) -> Iterator[Topic]:
    """The topics with this table at that place of the document."""
    first = 0
    for topic in topics:
        tables = list(topic.tables)
        if first <= place < first + len(tables):
            tables[place - first] = table
        first += len(tables)
        yield replace(topic, tables=tuple(tables))
