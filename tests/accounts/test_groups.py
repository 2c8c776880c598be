import uuid

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse

from studysite.accounts.actions.groups import close_group, give_role, let_go_of, remove_member
from studysite.accounts.forms.groups import GroupForm, SharingForm
from studysite.accounts.models import Group, Membership
from studysite.environment import env_choice
from tests.factories import make_user
from tests.groups import join, make_group, make_invitation, meanwhile

pytestmark = pytest.mark.django_db


@pytest.fixture
def alice(client):
    client.user = make_user("alice")
    client.force_login(client.user)
    return client


@pytest.fixture
def bob():
    client = Client()
    client.user = make_user("bob")
    client.force_login(client.user)
    return client


def page(name, group):
    return reverse(f"accounts:{name}", args=[group.pk])


def do(client, group, wish, user, **fields):
    member = Membership.objects.get(group=group, user=user)
    return client.post(page("members", group), {"do": wish, "member": member.pk, **fields}, follow=True)


def role_of(group, user):
    found = Membership.objects.filter(group=group, user=user).first()
    return found.role if found else None


def test_form_that_starts_a_group_starts_one_however_often_it_is_sent(alice):
    form = {"key": uuid.uuid4(), "name": "Tuesday", "exam_on": "2027-01-20"}

    alice.post(reverse("accounts:start-group"), form)
    response = alice.post(reverse("accounts:start-group"), form)

    group = Group.objects.get()
    assert response.headers["Location"] == group.get_absolute_url()
    assert (group.name, str(group.exam_on), role_of(group, alice.user)) == ("Tuesday", "2027-01-20", "owner")


def test_group_without_a_name_is_not_started(alice):
    response = alice.post(reverse("accounts:start-group"), {"key": uuid.uuid4(), "name": " "})

    assert response.status_code == 422
    assert not Group.objects.exists()


def test_somebody_elses_form_gives_no_way_into_their_group(alice, bob):
    form = {"key": uuid.uuid4(), "name": "Tuesday"}
    alice.post(reverse("accounts:start-group"), form)

    response = bob.post(reverse("accounts:start-group"), form, follow=True)

    assert response.status_code == 404
    assert role_of(Group.objects.get(), bob.user) is None


def test_host_may_keep_groups_to_the_staff(alice, settings):
    settings.GROUPS_BY = "staff"

    response = alice.get(reverse("accounts:start-group"))

    assert response.status_code == 403
    assert "Start a group" not in alice.get(reverse("accounts:groups")).content.decode()


def test_word_that_is_no_choice_is_refused(monkeypatch):
    monkeypatch.setenv("GROUPS_BY", "nobody")

    with pytest.raises(ImproperlyConfigured, match="write members or staff"):
        env_choice("GROUPS_BY", "members", "staff")


def test_list_names_ones_own_groups_alone(alice, bob):
    make_group(alice.user, bob.user, name="Mine")
    make_group(make_user("charlie"), name="Theirs")

    said = alice.get(reverse("accounts:groups")).content.decode()

    assert "Mine</a>" in said
    assert "2 members" in said
    assert "Theirs" not in said


def test_owner_gives_and_takes_roles(alice, bob):
    group = make_group(alice.user, bob.user)

    do(alice, group, "role", bob.user, role="editor")
    assert role_of(group, bob.user) == "editor"

    do(alice, group, "role", bob.user, role="member")
    assert role_of(group, bob.user) == "member"


def test_nobody_becomes_owner_by_a_role(alice, bob):
    group = make_group(alice.user, bob.user)

    response = do(alice, group, "role", bob.user, role="owner")

    assert response.status_code == 404
    assert role_of(group, bob.user) == "member"


def test_owner_cannot_be_unmade_or_taken_out(alice):
    group = make_group(alice.user)

    do(alice, group, "role", alice.user, role="member")
    said = do(alice, group, "remove", alice.user).content.decode()

    assert "stays the owner until" in said
    assert role_of(group, alice.user) == "owner"


def test_member_of_another_group_cannot_be_named(alice, bob):
    group, other = make_group(alice.user), make_group(make_user("charlie"), bob.user)
    theirs = Membership.objects.get(group=other, user=bob.user)

    response = alice.post(page("members", group), {"do": "remove", "member": theirs.pk})

    assert response.status_code == 404
    assert role_of(other, bob.user) == "member"


@pytest.mark.parametrize("role", ["member", "editor"])
def test_only_the_owner_changes_who_is_in_the_group(alice, bob, role):
    group = make_group(alice.user)
    join(group, bob.user, role=role)

    answers = [do(bob, group, wish, bob.user, role="editor") for wish in ("role", "remove", "hand-over")]

    assert {answer.status_code for answer in answers} == {403}
    assert role_of(group, bob.user) == role
    refused = bob.get(page("group-settings", group))
    assert refused.status_code == 403
    assert "Only the owner of the group, alice, may do this." in refused.content.decode()


