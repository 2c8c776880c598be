"""Drafts that wait for a process of their own: one of each author's at a time, few on the whole site."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.core.management import call_command
from django.db import connection, connections, transaction
from django.urls import reverse
from django.utils import timezone

from quizzes.actions import importing, turns
from studysite.held import hold
from tables.models import Draft, Guide
from tables.reader import read
from tests.factories import make_user
from tests.quizzes.importers import NOTES, draft_of, hand_in

Stage = Draft.Stage


@pytest.fixture
def called(monkeypatch):
    """The ids of the drafts for which a process was started, in order; every document is a long one."""
    numbers = []
    monkeypatch.setattr(importing, "AT_ONCE", 10)
    monkeypatch.setattr(turns, "_spawn", numbers.append)
    monkeypatch.setattr(importing.transaction, "on_commit", lambda act: act())
    return numbers


def wait(author, stage=Stage.TO_CHECK, **fields):
    return Draft.objects.create(by=author, source=NOTES.encode(), stage=stage, **fields)


def ago(seconds):
    return timezone.now() - timedelta(seconds=seconds)


def test_one_document_of_an_author_is_read_at_a_time_and_the_next_begins_by_itself(alice, called):
    pages = [hand_in(alice) for _ in range(3)]
    first, second, third = Draft.objects.order_by("pk")
    assert called == [first.pk]
    assert "One document of yours is worked on at a time" not in pages[0].content.decode()
    assert "One document of yours is worked on at a time, and 2 on the whole site." in pages[2].content.decode()

    call_command("work_on_draft", first.pk)
    assert called == [first.pk, second.pk]
    call_command("work_on_draft", second.pk)

    assert called == [first.pk, second.pk, third.pk]


def test_site_reads_as_many_documents_at_once_as_its_host_says(db, called, settings):
    settings.IMPORTS_AT_ONCE = 2
    drafts = [wait(make_user(name)) for name in ("alice", "bob", "charlie")]

    turns.start_next()
    turns.start_next()

    assert called == [draft.pk for draft in drafts[:2]]


def test_who_asks_how_far_it_is_has_it_begun_once_there_is_room(alice, called):
    other = wait(alice.user, Stage.CHECKING, alive_at=ago(5))
    mine = wait(alice.user)
    page = reverse("quizzes:draft", args=[mine.pk])

    alice.get(page)
    assert called == []
    other.delete()
    alice.get(page)
    alice.get(page)

    assert called == [mine.pk]


def test_draft_whose_process_never_came_is_called_again(alice, called):
    mine = wait(alice.user, Stage.TO_PUBLISH, alive_at=ago(61))

    page = alice.get(reverse("quizzes:draft", args=[mine.pk])).content.decode()

    assert called == [mine.pk]
    assert "The work has stopped" not in page


def test_lost_worker_takes_up_no_room_and_is_not_started_again_by_itself(db, called):
    author = make_user("alice")
    wait(author, Stage.CHECKING, alive_at=ago(61))
    next_one = wait(author)

    turns.start_next()

    assert called == [next_one.pk]


def test_long_publishing_takes_up_room_though_it_gives_no_sign_of_life(transactional_db, called):
    if connection.vendor != "postgresql":
        return  # there nobody can tell, and whoever publishes is the only one who writes
    author = make_user("alice")
    published = wait(author, Stage.PUBLISHING, alive_at=ago(120))
    wait(author)

    def start_elsewhere():
        try:
            turns.start_next()
        finally:
            connections.close_all()

    with transaction.atomic(), ThreadPoolExecutor(1) as pool:
        hold(turns._name_of(published.pk))
        pool.submit(start_elsewhere).result()

    assert called == []


def test_draft_is_called_once_though_several_ask_at_the_same_moment(transactional_db, called):
    mine = wait(make_user("alice"))
    together = Barrier(3)

    def ask(_):
        try:
            together.wait(20)
            turns.start_next()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(ask, range(3)))

    assert called == [mine.pk]


def test_draft_thrown_away_takes_up_room_until_its_process_has_noticed(alice, called):
    mine, next_one = draft_of(hand_in(alice)), wait(alice.user)
    begun = Draft.objects.order_by("pk").first()

    alice.post(mine, {"do": "drop"})

    assert alice.get(mine).status_code == 404
    assert "networks.md" not in alice.get(reverse("quizzes:import")).content.decode()
    turns.start_next()
    assert called == [begun.pk]
    call_command("work_on_draft", begun.pk)
    assert called == [begun.pk, next_one.pk]
    assert Draft.objects.get() == next_one


@pytest.mark.parametrize("stage", [Stage.TO_CHECK, Stage.TO_PUBLISH])
def test_worker_keeps_nothing_of_a_draft_that_is_thrown_away(alice, monkeypatch, stage):
    mine = wait(alice.user, stage)

    def read_and_lose(*args, **kwargs):
        importing.throw_away(mine)
        return read(*args, **kwargs)

    monkeypatch.setattr(importing, "read", read_and_lose)

    assert importing.work_on(mine) is True
    assert not Draft.objects.exists()
    assert not Guide.objects.exists()


def test_worker_stops_reading_when_its_draft_is_thrown_away(db, monkeypatch):
    monkeypatch.setattr(importing, "TELL_EVERY", -1)
    monkeypatch.setattr(importing, "connection", type("Outside", (), {"in_atomic_block": False}))
    mine = wait(make_user("alice"))

    def read_slowly(*args, tell, **kwargs):
        importing.throw_away(mine)
        tell(1, 2)
        raise AssertionError("It reads on.")

    monkeypatch.setattr(importing, "read", read_slowly)

    assert importing.work_on(mine) is True
    assert not Draft.objects.exists()
