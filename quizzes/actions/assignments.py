"""Assignments of groups: who has done what, and beginning one as an ordinary sitting."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from quizzes.actions.bank import refresh_bank
from quizzes.actions.scopes import Plan
from quizzes.actions.sittings import lock, start_sitting
from quizzes.models import Assignment, Learner, Sitting, sittings_done
from studysite.accounts.models import Group, Membership


@dataclass(frozen=True, slots=True)
class Task:
    """
    An assignment as one member sees it.

    `sitting` is the id of theirs that is under way. `done` counts the present members who are through, of `people`.
    """

    assignment: Assignment
    sitting: int | None
    is_done: bool
    done: int
    people: int
    days_left: int | None

    @property
    def when(self) -> str:
        """How far its day is, in words; empty without one."""
        if self.days_left is None:
            return ""
        words = {0: "today", 1: "tomorrow", -1: "yesterday"}
        ago = f"{-self.days_left} days ago" if self.days_left < 0 else f"in {self.days_left} days"
        return words.get(self.days_left, ago)

    @property
    def is_late(self) -> bool:
        """Whether its day has passed and this member has not done it."""
        return self.days_left is not None and self.days_left < 0 and not self.is_done


def tasks_of(group: Group, learner: Learner, people: int, *, counts_done: bool) -> list[Task]:
    """
    The assignments of a group as this learner sees them. 1 query, however many there are.

    With `counts_done`, for who may see who has done them, 1 more.
    """
    found = list(Assignment.objects.of(group).seen_by(learner))
    done = Counter(assignment for assignment, _ in (done_by(group, found) if counts_done else ()))
    today = learner.today
    return [
        Task(
            assignment=each,
            sitting=each.under_way,
            is_done=each.is_done,
            done=done[each.pk],
            people=people,
            days_left=(each.due_on - today).days if each.due_on else None,
        )
        for each in found
    ]


def done_by(group: Group, assignments: Sequence[Assignment]) -> set[tuple[int, int]]:
    """Which assignments are done by which present members, as ids of assignments and users. 1 query."""
    members = Membership.objects.filter(group=group).values("user")
    done = sittings_done(Sitting.objects.filter(assignment__in=assignments, learner__user__in=members))
    return set(done.order_by().values_list("assignment", "learner__user").distinct())


@transaction.atomic
def begin_assignment(assignment: Assignment, learner: Learner, token: str) -> Sitting:
    """
    This learner's sitting for an assignment: the one under way, else a new one. Raises NothingToAsk.

    The same token starts one sitting.
    """
    refresh_bank(assignment.guide)
    lock(learner)
    under_way = Sitting.objects.of(learner).filter(assignment=assignment).unfinished().first()
    if under_way:
        return under_way
    plan = Plan(
        guide=assignment.guide,
        scope=Sitting.Scope(assignment.scope),
        topic=assignment.topic,
        table=assignment.table,
        count=assignment.count,
        is_shuffled=assignment.scope != Assignment.Scope.BLIND_SPOTS,
        facts=tuple(assignment.facts),
        assignment=assignment,
    )
    return start_sitting(learner, plan, token)


def keep(made: Assignment) -> None:
    """Store an assignment, once for each token."""
    values = {
        name: getattr(made, name) for name in ("guide", "scope", "topic", "table", "facts", "count", "due_on", "by")
    }
    Assignment.objects.get_or_create(group=made.group, token=made.token, defaults=values)
