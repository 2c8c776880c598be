"""Keep what a learner gave, once and for good, and move their memory in the same transaction."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from quizzes.actions.confusions import move_confusions
from quizzes.actions.contrasts import stored_verdict
from quizzes.actions.memory import FactsTold, tell_guide
from quizzes.actions.sittings import lock
from quizzes.actions.tables_at_hand import TablesAtHand, fetch_tables
from quizzes.contrasts.cards import Contrast
from quizzes.contrasts.verdicts import contrasts_of, other_things, thing_asked, things_of
from quizzes.generation.made import WRITTEN
from quizzes.generation.options import Option
from quizzes.marking.grades import Grade, Mark
from quizzes.marking.judging import Asked, Judged, judge
from quizzes.marking.replies import Given
from quizzes.models import Answer, Learner, Slot
from quizzes.shown import Shown

TRIES = 2


class WrongToken(Exception):
    """The answer did not come from the form of this slot."""


class SittingIsOver(Exception):
    """The sitting was finished before this answer came."""


class TryAgain(Exception):
    """Nothing is kept yet but the try: a slip of spelling, or a wrong first try where a second one is wanted."""

    def __init__(self, slot: Slot, *, is_slip: bool) -> None:
        super().__init__()
        self.slot = slot
        self.is_slip = is_slip


@dataclass(frozen=True, slots=True)
class Reply:
    """What came with the form: what was given (None: "I don't know"), and how sure the learner is, if they say."""

    given: Given | None
    confidence: str = ""


def record_answer(slot: Slot, token: str, reply: Reply) -> Answer:
    """
    Keep what the learner gave at one slot.

    Returns the stored answer, which for a slot answered before is the first one, whatever is given now; its sitting
    comes with progress. At most 12 queries, and one more for the last answer of a sitting.
    Raises WrongToken, SittingIsOver, TryAgain, and ValueError for what was not shown.
    """
    for _ in range(TRIES):
        try:
            kept = _record(slot.pk, slot.learner, token, reply)
            if isinstance(kept, TryAgain):  # raised here, so that the try itself is kept
                raise kept
            return kept
        except Learner.DoesNotExist:  # signed in elsewhere meanwhile: the guest's sitting is now the account's
            slot.refresh_from_db(fields=["learner"])
    raise SittingIsOver


@transaction.atomic
def _record(slot_id: int, learner: Learner, token: str, reply: Reply) -> Answer | TryAgain:
    slot = locked_slot(slot_id, learner)
    kept = getattr(slot, "answer", None) or _store(slot, token, reply, timezone.now())
    if isinstance(kept, Answer):
        kept.slot, kept.sitting = slot, slot.sitting_now
        if kept.sitting.is_through and kept.sitting.finished_at is None:
            kept.sitting.finished_at = kept.answered_at
            kept.sitting.save(update_fields=["finished_at"])
    return kept


def locked_slot(slot_id: int, learner: Learner) -> Slot:
    """
    The slot with all that judging needs, its learner locked and their memory in step with their log.

    1 query where nothing else happens to the learner. Else that is waited for, and the slot looked at anew: what was
    read before the wait is old. `seen_at` was read with the slot, `moved_at` is that of the row which is locked.
    Raises Learner.DoesNotExist for one merged into another.
    """
    slots = Slot.objects.to_be_answered()
    seen_at = Subquery(Learner.objects.filter(pk=OuterRef("learner")).values("moved_at"))
    free = slots.filter(pk=slot_id, learner=learner.pk).select_for_update(of=("learner",), skip_locked=True)
    slot = next(iter(free.annotate(seen_at=seen_at).order_by()), None)
    if slot and vars(slot)["seen_at"] == slot.learner.moved_at and not slot.learner.is_stale:
        return _in_its_guide(slot)
    lock(learner)
    return _in_its_guide(slots.get(pk=slot_id))


def _in_its_guide(slot: Slot) -> Slot:
    tell_guide(slot.question.table, slot.sitting.guide)
    return slot


def _store(slot: Slot, token: str, reply: Reply, now: datetime) -> Answer | TryAgain:
    if not constant_time_compare(slot.token, token):
        raise WrongToken
    if slot.sitting.finished_at:
        raise SittingIsOver
    asked, at_hand = _asked(slot, reply)
    draft = slot.draft or {}
    judged = judge(asked, reply.given, is_second_try=bool(draft))
    if judged.grade is None or _may_try_again(slot, reply, judged):
        return _keep_try(slot, reply, is_slip=judged.grade is None)
    given = reply.given
    if "first" in draft:  # what counts is the first try
        judged_first = judge(asked, draft["first"], is_second_try=True)
        given = {**draft["first"], "again": given, "again_right": judged.grade.is_right}
        judged = judged_first
    return keep_answer(slot, given, reply.confidence, asked, judged, at_hand, now)


def _may_try_again(slot: Slot, reply: Reply, judged: Judged) -> bool:
    is_wrong = judged.grade is not None and not judged.grade.is_right
    return slot.sitting.tries_first and is_wrong and reply.given is not None and not slot.draft


def _keep_try(slot: Slot, reply: Reply, *, is_slip: bool) -> TryAgain:
    slot.draft = {"near" if is_slip else "first": reply.given}
    slot.save(update_fields=["draft"])
    return TryAgain(slot, is_slip=is_slip)


def _asked(slot: Slot, reply: Reply) -> tuple[Asked, TablesAtHand | None]:
    """The question, and the whole of its table where the text of any of its cells could have been typed."""
    asked = asked_of(slot)
    if slot.kind not in WRITTEN or asked.shown.subject is None or reply.given is None:
        return asked, None
    at_hand = fetch_tables((), whole=asked.table_key)
    return replace(asked, table=at_hand.tables.get(asked.table_key)), at_hand


def asked_of(slot: Slot) -> Asked:
    """The question of a slot as plain values."""
    shown = Shown.from_json(slot.shown)
    prepared = slot.question.prepared
    if not slot.shown:  # asked before questions of other kinds were
        shown = Shown(
            facts=((slot.question.fact_id, slot.value_hash),),
            guess_chance=1 / len(slot.options),
            asks=slot.options[slot.right or 0]["answer_to"],
        )
    return Asked(
        kind=slot.kind,
        stem=slot.stem,
        table_key=prepared["table_key"],
        options=[Option.from_json(option) for option in slot.options],
        right=slot.right,
        shown=shown,
        synonyms={text: tuple(others) for text, others in (slot.synonyms or {}).items()},
    )


def keep_answer(
    slot: Slot,
    given: Given | None,
    confidence: str,
    asked: Asked,
    judged: Judged,
    at_hand: TablesAtHand | None,
    now: datetime,
) -> Answer:
    """
    Store a judged answer with its verdict, and move memory and confusions. The learner must be locked, the slot open.

    11 queries at most.
    """
    grade = judged.grade or Grade(Mark.WRONG, ())
    at_hand = at_hand or fetch_tables(things_of(asked, judged.chosen))
    facts = FactsTold(slot, asked.shown)
    shown = contrasts_of(asked, given, judged.chosen, at_hand.tables, is_right=grade.is_right)
    verdict = stored_verdict(slot, asked, shown, at_hand, facts.siblings, judged.missing)
    verdict["changed"] = facts.earlier_values()
    verdict["opens"] = not verdict["in_doubt"] and _move_confusions(slot, asked, shown, at_hand, grade)
    answer = Answer.objects.create(
        learner_id=slot.learner_id,
        sitting=slot.sitting,
        slot=slot,
        question=slot.question,
        position=slot.position,
        token=slot.token,
        chosen=(given or {}).get("choice"),
        given=given,
        is_right=grade.is_right,
        outcome=Answer.Outcome.UNKNOWN if given is None else grade.mark.value,
        points=grade.points,
        confidence=confidence,
        contrast=verdict,
        answered_at=now,
        took=max(now - slot.shown_at, timedelta()) if slot.shown_at else None,
        study_day=slot.learner.day_of(now),
    )
    slot.points = grade.points
    slot.save(update_fields=["points"])
    facts.tell(answer, grade)
    return answer


def _move_confusions(
    slot: Slot, asked: Asked, shown: tuple[Contrast, ...], at_hand: TablesAtHand, grade: Grade[int]
) -> bool:
    """Whether the contrast is opened though the answer is right: once after its two rows were mixed up."""
    return move_confusions(
        slot.learner,
        shown,
        at_hand,
        right=thing_asked(asked),
        others=other_things(asked),
        is_right=grade.is_right,
    )
