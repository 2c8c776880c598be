"""Plain Python: what is known of every fact and the exam day in; how many answers a day would reach a goal out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from quizzes.memory.planning import DAY, Aim, Plannable, rank
from quizzes.memory.readiness import readiness
from quizzes.memory.states import FirstSights, Pace, State, blend, recall

PACES = (5, 10, 20, 30, 40, 60, 80, 100)
GOAL = 0.9


@dataclass(frozen=True, slots=True)
class Effort:
    """So many answers a day are expected to lead to this share recalled, 0 to 1, and whether that reaches the goal."""

    answers: int
    share: float
    reaches: bool


def effort_for(facts: Sequence[Plannable], aim: Aim, exam_on: date, goal: float = GOAL) -> Effort:
    """
    The first of a few paces that reaches the goal by the exam day, or what the fastest of them leads to.

    An estimate without chance in it: each fact asked is moved by how likely it was known. Seconds, for a long time and
    many facts: to be asked for, and kept for the day.
    """
    share = 0.0
    for answers in PACES:
        share = walk(facts, aim, exam_on, answers)
        if share >= goal:
            return Effort(answers, share, reaches=True)
    return Effort(PACES[-1], share, reaches=False)


def walk(facts: Sequence[Plannable], aim: Aim, exam_on: date, answers: int) -> float:
    """The share recalled on the exam day after so many answers a day, today and on every day before it."""
    known = list(facts)
    places = {fact.fact: place for place, fact in enumerate(known)}
    on = aim.on
    while on < exam_on:
        today = Aim(on, aim.pace, aim.first, exam_on)
        for ranked in rank(known, today, answers):
            place = places[ranked.fact.fact]
            known[place] = replace(known[place], state=_asked(known[place], on, aim.pace, aim.first))
        on += DAY
    return readiness(known, exam_on, aim.pace, aim.first).mean


def _asked(fact: Plannable, on: date, pace: Pace, first: FirstSights) -> State:
    chance = recall(fact.state, on, pace.theta) if fact.state else first.known_before
    return blend(fact.state, on, chance)
