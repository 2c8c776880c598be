"""
Plain Python: one answer in; what is now known of its fact, of the learner's pace and of first sights, out.

An answer moves the probability that the learner knew the fact, and FSRS-6 turns that into stability and difficulty.
Default parameters of fsrs 6.3; the only arithmetic of our own is the posterior, the blend, the pace and first sights.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from functools import cached_property
from math import exp, log

from quizzes.memory.library import after, card, chance_after, held

SLIP = 0.005
"""How often a fact that is known is answered wrongly."""
MOST_CERTAIN = 0.95
SELF_GRADED_CHANCE = 0.10
"""People judge themselves kindly: how likely "Knew it" is said without knowing."""
DAY_STARTS = timedelta(hours=4)
SIGNALS = {"sure": (0.85, 0.30), "guess": (0.15, 0.70)}
"""How likely a learner says so of a right answer if the fact is known, and if it is not."""
MULTIPLIERS = tuple(exp(log(0.2) + step * log(25) / 8) for step in range(9))
START = tuple(-0.5 * (log(multiplier) / 0.7) ** 2 for multiplier in MULTIPLIERS)
AGAIN_BELOW, GOOD_FROM = 0.35, 0.65


@dataclass(frozen=True, slots=True)
class State:
    """
    What is kept of one fact: stability in days (what a default learner would have), difficulty 1 to 10, study day of
    the last answer.
    """

    stability: float
    difficulty: float
    last_on: date


@dataclass(frozen=True, slots=True)
class Reply:
    """
    What one answer shows of one fact. `guess_chance` is the chance of being right without knowing, 0 to 1; `confidence`
    "sure", "think-so", "guess" or empty; `is_unknown` where the learner said so or missed it by their own judgement.
    """

    is_right: bool
    guess_chance: float
    confidence: str = ""
    is_unknown: bool = False
    is_self_graded: bool = False


@dataclass(frozen=True)
class Pace:
    """How slowly this learner forgets: the log weights of nine multipliers of stability, 0.2 to 5."""

    log_weights: tuple[float, ...] = START

    @cached_property
    def shares(self) -> tuple[float, ...]:
        """How likely each multiplier is; the nine sum to 1."""
        top = max(self.log_weights)
        weights = [exp(weight - top) for weight in self.log_weights]
        return tuple(weight / sum(weights) for weight in weights)

    @cached_property
    def theta(self) -> float:
        """The multiplier to reckon with: the weighted geometric mean."""
        return exp(sum(share * log(each) for share, each in zip(self.shares, MULTIPLIERS, strict=True)))


@dataclass(frozen=True, slots=True)
class FirstSights:
    """First answers within a guide: what was right beyond guessing, of how much could be. Both sums of 0 to 1 each."""

    rights: float = 0.0
    tries: float = 0.0

    @property
    def known_before(self) -> float:
        """The chance that a fact never asked is known already, 0.02 to 0.6."""
        return min(max((self.rights + 0.9) / (self.tries + 6), 0.02), 0.6)


@dataclass(frozen=True, slots=True)
class Moved:
    """After one answer. `recall` is what was predicted for it, `known` the chance that the fact was known, 0 to 1."""

    state: State
    pace: Pace
    first: FirstSights
    recall: float
    known: float


def move(state: State | None, reply: Reply, on: date, pace: Pace, first: FirstSights) -> Moved:
    """
    Take one answer in. A day before that of the fact's last answer counts as that day.

    A first answer moves `first`, one on a later day than the last moves `pace`, unless it was judged by the learner.
    An answer that could not be wrong (a chance of 1) moves nothing of a state. About 50 microseconds.
    """
    on = max(on, state.last_on) if state else on
    predicted = recall(state, on, pace.theta) if state else first.known_before
    if state and reply.guess_chance >= 1:
        return Moved(state, pace, first, predicted, predicted)
    known = 0.0 if reply.is_unknown else probably_known(predicted, reply)
    return Moved(
        state=blend(state, on, known),
        pace=paced(pace, state, reply, on) if state and not reply.is_self_graded else pace,
        first=first if state else sighted(first, reply),
        recall=predicted,
        known=known,
    )


def recall(state: State, on: date, theta: float = 1.0) -> float:
    """The chance of recall on a day, 0 to 1, for a learner of this multiplier; 1 on the day of the last answer."""
    return chance_after((on - state.last_on).days, theta * state.stability)


def probably_known(predicted: float, reply: Reply) -> float:
    """The chance that a fact was known before the feedback, given what had been predicted and what was answered."""
    before = min(predicted, MOST_CERTAIN)
    if_known, if_not = SIGNALS.get(reply.confidence, (1.0, 1.0))
    guess = reply.guess_chance
    known = before * if_known * (1 if reply.is_right else SLIP)
    unknown = (1 - before) * if_not * (guess if reply.is_right else 1 - guess)
    return known / (known + unknown)


def blend(state: State | None, on: date, known: float) -> State:
    """The state between that after knowing and that after not knowing, by the chance that it was known."""
    before = card(state.stability, state.difficulty, state.last_on) if state else None
    good, good_difficulty = held(after(before, on, is_known=True))
    again, again_difficulty = held(after(before, on, is_known=False))
    return State(
        stability=exp(known * log(good) + (1 - known) * log(again)),
        difficulty=known * good_difficulty + (1 - known) * again_difficulty,
        last_on=on,
    )


def paced(pace: Pace, state: State, reply: Reply, on: date) -> Pace:
    """The pace after an answer to a fact in this state; a second answer on one day says nothing of it."""
    if on <= state.last_on:
        return pace
    weights = []
    for weight, multiplier in zip(pace.log_weights, MULTIPLIERS, strict=True):
        expected = recall(state, on, multiplier)
        right = (1 - SLIP) * expected + (1 - expected) * reply.guess_chance
        weights.append(weight + log(right if reply.is_right else 1 - right))
    return Pace(tuple(weights))


def sighted(first: FirstSights, reply: Reply) -> FirstSights:
    """First sights with one more."""
    return FirstSights(first.rights + reply.is_right - reply.guess_chance, first.tries + 1 - reply.guess_chance)


def study_day(moment: datetime, zone: tzinfo) -> date:
    """The learner's day of a moment (aware): it starts at four in the morning by the clock of their time zone."""
    return (moment.astimezone(zone).replace(tzinfo=None) - DAY_STARTS).date()


def rating(known: float) -> int:
    """The button that other programs would have had pressed: 1 Again, 2 Hard, 3 Good. For exports only."""
    if known < AGAIN_BELOW:
        return 1
    return 2 if known <= GOOD_FROM else 3
