"""Plain Python: facts with what was shown of them in; how well a table, a topic or a guide is known, in counts, out."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from quizzes.memory.fading import FADING_BELOW, WEAK_BELOW, fades_on, is_fading
from quizzes.memory.states import State


@dataclass(frozen=True, slots=True)
class Known:
    """
    One fact that is asked. `recall` is that of today, None for one never asked; the rest is as at its last sight.

    `is_sure` says that the learner then was, by their own word.
    """

    fact: int
    table: int | None
    recall: float | None = None
    is_right: bool = False
    is_sure: bool = False
    is_leech: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """
    How some facts are known. `seen` of them were asked; of these `right` at last sight, `fading` under 90 % recall,
    `weak` under 60 %, `leeches` stubborn. `sure` were last answered as Sure, `sure_wrong` of those wrongly.
    `recalled` is how many of all would be recalled today, those never asked counting nothing.
    """

    facts: int = 0
    seen: int = 0
    right: int = 0
    fading: int = 0
    weak: int = 0
    leeches: int = 0
    sure: int = 0
    sure_wrong: int = 0
    recalled: float = 0.0

    @property
    def missed(self) -> int:
        """Wrong at last sight."""
        return self.seen - self.right

    @property
    def unseen(self) -> int:
        """Never asked."""
        return self.facts - self.seen

    @property
    def percent(self) -> int:
        """Recall today of all the facts, 0 to 100."""
        return round(100 * self.recalled / self.facts) if self.facts else 0


def standing_of(facts: Iterable[Known]) -> Standing:
    """That of some facts."""
    facts = list(facts)
    seen = [(known, known.recall) for known in facts if known.recall is not None]
    return Standing(
        facts=len(facts),
        seen=len(seen),
        right=sum(known.is_right for known, _ in seen),
        fading=sum(recall < FADING_BELOW for _, recall in seen),
        weak=sum(recall < WEAK_BELOW for _, recall in seen),
        leeches=sum(known.is_leech for known, _ in seen),
        sure=sum(known.is_sure for known, _ in seen),
        sure_wrong=sum(known.is_sure and not known.is_right for known, _ in seen),
        recalled=sum(recall for _, recall in seen),
    )


def by_table(facts: Iterable[Known]) -> dict[int | None, list[Known]]:
    """The facts of each table that has some, by its id."""
    found: dict[int | None, list[Known]] = defaultdict(list)
    for known in facts:
        found[known.table].append(known)
    return found


def fading_by_day(states: Iterable[State], theta: float, on: date, days: int) -> list[int]:
    """How many facts are fading today, and how many begin to on each of the days that follow, if they are not asked."""
    counts = [0] * days
    for state in states:
        place = 0 if is_fading(state, on, theta) else max((fades_on(state, theta) - on).days, 1)
        if place < days:
            counts[place] += 1
    return counts
