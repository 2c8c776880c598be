"""Where a request reads, with a replica that is only told of; `make abuse` plays with a real one."""

import logging
from contextvars import copy_context
from types import SimpleNamespace

import pytest
from django.contrib.sessions.models import Session
from django.core.exceptions import ImproperlyConfigured, MiddlewareNotUsed
from django.db import OperationalError
from django.http import HttpResponse
from django.test import RequestFactory

from studysite import environment, replica
from studysite.replica import ReplicaMiddleware, ReplicaRouter, Watch, reads_replica
from tables.models import Guide

PRIMARY = {"ENGINE": "django.db.backends.postgresql"}
URL = "postgres://study@replica.example.org/study"
router = ReplicaRouter()


def place() -> str:
    """Where this context reads a guide."""
    return router.db_for_read(Guide)


@pytest.fixture(autouse=True)
def _decided_anew():
    token = reads_replica.set(False)
    yield
    reads_replica.reset(token)


@pytest.fixture
def watch(monkeypatch):
    """A watch of our own over a primary and a replica that are as far as the test says; None is away."""
    watch = Watch()
    watch.primary, watch.replica = 100, 100

    def told(name):
        at = getattr(watch, name)
        if isinstance(at, Exception):
            raise at
        return at

    monkeypatch.setattr(replica, "watch", watch)
    monkeypatch.setattr(replica, "REPLICA", "default")
    monkeypatch.setattr(replica, "connections", {"default": SimpleNamespace(close=lambda: None)})
    monkeypatch.setattr(replica, "written", lambda: told("primary"))
    monkeypatch.setattr(replica, "replayed", lambda: told("replica"))
    return watch


def ask(path="/activation-functions/", *, method="get", app="tables", cookies=None, answers=("200",)):
    """Send one request through the middleware; where its view read, and the answer."""
    request = getattr(RequestFactory(), method)(path)
    request.COOKIES = cookies or {}
    request.resolver_match = SimpleNamespace(app_names=[app])
    statuses, read_at = iter(answers), []

    def view(request):
        if not read_at:
            middleware.process_view(request, view, (), {})
        read_at.append(reads_replica.get())
        return HttpResponse(status=int(next(statuses)))

    middleware = ReplicaMiddleware(view)
    return copy_context().run(lambda: (middleware(request), read_at)[::-1])


@pytest.mark.parametrize(
    ("request_of", "is_at_replica"),
    [
        ({}, True),
        ({"method": "head"}, True),
        ({"cookies": {"theme": "dark"}}, True),
        ({"cookies": {"sessionid": "x"}}, False),
        ({"method": "post"}, False),
        ({"app": "quizzes"}, False),
        ({"app": "account"}, False),
    ],
)
def test_only_visitors_who_look_at_guides_read_from_the_replica(watch, request_of, is_at_replica):
    assert ask(**request_of)[0] == [is_at_replica]


def test_what_fails_at_the_replica_is_read_once_more_from_the_primary(watch, caplog):
    read_at, response = ask(answers=("503", "200"))

    assert read_at == [True, False]
    assert response.status_code == 200
    assert ask()[0] == [False]
    assert len(caplog.records) == 1


def test_what_fails_at_the_primary_is_not_tried_again(watch):
    read_at, response = ask(cookies={"sessionid": "x"}, answers=("503",))

    assert read_at == [False]
    assert response.status_code == 503


def test_site_without_a_replica_does_without_the_middleware():
    with pytest.raises(MiddlewareNotUsed):
        ReplicaMiddleware(lambda request: HttpResponse())


def test_after_a_write_a_request_reads_where_it_wrote():
    reads_replica.set(True)
    before = place()

    assert (before, router.db_for_write(Guide), place()) == ("replica", "default", "default")


def test_sessions_are_never_read_from_the_replica_and_nothing_is_migrated_there():
    reads_replica.set(True)

    assert router.db_for_read(Session) == "default"
    assert router.allow_migrate("default", "tables")
    assert not router.allow_migrate("replica", "tables")


def test_replica_is_fit_as_long_as_it_reaches_in_time_what_the_primary_had_written(watch):
    watch.is_fit(0.0)
    watch.primary = 200

    assert watch.is_fit(10.0)  # 100 was written 10 s ago, 200 just now
    assert watch.is_fit(20.0)
    assert not watch.is_fit(41.0)  # 200 was written 31 s ago


def test_replica_that_may_be_a_moment_behind_is_waited_for_without_a_word(watch, caplog):
    watch.replica = 99
    assert not watch.is_fit(0.0)
    watch.primary, watch.replica = 200, 100

    assert watch.is_fit(6.0)  # 100 was written 6 s ago
    assert not caplog.records


def test_replica_that_stands_still_is_told_of(watch, caplog):
    watch.replica = 99

    assert not any([watch.is_fit(second) for second in range(0, 60, 6)])
    assert len(caplog.records) == 1


def test_replica_that_went_away_is_told_of_once_and_comes_back(watch, caplog, monkeypatch):
    caplog.set_level(logging.WARNING)
    monkeypatch.setattr(replica, "monotonic", lambda: 0.0)
    watch.replica = OperationalError("no route to replica.example.org")

    assert not watch.is_fit(0.0)
    assert not watch.is_fit(29.0)  # not even asked
    assert not watch.is_fit(31.0)
    watch.replica = 100
    assert watch.is_fit(62.0)
    assert [record.levelname for record in caplog.records] == ["WARNING", "WARNING"]


def test_promoted_replica_is_not_read_from(watch):
    watch.replica = None

    assert not watch.is_fit(0.0)


def test_visitors_read_on_while_the_primary_is_away(watch):
    watch.primary = OperationalError("the connection was closed")

    assert watch.is_fit(0.0)


def test_replica_is_a_second_database_that_waits_for_nobody():
    there = environment.replica(URL, PRIMARY)["replica"]

    assert there["HOST"] == "replica.example.org"
    assert there["OPTIONS"]["pool"]["timeout"] == 1
    assert environment.replica("", PRIMARY) == {}


@pytest.mark.parametrize(("url", "engine"), [("sqlite:///other", PRIMARY["ENGINE"]), (URL, "sqlite3")])
def test_replica_of_anything_but_postgresql_is_refused(url, engine):
    with pytest.raises(ImproperlyConfigured, match="needs PostgreSQL"):
        environment.replica(url, {"ENGINE": engine})
