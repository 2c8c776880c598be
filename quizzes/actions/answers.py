"""Keep what a learner gave, once and for good, and move their memory in the same transaction."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from quizzes.actions.contrasts import contrast_of
from quizzes.actions.memory import move_memory
from quizzes.actions.sittings import lock
from quizzes.models import Answer, AnswerFact, Learner, Sitting, Slot

TRIES = 2


class WrongToken(Exception):
    """The answer did not come from the form of this slot."""


class SittingIsOver(Exception):
    """The sitting was finished before this answer came."""


def record_answer(slot: Slot, token: str, chosen: int | None) -> Answer:
    """
    Keep what the learner chose at one slot: the place of an option as shown, or None for "I don't know".

    Returns the stored answer, which for a slot answered before is the first one, whatever is given now; its sitting
    comes with progress. At most 10 queries, and one more for the last answer of a sitting.
    Raises WrongToken, SittingIsOver, and ValueError where there is no such option.
    """
    for _ in range(TRIES):
        try:
            return _record(slot.pk, slot.learner, token, chosen)
        except Learner.DoesNotExist:  # signed in elsewhere meanwhile: the guest's sitting is now the account's
            slot.refresh_from_db(fields=["learner"])
    raise SittingIsOver


@transaction.atomic
def _record(slot_id: int, learner: Learner, token: str, chosen: int | None) -> Answer:
    lock(learner)
    question = ("question__fact__authored__row", "question__table__guide")
    slot = Slot.objects.select_related("sitting", "answer", *question).get(pk=slot_id)
    answer = getattr(slot, "answer", None) or _store(slot, token, chosen, timezone.now())
    answer.sitting = Sitting.objects.with_progress().select_related("guide").get(pk=slot.sitting_id)
    if answer.sitting.next_position is None and answer.sitting.finished_at is None:
        answer.sitting.finished_at = answer.answered_at
        answer.sitting.save(update_fields=["finished_at"])
    return answer


def _store(slot: Slot, token: str, chosen: int | None, now: datetime) -> Answer:
    if not constant_time_compare(slot.token, token):
        raise WrongToken
    if slot.sitting.finished_at:
        raise SittingIsOver
    if chosen is not None and not 0 <= chosen < len(slot.options):
        raise ValueError(f"Option {chosen} was not shown.")
    answer = Answer.objects.create(
        learner_id=slot.learner_id,
        sitting=slot.sitting,
        slot=slot,
        question=slot.question,
        position=slot.position,
        token=slot.token,
        chosen=chosen,
        is_right=chosen == slot.right,
        contrast=contrast_of(slot, chosen),
        answered_at=now,
        took=max(now - slot.shown_at, timedelta()) if slot.shown_at else None,
    )
    fact = slot.question.fact
    AnswerFact.objects.create(
        learner_id=slot.learner_id,
        answer=answer,
        fact=fact,
        is_right=answer.is_right,
        guess_chance=1 / len(slot.options),
        value_hash=slot.value_hash,
    )
    if slot.value_hash == fact.value_hash:  # an answer to an older value is history, not memory
        move_memory(answer, fact)
    return answer
