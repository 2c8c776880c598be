"""
Learners made of chance sit through the planner: what do they know on their exam day, and was the forecast honest?

    python -m tests.simulation --learners 200 --answers 20

Calls nothing but the plain package `quizzes.memory`. A simulated learner forgets as FSRS-6 says, at a pace of their
own, knows a part of the facts beforehand, guesses when they do not know, and rarely slips. What they
are told after an answer teaches them. The planner sees only right and wrong.
"""

import argparse
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta
from math import exp, sqrt
from random import Random
from statistics import fmean, stdev

from quizzes.memory.fading import FADING_BELOW
from quizzes.memory.ordering import plan_day
from quizzes.memory.planning import Aim, Plannable
from quizzes.memory.readiness import Forecast, readiness
from quizzes.memory.states import SLIP, FirstSights, Pace, Reply, State, blend, move, recall

BEGIN = date(2026, 1, 5)
FACTS, COLUMNS, DAYS = 258, 3, 21


@dataclass(frozen=True, slots=True)
class Assumptions:
    """
    What is assumed of people. All of it is a choice: nobody was measured.

    `known_before` is the chance that a fact is known beforehand, with a stability of `stability_before` days; `spread`
    the standard deviation of the logarithm of the personal multiplier of stability. `confuses` is the chance that a
    known fact is answered with another row's; a contrast seen after that multiplies it by `contrast`, for this fact.
    `guess` is the chance to be right without knowing: 0.25 with four options, 0.02 when typed.
    """

    known_before: float = 0.15
    stability_before: float = 4.0
    spread: float = 0.5
    confuses: float = 0.0
    contrast: float = 0.5
    guess: float = 0.25


class Learner:
    """One simulated learner: what is true of them."""

    def __init__(self, chance: Random, facts: Iterable[int], assumed: Assumptions) -> None:
        self.chance = chance
        self.theta = exp(chance.gauss(0, assumed.spread))
        self.assumed = assumed
        self.truth = {fact: self._beforehand() for fact in facts}
        self.confuses = dict.fromkeys(self.truth, assumed.confuses)

    def _beforehand(self) -> State | None:
        is_known = self.chance.random() < self.assumed.known_before
        return State(self.assumed.stability_before / self.theta, 5.0, BEGIN) if is_known else None

    def knows(self, fact: int, on: date) -> float:
        """The true chance of recall."""
        state = self.truth[fact]
        return recall(state, on, self.theta) if state else 0.0

    def answers_rightly(self, fact: int, on: date) -> float:
        """The true chance of the right answer without guessing: known, and not taken for another."""
        return self.knows(fact, on) * (1 - self.confuses[fact])

    def answer(self, fact: int, on: date) -> bool:
        """Answer a question, and learn from what is shown afterwards."""
        is_known = self.chance.random() < self.knows(fact, on)
        is_confused = is_known and self.chance.random() < self.confuses[fact]
        self.truth[fact] = blend(self.truth[fact], on, float(is_known))
        if is_confused:
            self.confuses[fact] *= self.assumed.contrast
            return False
        return self.chance.random() >= SLIP if is_known else self.chance.random() < self.assumed.guess


@dataclass(frozen=True, slots=True)
class Result:
    """One learner on the exam day: what they know of all facts, 0 to 1, and what the forecast said that evening."""

    score: float
    forecast: Forecast


type Rule = Callable[[Sequence[Plannable], Aim, int], list[int]]
"""Facts, the aim of the day and the number of answers in; the facts to ask, in order, out."""


def planned(facts: Sequence[Plannable], aim: Aim, answers: int) -> list[int]:
    """The product's own plan."""
    return [each.fact.fact for each in plan_day(facts, aim, goal=answers)][:answers]


def due_first(facts: Sequence[Plannable], aim: Aim, answers: int) -> list[int]:
    """For comparison: what is recalled with less than 90 %, least sure first, then new facts."""
    seen = [(recall(fact.state, aim.on, aim.pace.theta), fact.fact) for fact in facts if fact.state]
    new = [fact.fact for fact in facts if not fact.state]
    return [*(fact for chance, fact in sorted(seen) if chance < FADING_BELOW), *new][:answers]


