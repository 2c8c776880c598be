"""Groups for tests: alice owns, bob is in hers, charlie is a stranger."""

import uuid

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
