"""Continue: the sitting of one study day, which asks what the plan has next, one question at a time."""

import secrets
from collections.abc import Sequence
from datetime import date

from django.db import transaction

from quizzes.actions.dealing import NothingToAsk, best_question, make_slots, ways_of
from quizzes.actions.planning import aim_of, goal_left, open_facts, plan_of
from quizzes.actions.sittings import finish_sitting, lock
from quizzes.actions.stubborn import look_before
from quizzes.memory.continuing import Asked, Spot, comes_back, next_fact, not_asked, tired_kind
from quizzes.memory.states import recall
from quizzes.models import AnswerFact, Fact, Learner, Memory, Sitting, Slot
from quizzes.shown import Shown
from tables.models import Guide


def token_of(guide: Guide, on: date) -> str:
    """What makes that there is one sitting of a day, whoever asks for it and how often."""
    return f"today-{guide.key.hex}-{on}"


@transaction.atomic
def continue_sitting(learner: Learner, guide: Guide) -> Sitting:
    """
    The sitting of today, begun with its first question or as it was left.

    Called twice, or by two at once, it begins once. Raises NothingToAsk where nothing of the guide is asked.
    """
    learner = lock(learner)
    token = token_of(guide, learner.today)
    sitting = Sitting.objects.of(learner).filter(token=token).first()
    if sitting is None:
        sitting = Sitting.objects.create(
            learner=learner, guide=guide, mode=Sitting.Mode.TODAY, scope=Sitting.Scope.GUIDE, token=token,
            seed=secrets.randbits(63), returns_missed=learner.returns_missed,
        )  # fmt: skip
    if sitting.finished_at:
        sitting.finished_at = None
        sitting.save(update_fields=["finished_at"])
    if not sitting.slots.exists() and not _ask_next(learner, sitting):
        raise NothingToAsk
    return sitting


@transaction.atomic
def go_on_today(sitting: Sitting) -> None:
    """Ask what the plan has next, or end the sitting where it has nothing. Called twice it asks one question."""
    learner = lock(sitting.learner)
    if not _waits(sitting) and not _ask_next(learner, sitting):
        finish_sitting(sitting)


def is_enough_today(learner: Learner, guide: Guide) -> bool:
    """
    Whether the daily goal is reached, or nothing is left that would help much today; not while missed ones come back.

    At most 7 queries.
    """
    plan = plan_of(learner, guide)
    if learner.returns_missed and not comes_back(asked_today(learner, guide)).isdisjoint(plan.facts):
        return False
    if goal_left(learner) == 0:
        return True
    left = set(open_facts(learner, plan, is_last_days=aim_of(learner, guide).is_last_days))
    return left.isdisjoint(plan.helping)


def _waits(sitting: Sitting) -> bool:
    return sitting.slots.standing().filter(points=None).exists()


def _ask_next(learner: Learner, sitting: Sitting) -> bool:
    """Ask one more question; whether there was one. About 10 queries."""
    asked = asked_today(learner, sitting.guide)
    plan, aim = plan_of(learner, sitting.guide), aim_of(learner, sitting.guide)
    spots = _spots(plan.facts)
    useful = plan.helping.intersection(spot.fact for spot in not_asked(spots, asked, is_last_days=aim.is_last_days))
    goal = len(asked) + 1 if useful and goal_left(learner) else 0  # that of all guides, as on every page
    fact = next_fact(spots, asked, goal=goal, returns_missed=learner.returns_missed, is_last_days=aim.is_last_days)
    if fact is None:
        return False
    sight = {memory.fact_id: memory for memory in Memory.objects.of(learner).filter(fact=fact)}
    last = sitting.slots.order_by("-position").values_list("position", flat=True).first() or 0
    tired = tired_kind([each.kind for each in asked])
    memory = sight.get(fact)
    chance = recall(memory.state, max(aim.on, memory.state.last_on), aim.pace.theta) if memory and memory.state else 0.0
    met = {each.fact for each in asked}
    question = best_question(fact, sight, recall=chance, seed=f"{sitting.seed}/{last + 1}", tired=tired, met=met)
    if question is None:
        return False
    sitting.learner = learner
    slot = make_slots(sitting, [question], sight, after=last)[0]
    if any(each.fact == fact for each in asked):
        slot.returns = Slot.objects.filter(sitting=sitting, question__fact=fact, returns=None).order_by("pk").first()
    elif memory and memory.is_leech and (look := look_before(Shown.from_json(slot.shown), memory)):
        slot.shown["look"] = look
    slot.save()
    return True


def asked_today(learner: Learner, guide: Guide) -> list[Asked]:
    """All that was answered today in a guide, in whatever sitting, in order. 1 query."""
    told = AnswerFact.objects.filter(
        learner=learner, answer__study_day=learner.today, answer__slot__is_undone=False, fact__guide=guide
    )
    rows = told.order_by("answer__answered_at", "pk").values_list(
        "fact", "is_right", "fact__table", "fact__row", "fact__authored__row", "fact__sibling_group",
        "answer__slot__kind",
    )  # fmt: skip
    return [
        Asked(fact, is_right, (table, row or authored), group, kind)
        for fact, is_right, table, row, authored, group, kind in rows
    ]


def _spots(facts: Sequence[int]) -> list[Spot]:
    """The planned facts that are still asked, in their order, with what is minded between them. 2 queries."""
    kinds = {fact: frozenset(way.kind for way in ways) for fact, ways in ways_of(facts, ()).items()}
    found = Fact.objects.asked().filter(pk__in=facts)
    places = {
        fact: ((table, row or authored), group)
        for fact, table, row, authored, group in found.values_list(
            "pk", "table", "row", "authored__row", "sibling_group"
        )
    }
    return [
        Spot(fact, *places[fact], kinds.get(fact, frozenset())) for fact in facts if fact in places and fact in kinds
    ]
