import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from studysite.accounts.actions.invitations import DeadLink, join_group, revoke
from studysite.accounts.models import Invitation, Membership, User
from studysite.logs import JsonFormatter, LineFormatter
from tests.accounts.people import name_of, sign_in, sign_up
from tests.accounts.test_groups import page
from tests.factories import make_user
from tests.groups import make_group, make_invitation
from tests.quizzes.pages import without_tokens

KEPT = "/join/"


@pytest.fixture
def group(db):
    return make_group(make_user("alice"))


@pytest.fixture
def invitation(group):
    return make_invitation(group)


@pytest.fixture
def bob(client, db):
    client.force_login(make_user("bob"))
    return client


def is_in(group, name):
    return Membership.objects.filter(group=group, user__username=name).exists()


def test_link_says_who_invites_before_one_has_an_account(client, invitation):
    response = client.get(invitation.path)

    said = response.content.decode()
    assert response.status_code == 200
    assert "alice invited you to <b>MLA Tuesday group</b>" in said
    assert invitation.token not in said
    assert invitation.token not in str(dict(client.session))
    assert response.headers["Referrer-Policy"] == "strict-origin"
    assert "no-store" in response.headers["Cache-Control"]


def test_link_is_not_lost_by_signing_up(client, group, invitation):
    client.get(invitation.path)
    form = client.get(reverse("account_signup"), {"next": KEPT})
    assert "alice invited you to" in form.content.decode()

    response = sign_up(client, "dora", next=KEPT)
    assert response.headers["Location"] == KEPT
    assert not is_in(group, "dora")
    response = client.post(KEPT)

    assert response.headers["Location"] == group.get_absolute_url()
    assert is_in(group, "dora")


def test_link_is_not_lost_by_signing_in(client, group, invitation):
    make_user("bob")
    client.get(invitation.path)

    sign_in(client, "bob", next=KEPT)
    client.post(KEPT)

    assert name_of(client) == "bob"
    assert is_in(group, "bob")


def test_looking_at_a_link_makes_nobody_a_member(bob, group, invitation):
    assert bob.get(invitation.path).status_code == 200
    assert not is_in(group, "bob")


def test_visitor_who_sends_the_form_is_asked_to_sign_in(client, group, invitation):
    response = client.post(invitation.path)

    assert response.status_code == 401
    assert "Create an account" in response.content.decode()


def test_joining_twice_counts_once(bob, group, invitation):
    bob.post(invitation.path)
    again = bob.post(invitation.path)

    invitation.refresh_from_db()
    assert again.headers["Location"] == group.get_absolute_url()
    assert (invitation.used, group.memberships.count()) == (1, 2)


def test_who_is_in_already_is_led_to_the_group_by_a_used_up_link(bob, group):
    invitation = make_invitation(group, uses=1)
    bob.post(invitation.path)

    assert bob.get(invitation.path).headers["Location"] == group.get_absolute_url()


def test_who_joins_gets_the_role_of_the_link(bob, group):
    bob.post(make_invitation(group, role="editor").path)

    assert group.memberships.get(user__username="bob").role == "editor"


def dead_links(group, invitation):
    """A path that is mistyped, one used up, one expired, one taken back, one renewed, one of a closed group."""
    yield invitation.path[:-3] + "xx/"
    yield "/join/x/"
    yield reverse("accounts:join", args=[f"987654321-{invitation.token.partition('-')[2]}"])
    Invitation.objects.update(uses_left=0)
    yield invitation.path
    Invitation.objects.update(uses_left=5, expires_at=timezone.now() - timedelta(seconds=1))
    yield invitation.path
    Invitation.objects.update(expires_at=timezone.now() + timedelta(days=1))
    make_invitation(group)
    yield invitation.path
    renewed = Invitation.objects.get()
    revoke(group)
    yield renewed.path
    Invitation.objects.update(revoked_at=None)
    group.closed_at = timezone.now()
    group.save()
    yield renewed.path
    yield KEPT


def test_every_dead_link_is_answered_alike(bob, group, invitation):
    pages = [(bob.get(path), bob.post(path)) for path in dead_links(group, invitation)]

    said = {without_tokens(answer) for answers in pages for answer in answers}
    assert len(said) == 1
    assert {answer.status_code for answers in pages for answer in answers} == {404}
    assert "mistyped, is used up, has expired, or was taken back" in said.pop()
    assert not is_in(group, "bob")


