"""Plain Python: what is known of every fact in; the share recalled on a day, with its band, and the score, out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from math import sqrt

from quizzes.memory.planning import STILL_KNOWN, Plannable
from quizzes.memory.states import MULTIPLIERS, FirstSights, Pace, recall

FEWEST_ANSWERS = 50
"""Under so many answers there is no forecast."""
LOW, HIGH = 0.1, 0.9
OPTIONS = 4


@dataclass(frozen=True, slots=True)
class Forecast:
    """A share, 0 to 1, and the band that should hold the truth in four cases of five."""

    mean: float
    low: float
    high: float

    def score(self, questions: int, options: int = OPTIONS) -> "Forecast":
        """
        The share of right answers to be expected of so many multiple-choice questions.

        What is not recalled is guessed. The band grows by what so few questions scatter.
        """
        mean, low, high = (share + (1 - share) / options for share in (self.mean, self.low, self.high))
        scatter = sqrt(mean * (1 - mean) / questions)
        return Forecast(mean, max(low - scatter, 0.0), min(high + scatter, 1.0))


def answers_missing(answers: int) -> int:
    """How many answers are still to be given until there is a forecast; 0 when there is one."""
    return max(FEWEST_ANSWERS - answers, 0)


def readiness(facts: Iterable[Plannable], on: date, pace: Pace, first: FirstSights) -> Forecast:
    """
    The share of facts, by their weight, recalled on a day. About 16 microseconds a fact seen.

    Of no facts at all, nothing: 0.
    """
    unseen = STILL_KNOWN * first.known_before
    total, means = 0.0, [0.0] * len(MULTIPLIERS)
    for fact in facts:
        total += fact.weight
        for place, multiplier in enumerate(MULTIPLIERS):
            chance = recall(fact.state, max(on, fact.state.last_on), multiplier) if fact.state else unseen
            means[place] += fact.weight * chance
    if not total:
        return Forecast(0.0, 0.0, 0.0)
    means = [mean / total for mean in means]
    mean = sum(share * each for share, each in zip(pace.shares, means, strict=True))
    return Forecast(mean, _quantile(LOW, means, pace.shares), _quantile(HIGH, means, pace.shares))


def _quantile(at: float, means: Sequence[float], shares: Sequence[float]) -> float:
    """The mean at a share of the learner's possible paces, linear between their middles, constant outside."""
    middles = [total - share / 2 for total, share in zip(accumulate(shares), shares, strict=True)]
    if at <= middles[0]:
        return means[0]
    for place in range(1, len(middles)):
        if at <= middles[place]:
            part = (at - middles[place - 1]) / (middles[place] - middles[place - 1])
            return means[place - 1] + part * (means[place] - means[place - 1])
    return means[-1]
