from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from studysite.accounts.sessions import SessionStore
from tests.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def stored():
    """The key of a session that says something."""
    session = SessionStore()
    session["said"] = "something"
    session.create()
    return session.session_key


def test_session_says_what_was_said(stored):
    assert SessionStore(stored)["said"] == "something"


def test_session_of_somebody_else_is_not_found_by_a_part_of_its_key(stored):
    for key in (None, "", stored[:-1], stored.upper(), "%"):
        assert SessionStore(key).load() == {}


def test_session_that_is_over_says_nothing_and_gets_a_new_key(stored):
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))

    session = SessionStore(stored)

    assert session.load() == {}
    assert session.session_key is None


def test_who_was_signed_in_is_nobody_once_the_session_is_over(client):
    client.force_login(make_user("alice"))
    assert "alice" in client.get("/").content.decode()

    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))

    assert "alice" not in client.get("/").content.decode()


def test_finding_a_session_is_one_query(stored, django_assert_num_queries):
    with django_assert_num_queries(1):
        SessionStore(stored).load()
