from smtplib import SMTPRecipientsRefused

import pytest
from django.core.mail import EmailMessage
from django.urls import reverse
from zeal import zeal_ignore

from tests.accounts.people import name_of, sign_up, without_tokens
from tests.accounts.test_groups import page
from tests.factories import PASSWORD, make_user
from tests.groups import make_group, make_invitation

ADDRESS = "dora@example.org"
FAULTS = [ConnectionRefusedError(111, "Connection refused"), SMTPRecipientsRefused({ADDRESS: (550, b"no dora")})]


@pytest.fixture(params=FAULTS, ids=["away", "refused"], autouse=True)
def mail_server(request, monkeypatch, mail, db):
    """One that takes no mail."""

    def send(message, *args, **kwargs):
        raise request.param

    monkeypatch.setattr(EmailMessage, "send", send)


@pytest.mark.parametrize("is_taken", [False, True])
def test_account_is_made_though_its_mail_cannot_be_sent(client, is_taken):
    if is_taken:
        make_user("alice", email=ADDRESS).emailaddress_set.create(email=ADDRESS, verified=True)

    response = sign_up(client, "dora", email=ADDRESS)

    there = client.get(response.headers["Location"], follow=True).content.decode()
    assert name_of(client) == "dora"
    assert f"The mail to {ADDRESS} could not be sent." in there
    assert "We sent a link" not in there


def test_address_is_kept_though_its_mail_cannot_be_sent(client):
    dora = make_user("dora")
    client.force_login(dora)
    asked = client.post(reverse("account_email"), {"email": ADDRESS, "action_add": ""})

    with zeal_ignore():  # allauth, going on with the first form, looks for the address again
        response = client.post(asked.headers["Location"], {"password": PASSWORD}, follow=True)

    assert f"The mail to {ADDRESS} could not be sent." in response.content.decode()
    assert dora.emailaddress_set.filter(email=ADDRESS, verified=False).exists()


def test_who_lost_their_password_is_told_alike_with_and_without_an_account(client):
    dora = make_user("dora", email=ADDRESS)
    dora.emailaddress_set.create(email=ADDRESS, verified=True)

    path = reverse("account_reset_password")
    known, unknown = client.post(path, {"email": ADDRESS}), client.post(path, {"email": "peter@example.org"})

    assert known.status_code == unknown.status_code == 503
    assert "The mail could not be sent" in known.content.decode()
    assert without_tokens(known) == without_tokens(unknown)


def test_who_invites_is_told(client):
    alice = make_user("alice")
    group = make_group(alice)
    make_invitation(group)
    client.force_login(alice)

    response = client.post(page("mail-invitation", group), {"email": ADDRESS})

    assert response.status_code == 503
    assert "The mail could not be sent" in response.content.decode()


def test_log_says_why_and_names_nobody(client, caplog):
    client.post(reverse("account_reset_password"), {"email": ADDRESS})

    said = " ".join(record.getMessage() for record in caplog.records)
    assert "A mail could not be sent: " in said
    assert "RefusedError" in said or "RecipientsRefused" in said
    assert "dora" not in said
