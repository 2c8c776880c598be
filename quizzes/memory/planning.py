"""
Plain Python: facts with what is known of them in; those whose asking today raises recall on the exam day most, out.

Gain is expected recall on that day if the fact is asked today, less that if it is not: 0 to 1, times its weight.
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from heapq import heapify, heappop, heapreplace
from math import ceil, exp, log
from typing import NamedTuple

from fsrs import Card

from quizzes.memory.library import after, card, chance, held
from quizzes.memory.states import FirstSights, Pace, State

HORIZON = timedelta(days=14)
"""How far ahead recall is aimed at without an exam date: the middle of what is neither cramming nor dawdling."""
STILL_KNOWN = 0.75
"""Of what is known before its first sight, the part that would still be recalled unasked."""
MOST_PLANNED = 300
"""So many facts are put in order for one day; who answers more begins again at the top."""
DAY = timedelta(days=1)
EASIEST = 1.0
STABILITY_STEP, DIFFICULTY_STEP, DAYS_STEP = log(1.3), 2.0, log(2)
EACH_DAY_BELOW = 4
"""So few days are not lumped together: the first decide most."""


type Expected = tuple[float, float]
"""Recall on the day aimed at after a right answer today, and after a wrong one."""


class Plannable(NamedTuple):
    """
    A fact that could be asked. `state` is None for one never asked, `weight` 0 to 3.

    `place` orders facts as the document does: topic (one put first has a lower number), table, column, row. `row` and
    `column` name those within `table`; a fact without columns (a decision question) has None. `met_row` says that any
    fact of its row was asked before.
    Facts of one `group` teach the same thing.
    """

    fact: int
    state: State | None = None
    weight: float = 1.0
    place: tuple[int, ...] = ()
    table: int | None = None
    column: int | None = None
    row: int | None = None
    met_row: bool = False
    group: Hashable | None = None
    is_leech: bool = False


@dataclass(frozen=True, slots=True)
class Ranked:
    """A fact with what asking it today would gain, and with its recall today (of one never asked, the chance of it)."""

    fact: Plannable
    gain: float
    recall: float


@dataclass(frozen=True)
class Aim:
    """Today, and the day on which recall counts: the exam day while it is today or later, else two weeks ahead."""

    on: date
    pace: Pace = Pace()
    first: FirstSights = FirstSights()
    exam_on: date | None = None

    @cached_property
    def until(self) -> date:
        """The day on which recall counts."""
        return self.exam_on if self.exam_on and self.exam_on >= self.on else self.on + HORIZON

    @property
    def is_last_days(self) -> bool:
        """Whether the exam is today or within two days: then even siblings are asked on one day."""
        return self.exam_on is not None and self.on <= self.exam_on <= self.on + 2 * DAY

    @cached_property
    def gain_of_new(self) -> float:
        """What asking a fact gains that was never asked: for all of them the same."""
        known, theta = self.first.known_before, self.pace.theta
        good, again = (self._recall_after_first(theta, is_known=is_known) for is_known in (True, False))
        return known * good + (1 - known) * again - STILL_KNOWN * known

    def _recall_after_first(self, theta: float, *, is_known: bool) -> float:
        stability, difficulty = held(after(None, self.on, is_known=is_known))
        return chance(card(theta * stability, difficulty, self.on), self.until)

    def after_asking(self, known: Card) -> Expected:
        """Recall to be expected on the day aimed at after a right and after a wrong answer today. Two reviews."""
        right, wrong = (after(known, self.on, is_known=is_known) for is_known in (True, False))
        return chance(right, self.until), chance(wrong, self.until)

    def at_most(self, known: State) -> Expected:
        """
        No less than `after_asking` gives for this state (of this learner: times theta).

        Both rise with stability and days passed and fall with difficulty, so one reckoning serves every fact within
        the same steps of all three.
        """
        passed = (self.on - known.last_on).days
        steps = (
            ceil(log(known.stability) / STABILITY_STEP),
            int(known.difficulty / DIFFICULTY_STEP),
            passed if passed < EACH_DAY_BELOW else ceil(log(passed) / DAYS_STEP) + EACH_DAY_BELOW,
        )
        found = self._steps.get(steps)
        if found is None:
            found = self._steps[steps] = self._at_top_of(*steps)
        return found

    def _at_top_of(self, stability: int, difficulty: int, passed: int) -> Expected:
        days = passed if passed < EACH_DAY_BELOW else ceil(exp((passed - EACH_DAY_BELOW) * DAYS_STEP))
        easiest = max(difficulty * DIFFICULTY_STEP, EASIEST)
        return self.after_asking(card(exp(stability * STABILITY_STEP), easiest, self.on - days * DAY))

    @cached_property
    def _steps(self) -> dict[tuple[int, int, int], Expected]:
        return {}


class Prospect:
    """What asking a fact gains: at first a bound of it that is cheap to have, then the gain itself."""

    __slots__ = ("_expected", "_now", "_unasked", "is_exact", "recall")

    def __init__(self, state: State, aim: Aim) -> None:
        known = State(aim.pace.theta * state.stability, state.difficulty, min(state.last_on, aim.on))
        self._now = card(known.stability, known.difficulty, known.last_on)
        self.recall = chance(self._now, aim.on)
        self._unasked = chance(self._now, aim.until)
        self._expected = aim.at_most(known)
        self.is_exact = False

    @property
    def gain(self) -> float:
        """Recall on the day aimed at if the fact is asked, less that if it is not; until exact no less than that."""
        right, wrong = self._expected
        return self.recall * right + (1 - self.recall) * wrong - self._unasked

    def reckon(self, aim: Aim) -> float:
        """The gain itself, which it is from now on."""
        self._expected, self.is_exact = aim.after_asking(self._now), True
        return self.gain


def rank(facts: Iterable[Plannable], aim: Aim, most: int = MOST_PLANNED) -> list[Ranked]:
    """
    The `most` facts that gain most, best first; equal ones by their place in the document. Weight 0 is left out.

    Exact, but lazy: a fact is reckoned through only when its bound is the highest of all that are left. That takes
    less than half the time of asking the library everything of every fact: about 90 ms for 10,000 facts seen.
    """
    queue = [_entry(number, fact, aim) for number, fact in enumerate(facts) if fact.weight > 0]
    heapify(queue)
    best: list[Ranked] = []
    while queue and len(best) < most:
        negative, is_exact, place, number, fact, prospect = queue[0]
        if is_exact:
            heappop(queue)
            best.append(Ranked(fact, -negative, prospect.recall if prospect else aim.first.known_before))
        elif prospect:
            heapreplace(queue, (-fact.weight * prospect.reckon(aim), True, place, number, fact, prospect))
    return best


type Entry = tuple[float, bool, tuple[int, ...], int, Plannable, Prospect | None]
"""What is ordered: the negative of gain or bound, bounds before gains, then the place; the number settles the rest."""


def _entry(number: int, fact: Plannable, aim: Aim) -> Entry:
    if fact.state is None:
        return -fact.weight * aim.gain_of_new, True, fact.place, number, fact, None
    prospect = Prospect(fact.state, aim)
    return -fact.weight * prospect.gain, False, fact.place, number, fact, prospect
