"""Plain Python: which fair wrong options stand together in a question, so that nothing gives the right one away."""

from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import combinations

from quizzes.generation.candidates import FEWEST_LURES, LURES, Candidate, stands_out
from quizzes.generation.words import is_unsafe_pair, said_in, words

KEPT = 8
"""Candidates kept for a question, half of them the most and half the least alike: asking costs the same anywhere."""


type Clash = Callable[[str, str], bool]
"""Whether two options could be taken for each other."""


def fair_set(
    right: str,
    ranked: Sequence[Candidate],
    needs: Collection[str] = (),
    size: int = LURES,
    clash: Clash = is_unsafe_pair,
) -> tuple[Candidate, ...]:
    """
    The best lures that can stand together: `size` of them, or as many as there are, at least 2; else none.

    No two of them could be taken for each other, each of the words `needs` stands in one, and the right option is not
    the only long one. `ranked` has the best first and is short (at worst cost grows with its third power).
    """
    greedy = tuple(_apart(iter(ranked), size, clash))
    if len(greedy) == size and not any(lure.reach for lure in greedy) and _is_even(right, greedy, needs):
        return greedy
    clashes = {pair for pair in combinations(range(len(ranked)), 2) if clash(*(ranked[place].text for place in pair))}
    for count in range(min(size, len(ranked)), FEWEST_LURES - 1, -1):
        sets = (
            places for places in combinations(range(len(ranked)), count) if clashes.isdisjoint(combinations(places, 2))
        )
        by_cost = sorted(sets, key=lambda places: (sum(ranked[place].reach for place in places), places))
        for places in by_cost:
            lures = tuple(ranked[place] for place in places)
            if _is_even(right, lures, needs):
                return lures
    return ()


def could_stand(ranked: Sequence[Candidate], clash: Clash = is_unsafe_pair) -> bool:
    """Whether there are two that can stand together, were it not for what gives the right option away."""
    return any(not clash(one.text, other.text) for one, other in combinations(ranked, 2))


def both_ends(
    places: Sequence[int], candidate_at: Callable[[int], Candidate | None], clash: Clash = is_unsafe_pair
) -> tuple[Candidate, ...]:
    """
    The candidates kept of those found at places sorted most alike first, in that order.

    Half of them are the most alike, half the least, and none of a half could be taken for another of it. Looks no
    further than needed.
    """
    found: dict[int, Candidate | None] = {}

    def at(place: int) -> Candidate | None:
        if place not in found:
            found[place] = candidate_at(place)
        return found[place]

    first = _apart((at(place) for place in places), KEPT // 2, clash)
    last = _apart((at(place) for place in reversed(places)), KEPT // 2, clash)
    return (*first, *(candidate for candidate in reversed(last) if candidate not in first))


def shared_words(stem: str, right: str) -> tuple[str, ...]:
    """The words by which a right option answers to its stem, sorted."""
    return tuple(sorted(said_in(stem, words(right))))


def _is_even(right: str, lures: Sequence[Candidate], needs: Collection[str]) -> bool:
    if stands_out(right, lures):
        return False
    return not needs or frozenset(needs) <= frozenset().union(*(words(lure.text) for lure in lures))


def _apart(candidates: Iterator[Candidate | None], count: int, clash: Clash) -> list[Candidate]:
    apart: list[Candidate] = []
    for candidate in candidates:
        if candidate is None:
            continue
        for taken in apart:
            if clash(candidate.text, taken.text):
                break
        else:
            apart.append(candidate)
            if len(apart) == count:
                break
    return apart
