"""The columns that a reader chose for a table, kept in the session of their browser."""

from collections.abc import Sequence

from django.contrib.sessions.backends.base import SessionBase

from tables.models import Column, Table

KEPT = "columns"
"""Name of the session's value: for each table, by its number, the keys of columns in the order chosen."""
MOST_TABLES = 50


def kept_columns(session: SessionBase, table: Table, columns: Sequence[Column]) -> list[str]:
    """Slugs of those of its columns that are kept for a table, in the order chosen; none where nothing is kept."""
    slugs = {column.key.hex: column.slug for column in columns}
    return [slugs[key] for key in session.get(KEPT, {}).get(str(table.pk), []) if key in slugs]


def keep_columns(session: SessionBase, table: Table, columns: Sequence[Column]) -> None:
    """Keep these columns for a table, in this order; with none, forget what is kept. The oldest choice is let go."""
    before: dict[str, list[str]] = session.get(KEPT, {})
    kept = {number: keys for number, keys in before.items() if number != str(table.pk)}
    if columns:
        kept[str(table.pk)] = [column.key.hex for column in columns]
    if kept != before:
        session[KEPT] = dict(list(kept.items())[-MOST_TABLES:])
