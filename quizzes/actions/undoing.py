"""A learner withdraws their last answer, "I slipped": memory goes back, the log keeps both, and it is asked again."""

from django.db import transaction
from django.utils import timezone

from quizzes.actions.confusions import take_back_mix_up
from quizzes.actions.memory import take_back
from quizzes.actions.sittings import ask_again, lock
from quizzes.models import Answer, Event, Sitting, Slot, new_token

Mode = Sitting.Mode
ASKS_AGAIN = {Mode.PRACTICE, Mode.DRILL, Mode.REBUILD, Mode.TODAY}
"""Kinds of sitting that go on after an answer was withdrawn: not exams, meetings, and cells uncovered and judged."""


class CannotUndo(Exception):
    """Not the last answer of its sitting, given in one that asks nothing again, or after another was withdrawn."""


def may_undo(slot: Slot, *, is_new: bool = False) -> bool:
    """Whether the answer of a slot can be withdrawn. Needs its sitting; 1 query, none for one just given."""
    if slot.is_undone or slot.retakes_id or slot.sitting.mode not in ASKS_AGAIN:
        return False
    if is_new:
        return True
    last = Answer.objects.filter(sitting=slot.sitting_id).order_by("-pk").values_list("slot", flat=True).first()
    return last == slot.pk


@transaction.atomic
def undo_answer(slot: Slot) -> Slot:
    """
    Withdraw the last answer of a sitting. Gives the slot in which its question is asked again, once more in this call.

    The sitting goes on if that was its end. Called twice it gives the same slot. Raises CannotUndo.
    """
    learner = lock(slot.learner)
    slot = Slot.objects.select_related("answer", "sitting", "question").get(pk=slot.pk)
    retake = slot.retaken.first()
    if retake:
        return retake
    if not may_undo(slot):
        raise CannotUndo
    answer, now = slot.answer, timezone.now()
    answer.slot = slot
    Event.objects.create(learner=learner, answer=answer, kind=Event.Kind.UNDONE, happened_at=now)
    take_back(learner, answer, now)
    if not answer.is_right and not answer.is_counted_right:
        take_back_mix_up(answer)
    retake = _retake(slot)
    slot.is_undone, slot.returns = True, None
    slot.save(update_fields=["is_undone", "returns"])
    Sitting.objects.filter(pk=slot.sitting_id).update(finished_at=None)
    return retake


def _retake(slot: Slot) -> Slot:
    """The slot that asks again: the one in which a missed question was to come back, or a new one at the end."""
    retake = slot.returned.filter(points=None).first()
    if retake is None:
        last = Slot.objects.filter(sitting=slot.sitting_id).order_by("-position").values_list("position", flat=True)
        retake = ask_again(slot, last[0] + 1)
        retake.shown = slot.shown
    retake.retakes, retake.returns, retake.token = slot, slot.returns, new_token()
    retake.save()
    return retake
