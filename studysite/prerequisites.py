"""What a command needs of the database before it begins, said to a host in one sentence where it is missing."""

from django.core.management import CommandError
from django.db import Error, connection

from studysite.health import waiting_migrations


def need_database() -> None:
    """
    Raise CommandError with the database's own reason where it cannot be reached.

    Asked past the pool, which goes on trying for seconds and keeps the reason to its log.
    """
    asked = connection.copy()
    asked.settings_dict["OPTIONS"].pop("pool", None)
    try:
        asked.ensure_connection()
    except Error as error:
        raise CommandError(f"The database of DATABASE_URL cannot be used: {' '.join(str(error).split())}") from error
    finally:
        asked.close()


def need_prepared() -> None:
    """Raise CommandError where the database cannot be reached, or lacks a migration of this code."""
    need_database()
    if waiting := waiting_migrations():
        raise CommandError(f"The database waits for {len(waiting)} migrations: run manage.py prepare first.")
