"""What a group holds, taken out; and the end of a group."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from quizzes.actions.group_blind_spots import forget_in
from quizzes.actions.group_questions import forget_in_analysis
from quizzes.models import Analysis, Assignment, Learner, Look
from studysite.accounts.actions.groups import close_group, let_go_of, lock
from studysite.accounts.models import Group, Membership, User
from tables.actions.reading import read_guide
from tables.exports.markdown import guide_markdown
from tables.models import Guide


def holdings_of(group: Group) -> dict[str, Any]:
    """
    All that a group holds, as plain values: its members, its guides as documents, what it studies and assigned.

    Nothing of what its members learned is in it: that is theirs, and each can take out their own. 4 queries, and the 6
    of `read_guide` for each guide.
    """
    return {
        "studysite_group": 1,
        "made_at": timezone.now().isoformat(),
        "name": group.name,
        "exam_on": str(group.exam_on) if group.exam_on else None,
        "started_at": group.started_at.isoformat(),
        "members": [
            {"name": each.user.username, "role": each.role, "joined_at": each.joined_at.isoformat()}
            for each in Membership.objects.filter(group=group).in_order()
        ],
        "guides": [
            {"key": guide.key.hex, "title": guide.title, "document": "".join(guide_markdown(*read_guide(guide)))}
            for guide in Guide.objects.filter(group=group)
        ],
        "studies": [
            {"key": key.hex, "title": title}
            for key, title in Guide.objects.studied_by(group).exclude(group=group).values_list("key", "title")
        ],
        "assignments": [
            {"name": each.name, "guide": each.guide.key.hex, "count": each.count,
             "due_on": str(each.due_on) if each.due_on else None}
            for each in Assignment.objects.of(group)
        ],
    }  # fmt: skip


@transaction.atomic
def end_group(group: Group) -> None:
    """Close a group. Its guides become its owner's own; what anybody learned of them stays. Twice changes nothing."""
    lock(group)
    owner = Membership.objects.filter(group=group, role=Membership.Role.OWNER).first()
    if owner:
        held = Guide.objects.filter(group=group)
        held.filter(visibility=Guide.Visibility.GROUP).update(visibility=Guide.Visibility.PRIVATE)
        held.update(group=None, owner=owner.user_id)
    close_group(group)


@transaction.atomic
def leave_every_group(user: User) -> None:
    """
    Take somebody out of all groups, as before their account is deleted; where nobody else is left the group ends.

    Nothing that a group looked at together holds their learner any more.
    """
    groups = list(Membership.objects.filter(user=user).values_list("group", flat=True))
    for alone in let_go_of(user):
        end_group(alone)
    for learner in Learner.objects.filter(user=user):
        for look in Look.objects.filter(group__in=groups):
            forget_in(look, learner)
        for analysis in Analysis.objects.filter(group__in=groups):
            forget_in_analysis(analysis, learner)
