import logging

import pytest
from django.urls import reverse

from studysite.accounts.models import User
from tests.accounts.people import sign_in, sign_up
from tests.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db
NEW = "another long password"


@pytest.fixture
def journal(caplog):
    """What the log has said of accounts so far, as a function."""
    caplog.set_level(logging.INFO, "studysite.people")
    return lambda: [record.getMessage() for record in caplog.records if record.name == "studysite.people"]


def test_coming_in_and_going_is_a_line_of_the_log(client, journal):
    sign_up(client, "dora")
    client.post(reverse("account_logout"))
    sign_in(client, "dora")

    number = User.objects.get().pk
    assert journal() == [f"User {number} {words}." for words in ("signed up", "signed in", "signed out", "signed in")]


def test_who_is_refused_is_not_named(client, journal):
    make_user()

    sign_in(client, "my password by mistake", "x")
    sign_in(client, "alice", "not the password")

    assert journal() == ["A sign-in was refused."] * 2


def test_new_password_is_told_of_and_not_told(client, journal):
    alice = make_user()
    sign_in(client)

    client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})

    assert journal()[-1] == f"User {alice.pk} changed their password."
    assert not any(NEW in line for line in journal())
