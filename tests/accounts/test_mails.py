import pytest
from django.urls import reverse

from tests.accounts.people import sign_up
from tests.factories import make_user

ADDRESS = "o'hara@example.org"


@pytest.fixture
def alice(db):
    """Somebody whose address is confirmed."""
    user = make_user(email=ADDRESS)
    user.emailaddress_set.create(email=ADDRESS, verified=True)
    return user


def test_new_address_is_asked_to_be_confirmed(client, db, mail, mailoutbox):
    sign_up(client, "dora", email=ADDRESS)

    (message,) = mailoutbox
    assert (message.to, message.subject) == ([ADDRESS], "Confirm your email address")
    assert message.body.startswith("Hello,\n\ndora gave this address at Studysite.")
    assert "\nhttp://testserver/accounts/confirm-email/" in message.body


def test_lost_password_is_met_with_a_link(client, alice, mail, mailoutbox):
    client.post(reverse("account_reset_password"), {"email": ADDRESS})

    (message,) = mailoutbox
    assert (message.to, message.subject) == ([ADDRESS], "Set a new password")
    assert "for your account, alice. If that was you" in message.body
    assert "\nhttp://testserver/accounts/password/reset/key/" in message.body


def test_lost_password_without_an_account_is_met_with_a_way_in(client, alice, mail, mailoutbox):
    client.post(reverse("account_reset_password"), {"email": "peter.o'toole@example.org"})

    (message,) = mailoutbox
    assert (message.to, message.subject) == (["peter.o'toole@example.org"], "No account has this address")
    assert "for peter.o'toole@example.org, but" in message.body
    assert "\nhttp://testserver/accounts/signup/" in message.body


@pytest.mark.parametrize(
    ("site", "end"), [("", "Studysite"), ("https://study.example", "Studysite\nhttps://study.example")]
)
def test_mail_ends_with_the_site_it_came_from(client, db, mail, mailoutbox, settings, site, end):
    settings.SITE_URL = site

    sign_up(client, "dora", email=ADDRESS)

    assert mailoutbox[0].body.strip().endswith(f"the address is not used.\n\n{end}")