def test_group_handed_over_has_one_owner(alice, bob):
    group = make_group(alice.user, bob.user)

    do(alice, group, "hand-over", bob.user, sure="yes")

    assert (role_of(group, alice.user), role_of(group, bob.user)) == ("editor", "owner")


@pytest.mark.parametrize(
    ("wish", "asked"), [("remove", "Take bob out of the group?"), ("hand-over", "Make bob the owner?")]
)
def test_one_press_takes_nobody_out_and_gives_no_group_away(alice, bob, wish, asked):
    group = make_group(alice.user, bob.user)

    response = do(alice, group, wish, bob.user)

    assert asked in response.content.decode()
    assert (role_of(group, alice.user), role_of(group, bob.user)) == ("owner", "member")


def test_two_owners_cannot_be():
    group = make_group()

    with pytest.raises(IntegrityError):
        join(group, make_user("bob"), role="owner")


def test_owner_is_told_to_hand_over_before_leaving(alice):
    group = make_group(alice.user)

    response = alice.post(page("leave", group))

    assert response.status_code == 422
    assert "Make another member the owner first" in response.content.decode()
    assert role_of(group, alice.user) == "owner"


def test_who_leaves_finds_the_group_no_more(alice, bob):
    group = make_group(alice.user, bob.user)

    assert bob.get(page("leave", group)).status_code == 200
    bob.post(page("leave", group))

    assert role_of(group, bob.user) is None
    assert bob.get(group.get_absolute_url()).status_code == 404


def test_link_known_to_who_was_taken_out_is_dead(alice, bob):
    group = make_group(alice.user, bob.user)
    path = make_invitation(group).path

    do(alice, group, "remove", bob.user, sure="yes")

    assert role_of(group, bob.user) is None
    assert bob.get(path).status_code == 404


def test_settings_are_kept(alice):
    group = make_group(alice.user)

    alice.post(page("group-settings", group), {"name": "Renamed", "exam_on": "", "shows_standings": "on"})

    group.refresh_from_db()
    assert (group.name, group.exam_on, group.shows_standings) == ("Renamed", None, True)
    assert alice.post(page("group-settings", group), {"name": ""}).status_code == 422


def test_member_says_what_is_seen_of_them(alice, bob):
    group = make_group(alice.user, bob.user)

    bob.post(page("sharing", group), {"shares_standing": "on"})

    mine = Membership.objects.get(group=group, user=bob.user)
    assert (mine.shares_standing, mine.counts_in_aggregates) == (True, False)
    assert Membership.objects.get(group=group, user=alice.user).shares_standing is False


def test_settings_do_not_open_a_group_that_was_closed_meanwhile(alice, monkeypatch):
    group = make_group(alice.user, name="Tuesday")
    meanwhile(monkeypatch, GroupForm, lambda: close_group(group))

    response = alice.post(page("group-settings", group), {"name": "Renamed"})

    group.refresh_from_db()
    assert response.status_code == 404
    assert (group.name, group.closed_at is None) == ("Tuesday", False)


def test_what_a_member_shows_gives_no_role_back(alice, bob, monkeypatch):
    group = make_group(alice.user)
    theirs = join(group, bob.user, role="editor")
    meanwhile(monkeypatch, SharingForm, lambda: give_role(theirs, "member"))

    bob.post(page("sharing", group), {"shares_standing": "on"})

    theirs.refresh_from_db()
    assert (theirs.role, theirs.shares_standing) == ("member", True)


def test_what_a_member_shows_brings_nobody_back(alice, bob, monkeypatch):
    group = make_group(alice.user)
    theirs = join(group, bob.user)
    meanwhile(monkeypatch, SharingForm, lambda: remove_member(Membership.objects.get(user=bob.user)))

    response = bob.post(page("sharing", group), {"shares_standing": "on"})

    assert response.status_code == 404
    assert not Membership.objects.filter(pk=theirs.pk).exists()


def test_what_is_owned_goes_to_the_editor_when_an_account_goes(alice, bob):
    group, lonely = make_group(alice.user, make_user("charlie")), make_group(alice.user)
    join(group, bob.user, role="editor")

    alone = let_go_of(alice.user)

    assert alone == [lonely]
    assert (role_of(group, alice.user), role_of(group, bob.user)) == (None, "owner")


@pytest.mark.parametrize("size", [2, 20])
def test_members_page_costs_the_same_at_every_size(alice, django_assert_num_queries, size):
    group = make_group(alice.user, *(make_user(f"m{number}") for number in range(size)))

    with django_assert_num_queries(4):
        alice.get(page("members", group))
