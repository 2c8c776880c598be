"""A learner starts over with a table or a guide: what was answered before is history, and stays in the log."""

from django.db import transaction
from django.utils import timezone

from quizzes.actions.plans import drop_plans
from quizzes.actions.replaying import replay
from quizzes.actions.sittings import lock
from quizzes.models import Confusion, Event, Learner
from tables.models import Guide, Table


@transaction.atomic
def reset(learner: Learner, guide: Guide, table: Table | None = None) -> None:
    """
    Forget all that a learner showed of a guide, or of one table of it: facts, and which things they mix up.

    Takes a replay. Called twice it changes nothing more but the log.
    """
    learner = lock(learner)
    now = timezone.now()
    last = learner.moved_at or now  # an answer of this very moment is one of those before
    Event.objects.create(learner=learner, guide=guide, table=table, kind=Event.Kind.RESET, happened_at=max(now, last))
    mixed_up = Confusion.objects.filter(learner=learner, table__guide=guide)
    (mixed_up.filter(table=table) if table else mixed_up).delete()
    replay(learner)
    drop_plans(learner, [guide.pk])
