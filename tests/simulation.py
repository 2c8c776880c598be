"""
Learners made of chance sit through the planner: what do they know on their exam day, and was the forecast honest?

    python -m tests.simulation --learners 200 --answers 20

Calls nothing but the plain package `quizzes.memory`. A simulated learner forgets as FSRS-6 says, at a pace of their
own, knows a part of the facts beforehand, guesses among four options when they do not know, and rarely slips. What they
are told after an answer teaches them. The planner sees only right and wrong.
"""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import exp, sqrt
from random import Random
from statistics import fmean, stdev

from quizzes.memory.ordering import plan_day
from quizzes.memory.planning import Aim, Plannable
from quizzes.memory.readiness import Forecast, readiness
from quizzes.memory.states import SLIP, FirstSights, Pace, Reply, State, blend, move, recall

BEGIN = date(2026, 1, 5)
FACTS, COLUMNS, DAYS = 258, 3, 21
KNOWN_BEFORE, SPREAD, GUESS = 0.15, 0.5, 0.25


@dataclass(slots=True)
class Learner:
    """
    One simulated learner: what is true of them. `theta` multiplies every stability; `confuses` is the chance that a
    known fact is still answered wrongly because another row comes to mind.
    """

    chance: Random
    theta: float
    truth: dict[int, State | None]
    known_before: float = KNOWN_BEFORE
    confuses: float = 0.0

    def knows(self, fact: int, on: date) -> float:
        """The true chance of recall."""
        state = self.truth[fact]
        return recall(state, on, self.theta) if state else self.known_before

    def answer(self, fact: int, on: date) -> bool:
        """Answer a question with four options, and learn from what is shown afterwards."""
        is_known = self.chance.random() < self.knows(fact, on)
        is_right = self.chance.random() >= SLIP + self.confuses if is_known else self.chance.random() < GUESS
        self.truth[fact] = blend(self.truth[fact], on, float(is_known))
        return is_right


@dataclass(frozen=True, slots=True)
class Result:
    """One learner on the exam day: what they know of all facts, 0 to 1, and what the forecast said that evening."""

    score: float
    forecast: Forecast


def facts_of(number: int) -> list[Plannable]:
    """Facts never asked, as in tables of eight rows and three columns."""
    made = []
    for fact in range(number):
        table, place = divmod(fact, 8 * COLUMNS)
        column, row = divmod(place, 8)
        made.append(Plannable(fact, place=(table, column, row), table=table, column=column, row=table * 8 + row))
    return made


def sit(learner: Learner, facts: Sequence[Plannable], exam_on: date, answers: int) -> Result:
    """Let one learner answer so many questions a day until the day before the exam."""
    known = {fact.fact: fact for fact in facts}
    pace, first = Pace(), FirstSights()
    on = BEGIN
    while on < exam_on:
        aim = Aim(on, pace, first, exam_on)
        day = plan_day(known.values(), aim, goal=answers)
        for each in day[:answers]:
            fact = known[each.fact.fact]
            reply = Reply(learner.answer(fact.fact, on), GUESS)
            moved = move(fact.state, reply, on, pace, first)
            known[fact.fact] = replace(fact, state=moved.state, met_row=True)
            pace, first = moved.pace, moved.first
        on += timedelta(1)
    score = fmean(learner.knows(fact, exam_on) for fact in known)
    return Result(score, readiness(known.values(), exam_on, pace, first))


def simulate(learners: int, answers: int, *, days: int = DAYS, seed: int = 1, confuses: float = 0.0) -> list[Result]:
    """Let so many learners, each with a pace of their own, study for so many days."""
    facts = facts_of(FACTS)
    results = []
    for number in range(learners):
        chance = Random(f"{seed}/{number}")
        theta = exp(chance.gauss(0, SPREAD))
        learner = Learner(chance, theta, {fact.fact: None for fact in facts}, confuses=confuses)
        results.append(sit(learner, facts, BEGIN + timedelta(days), answers))
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
    parser.add_argument("--confuses", type=float, default=0.0, help="chance that a known fact is taken for another")
    told = parser.parse_args()
    found = sum_up(simulate(told.learners, told.answers, days=told.days, confuses=told.confuses))
    print(f"Score on the exam day {found.score:.1f} % (standard error {found.error:.1f})")
    print(f"Forecast: bias {found.bias:+.1f}, root mean square error {found.rmse:.1f}, band held {found.held:.0f} %")


if __name__ == "__main__":
    main()
