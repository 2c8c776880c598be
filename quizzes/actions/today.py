"""Continue: the sitting of one study day, which asks what the plan has next, one question at a time."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from quizzes.actions.dealing import NothingToAsk, best_question, make_slots, ways_of
from quizzes.actions.fact_places import THING, thing_of
from quizzes.actions.planning import aim_of, goal_left, plan_of
from quizzes.actions.sittings import finish_sitting, lock
from quizzes.actions.stubborn import look_before
from quizzes.memory.continuing import Asked, Spot, comes_back, next_fact, not_asked, tired_kind
from quizzes.memory.planning import Aim
from quizzes.memory.states import recall
from quizzes.models import AnswerFact, Fact, Learner, Memory, Sitting, Slot
from quizzes.shown import Shown
from quizzes.staging import Way
from tables.models import Guide


class EnoughForToday(Exception):
    """The daily goal is reached, or nothing is left that would help much today: a message, never a lock."""


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
    if not sitting.slots.exists() and not _ask_next(learner, sitting, _day_of(learner, guide)):
        raise NothingToAsk
    return sitting


@transaction.atomic
def go_on_today(sitting: Sitting, *, is_beyond: bool = True) -> None:
    """
    Ask what the plan has next, or end the sitting where it has nothing. Called twice it asks one question.

    Raises EnoughForToday, unless the learner goes on beyond that. About 20 queries.
    """
    learner = lock(sitting.learner)
    if sitting.slots.standing().filter(points=None).exists():
        return
    day = _day_of(learner, sitting.guide)
    if not is_beyond and day.is_reached and not (learner.returns_missed and day.comes_back):
        raise EnoughForToday
    if not _ask_next(learner, sitting, day):
        finish_sitting(sitting)


@dataclass(frozen=True, slots=True)
class _Day:
    """The plan and what was answered today; `is_reached` where the goal is, or nothing left would help much."""

    aim: Aim
    asked: list[Asked]
    spots: list[Spot]
    ways: dict[int, list[Way]]
    is_reached: bool

    @property
    def comes_back(self) -> bool:
        """Whether something was missed that was not asked again."""
        return not comes_back(self.asked).isdisjoint(spot.fact for spot in self.spots)

    def next_fact(self, *, returns_missed: bool) -> int | None:
        """What to ask; the goal is that of all guides, as on every page."""
        goal = 0 if self.is_reached else len(self.asked) + 1
        is_last_days = self.aim.is_last_days
        return next_fact(self.spots, self.asked, goal=goal, returns_missed=returns_missed, is_last_days=is_last_days)


def _day_of(learner: Learner, guide: Guide) -> _Day:
    """7 queries, and those of the plan where it is made."""
    plan, aim, asked = plan_of(learner, guide), aim_of(learner, guide), asked_today(learner, guide)
    ways = ways_of(plan.facts, ())
    spots = _spots(plan.facts, ways)
    fresh = {spot.fact for spot in not_asked(spots, asked, is_last_days=aim.is_last_days)}
    return _Day(aim, asked, spots, ways, fresh.isdisjoint(plan.helping) or goal_left(learner) == 0)


def _ask_next(learner: Learner, sitting: Sitting, day: _Day) -> bool:
    """Ask one more question; whether there was one. About 8 queries, 2 more before a stubborn fact."""
    fact = day.next_fact(returns_missed=learner.returns_missed)
    if fact is None:
        return False
    memory = Memory.objects.of(learner).filter(fact=fact).first()
    sight = {fact: memory} if memory else {}
    last = sitting.slots.order_by("-position").values_list("position", flat=True).first() or 0
    question = best_question(
        fact, day.ways[fact], memory, recall=_recall(memory, day.aim), seed=f"{sitting.seed}/{last + 1}",
        tired=tired_kind([each.kind for each in day.asked]), met={each.fact for each in day.asked},
    )  # fmt: skip
    if question is None:
        return False
    sitting.learner = learner
    slot = make_slots(sitting, [question], sight, after=last)[0]
    if any(each.fact == fact for each in day.asked):
        slot.returns = Slot.objects.filter(sitting=sitting, question__fact=fact, returns=None).order_by("pk").first()
    elif memory and memory.is_leech and (look := look_before(Shown.from_json(slot.shown), memory)):
        slot.shown["look"] = look
    slot.save()
    return True


def _recall(memory: Memory | None, aim: Aim) -> float:
    state = memory.state if memory else None
    return recall(state, max(aim.on, state.last_on), aim.pace.theta) if state else 0.0


def asked_today(learner: Learner, guide: Guide) -> list[Asked]:
    """All that was answered today in a guide, in whatever sitting, in order. 1 query."""
    told = AnswerFact.objects.filter(
        learner=learner, answer__study_day=learner.today, answer__slot__is_undone=False, fact__guide=guide
    )
    rows = told.order_by("answer__answered_at", "pk").values_list(
        "fact", "is_right", "fact__table", "fact__sibling_group", "answer__slot__kind", "value_hash",
        *(f"fact__{name}" for name in THING),
    )  # fmt: skip
    return [
        Asked(fact, is_right, (table, thing_of(*thing)), group, kind, value)
        for fact, is_right, table, group, kind, value, *thing in rows
    ]


def _spots(facts: Sequence[int], ways: Mapping[int, Sequence[Way]]) -> list[Spot]:
    """The planned facts that are still asked, in their order, with what is minded between them. 1 query."""
    kinds = {fact: frozenset(way.kind for way in of_fact) for fact, of_fact in ways.items()}
    found = Fact.objects.asked().filter(pk__in=facts)
    places = {
        fact: ((table, thing_of(*thing)), group, value)
        for fact, table, group, value, *thing in found.values_list("pk", "table", "sibling_group", "value_hash", *THING)
    }
    asked = [(fact, places[fact], kinds[fact]) for fact in facts if fact in places and fact in kinds]
    return [Spot(fact, row, group, of_fact, value) for fact, (row, group, value), of_fact in asked]
