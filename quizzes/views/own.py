"""The sittings and questions of the person who asks; anybody else's are not there."""

from django.http import Http404, HttpRequest
from django.utils import timezone

from quizzes.actions.hand_in import hand_in
from quizzes.exams import is_time_up
from quizzes.middleware import known_learner
from quizzes.models import Sitting, Slot


def own_sitting(request: HttpRequest, sitting: int) -> Sitting | None:
    """
    This sitting with its progress and guide, if it is this learner's and no part in a meeting under way.

    An exam whose time is up is handed in by whoever looks at it next, with what was chosen in time.
    """
    learners = known_learner(request)
    if learners is None:
        return None
    mine = Sitting.objects.filter(learner=learners, pk=sitting).with_progress().order_by()
    mine = mine.select_related("guide", "learner", "topic", "table", "meeting")
    run = next(iter(mine), None)
    if run and is_in_meeting(run):
        return None
    if run and run.finished_at is None and is_time_up(run.deadline, timezone.now()):
        hand_in(run)
        run = next(iter(mine.all()), None)
    return run


def own_slot(request: HttpRequest, sitting: int, position: int, *, with_cell: bool = True) -> Slot | None:
    """This slot with its sitting and answer, if it is this learner's and not of a meeting under way."""
    learners = known_learner(request)
    if learners is None:
        return None
    mine = Slot.objects.filter(learner=learners, sitting=sitting, position=position).order_by()
    mine = mine.select_related("learner", "answer", "sitting__meeting")
    slot = next(iter(mine.with_cell() if with_cell else mine), None)
    return None if slot and is_in_meeting(slot.sitting) else slot


def is_in_meeting(run: Sitting) -> bool:
    """Whether it is a part in a meeting under way: what was right is shown to nobody yet. Needs the meeting."""
    return run.meeting is not None and run.meeting.finished_at is None


def found[Thing](thing: Thing | None) -> Thing:
    """The thing itself. Raises Http404 when there is none."""
    if thing is None:
        raise Http404
    return thing
