"""Start, repeat and end sittings. A sitting draws its questions and options once, so that every look shows the same."""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from random import Random

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from quizzes.generation.decisions import Prepared
from quizzes.generation.options import choose_options
from quizzes.models import Learner, Memory, Question, Sitting, Slot
from tables.models import Guide, Table, Topic

type Sight = dict[int, bool]
"""Facts that a learner was asked, by their id: whether they were right at last sight."""


class NothingToAsk(Exception):
    """No question fits what was chosen."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What somebody wants to practise: `topic` or `table` where the scope is one, `count` at most (None: all)."""

    guide: Guide
    scope: Sitting.Scope = Sitting.Scope.GUIDE
    topic: Topic | None = None
    table: Table | None = None
    count: int | None = None
    is_shuffled: bool = True


@transaction.atomic
def start_sitting(learner: Learner, plan: Plan, token: str) -> Sitting:
    """
    Begin a sitting with questions and options drawn from a new seed.

    Where only some of the questions are wanted, those not asked yet come before those missed, and these before the
    rest. The same token starts one sitting: sent again, it gives the one it started. Raises NothingToAsk.
    """
    lock(learner)
    started = Sitting.objects.of(learner).filter(token=token).first()
    if started:
        return started
    sitting = Sitting(
        learner=learner, guide=plan.guide, scope=plan.scope, topic=plan.topic, table=plan.table,
        token=token, seed=secrets.randbits(63), is_shuffled=plan.is_shuffled,
    )  # fmt: skip
    sight = last_sight(learner, plan.guide)
    return deal(sitting, pick(list(in_scope(plan, learner)), sight, plan.count, sitting.seed), sight)


@transaction.atomic
def retry_sitting(sitting: Sitting, token: str, *, only_missed: bool) -> Sitting:
    """
    Begin a new sitting with the same questions, or with those answered wrong or not known.

    Questions that have since left the document are left out. Raises NothingToAsk when none remains.
    """
    lock(sitting.learner)
    started = Sitting.objects.of(sitting.learner).filter(token=token).first()
    if started:
        return started
    questions = Question.objects.asked().filter(slots__sitting=sitting).select_related("fact").order_by("position")
    if only_missed:
        questions = questions.filter(slots__answer__is_right=False)
    again = Sitting(
        learner=sitting.learner, guide=sitting.guide, scope=sitting.scope, topic=sitting.topic, table=sitting.table,
        retry_of=sitting, token=token, seed=secrets.randbits(63), is_shuffled=sitting.is_shuffled,
    )  # fmt: skip
    return deal(again, list(questions), last_sight(sitting.learner, sitting.guide))


@transaction.atomic
def finish_sitting(sitting: Sitting) -> None:
    """End a sitting: what was answered stays, what was not can no longer be. Ending it twice changes nothing."""
    Learner.objects.select_for_update().filter(sittings=sitting).first()
    Sitting.objects.unfinished().filter(pk=sitting.pk).update(finished_at=timezone.now())


def lock(learner: Learner) -> None:
    """Let one thing at a time happen to a learner. Raises Learner.DoesNotExist for one merged into another."""
    if Learner.objects.select_for_update().filter(pk=learner.pk).first() is None:
        raise Learner.DoesNotExist


def last_sight(learner: Learner, guide: Guide) -> Sight:
    """What this learner was asked of a guide."""
    return dict(Memory.objects.of(learner).filter(fact__guide=guide).values_list("fact", "is_right"))


def in_scope(plan: Plan, learner: Learner) -> QuerySet[Question]:
    """The questions that a plan speaks of, in the order of the document."""
    questions = Question.objects.asked().filter(guide=plan.guide).select_related("fact").order_by("position")
    match plan.scope:
        case Sitting.Scope.TOPIC:
            return questions.filter(topic=plan.topic)
        case Sitting.Scope.TABLE:
            return questions.filter(table=plan.table)
        case Sitting.Scope.MISSED:
            return questions.filter(fact__in=Memory.objects.of(learner).filter(is_right=False).values("fact"))
    return questions


def pick(questions: Sequence[Question], sight: Sight, count: int | None, seed: int) -> list[Question]:
    """At most `count` of the questions, still in their order: not asked yet first, then missed, then the others."""
    if count is None or count >= len(questions):
        return list(questions)
    chance = Random(f"{seed}/pick")
    ranked = sorted(questions, key=lambda question: (_need(question, sight), chance.random()))
    return sorted(ranked[:count], key=lambda question: question.position)


def _need(question: Question, sight: Sight) -> int:
    if question.fact_id not in sight:
        return 0
    return 2 if sight[question.fact_id] else 1


def deal(sitting: Sitting, questions: Iterable[Question], sight: Sight) -> Sitting:
    """Store a new sitting and a slot for each question. Raises NothingToAsk without questions. 2 queries."""
    ordered = list(questions)
    if not ordered:
        raise NothingToAsk
    if sitting.is_shuffled:
        Random(f"{sitting.seed}/order").shuffle(ordered)
    sitting.save()
    Slot.objects.bulk_create(
        make_slot(sitting, question, position, is_new=question.fact_id not in sight)
        for position, question in enumerate(ordered, start=1)
    )
    return sitting


def make_slot(sitting: Sitting, question: Question, position: int, *, is_new: bool) -> Slot:
    """The question as it will be asked here, whatever becomes of the document."""
    prepared = Prepared.from_json(question.prepared)
    options = choose_options(prepared, seed=sitting.seed, first_sight=is_new)
    return Slot(
        learner=sitting.learner,
        sitting=sitting,
        question=question,
        position=position,
        context=f"{question.context} ({prepared.antecedent})"[:700] if prepared.antecedent else question.context,
        stem=question.stem,
        options=[option.to_json() for option in options],
        right=next(place for place, option in enumerate(options) if option.is_right),
        value_hash=question.fact.value_hash,
    )
