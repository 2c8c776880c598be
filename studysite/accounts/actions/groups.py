"""What happens to study groups and the people in them. A group that is not closed always has one owner."""

from datetime import date
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.utils import timezone

from studysite.accounts.models import Group, Invitation, Membership, User

Role = Membership.Role


class StaysOwner(Exception):
    """The owner cannot go, or be made anything else, before the group is handed over or closed."""


def may_start_group(user: User | AnonymousUser) -> bool:
    """Whether somebody may start groups: who is signed in, unless the host keeps that to the staff."""
    return user.is_authenticated and (settings.GROUPS_BY == "members" or user.is_staff)


@transaction.atomic
def start_group(user: User, key: UUID, *, name: str, exam_on: date | None = None) -> Group:
    """A new group with its first owner; the same key sent twice by them gives the one it started."""
    group, is_new = Group.objects.get_or_create(key=key, defaults={"name": name, "exam_on": exam_on})
    if is_new:
        Membership.objects.create(group=group, user=user, role=Role.OWNER)
    return group


def lock(group: Group) -> Group:
    """Let one thing at a time happen to a group, as it is now."""
    return Group.objects.select_for_update().get(pk=group.pk)


def keep_settings(group: Group, *, name: str, exam_on: date | None, shows_standings: bool) -> bool:
    """Keep what a group's owner says of it. False, with nothing kept, where it was closed in the meantime."""
    living = Group.objects.filter(pk=group.pk, closed_at=None)
    return bool(living.update(name=name, exam_on=exam_on, shows_standings=shows_standings))


def keep_sharing(membership: Membership, *, shares_standing: bool, counts_in_aggregates: bool) -> bool:
    """Keep what a member shows of themselves. False, with nothing kept, where they are not in the group any more."""
    mine = Membership.objects.filter(pk=membership.pk)
    return bool(mine.update(shares_standing=shares_standing, counts_in_aggregates=counts_in_aggregates))


@transaction.atomic
def leave_group(membership: Membership) -> None:
    """Let somebody go, by their own wish; what they learned is theirs and stays. Raises StaysOwner."""
    lock(membership.group)
    membership = Membership.objects.get(pk=membership.pk)
    if membership.is_owner:
        raise StaysOwner
    membership.delete()


@transaction.atomic
def remove_member(membership: Membership) -> None:
    """Take somebody out. The invitation link they may know of is dead from now on. Raises StaysOwner."""
    leave_group(membership)
    for invitation in Invitation.objects.standing().filter(group=membership.group_id):
        Invitation.objects.filter(pk=invitation.pk).update(generation=invitation.generation + 1)


@transaction.atomic
def give_role(membership: Membership, role: str) -> None:
    """Make a member an editor, or an editor a member. Raises StaysOwner for the owner."""
    lock(membership.group)
    if not Membership.objects.filter(pk=membership.pk).exclude(role=Role.OWNER).update(role=role):
        raise StaysOwner


@transaction.atomic
def hand_over(group: Group, to: Membership) -> None:
    """Make somebody of the group its owner; who was it before becomes an editor."""
    lock(group)
    Membership.objects.filter(group=group, role=Role.OWNER).update(role=Role.EDITOR)
    Membership.objects.filter(group=group, pk=to.pk).update(role=Role.OWNER)


@transaction.atomic
def close_group(group: Group) -> None:
    """End a group: nobody is in it any more as far as the site goes, and its links are dead. Twice changes nothing."""
    Group.objects.filter(pk=group.pk, closed_at=None).update(closed_at=timezone.now())


@transaction.atomic
def let_go_of(user: User) -> list[Group]:
    """
    Take somebody out of all their groups, as when their account is deleted.

    What they own goes to the editor, else the member, who has been there longest. Returns the groups where nobody else
    is left: those are to be closed.
    """
    alone = []
    for own in Membership.objects.of(user).filter(role=Role.OWNER).select_related("group"):
        heir = Membership.objects.filter(group=own.group).exclude(pk=own.pk).in_order().first()
        if heir:
            hand_over(own.group, heir)
        else:
            alone.append(own.group)
    Membership.objects.filter(user=user).exclude(group__in=alone).delete()
    return alone
