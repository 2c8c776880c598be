"""Two processes that work on one draft: whoever is slow is not taken for lost, and takes nothing back."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event

import pytest
from django.db import connection, connections
from django.urls import reverse
from django.utils import timezone

from quizzes.actions import importing
from quizzes.actions.closing import end_group
from tables.actions.publishing import GuideHasMoved
from tables.models import Draft, Guide, Version, drafts
from tests.factories import make_user
from tests.groups import make_group
from tests.quizzes.importers import NOTES


@pytest.fixture
def draft(transactional_db, monkeypatch):
    """One that was checked and waits to be published; who gives no sign of life is lost at once."""
    with monkeypatch.context() as late:
        late.setattr(importing, "start", importing.work_on)
        made = importing.begin_draft(
            make_user(), source=NOTES.encode(), name="networks.md", guide=None, visibility="private"
        )
    made.refresh_from_db()
    monkeypatch.setattr(importing, "start", lambda draft: None)
    importing.publish_draft(made, accepts_renames=False)
    monkeypatch.setattr(drafts, "SIGN_OF_LIFE", timedelta(0))
    return made


def meanwhile(monkeypatch, name, act):
    """Have something done at the end of one of the steps of `importing`, the first time."""
    step, acts = getattr(importing, name), [act]

    def act_late(*args, **kwargs):
        try:
            return step(*args, **kwargs)
        finally:
            while acts:
                acts.pop()()

    monkeypatch.setattr(importing, name, act_late)


def test_second_worker_waits_for_the_one_that_publishes(draft, monkeypatch):
    is_inside, goes_on = Event(), Event()
    meanwhile(monkeypatch, "publish_document", lambda: (is_inside.set(), goes_on.wait(20)))

    def work():
        try:
            return importing.work_on(Draft.objects.get(pk=draft.pk))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(work)
        assert is_inside.wait(20)
        second = pool.submit(work)
        time.sleep(0.5)
        assert not second.done()
        goes_on.set()
        assert first.result(20)
        second.result(20)

    draft.refresh_from_db()
    assert (draft.stage, draft.fault, bytes(draft.source)) == (Draft.Stage.PUBLISHED, "", b"")
    assert Guide.objects.count() == Version.objects.count() == 1


def test_page_does_not_call_a_worker_lost_that_publishes(draft, client, monkeypatch):
    monkeypatch.setattr(drafts, "SIGN_OF_LIFE", timedelta(minutes=1))
    client.force_login(draft.by)
    page = reverse("quizzes:draft", args=[draft.pk])
    shown = []

    def look():
        try:
            if connection.vendor == "postgresql":  # on SQLite nobody else writes meanwhile
                Draft.objects.update(alive_at=timezone.now() - timedelta(hours=1))
            shown.append(client.get(page).content.decode())
        finally:
            connections.close_all()

    def look_from_elsewhere():
        with ThreadPoolExecutor(1) as pool:
            pool.submit(look).result()

    meanwhile(monkeypatch, "publish_document", look_from_elsewhere)

    importing.work_on(draft)

    assert "The work has stopped" not in shown[0]
    assert "is being published" in shown[0]


def test_worker_that_was_overtaken_takes_nothing_back(draft, monkeypatch):
    def refuse(*args, **kwargs):
        raise GuideHasMoved

    monkeypatch.setattr(importing, "publish_document", refuse)
    published = {"stage": Draft.Stage.PUBLISHED, "source": b"", "checked": {"summary": "New guide."}}
    meanwhile(monkeypatch, "check_document", lambda: Draft.objects.update(**published))

    importing.work_on(draft)

    draft.refresh_from_db()
    assert (draft.stage, draft.checked) == (Draft.Stage.PUBLISHED, {"summary": "New guide."})


def test_group_that_closes_while_its_guide_is_published_leaves_it_to_its_owner(draft, monkeypatch):
    group = make_group(draft.by)
    Draft.objects.update(group=group, visibility=Guide.Visibility.GROUP)

    def close():
        try:
            end_group(group)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        closing = []
        meanwhile(monkeypatch, "publish_document", lambda: (closing.append(pool.submit(close)), time.sleep(0.5)))
        importing.work_on(Draft.objects.get())
        closing[0].result(20)

    guide = Guide.objects.get()
    assert (guide.owner, guide.group, guide.visibility) == (draft.by, None, Guide.Visibility.PRIVATE)
