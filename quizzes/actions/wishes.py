"""How a learner wants to study: exam, goal, time zone, days off; and how an exam went."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from quizzes.actions.plans import drop_plans
from quizzes.actions.sittings import lock
from quizzes.models import Learner, Study
from tables.models import Guide

OF_LEARNER = ("goal", "goal_unit", "time_zone", "paused_until", "returns_missed")
OF_STUDY = ("exam_on", "pass_mark", "leading_topic", "weights")


def study_of(learner: Learner, guide: Guide) -> Study:
    """
    What a learner wants of a guide; unsaved defaults for who has said nothing. 1 query, 1 more once an exam is over.

    An exam day that has passed becomes the one asked about: how did it go?
    """
    study = Study.objects.of(learner).filter(guide=guide).select_related("leading_topic").first()
    return after_the_exam(learner, study) if study else Study(guide=guide)


def after_the_exam(learner: Learner, study: Study) -> Study:
    """The same, with an exam day that has passed as the one asked about. 1 query once an exam is over, else none."""
    if study.exam_on and study.exam_on < learner.today:
        study.exam_on, study.sat_on, study.result = None, study.exam_on, None
        Study.objects.filter(pk=study.pk).update(exam_on=None, sat_on=study.sat_on, result=None)
    return study


@transaction.atomic
def keep_wishes(learner: Learner, guide: Guide, wishes: Mapping[str, Any]) -> None:
    """Keep all of them; plans are made anew."""
    learner = lock(learner)
    for name in OF_LEARNER:
        setattr(learner, name, wishes[name])
    learner.save(update_fields=OF_LEARNER)
    Study.objects.update_or_create(learner=learner, guide=guide, defaults={name: wishes[name] for name in OF_STUDY})
    drop_plans(learner)


@transaction.atomic
def keep_result(learner: Learner, guide: Guide, percent: int | None) -> None:
    """How the last exam went; None for who would rather not say. It is not asked about again."""
    lock(learner)
    mine = Study.objects.filter(learner=learner, guide=guide, sat_on__isnull=False)
    if percent is None:
        mine.update(sat_on=None, result=None)
    else:
        mine.update(result=percent)
