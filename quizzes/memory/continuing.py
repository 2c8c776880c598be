"""
Plain Python: a day's list and what was answered today in; the fact to ask next out.

Nothing is remembered between calls: whichever process is asked, the day goes on where it was left.
"""

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass

from quizzes.memory.ordering import LOOKAHEAD, Row

SAME_KIND_AT_MOST = 3
"""So many questions of one kind may follow one another."""
SAME_VALUE_AT_MOST = 2
"""So many facts that say the same may follow one another."""
ENOUGH_BELOW = 0.01
"""A gain under this helps nobody much."""


@dataclass(frozen=True, slots=True)
class Spot:
    """
    A fact on the day's list. `kinds` are those of its questions; none where any will do.

    Facts of the same `value` say the same, whatever they say it of; an empty one is like no other.
    """

    fact: int
    row: Row | None = None
    group: Hashable | None = None
    kinds: frozenset[str] = frozenset()
    value: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """One answer of today to a fact of the guide, in the plan or out of it."""

    fact: int
    is_right: bool
    row: Row | None = None
    group: Hashable | None = None
    kind: str = ""
    value: str = ""


def next_fact(
    planned: Sequence[Spot],
    asked: Sequence[Asked],
    *,
    goal: int,
    returns_missed: bool = True,
    is_last_days: bool = False,
) -> int | None:
    """
    The fact to ask next, None only where nothing is planned; `asked` are all answers of the day, in order.

    Each fact once, and none whose sibling was asked (in the last days before an exam it may). What was missed comes
    once more when the goal is reached or the list has run out. After that the list begins again, misses first.
    Passed over, while there is another near in the list: the row just asked, what says the same as the two before it,
    and what can only be asked in a kind that was asked three times in a row.
    """
    times = Counter(each.fact for each in asked)
    fresh = not_asked(planned, asked, is_last_days=is_last_days)
    missed = _missed(planned, asked)
    if returns_missed and (not fresh or len(times) >= goal):
        again = [spot for spot in missed if times[spot.fact] == 1]
        return _most_apart(again or fresh or _once_more(planned, missed, times), asked)
    return _most_apart(fresh or _once_more(planned, missed, times), asked)


def not_asked(planned: Iterable[Spot], asked: Sequence[Asked], *, is_last_days: bool = False) -> list[Spot]:
    """Those not asked today, nor (but in the last days before an exam) a sibling of theirs, in their order."""
    met = {each.fact for each in asked}
    groups = set() if is_last_days else {each.group for each in asked if each.group is not None}
    return [spot for spot in planned if spot.fact not in met and spot.group not in groups]


def comes_back(asked: Sequence[Asked]) -> set[int]:
    """The facts that were missed today and not asked again since."""
    times = Counter(each.fact for each in asked)
    return {each.fact for each in asked if not each.is_right and times[each.fact] == 1}


def is_enough(gains_left: Iterable[float], answered: int, goal: int) -> bool:
    """Whether that was enough for today: the goal is reached, or nothing left would help much. A message, no lock."""
    return answered >= goal or max(gains_left, default=0.0) < ENOUGH_BELOW


def tired_kind(kinds: Sequence[str]) -> str | None:
    """The kind to avoid after these, oldest first: one asked three times in a row."""
    return _tired(kinds, SAME_KIND_AT_MOST)


def _tired(told: Sequence[str], most: int) -> str | None:
    """What was the last so many times the same; None where nothing was, and for what is not named."""
    last = told[-most:]
    is_tired = len(last) == most and len(set(last)) == 1
    return last[-1] or None if is_tired else None


def _missed(planned: Sequence[Spot], asked: Sequence[Asked]) -> list[Spot]:
    """What was wrong at the first time today, in the order in which it was asked."""
    spots = {spot.fact: spot for spot in planned}
    first: dict[int, bool] = {}
    for each in asked:
        first.setdefault(each.fact, each.is_right)
    return [spots[fact] for fact, is_right in first.items() if not is_right and fact in spots]


def _once_more(planned: Sequence[Spot], missed: Collection[Spot], times: Counter[int]) -> list[Spot]:
    """The list from the top: what was asked least often, of that the misses, of those in the order of the list."""
    came_wrong = {spot.fact for spot in missed}
    return sorted(planned, key=lambda spot: (times[spot.fact], spot.fact not in came_wrong))


def _most_apart(spots: Sequence[Spot], asked: Sequence[Asked]) -> int | None:
    near = spots[:LOOKAHEAD]
    tired, said = tired_kind([each.kind for each in asked]), _tired([each.value for each in asked], SAME_VALUE_AT_MOST)
    row = asked[-1].row if asked else None
    others = [spot for spot in near if spot.row is None or spot.row != row] or near
    others = [spot for spot in others if not said or spot.value != said] or others
    lively = [spot for spot in others if not tired or spot.kinds != {tired}] or others
    return lively[0].fact if lively else None
