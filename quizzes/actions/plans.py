"""The plan of a day is kept for a learner and guide, and dropped where what it was made from changes."""

from collections.abc import Iterable

from quizzes.models import DayPlan, Learner


def drop_plans(learner: Learner, guides: Iterable[int] | None = None) -> None:
    """Let the plans of these guides, by their ids, or of all where none are given, be made anew. 1 query."""
    plans = DayPlan.objects.filter(learner=learner)
    (plans if guides is None else plans.filter(guide__in=guides)).delete()


def drop_plans_of(guide: int) -> None:
    """The same for all who learn from the guide of this id, where what it asks has changed. 1 query."""
    DayPlan.objects.filter(guide=guide).delete()
