"""The cache of the database, for what limits tries: where nothing can be written it says so and counts nothing."""

from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.db import DatabaseCache
from django.db import OperationalError

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
