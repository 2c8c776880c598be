import pytest
from django.urls import reverse

from studysite.accounts.models import Membership, User
from tests.accounts.people import name_of, sign_up
from tests.factories import make_user
from tests.groups import make_group, make_invitation

SIGN_UP = "/accounts/signup/"


@pytest.fixture
def by_invitation(settings):
    settings.SIGN_UP = "invited"


@pytest.fixture
def closed(settings):
    settings.SIGN_UP = "closed"


def test_nobody_makes_an_account_where_that_is_closed(client, db, closed):
    sign_in_page, page = (client.get(path).content.decode() for path in ("/accounts/login/", SIGN_UP))
    sign_up(client)

    assert "No new accounts here" in page
    assert f'href="{SIGN_UP}' not in sign_in_page
    assert not User.objects.exists()


def test_closed_site_hides_the_way_to_an_account(client, db, closed):
    invitation = make_invitation(make_group())

    page = client.get(invitation.path).content.decode()

    assert "whoever runs this site makes the accounts" in page
    assert "Create an account" not in page


def test_who_was_not_invited_is_told_whom_to_ask(client, db, by_invitation):
    response = sign_up(client)

    assert "Accounts here are by invitation" in response.content.decode()
    assert not User.objects.exists()


def test_invitation_lets_one_in_and_takes_up_a_place(client, db, by_invitation):
    group = make_group(make_user("alice"))
    invitation = make_invitation(group, uses=1)
    client.get(invitation.path)
    form = client.get(SIGN_UP).content.decode()

    response = sign_up(client, "dora", next="/join/")

    assert "With your account you are in the group" in form
    assert name_of(client) == "dora"
    assert Membership.objects.filter(group=group, user__username="dora").exists()
    assert client.get(response.headers["Location"]).headers["Location"] == group.get_absolute_url()
    invitation.refresh_from_db()
    assert invitation.uses_left == 0


def test_used_up_invitation_lets_nobody_in(client, db, by_invitation):
    invitation = make_invitation(make_group(), uses=1)
    client.get(invitation.path)
    type(invitation).objects.update(uses_left=0)

    response = sign_up(client)

    assert "Accounts here are by invitation" in response.content.decode()
    assert not User.objects.filter(username="dora").exists()


def test_last_place_taken_meanwhile_leaves_no_account(client, db, by_invitation, monkeypatch):
    invitation = make_invitation(make_group(), uses=1)
    client.get(invitation.path)
    monkeypatch.setattr("studysite.accounts.adapter.followed", lambda session: invitation)
    type(invitation).objects.update(uses_left=0)

    response = sign_up(client)

    assert "Accounts here are by invitation" in response.content.decode()
    assert not User.objects.filter(username="dora").exists()


def test_mail_to_an_unknown_address_offers_no_account_where_none_is_to_be_had(client, db, mail, mailoutbox, closed):
    client.post(reverse("account_reset_password"), {"email": "peter@example.org"})

    (message,) = mailoutbox
    assert SIGN_UP not in message.body


@pytest.mark.parametrize("who", ["invited", "closed"])
@pytest.mark.parametrize("path", ["/quiz/", "/progress/"])
def test_guests_go_on_without_being_offered_an_account(client, db, settings, who, path):
    settings.SIGN_UP = who

    response = client.get(path)

    assert response.status_code == 200
    assert SIGN_UP not in response.content.decode()


def test_invitation_works_on_after_a_change_of_the_secret(client, db, settings):
    path = make_invitation(make_group()).path
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "a new secret", [settings.SECRET_KEY]

    assert client.get(path).status_code == 200
    settings.SECRET_KEY_FALLBACKS = []
    assert client.get(path).status_code == 404
