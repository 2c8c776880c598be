"""The sittings and questions of the person who asks; anybody else's are not there."""

from django.http import Http404, HttpRequest
from django.utils import timezone

from quizzes.actions.hand_in import hand_in
from quizzes.exams import is_time_up
from quizzes.middleware import OfLearner
from quizzes.models import Sitting, Slot


def own_sitting(request: HttpRequest, sitting: int) -> Sitting | None:
    """
    This sitting with its progress and guide, if it is this learner's and no part in a meeting under way.

    An exam whose time is up is handed in by whoever looks at it next, with what was chosen in time.
    """
    run = _SITTING.first(request, sitting=sitting)
    if run and is_in_meeting(run):
        return None
    if run and run.finished_at is None and is_time_up(run.deadline, timezone.now()):
        hand_in(run)
        run = _SITTING.first(request, sitting=sitting)
    return run


_SITTING = OfLearner(
    lambda learners, sitting: (
        Sitting.objects.filter(learner=learners, pk=sitting)
        .with_progress()
        .select_related("guide", "learner", "topic", "table", "meeting")
        .order_by()
    ),
    "sitting",
)


def own_slot(request: HttpRequest, sitting: int, position: int) -> Slot | None:
    """This slot with its sitting, cell and answer, if it is this learner's and not of a meeting under way."""
    return _not_in_meeting(_SLOT.first(request, sitting=sitting, position=position))


_SLOT = OfLearner(
    lambda learners, **place: (
        Slot.objects.with_cell()
        .select_related("learner", "answer", "sitting__meeting")
        .filter(learner=learners, **place)
        .order_by()
    ),
    "sitting",
    "position",
)


def own_slot_to_answer(request: HttpRequest, sitting: int, position: int) -> Slot | None:
    """The same with all that judging an answer needs, and without its cell."""
    return _not_in_meeting(_TO_ANSWER.first(request, sitting=sitting, position=position))


_TO_ANSWER = OfLearner(
    lambda learners, **place: (
        Slot.objects.to_be_answered().select_related("sitting__meeting").filter(learner=learners, **place).order_by()
    ),
    "sitting",
    "position",
)


def _not_in_meeting(slot: Slot | None) -> Slot | None:
    return None if slot and is_in_meeting(slot.sitting) else slot


def is_in_meeting(run: Sitting) -> bool:
    """Whether it is a part in a meeting under way: what was right is shown to nobody yet. Needs the meeting."""
    return run.meeting is not None and run.meeting.finished_at is None


def found[Thing](thing: Thing | None) -> Thing:
    """The thing itself. Raises Http404 when there is none."""
    if thing is None:
        raise Http404
    return thing
