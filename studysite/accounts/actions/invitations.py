"""Invitations: made, renewed, taken back, and followed into a group."""

from datetime import timedelta

from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from studysite.accounts.actions.groups import lock
from studysite.accounts.models import Group, Invitation, Membership, User

KEPT = "invitation"
"""Name of the session's value that says which link was last followed, without the link itself."""


class DeadLink(Exception):
    """Nobody comes in by this link: it was mistyped, is used up or expired, or was taken back."""


@transaction.atomic
def invite(group: Group, by: User, *, days: int, uses: int, role: str = Membership.Role.MEMBER) -> Invitation:
    """The group's one link: the one it has is renewed, so that the old address is dead; else one is made."""
    lock(group)
    standing = Invitation.objects.standing().filter(group=group).first()
    invitation = standing or Invitation(group=group, generation=0)
    invitation.by, invitation.role = by, role
    invitation.uses = invitation.uses_left = uses
    invitation.expires_at = timezone.now() + timedelta(days=days)
    invitation.generation += 1
    invitation.save()
    return invitation


def followed(session: SessionBase) -> Invitation | None:
    """The living invitation that this browser last followed, with its group and inviter. 1 query at most."""
    found = Invitation.objects.followed(session.get(KEPT))
    return found if found and found.is_living else None


def revoke(group: Group) -> None:
    """Take the group's link back, for good. Twice changes nothing."""
    Invitation.objects.standing().filter(group=group).update(revoked_at=timezone.now())


@transaction.atomic
def join_group(invitation: Invitation, user: User) -> Membership:
    """
    Make somebody a member by a link that was looked up; who is in the group already stays what they are.

    One use is counted for each who comes, never more than there are. Raises DeadLink.
    """
    lock(invitation.group)
    there = Membership.objects.of(user).filter(group=invitation.group).first()
    if there:
        return there
    living = Invitation.objects.living().filter(pk=invitation.pk, generation=invitation.generation)
    if not living.filter(uses_left__gt=0).update(uses_left=F("uses_left") - 1):
        raise DeadLink
    return Membership.objects.create(group=invitation.group, user=user, role=invitation.role)
