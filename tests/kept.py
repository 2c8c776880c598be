"""A look into the tables that are caches."""

from django.db import connection


def rows_of(table: str) -> list[tuple[str, str]]:
    """The keys of a cache, and what lies under each."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT cache_key, value FROM {connection.ops.quote_name(table)} ORDER BY cache_key")
        return cursor.fetchall()
