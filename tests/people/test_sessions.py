import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from studysite.accounts.browsers import browser_of
from tests.accounts.people import name_of, sign_in
from tests.factories import PASSWORD, make_user

SESSIONS = "/accounts/sessions/"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
PHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 "
    "Mobile/15E148 Safari/604.1"
)
EDGE = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0"


def signed_in(name="alice", agent=FIREFOX):
    client = Client(headers={"User-Agent": agent})
    sign_in(client, name)
    return client


@pytest.fixture
def here(db):
    """alice at a desk."""
    make_user()
    return signed_in()


def listed(client):
    return client.get(SESSIONS).context["sessions"]


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (FIREFOX, "Firefox on Linux"),
        (PHONE, "Safari on iPhone"),
        (EDGE, "Edge on Windows"),
        ("curl/8", "A browser"),
        ("", "A browser"),
    ],
)
def test_browser_is_called_by_a_name_people_know(agent, name):
    assert browser_of(agent) == name


def test_every_browser_is_listed_this_one_first(here):
    signed_in(agent=PHONE)

    page = here.get(SESSIONS).content.decode()

    assert [session.browser for session in listed(here)] == ["Firefox on Linux", "Safari on iPhone"]
    assert "This browser" in page
    assert "Sign out everywhere else" in page


def test_one_session_is_ended(here):
    phone, tablet = signed_in(agent=PHONE), signed_in(agent=EDGE)
    chosen = next(session for session in listed(here) if session.browser == "Safari on iPhone")

    here.post(SESSIONS, {"end": chosen.pk})

    assert [name_of(client) for client in (here, phone, tablet)] == ["alice", None, "alice"]
    assert len(listed(here)) == 2


def test_all_others_are_ended(here):
    others = [signed_in(agent=PHONE), signed_in(agent=EDGE)]

    here.post(SESSIONS, {"end": "others"})

    assert [name_of(client) for client in (here, *others)] == ["alice", None, None]
    assert len(listed(here)) == 1


def test_sessions_of_others_and_ones_own_are_not_ended_here(here):
    make_user("bob")
    bob = signed_in("bob")
    theirs, mine = listed(bob)[0].pk, listed(here)[0].pk

    given = [here.post(SESSIONS, {"end": end}).status_code for end in (theirs, mine, "", "x", "9" * 40, "²")]

    assert given == [303] * 6
    assert [name_of(client) for client in (here, bob)] == ["alice", "bob"]


def test_who_signed_out_is_no_longer_listed(here):
    phone = signed_in(agent=PHONE)

    phone.post("/accounts/logout/")

    assert len(listed(here)) == 1


def test_new_password_ends_all_others_at_once(here):
    phone = signed_in(agent=PHONE)
    new = {"oldpassword": PASSWORD, "password1": "another long one", "password2": "another long one"}

    here.post(reverse("account_change_password"), new)

    assert Session.objects.count() == 1
    assert [name_of(client) for client in (here, phone)] == ["alice", None]
    assert [session.is_here for session in listed(here)] == [True]


def test_page_and_signing_in_cost_the_same_for_one_browser_and_for_many(here, django_assert_max_num_queries):
    with django_assert_max_num_queries(5) as few:
        here.get(SESSIONS)
    for _ in range(8):
        signed_in(agent=PHONE)
    with django_assert_max_num_queries(5) as many:
        here.get(SESSIONS)

    assert len(few) == len(many)
