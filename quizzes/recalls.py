"""Plain Python: a state, and whether it is planned, in; what a learner sees of one cell out."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from quizzes.memory.fading import Band, band_of, fades_on
from quizzes.memory.states import State, recall


@dataclass(frozen=True, slots=True)
class CellRecall:
    """
    How well one cell is remembered today.

    `fact` is its fact's id, None for a cell that is not asked: of that nothing is remembered. `percent` is None for one
    never asked. `last_on` and `fades_on` are study days.
    """

    fact: int | None = None
    band: Band = Band.NOT_SEEN
    percent: int | None = None
    last_on: date | None = None
    fades_on: date | None = None
    is_due: bool = False
    is_aside: bool = False
    is_outdated: bool = False

    @property
    def words(self) -> str:
        """For who does not see the tint: "Good, recall"."""
        return self.band.words if self.percent is None else f"{self.band.words}, recall"

    @property
    def when(self) -> str:
        """When it was last asked and when it begins to fade; empty for one never asked."""
        if self.last_on is None or self.fades_on is None:
            return ""
        fading = "fading since" if self.percent is not None and self.percent < 90 else "fades on"
        return f"Last asked {_day(self.last_on)}, {fading} {_day(self.fades_on)}"


def recall_of(
    fact: int,
    state: State | None,
    on: date,
    theta: float,
    *,
    is_due: bool,
    is_aside: bool,
    is_outdated: bool = False,
) -> CellRecall:
    """What is shown of a fact today; that its value changed only while the new one was not asked."""
    if state is None:
        return CellRecall(fact, is_due=is_due, is_aside=is_aside, is_outdated=is_outdated)
    chance = recall(state, max(on, state.last_on), theta)
    return CellRecall(
        fact,
        band_of(chance),
        round(100 * chance),
        state.last_on,
        fades_on(state, theta),
        is_due=is_due,
        is_aside=is_aside,
    )


@lru_cache(maxsize=1024)
def _day(day: date) -> str:
    return f"{day.day} {day:%b}"
