"""Names of long work that one transaction at a time may do, whichever process has it; held by the database."""

from django.db import connection, transaction


def hold(name: str) -> None:
    """
    Hold a name until the transaction under way ends, if need be after another one that holds it.

    SQLite has one transaction that writes at a time: there nothing is left to hold. 1 query.
    """
    if connection.vendor == "postgresql":
        _ask("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", name)


def is_held(name: str) -> bool:
    """Whether a transaction elsewhere holds a name; on SQLite nobody can tell. 1 query."""
    if connection.vendor != "postgresql":
        return False
    with transaction.atomic():
        return not _ask("SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))", name)


def _ask(sql: str, name: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(sql, [name])
        return cursor.fetchone()[0]
