"""Fetch the few rows that a verdict lays side by side, and keep the contrast with the answer."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.urls import reverse

from quizzes.cards import Contrast
from quizzes.contrast import contrast, things_to_fetch
from quizzes.generation.options import Option
from quizzes.generation.sources import SourceRow, SourceTable, Thing
from quizzes.models import Slot
from tables.models import Column, Row, Table
from tables.reader.document import Kind


def contrast_of(slot: Slot, chosen: int | None) -> dict[str, Any]:
    """
    What the verdict on this choice shows, as it is stored: a `quizzes.cards.Contrast`, and `place`, an address.

    The address is that of the row which holds the right answer. 2 queries.
    """
    options = [Option.from_json(option) for option in slot.options]
    right = options[slot.right]
    picked = None if chosen is None else options[chosen]
    neighbour = slot.question.prepared.get("neighbour")
    neighbour = Thing(**neighbour) if neighbour else None
    rows = rows_of(things_to_fetch(right, picked, neighbour))
    shown = contrast(right.answer_to, right, tables=sources_of(rows), chosen=picked, neighbour=neighbour)
    return {**shown.to_json(), "place": place_of(shown, rows) or place_of_question(slot)}


def rows_of(things: Iterable[Thing]) -> list[Row]:
    """The rows that these things need, with their tables: an aspect of a table needs them all. 1 query."""
    things = list(things)
    wanted = Q(key__in=[UUID(thing.row_key) for thing in things if thing.row_key])
    wanted |= Q(table__key__in=[UUID(thing.table_key) for thing in things if thing.header])
    rows = Row.objects.live().filter(wanted, table__archived_at=None)
    return list(rows.select_related("table__topic", "table__guide").order_by("table", "position"))


def sources_of(rows: Iterable[Row]) -> dict[str, SourceTable]:
    """The tables of these rows, by the hex of their keys, with no other row. 1 query."""
    by_table: dict[Table, list[Row]] = defaultdict(list)
    for row in rows:
        by_table[row.table].append(row)
    columns: dict[int, list[Column]] = defaultdict(list)
    for column in Column.objects.live().filter(table__in=by_table).order_by("position"):
        columns[column.table_id].append(column)
    return {table.key.hex: _source(table, columns[table.pk], kept) for table, kept in by_table.items()}


def _source(table: Table, columns: list[Column], rows: list[Row]) -> SourceTable:
    return SourceTable(
        key=table.key.hex,
        topic=table.topic.title,
        title=table.name,
        kind=Kind(table.kind),
        headers=tuple(column.name for column in columns),
        rows=tuple(SourceRow(row.key.hex, tuple(row.cell(column).text for column in columns)) for row in rows),
    )


def place_of(shown: Contrast, rows: Iterable[Row]) -> str:
    """Address of the row (or the table, for one of its columns) that the right answer names; empty if it has none."""
    sides = [shown.right, *(card.side for card in shown.cards)]
    thing = next((side.thing for side in sides if side and side.role == "right"), None)
    if thing is None:
        return ""
    of_table = (row for row in rows if row.table.key.hex == thing.table_key)
    row = next((row for row in of_table if thing.row_key in {row.key.hex, ""}), None)
    if row is None:
        return ""
    return row.table.get_absolute_url() + (f"#row-{row.slug}" if thing.row_key else "")


def place_of_question(slot: Slot) -> str:
    """Address of the author's question in its own table."""
    table, authored = slot.question.table, slot.question.fact.authored
    address = reverse("tables:table", args=[table.guide.slug, table.slug])
    return f"{address}#row-{authored.row.slug}" if authored and authored.row else address
