"""Begin an exam, and keep what is chosen in it until it is handed in."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto
from random import Random
from typing import Any

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from quizzes.actions.answers import Reply, WrongToken
from quizzes.actions.dealing import Wanted, deal, last_sight, questions_for
from quizzes.actions.hand_in import count_exam, lock_sitting
from quizzes.actions.scopes import Plan, scoped
from quizzes.actions.sittings import lock
from quizzes.exams import KINDS, is_time_up
from quizzes.models import Fact, Learner, Question, Sitting, Slot
from tables.models import Guide, Topic


@dataclass(frozen=True, slots=True)
class ExamPlan:
    """An exam over a guide, or over one topic of it, of some `kinds` of question. `pass_mark` is in percent."""

    guide: Guide
    topic: Topic | None
    count: int
    minutes: int
    pass_mark: int
    kinds: tuple[str, ...] = KINDS
    asks_confidence: bool = False

    @property
    def scope(self) -> Sitting.Scope:
        """What it is about."""
        return Sitting.Scope.TOPIC if self.topic else Sitting.Scope.GUIDE


class Kept(Enum):
    """What became of a choice: saved as a draft, kept as too late, or nothing as the exam was handed in before."""

    SAVED = auto()
    LATE = auto()
    OVER = auto()


def facts_for_exam(guide: Guide, topic: Topic | None, kinds: Sequence[str] = KINDS) -> QuerySet[Fact]:
    """The facts that an exam can ask: each has a question of its own among the kinds of the exam."""
    scope = Sitting.Scope.TOPIC if topic else Sitting.Scope.GUIDE
    ways = Question.objects.asked().filter(fact=OuterRef("pk"), kind__in=kinds)
    return scoped(Plan(guide, scope, topic=topic), Learner()).filter(Exists(ways))


def topics_for_exam(guide: Guide, kinds: Sequence[str] = KINDS) -> list[tuple[Topic, int]]:
    """How many facts an exam can ask for in each topic, in the order of the document; without empty ones. 2 queries."""
    counts = facts_for_exam(guide, None, kinds).order_by().values_list("table__topic").annotate(n=Count("pk"))
    by_topic = dict(counts)
    return [(topic, by_topic[topic.pk]) for topic in guide.topics.filter(pk__in=by_topic).order_by("position")]


@transaction.atomic
def start_exam(learner: Learner, plan: ExamPlan, token: str) -> Sitting:
    """
    Begin an exam: its questions are drawn by chance, each fact as likely, and its time runs from now.

    The same token starts one exam: sent again, it gives the one it started. Raises NothingToAsk.
    """
    lock(learner)
    started = Sitting.objects.of(learner).filter(token=token).first()
    if started:
        return started
    exam = Sitting(
        learner=learner, guide=plan.guide, mode=Sitting.Mode.EXAM, scope=plan.scope, topic=plan.topic, token=token,
        seed=secrets.randbits(63), kinds=list(plan.kinds), returns_missed=False, minutes=plan.minutes,
        asks_confidence=plan.asks_confidence, pass_mark=plan.pass_mark,
        deadline=timezone.now() + timedelta(minutes=plan.minutes),
    )  # fmt: skip
    wanted = [
        Wanted(*fact)
        for fact in facts_for_exam(plan.guide, plan.topic, plan.kinds).order_by("pk").values_list("pk", "sibling_group")
    ]
    sight = last_sight(learner, plan.guide)
    return deal(exam, questions_for(draw_facts(wanted, plan.count, exam.seed), plan.kinds, sight, exam.seed), sight)


@transaction.atomic
def sit_again(exam: Sitting, token: str) -> Sitting:
    """
    Begin an exam with the same questions, drawn anew, in as many minutes and with the same pass mark.

    Questions that have since left the document are left out. Raises NothingToAsk when none remains.
    """
    lock(exam.learner)
    started = Sitting.objects.of(exam.learner).filter(token=token).first()
    if started:
        return started
    again = Sitting(
        learner=exam.learner, guide=exam.guide, mode=Sitting.Mode.EXAM, scope=exam.scope, topic=exam.topic,
        retry_of=exam, token=token, seed=secrets.randbits(63), kinds=exam.kinds, returns_missed=False,
        asks_confidence=exam.asks_confidence, minutes=exam.minutes, pass_mark=exam.pass_mark,
        deadline=timezone.now() + timedelta(minutes=exam.minutes or 0),
    )  # fmt: skip
    questions = Question.objects.asked().filter(pk__in=exam.slots.values("question")).order_by("position")
    return deal(again, list(questions), last_sight(exam.learner, exam.guide))


def draw_facts(wanted: list[Wanted], count: int, seed: int) -> list[int]:
    """`count` facts by chance; of facts that teach the same thing a second one only where nothing else is left."""
    drawn = list(wanted)
    Random(f"{seed}/exam").shuffle(drawn)
    met: set[int] = set()
    first: list[int] = []
    later: list[int] = []
    for fact in drawn:
        (later if fact.sibling_group in met else first).append(fact.pk)
        met |= {fact.sibling_group} if fact.sibling_group else set()
    return [*first, *later][:count]


@transaction.atomic
def save_draft(slot: Slot, token: str, reply: Reply, *, is_empty: bool, may_clear: bool) -> Kept:
    """
    Keep what is chosen at a slot, over what was chosen before, until the exam is handed in.

    What is empty leaves the draft as it is, unless it `may_clear` it: only its learner takes a choice back, never a
    page that is late or old. What comes after the time (and 3 seconds) hands the exam in, and is kept beside the draft
    without counting. At most 5 queries while the exam runs. Raises WrongToken.
    """
    now = timezone.now()
    exam = lock_sitting(slot.sitting_id)
    slot.refresh_from_db(fields=["learner", "draft", "shown_at"])
    if not constant_time_compare(slot.token, token):
        raise WrongToken
    is_late = is_time_up(exam.deadline, now)
    if is_late:
        count_exam(exam, now)
        slot.refresh_from_db(fields=["draft"])
    elif exam.finished_at:
        return Kept.OVER
    if not is_empty:
        draft = slot.draft or {}
        slot.draft = {**draft, "late": reply.given} if is_late else _draft(slot, reply, now)
    elif may_clear and not is_late:
        slot.draft = None
    slot.save(update_fields=["draft"])
    return Kept.LATE if is_late else Kept.SAVED


def _draft(slot: Slot, reply: Reply, now: datetime) -> dict[str, Any]:
    draft = {"given": reply.given, "took": _took(slot, now)}
    return draft | ({"confidence": reply.confidence} if reply.confidence else {})


def _took(slot: Slot, now: datetime) -> float | None:
    """Seconds from first sight to the first choice, which a later one does not change; None where no time is known."""
    if slot.draft and "took" in slot.draft:
        took: float | None = slot.draft["took"]
        return took
    return max((now - slot.shown_at).total_seconds(), 0.0) if slot.shown_at else None
