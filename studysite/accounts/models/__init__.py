"""The people: who signs in, their study groups. What they learn hangs on `quizzes.models.Learner`, not here."""

from studysite.accounts.models.groups import Group, GroupQuerySet, Membership, MembershipQuerySet
from studysite.accounts.models.invitations import Invitation, InvitationQuerySet
from studysite.accounts.models.people import NAME_TAKEN, User

__all__ = [
    "NAME_TAKEN",
    "Group",
    "GroupQuerySet",
    "Invitation",
    "InvitationQuerySet",
    "Membership",
    "MembershipQuerySet",
    "User",
]
