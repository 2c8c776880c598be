"""Groups for tests: alice owns, bob is in hers, charlie is a stranger."""

import uuid
from collections.abc import Callable

import pytest
from django import forms

from studysite.accounts.actions.groups import start_group
from studysite.accounts.actions.invitations import invite
from studysite.accounts.models import Group, Invitation, Membership, User
from tests.factories import make_user


def make_group(owner: User | None = None, *members: User, name: str = "MLA Tuesday group", **fields: object) -> Group:
    """A group with its owner and members."""
    group = start_group(owner or make_user("alice"), uuid.uuid4(), name=name)
    Group.objects.filter(pk=group.pk).update(**fields or {"name": name})
    group.refresh_from_db()
    for user in members:
        join(group, user)
    return group


def join(group: Group, user: User, **fields: object) -> Membership:
    """Somebody is in the group from now on."""
    return Membership.objects.create(group=group, user=user, **fields)


def make_invitation(group: Group, *, days: int = 7, uses: int = 10, role: str = "member") -> Invitation:
    """The group's link, made by its owner."""
    owner = Membership.objects.get(group=group, role="owner").user
    return invite(group, owner, days=days, uses=uses, role=role)


def meanwhile(monkeypatch: pytest.MonkeyPatch, form: type[forms.BaseForm], act: Callable[[], object]) -> None:
    """Let something happen once between a page's look at who asks and what a form of this class changes."""
    look = form.is_valid

    def is_valid(sent: forms.BaseForm) -> bool:
        monkeypatch.setattr(form, "is_valid", look)
        act()
        return sent.is_valid()

    monkeypatch.setattr(form, "is_valid", is_valid)