def missed_again(facts: Sequence[Plannable], aim: Aim, answers: int) -> list[int]:
    """For comparison: everything once, then the least sure."""
    seen = [(recall(fact.state, aim.on, aim.pace.theta), fact.fact) for fact in facts if fact.state]
    new = [fact.fact for fact in facts if not fact.state]
    return [*new, *(fact for _, fact in sorted(seen))][:answers]


RULES: dict[str, Rule] = {"plan": planned, "due": due_first, "misses": missed_again}


def facts_of(number: int) -> list[Plannable]:
    """Facts never asked, as in tables of eight rows and three columns."""
    made = []
    for fact in range(number):
        table, place = divmod(fact, 8 * COLUMNS)
        column, row = divmod(place, 8)
        made.append(Plannable(fact, place=(table, column, row), table=table, column=column, row=table * 8 + row))
    return made


def sit(learner: Learner, facts: Sequence[Plannable], exam_on: date, answers: int, rule: Rule = planned) -> Result:
    """Let one learner answer so many questions a day until the day before the exam."""
    known = {fact.fact: fact for fact in facts}
    pace, first = Pace(), FirstSights()
    on = BEGIN
    while on < exam_on:
        for fact in rule(list(known.values()), Aim(on, pace, first, exam_on), answers):
            reply = Reply(learner.answer(fact, on), learner.assumed.guess)
            moved = move(known[fact].state, reply, on, pace, first)
            known[fact] = known[fact]._replace(state=moved.state, met_row=True)
            pace, first = moved.pace, moved.first
        on += timedelta(1)
    score = fmean(learner.answers_rightly(fact, exam_on) for fact in known)
    return Result(score, readiness(known.values(), exam_on, pace, first))


def simulate(
    learners: int,
    answers: int,
    assumed: Assumptions = Assumptions(),
    *,
    days: int = DAYS,
    seed: int = 1,
    rule: Rule = planned,
) -> list[Result]:
    """Let so many learners, each with a pace of their own, study for so many days."""
    facts = facts_of(FACTS)
    results = []
    for number in range(learners):
        learner = Learner(Random(f"{seed}/{number}"), range(FACTS), assumed)
        results.append(sit(learner, facts, BEGIN + timedelta(days), answers, rule))
    return results


@dataclass(frozen=True, slots=True)
class Summary:
    """Over all learners: the mean score with its standard error, bias and root mean square error, all in percent."""

    score: float
    error: float
    bias: float
    rmse: float
    held: float
    """In how many cases of a hundred the band held the truth."""


def sum_up(results: Sequence[Result]) -> Summary:
    """What the results say of plan and forecast."""
    scores = [result.score for result in results]
    misses = [result.forecast.mean - result.score for result in results]
    held = [result.forecast.low <= result.score <= result.forecast.high for result in results]
    return Summary(
        score=100 * fmean(scores),
        error=100 * stdev(scores) / sqrt(len(scores)),
        bias=100 * fmean(misses),
        rmse=100 * sqrt(fmean(miss**2 for miss in misses)),
        held=100 * fmean(held),
    )


def main() -> None:
    """Simulate as told, and say what came of it."""
    parser = argparse.ArgumentParser(description="Simulate learners who follow the plan.")
    parser.add_argument("--learners", type=int, default=200)
    parser.add_argument("--answers", type=int, default=20, help="a day")
    parser.add_argument("--days", type=int, default=DAYS)
    parser.add_argument("--rule", choices=RULES, default="plan")
    for name in fields(Assumptions):
        parser.add_argument(f"--{name.name.replace('_', '-')}", type=float, default=name.default)
    told = parser.parse_args()
    assumed = Assumptions(**{name.name: getattr(told, name.name) for name in fields(Assumptions)})
    found = sum_up(simulate(told.learners, told.answers, assumed, days=told.days, rule=RULES[told.rule]))
    print(f"Score on the exam day {found.score:.1f} % (standard error {found.error:.1f})")
    print(f"Forecast: bias {found.bias:+.1f}, root mean square error {found.rmse:.1f}, band held {found.held:.0f} %")


if __name__ == "__main__":
    main()
