"""Who may look into a group and change it. Who is not in it is told nothing, not even that it is there."""

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404

from studysite.accounts.models import Membership, User

FOR_EDITORS = "Only the owner and the editors of the group may do this."


def membership_of(user: User | AnonymousUser, group: int) -> Membership:
    """Somebody's place in a group, with the group and themselves. Raises Http404 for who is not in it. 1 query."""
    mine = Membership.objects.of(user).select_related("group", "user").filter(group=group).first()
    if mine is None:
        raise Http404
    return mine


def owner_of(user: User | AnonymousUser, group: int) -> Membership:
    """The same for its owner. Raises PermissionDenied, which names the owner, for its other members."""
    mine = membership_of(user, group)
    if not mine.is_owner:
        owner = Membership.objects.filter(group=group, role=Membership.Role.OWNER).select_related("user").first()
        raise PermissionDenied(f"Only the owner of the group{f', {owner.user},' if owner else ''} may do this.")
    return mine


def editor_of(user: User | AnonymousUser, group: int) -> Membership:
    """The same for who may edit what it holds. Raises PermissionDenied for its other members."""
    mine = membership_of(user, group)
    if not mine.may_edit:
        raise PermissionDenied(FOR_EDITORS)
    return mine
