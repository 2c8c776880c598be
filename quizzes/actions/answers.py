"""Keep what a learner gave, once and for good, and move their memory in the same transaction."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from quizzes.actions.confusions import move_confusions
from quizzes.actions.contrasts import stored_verdict
from quizzes.actions.memory import MOVED_OF_LEARNER, FactsTold, tell_guide
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
from studysite.prepared import Prepared
from tables.actions.writing import insert_new, update, values_of

TRIES = 2


class WrongToken(Exception):
    """The answer did not come from the form of this slot."""


class SittingIsOver(Exception):
    """The sitting was finished before this answer came."""


class TryAgain(Exception):
    """Nothing is kept yet but the try: a slip of spelling, or a wrong first try where a second one is wanted."""

    def __init__(self, slot: Slot, *, is_slip: bool, given: Given | None = None) -> None:
        super().__init__()
        self.slot = slot
        self.is_slip = is_slip
        self.given = given

    def keep(self) -> None:
        """Keep the try with its slot."""
        self.slot.draft = {"near" if self.is_slip else "first": self.given}
        self.slot.save(update_fields=["draft"])


@dataclass(frozen=True, slots=True)
class Reply:
    """What came with the form: what was given (None: "I don't know"), and how sure the learner is, if they say."""

    given: Given | None
    confidence: str = ""


def record_answer(slot: Slot, token: str, reply: Reply) -> Answer:
    """
    Keep what the learner gave at one slot.

    Returns the stored answer, which for a slot answered before is the first one, whatever is given now; its sitting
    comes with progress. At most 12 queries for a slot fetched `to_be_answered`, and one more for the last answer of a
    sitting. Raises WrongToken, SittingIsOver, TryAgain, and ValueError for what was not shown.
    """
    for _ in range(TRIES):
        try:
            kept = _record(slot, token, reply)
            if isinstance(kept, TryAgain):  # raised here, so that the try itself is kept
                raise kept
            return kept
        except Learner.DoesNotExist:  # signed in elsewhere meanwhile: the guest's sitting is now the account's
            slot.refresh_from_db(fields=["learner"])
    raise SittingIsOver


def _record(slot: Slot, token: str, reply: Reply) -> Answer | TryAgain:
    """Judge first, then store, so that nobody waits for the judging; judge anew where something happened meanwhile."""
    judged = _judged(slot, token, reply) if slot.is_to_be_answered else None
    with transaction.atomic():
        if judged is None or not _is_as_read(slot):
            slot = locked_slot(slot.pk, slot.learner)
            judged = _judged(slot, token, reply)
        kept = _store(judged, timezone.now())
        if isinstance(kept, Answer):
            kept.slot, kept.sitting = slot, slot.sitting_now
            if kept.sitting.is_through and kept.sitting.finished_at is None:
                kept.sitting.finished_at = kept.answered_at
                kept.sitting.save(update_fields=["finished_at"])
    return kept


def _is_as_read(slot: Slot) -> bool:
    """
    Lock the slot's learner, if nothing happened to them or to the slot since it was read. 1 query.

    Nobody is waited for: whoever holds the lock is about to change something. What the facts say and what is remembered
    of them is read only now, for they change with the document too.
    """
    now = _STATE.first(slot=slot.pk, learner=slot.learner_id)
    return now is not None and not now.learner.is_stale and _state_of(now) == _state_of(slot)


_OF_LEARNER = [f"learner__{name}" for name in MOVED_OF_LEARNER]
_STATE = Prepared(
    lambda slot, learner: (
        Slot.objects.filter(pk=slot, learner=learner)
        .select_related("learner", "sitting")
        .only("draft", "points", "is_undone", "sitting__finished_at", *_OF_LEARNER)
        .select_for_update(of=("learner",), skip_locked=True)
        .order_by()
    )
)


def _state_of(slot: Slot) -> tuple[Any, ...]:
    """What everything leaves a mark in that can happen to a slot or to its learner."""
    moved = values_of(slot.learner, MOVED_OF_LEARNER)
    return moved, slot.sitting.finished_at, slot.draft, slot.points, slot.is_undone


def locked_slot(slot_id: int, learner: Learner) -> Slot:
    """
    The slot with all that judging needs, its learner locked and their memory in step with their log. 2 queries.

    Raises Learner.DoesNotExist for one merged into another.
    """
    lock(learner)
    return Slot.objects.to_be_answered().get(pk=slot_id)


def _store(judged: "Answer | TryAgain | Draft", now: datetime) -> Answer | TryAgain:
    if isinstance(judged, Draft):
        return judged.store(now)
    if isinstance(judged, TryAgain):
        judged.keep()
    return judged


def _judged(slot: Slot, token: str, reply: Reply) -> "Answer | TryAgain | Draft":
    """What becomes of a reply: the answer that was given before, another try, or an answer to be stored."""
    tell_guide(slot.question.table, slot.sitting.guide)
    kept: Answer | None = getattr(slot, "answer", None)
    if kept:
        return kept
    if not constant_time_compare(slot.token, token):
        raise WrongToken
    if slot.sitting.finished_at:
        raise SittingIsOver
    asked, at_hand = _asked(slot, reply)
    draft = slot.draft or {}
    judged = judge(asked, reply.given, is_second_try=bool(draft))
    if judged.grade is None or _may_try_again(slot, reply, judged):
        return TryAgain(slot, is_slip=judged.grade is None, given=reply.given)
    given = reply.given
    if "first" in draft:  # what counts is the first try
        judged_first = judge(asked, draft["first"], is_second_try=True)
        given = {**draft["first"], "again": given, "again_right": judged.grade.is_right}
        judged = judged_first
    at_hand = at_hand or fetch_tables(things_of(asked, judged.chosen), guide=slot.sitting.guide)
    return Draft(slot, given, reply.confidence, asked, judged, at_hand)


def _may_try_again(slot: Slot, reply: Reply, judged: Judged) -> bool:
    is_wrong = judged.grade is not None and not judged.grade.is_right
    return slot.sitting.tries_first and is_wrong and reply.given is not None and not slot.draft


def _asked(slot: Slot, reply: Reply) -> tuple[Asked, TablesAtHand | None]:
    """The question, and the whole of its table where the text of any of its cells could have been typed."""
    asked = asked_of(slot)
    if slot.kind not in WRITTEN or asked.shown.subject is None or reply.given is None:
        return asked, None
    at_hand = fetch_tables((), whole=asked.table_key, guide=slot.sitting.guide)
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


@dataclass(frozen=True, slots=True)
class Draft:
    """An answer that is judged and not stored yet, with the tables that it speaks of."""

    slot: Slot
    given: Given | None
    confidence: str
    asked: Asked
    judged: Judged
    at_hand: TablesAtHand

    def store(self, now: datetime) -> Answer:
        """
        Store it with its verdict, and move memory and confusions. The learner must be locked, the slot open.

        8 queries at most, 1 more for several facts with siblings, and 1 for each value that changed since it was known.
        """
        slot, grade = self.slot, self.judged.grade or Grade(Mark.WRONG, ())
        facts = FactsTold(slot, self.asked.shown)
        shown = contrasts_of(self.asked, self.given, self.judged.chosen, self.at_hand.tables, is_right=grade.is_right)
        verdict = stored_verdict(
            slot, self.asked, shown, self.at_hand, facts.siblings, self.judged.missing, facts.by_id
        )
        verdict["changed"] = facts.earlier_values()
        verdict["opens"] = not verdict["in_doubt"] and self._move_confusions(shown, grade)
        answer = Answer(
            learner_id=slot.learner_id,
            sitting=slot.sitting,
            slot=slot,
            question=slot.question,
            position=slot.position,
            token=slot.token,
            chosen=(self.given or {}).get("choice"),
            given=self.given,
            is_right=grade.is_right,
            outcome=Answer.Outcome.UNKNOWN if self.given is None else grade.mark.value,
            points=grade.points,
            confidence=self.confidence,
            contrast=verdict,
            answered_at=now,
            took=max(now - slot.shown_at, timedelta()) if slot.shown_at else None,
            study_day=slot.learner.day_of(now),
        )
        insert_new(answer)
        slot.points = grade.points
        update(Slot, ["points"], [(slot.points, slot.pk)])
        facts.tell(answer, grade)
        return answer

    def _move_confusions(self, shown: tuple[Contrast, ...], grade: Grade[int]) -> bool:
        """Whether the contrast is opened though the answer is right: once after its two rows were mixed up."""
        return move_confusions(
            self.slot.learner,
            shown,
            self.at_hand,
            right=thing_asked(self.asked),
            others=other_things(self.asked),
            is_right=grade.is_right,
        )
