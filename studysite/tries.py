"""The caches that are tables of the database: what limits tries, and how what is in them is forgotten."""

from typing import Any

from django.core.cache import caches
from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.db import DatabaseCache
from django.db import OperationalError, connection
from django.utils import timezone

TIMES = 3
"""A key that is neither added nor there may have been another's, who was quick; hardly so often."""


class CountedTries(DatabaseCache):
    """
    Django's own passes over writes that fail, after which every sign-in would be told of too many tries.

    That is wrong on a full disk or a database that may only be read, which are said to pass (503) instead.
    """

    def add(self, key: str, value: Any, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Whether this key was free. Raises OperationalError where it is and yet cannot be taken."""
        for _ in range(TIMES):
            if super().add(key, value, timeout, version):
                return True
            if self.has_key(key, version):
                return False
        raise OperationalError("the cache in the database takes no writes")


def forget_tries_of(account: int) -> None:
    """Delete what was counted under the number of an account: allauth ends its keys with it. 1 query a table."""
    _delete_rows("cache_key LIKE %s", f"%:user:{account}")


def forget_what_is_over() -> None:
    """Delete what is past its time: by themselves the caches do so only when they are full. 1 query a table."""
    _delete_rows("expires < %s", connection.ops.adapt_datetimefield_value(timezone.now()))


def _delete_rows(condition: str, value: Any) -> None:
    for cache in caches.all():
        if isinstance(cache, DatabaseCache):
            table = connection.ops.quote_name(cache._table)  # type: ignore[attr-defined]  # no name of it is public
            with connection.cursor() as cursor:
                cursor.execute(f"DELETE FROM {table} WHERE {condition}", [value])
