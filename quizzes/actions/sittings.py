"""Start, repeat and end sittings. A sitting draws its questions and options once, so that every look shows the same."""

import secrets
from dataclasses import asdict
from random import Random
from typing import Any

from django.db import transaction
from django.utils import timezone

from quizzes.actions.dealing import NothingToAsk, deal, last_sight, pick_facts, questions_for
from quizzes.actions.replaying import replay
from quizzes.actions.scopes import Plan, facts_in_scope
from quizzes.confusions import mix_ups_of
from quizzes.contrasts.cards import Contrast
from quizzes.generation.made import ONE_CHOICE, QuestionKind
from quizzes.models import Answer, Learner, Question, Sitting, Slot, new_token

__all__ = ["NothingToAsk", "Plan", "bring_back", "finish_sitting", "lock", "retry_sitting", "start_sitting"]


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
        token=token, seed=secrets.randbits(63), is_shuffled=plan.is_shuffled, kinds=list(plan.kinds),
        pair=list(plan.pair), returns_missed=plan.returns_missed, tries_first=plan.tries_first,
        assignment=plan.assignment,
    )  # fmt: skip
    sight = last_sight(learner, plan.guide)
    facts = pick_facts(facts_in_scope(plan, learner), sight, plan.count, sitting.seed)
    return deal(sitting, questions_for(facts, plan.kinds, sight, sitting.seed), sight)


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
    slots = sitting.slots.standing().filter(returns=None)
    if only_missed:
        slots = slots.filter(points__lt=1)
    questions = Question.objects.asked().filter(pk__in=slots.values("question")).order_by("position")
    is_exam = sitting.mode == Sitting.Mode.EXAM
    is_own = not is_exam and sitting.mode != Sitting.Mode.TOGETHER
    mode = sitting.mode if is_own else Sitting.Mode.PRACTICE  # what was missed in an exam is practised, not examined
    again = Sitting(
        learner=sitting.learner, guide=sitting.guide, mode=mode, scope=sitting.scope, topic=sitting.topic,
        table=sitting.table, retry_of=sitting, token=token, seed=secrets.randbits(63), kinds=sitting.kinds,
        is_shuffled=sitting.is_shuffled, pair=sitting.pair, returns_missed=sitting.returns_missed,
        tries_first=sitting.tries_first,
    )  # fmt: skip
    return deal(again, list(questions), last_sight(sitting.learner, sitting.guide))


@transaction.atomic
def finish_sitting(sitting: Sitting) -> None:
    """End a sitting: what was answered stays, what was not can no longer be. Ending it twice changes nothing."""
    Learner.objects.select_for_update().filter(sittings=sitting).first()
    Sitting.objects.unfinished().filter(pk=sitting.pk).update(finished_at=timezone.now())


def lock(learner: Learner) -> Learner:
    """
    Let one thing at a time happen to a learner, as they are now; their memory is in step with their log.

    Raises Learner.DoesNotExist for one merged into another. 1 query; more where memory must be replayed first.
    """
    locked = Learner.objects.select_for_update().filter(pk=learner.pk).first()
    if locked is None:
        raise Learner.DoesNotExist
    if locked.is_stale:
        replay(locked)
    return locked


@transaction.atomic
def bring_back(sitting: Sitting) -> None:
    """
    Ask the missed questions of a practice once more, in positions behind the last one, as they were asked before.

    Those that have been put in doubt since stay away; where that leaves none the sitting ends. Called twice it brings
    nothing twice.
    """
    lock(sitting.learner)
    missed = sitting.slots.standing().filter(points__lt=1, returns=None, returned=None)
    missed = missed.filter(question__hidden_at=None).select_related("question", "answer")
    last = sitting.slots.order_by("-position").first()
    if last and not sitting.slots.filter(points=None).exists():
        back = [ask_again(slot, position) for position, slot in enumerate(missed, start=last.position + 1)]
        Slot.objects.bulk_create(back)
        if not back:
            finish_sitting(sitting)


def _beside_chosen(missed: Slot) -> dict[str, Any]:
    """What is kept of a missed question, with the row that was chosen as the one to lay a right answer beside."""
    answer: Answer | None = getattr(missed, "answer", None)
    stored = (answer.contrast or {}).get("shown", ()) if answer else ()
    pair = next(iter(mix_ups_of(Contrast.from_json(each) for each in stored)), None)
    return missed.shown if pair is None else {**missed.shown, "neighbour": asdict(pair.said)}


def ask_again(missed: Slot, position: int) -> Slot:
    """The question of a slot asked once more, at a new position: other places for its options, a new token."""
    slot = Slot(
        learner_id=missed.learner_id, sitting_id=missed.sitting_id, question=missed.question, position=position,
        token=new_token(), kind=missed.kind, context=missed.context, stem=missed.stem, options=list(missed.options),
        shown=_beside_chosen(missed), value_hash=missed.value_hash, right=missed.right, returns=missed,
    )  # fmt: skip
    if missed.kind in ONE_CHOICE and missed.kind != QuestionKind.WHICH_OF_TWO:
        Random(slot.token).shuffle(slot.options)
        slot.right = next(place for place, option in enumerate(slot.options) if option["is_right"])
    return slot
