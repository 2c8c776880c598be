"""Plain Python: what is known of every fact and the exam day in; how many answers a day would reach a goal out."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil

from quizzes.memory.planning import DAY, Aim, Plannable, rank
from quizzes.memory.readiness import readiness
from quizzes.memory.states import FirstSights, Pace, State, blend, recall

PACES = (5, 10, 20, 30, 40, 60, 80, 100)
GOAL = 0.9
SAMPLE = 300
"""So many facts, evenly taken, stand for all of a larger guide."""
MOST_STEPS = 45
"""In so many steps a longer time is walked: days are then taken several at once."""


@dataclass(frozen=True, slots=True)
class Effort:
    """So many answers a day are expected to lead to this share recalled, 0 to 1, and whether that reaches the goal."""

    answers: int
    share: float
    reaches: bool


def effort_for(facts: Sequence[Plannable], aim: Aim, exam_on: date, goal: float = GOAL) -> Effort:
    """
    The first of a few paces that reaches the goal by the exam day, or what the fastest of them leads to.

    An estimate without chance in it: each fact asked is moved by how likely it was known. More answers never lead to
    less, so at most four paces are walked. About a second at worst: to be asked for, and kept for the day.
    """
    shares: dict[int, float] = {}

    def reaches(answers: int) -> bool:
        shares[answers] = walk(facts, aim, exam_on, answers)
        return shares[answers] >= goal

    place = bisect_left(PACES, True, key=reaches)
    answers = PACES[min(place, len(PACES) - 1)]
    return Effort(answers, shares[answers], reaches=place < len(PACES))


def walk(facts: Sequence[Plannable], aim: Aim, exam_on: date, answers: int) -> float:
    """The share recalled on the exam day after so many answers a day, today and on every day before it."""
    every = ceil(len(facts) / SAMPLE)
    known = list(facts[::every]) if every else []
    places = {fact.fact: place for place, fact in enumerate(known)}
    days = (exam_on - aim.on).days
    stride = max(ceil(days / MOST_STEPS), 1)
    asked = 0
    for passed in range(0, days, stride):
        today = Aim(aim.on + passed * DAY, aim.pace, aim.first, exam_on)
        until_tonight = answers * min(passed + stride, days) * len(known) // len(facts) if known else 0
        for ranked in rank(known, today, until_tonight - asked):
            place = places[ranked.fact.fact]
            known[place] = known[place]._replace(state=_asked(known[place], today.on, aim.pace, aim.first))
        asked = until_tonight
    return readiness(known, exam_on, aim.pace, aim.first).mean


def _asked(fact: Plannable, on: date, pace: Pace, first: FirstSights) -> State:
    chance = recall(fact.state, on, pace.theta) if fact.state else first.known_before
    return blend(fact.state, on, chance)
