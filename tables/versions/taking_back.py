"""
Plain Python: two states of a table in, the edit between them out; and edits as plain values, to be kept.

An edit also tells what somebody read in a table: whether that still stands there.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from tables.versions.editing import Sources, TableEdit
from tables.versions.state import PointState, RowState, TableState, live

TEXTS = ("title", "label", "points_label", "kind")
KEYS = ("removed_rows", "restored_rows", "removed_points", "restored_points")


def edit_between(before: TableState, after: TableState) -> TableEdit:
    """The edit that leads from one state of a table to another; the other way round, the one that takes it back."""
    columns = {column.key: column.source for column in before.columns}
    points = {point.key: point.source for point in before.points}
    return TableEdit(
        title=_changed(before.title, after.title),
        label=_changed(before.label, after.label),
        points_label=_changed(before.points_label, after.points_label),
        kind=_changed(before.kind, after.kind),
        headings={
            column.key: column.source
            for column in after.columns
            if columns.get(column.key, column.source) != column.source
        },
        rows=_changed_rows(before, after),
        removed_rows=_live_keys(before.rows) - _live_keys(after.rows),
        restored_rows=_live_keys(after.rows) - _live_keys(before.rows),
        points={
            point.key: point.source for point in after.points if points.get(point.key, point.source) != point.source
        },
        removed_points=_live_keys(before.points) - _live_keys(after.points),
        restored_points=_live_keys(after.points) - _live_keys(before.points),
    )


def _changed(before: str, after: str) -> str | None:
    return None if before == after else after


def _changed_rows(before: TableState, after: TableState) -> dict[UUID, Sources]:
    olds = {row.key: row for row in before.rows}
    found: dict[UUID, Sources] = {}
    for row in after.rows:
        if row.key in olds:
            old = olds[row.key].cells
            sources = {
                UUID(column): cell["source"]
                for column, cell in row.cells.items()
                if old.get(column, {}).get("source", "") != cell["source"]
            }
            found |= {row.key: sources} if sources else {}
    return found


def says(table: TableState, edit: TableEdit) -> bool:
    """Whether a table has already each text that an edit would write, in parts that are live."""
    columns = {column.key: column.source for column in live(table.columns)}
    points = {point.key: point.source for point in live(table.points)}
    rows = {row.key: row.cells for row in live(table.rows)}
    return (
        all(getattr(edit, name) in (None, getattr(table, name)) for name in TEXTS)
        and edit.headings.items() <= columns.items()
        and edit.points.items() <= points.items()
        and edit.rows.keys() <= rows.keys()
        and all(
            rows[row].get(column.hex, {}).get("source", "") == source
            for row, sources in edit.rows.items()
            for column, source in sources.items()
        )
    )


def _live_keys(parts: tuple[RowState, ...] | tuple[PointState, ...]) -> frozenset[UUID]:
    return frozenset(part.key for part in live(parts))


def to_json(edit: TableEdit) -> dict[str, Any]:
    """An edit as plain values; what it does not change is left out."""
    values: dict[str, Any] = {name: getattr(edit, name) for name in TEXTS}
    values |= {name: sorted(key.hex for key in getattr(edit, name)) for name in KEYS}
    values |= {
        "headings": _hexed(edit.headings),
        "rows": {key.hex: _hexed(sources) for key, sources in edit.rows.items()},
        "new_rows": [_hexed(sources) for sources in edit.new_rows],
        "points": _hexed(edit.points),
        "new_points": list(edit.new_points),
    }
    return {name: value for name, value in values.items() if value not in (None, {}, [])}


def from_json(stored: Mapping[str, Any]) -> TableEdit:
    """What `to_json` gave, back again."""
    keys = {name: frozenset(UUID(key) for key in stored.get(name, ())) for name in KEYS}
    return TableEdit(
        title=stored.get("title"),
        label=stored.get("label"),
        points_label=stored.get("points_label"),
        kind=stored.get("kind"),
        headings=_keyed(stored.get("headings", {})),
        rows={UUID(key): _keyed(sources) for key, sources in stored.get("rows", {}).items()},
        new_rows=tuple(_keyed(sources) for sources in stored.get("new_rows", ())),
        points=_keyed(stored.get("points", {})),
        new_points=tuple(stored.get("new_points", ())),
        removed_rows=keys["removed_rows"],
        restored_rows=keys["restored_rows"],
        removed_points=keys["removed_points"],
        restored_points=keys["restored_points"],
    )


def _hexed(sources: Sources) -> dict[str, str]:
    return {key.hex: source for key, source in sources.items()}


def _keyed(stored: Mapping[str, str]) -> dict[UUID, str]:
    return {UUID(key): source for key, source in stored.items()}
