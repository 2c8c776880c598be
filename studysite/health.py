"""What a host asks: is this process alive, may it be sent visitors. Both are answered in a word or a sentence."""

from functools import cache

from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@never_cache
@require_safe
def alive(request: HttpRequest) -> HttpResponse:
    """Whether this process answers at all: looks at nothing, so that a database away is no reason to restart it."""
    return words("ok")


@never_cache
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """Whether visitors may be sent here: the database answers and has every migration of this code. 2 queries."""
    try:
        waiting = waiting_migrations()
    except Error:
        return words("the database is away", status=503)
    if waiting:
        return words(f"waits for {len(waiting)} migrations, first {waiting[0]}", status=503)
    return words("ok")


def waiting_migrations() -> list[str]:
    """
    The migrations of this code that the database has not seen, by name; those of newer code do no harm.

    Raises django.db.Error while the database is away.
    """
    applied = MigrationRecorder(connection).applied_migrations()
    return sorted(".".join(migration) for migration in migrations_here() - set(applied))


@cache
def migrations_here() -> frozenset[tuple[str, str]]:
    """App and name of every migration that belongs to this code. Read once in a process."""
    return frozenset(MigrationLoader(None).disk_migrations)


HEADERS = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'"}
"""Probes are answered before the site's own headers are put on."""


def words(text: str, *, status: int = 200) -> HttpResponse:
    """A line of plain text."""
    return HttpResponse(f"{text}\n", content_type="text/plain; charset=utf-8", status=status, headers=HEADERS)
