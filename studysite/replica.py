"""
A read replica for visitors, where the host names one by REPLICA_URL: what they browse is read there, all else is not.

Whoever has a session reads from the primary, so that everybody finds at once what they have just written. A replica
that is away or too far behind is passed over until it is back: browsing never fails because of it. While the primary
is away, visitors go on browsing.
"""

import logging
from collections import deque
from collections.abc import Callable
from contextvars import ContextVar
from threading import Lock
from time import monotonic
from typing import Any

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db import DEFAULT_DB_ALIAS, Error, connections
from django.db.models import Model
from django.http import HttpRequest
from django.http.response import HttpResponseBase

REPLICA = "replica"
BROWSING = "tables"
NEVER = {"sessions", "django_cache"}
LAG_SECONDS = 30.0
LOOK_SECONDS = 5.0
AWAY_SECONDS = 30.0
reads_replica: ContextVar[bool] = ContextVar("reads_replica", default=False)
"""Whether what is read from now on may come from the replica. Set anew by each request of a site that has one."""
logger = logging.getLogger(__name__)


class ReplicaRouter:
    """Reads go to the replica while the request may; one write, and the rest of the request reads where it wrote."""

    def db_for_read(self, model: type[Model], **hints: Any) -> str:
        """Of rows browsing shows, never of sessions and limits, which must be what they are this very moment."""
        return REPLICA if reads_replica.get() and model._meta.app_label not in NEVER else DEFAULT_DB_ALIAS

    def db_for_write(self, model: type[Model], **hints: Any) -> str:
        """The primary, wherever the row was read."""
        reads_replica.set(False)
        return DEFAULT_DB_ALIAS

    def allow_relation(self, *rows: Model, **hints: Any) -> bool:
        """Rows of both may be put together: they are the same rows."""
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        """The replica gets its tables from the primary."""
        return db == DEFAULT_DB_ALIAS


class ReplicaMiddleware:
    """
    Let visitors' requests to look at guides read from the replica, and once more from the primary if it went away.

    What was decided for one request stands until the thread's next one: a streamed answer reads on after its view.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        if REPLICA not in settings.DATABASES:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        reads_replica.set(False)
        response = self.get_response(request)
        if response.status_code == 503 and reads_replica.get():
            watch.pass_over("it failed in the middle of a request")
            reads_replica.set(False)
            response = self.get_response(request)
        return response

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> None:
        """Decide for one request, now that it is known what it looks at."""
        is_visitor = settings.SESSION_COOKIE_NAME not in request.COOKIES
        apps = request.resolver_match.app_names if request.resolver_match else []
        looks = request.method in {"GET", "HEAD"} and BROWSING in apps
        reads_replica.set(looks and is_visitor and watch.is_fit(monotonic()))


class Watch:
    """
    Whether the replica of this process can be read from: asked every few seconds, answered from memory in between.

    It is fit when it has replayed what the primary had written at most `LAG_SECONDS` ago: a clock alone would call the
    replica of an idle primary old, and one that lost its primary new.
    """

    def __init__(self) -> None:
        self.lock = Lock()
        self.marks: deque[tuple[float, int]] = deque()
        self.looks_at = float("-inf")
        self.was_fit = False
        self.is_missed = False

    def is_fit(self, now: float) -> bool:
        """The answer at a moment of the monotonic clock. 2 queries where it is time to look, else none."""
        with self.lock:
            if now < self.looks_at:
                return self.was_fit
            self.looks_at = now + LOOK_SECONDS  # the others go on by the last answer while one looks
        try:
            reason = self.look(now)
        except Error as fault:
            connections[REPLICA].close()
            self.pass_over(f"{type(fault).__name__}: {fault}".strip())
            return False
        self.was_fit = reason == ""
        if self.was_fit and self.is_missed:
            logger.warning("The replica is back: visitors read from it again.")
            self.is_missed = False
        elif reason:
            self.miss(reason)
        return self.was_fit

    def look(self, now: float) -> str | None:
        """
        Why the replica may not be read from now; empty where it may, None where that is not known yet.

        Raises Error while the replica is away.
        """
        try:
            self.marks.append((now, written()))
        except Error:  # nothing is written meanwhile, and looking again takes as long as the pool waits
            connections[DEFAULT_DB_ALIAS].close()
            self.looks_at = now + AWAY_SECONDS
        while self.marks and self.marks[0][0] < now - LAG_SECONDS:
            self.marks.popleft()
        at = replayed()
        if at is None:
            return "it follows no primary"
        since, mark = self.marks[0] if self.marks else (now, 0)
        if at >= mark:
            return ""
        behind = now - since
        return f"it is {behind:.0f} s behind" if behind > LAG_SECONDS - 2 * LOOK_SECONDS else None

    def pass_over(self, reason: str) -> None:
        """Read from the primary for a while."""
        self.was_fit = False
        self.looks_at = monotonic() + AWAY_SECONDS
        self.miss(reason)

    def miss(self, reason: str) -> None:
        """Say once, until it is back, that the replica is not read from."""
        if not self.is_missed:
            logger.warning("Visitors read from the primary, not from the replica: %s", reason)
        self.is_missed = True


def written() -> int:
    """How far the primary has written its log, in bytes."""
    return int(_asked(DEFAULT_DB_ALIAS, "SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')"))


def replayed() -> int | None:
    """How far the replica has followed that log, in bytes; None where it follows none."""
    at = _asked(REPLICA, "SELECT pg_wal_lsn_diff(pg_last_wal_replay_lsn(), '0/0') WHERE pg_is_in_recovery()")
    return None if at is None else int(at)


def _asked(alias: str, question: str) -> Any:
    with connections[alias].cursor() as cursor:
        cursor.execute(question)
        row = cursor.fetchone()
        return row[0] if row else None


watch = Watch()