def test_who_tries_many_dead_links_has_to_wait_while_real_ones_work(client, invitation):
    answers = [client.get(f"/join/{number}-guess/").status_code for number in range(31)]

    assert answers == [404] * 30 + [429]
    assert client.get(invitation.path).status_code == 200


def test_link_stays_the_same_until_it_is_renewed(client, group, invitation):
    client.force_login(User.objects.get(username="alice"))
    assert invitation.path in client.get(group.get_absolute_url()).content.decode()
    assert invitation.path in client.get(group.get_absolute_url()).content.decode()

    client.post(page("invitation", group), {"days": "3", "uses": "2", "role": "editor"})

    renewed = Invitation.objects.get()
    assert (renewed.generation, renewed.uses_left, renewed.role) == (2, 2, "editor")
    assert renewed.path != invitation.path
    assert renewed.path in client.get(group.get_absolute_url()).content.decode()


def test_link_is_taken_back(client, group, invitation):
    client.force_login(User.objects.get(username="alice"))

    client.post(page("invitation", group), {"do": "revoke"})

    assert invitation.path not in client.get(group.get_absolute_url()).content.decode()
    assert client.get(make_invitation(group).path).status_code == 303
    assert Invitation.objects.count() == 2


def test_link_for_no_days_is_not_made(client, group):
    client.force_login(User.objects.get(username="alice"))

    response = client.post(page("invitation", group), {"days": "0", "uses": "5", "role": "member"})

    assert response.status_code == 422
    assert not Invitation.objects.exists()


def test_editor_invites_members_only_and_member_invites_nobody(bob, group):
    theirs = Membership.objects.create(group=group, user=User.objects.get(username="bob"))
    wish = {"days": "3", "uses": "2", "role": "editor"}
    assert bob.post(page("invitation", group), wish).status_code == 403

    Membership.objects.filter(pk=theirs.pk).update(role="editor")
    bob.post(page("invitation", group), wish)

    assert Invitation.objects.get().role == "member"


def test_no_link_comes_into_the_logs(invitation):
    record = logging.LogRecord("x", logging.ERROR, "", 0, "%s: %s", ("Server Error", invitation.path), None)

    lines = [formatter.format(record) for formatter in (LineFormatter(), JsonFormatter())]

    assert all("/join/[hidden]" in line and invitation.path not in line for line in lines)


@pytest.mark.django_db(transaction=True)
def test_twenty_who_race_for_five_uses_are_five():
    group = make_group(make_user("alice"))
    invitation = make_invitation(group, uses=5)
    people = [make_user(f"racer{number}") for number in range(20)]

    def race(user):
        try:
            return join_group(invitation, user).pk
        except DeadLink:
            return None
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as threads:
        came = [each for each in threads.map(race, people) if each]

    assert len(came) == group.memberships.count() - 1 == 5
    assert Invitation.objects.get().uses_left == 0


def test_invitation_costs_few_queries(client, invitation, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        Client().get(invitation.path)


def send(client, group, address="dora@example.org"):
    return client.post(page("mail-invitation", group), {"email": address})


def test_link_is_sent_by_mail(client, group, invitation, mail, mailoutbox, settings):
    settings.SITE_URL = "https://study.example"
    client.force_login(User.objects.get(username="alice"))
    assert "Send it by email" in client.get(group.get_absolute_url()).content.decode()

    response = send(client, group)

    (message,) = mailoutbox
    assert response.headers["Location"] == group.get_absolute_url()
    assert (message.to, message.subject) == (["dora@example.org"], "An invitation to a study group")
    assert f"\nhttps://study.example{invitation.path}\n" in message.body
    assert 'alice invites you to the study group "MLA Tuesday group"' in message.body


def test_mail_goes_nowhere_without_an_address_a_link_or_a_host_that_sends(client, group, settings, mail, mailoutbox):
    client.force_login(User.objects.get(username="alice"))
    assert send(client, group).status_code == 404
    make_invitation(group)
    assert send(client, group, "no address").status_code == 422
    settings.SENDS_MAIL = False
    assert send(client, group).status_code == 404

    assert mailoutbox == []


def test_no_more_than_twenty_are_invited_by_mail_in_a_day(client, group, invitation, mail, mailoutbox):
    client.force_login(User.objects.get(username="alice"))

    answers = [send(client, group).status_code for _ in range(21)]

    assert answers == [303] * 20 + [429]
    assert len(mailoutbox) == 20
