"""Exam days that study groups propose. Each learner's own plan decides: no day comes into it before they say so."""

from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.db.models import OuterRef, Q, QuerySet, Subquery

from quizzes.actions.plans import drop_plans
from quizzes.actions.sittings import lock
from quizzes.actions.wishes import study_of
from quizzes.models import Learner, Study
from studysite.accounts.models import Group, User
from tables.models import Guide


def with_own_days(guides: QuerySet[Guide], learner: Learner) -> QuerySet[Guide]:
    """Each guide with the exam day that this learner's plan for it names (`own_day`), if it is today or later."""
    ahead = Study.objects.filter(learner=learner.pk, guide=OuterRef("pk"), exam_on__gte=learner.today)
    return guides.annotate(own_day=Subquery(ahead.values("exam_on")))


def proposing(user: User | AnonymousUser, guide: Guide, study: Study, today: date) -> list[Group]:
    """The person's groups that propose another exam day for a guide than their plan names, today or later. 1 query."""
    holds = Q(pk=guide.group_id)
    if guide.visibility in {Guide.Visibility.SIGNED_IN, Guide.Visibility.PUBLIC}:
        holds |= Q(studies=guide)
    groups = Group.objects.of(user).filter(holds, exam_on__gte=today).distinct()
    return [group for group in groups if group.exam_on != study.exam_on]


@transaction.atomic
def adopt_exam_day(learner: Learner, guide: Guide, day: date) -> None:
    """Let a day be the exam day of a learner's plan for a guide, as they said; all else in it stays."""
    learner = lock(learner)
    study_of(learner, guide)  # a day that has passed becomes the one they are asked about
    Study.objects.update_or_create(learner=learner, guide=guide, defaults={"exam_on": day})
    drop_plans(learner, [guide.pk])
