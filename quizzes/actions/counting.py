"""A learner says that what they typed means the same: it counts as right, and the log keeps both."""

from django.db import transaction
from django.utils import timezone

from quizzes.actions.confusions import take_back_mix_up
from quizzes.actions.memory import count_in_as_right
from quizzes.actions.sittings import lock
from quizzes.models import Event, Slot


@transaction.atomic
def count_as_right(slot: Slot) -> None:
    """
    Count the typed answer of a slot as right. Said twice it changes nothing more.

    An answer that was not typed, was withdrawn, or is right already, stays what it is.
    """
    learner = lock(slot.learner)
    slot = Slot.objects.select_related("answer", "sitting").get(pk=slot.pk)
    answer = getattr(slot, "answer", None)
    if answer is None or slot.is_undone or not answer.may_be_counted:
        return
    now = timezone.now()
    Event.objects.create(learner=learner, answer=answer, kind=Event.Kind.COUNTED_RIGHT, happened_at=now)
    slot.points = 1
    slot.save(update_fields=["points"])
    count_in_as_right(learner, answer, now)
    take_back_mix_up(answer)
