"""Plain Python: states in; how well each is recalled, in five bands, and the day on which it begins to fade, out."""

from collections.abc import Iterable
from datetime import date, timedelta
from enum import IntEnum

from quizzes.memory.states import State

FADING_BELOW = 0.9
WEAK_BELOW = 0.6


class Band(IntEnum):
    """How well a fact is recalled. The number names the tint, so that colour and words agree."""

    NOT_SEEN = 0
    WEAK = 1
    FADING = 2
    GOOD = 3
    STRONG = 4

    @property
    def words(self) -> str:
        """For readers."""
        return ("Not seen", "Weak", "Fading", "Good", "Strong")[self]


STARTS = {Band.STRONG: 0.9, Band.GOOD: 0.75, Band.FADING: 0.5}


def band_of(chance: float | None) -> Band:
    """The band of a recall, 0 to 1; None is not seen."""
    if chance is None:
        return Band.NOT_SEEN
    return next((band for band, start in STARTS.items() if chance >= start), Band.WEAK)


def is_fading(state: State, on: date, theta: float) -> bool:
    """Whether recall has fallen under 90 %: after how many days it does is what stability says."""
    return (on - state.last_on).days > theta * state.stability


def fades_on(state: State, theta: float) -> date:
    """The day on which recall crosses 90 % if the fact is not asked: that many days are what stability is."""
    days = min(max(round(theta * state.stability), 0), (date.max - state.last_on).days)
    return state.last_on + timedelta(days)


def forecast(states: Iterable[State], theta: float, on: date, days: int) -> list[int]:
    """How many facts begin to fade on each of so many days, today first; what has faded before counts as today."""
    counts = [0] * days
    for state in states:
        place = max((fades_on(state, theta) - on).days, 0)
        if place < days:
            counts[place] += 1
    return counts
