"""Plain Python: a wrong option that may be offered, and the choice of a few that can stand side by side."""

from collections.abc import Callable, Mapping, Sequence
from itertools import combinations
from typing import Any, NamedTuple, Self

from quizzes.generation.sources import Thing
from quizzes.generation.words import is_unsafe_pair

LURES = 3
FEWEST_LURES = 2
LONG = 24
"""Letters above which a right option can stand out by its length alone."""
MUCH_LONGER = 2.2


class Candidate(NamedTuple):
    """
    A safe wrong option of one question. A tuple, since a guide has several times as many of them as cells.

    `similarity` to the right answer is 0 to 1.5. `reach` says how far it was fetched: 0 from the answers of the same
    table, 1 from the table in which the right answer is a row, 2 from another table. `answer_to` is the question of the
    same table that it does answer; empty for a borrowed one, which is a row of the table `table_key`.
    """

    text: str
    similarity: float
    reach: int
    table_key: str
    answer_to: str
    things: tuple[Thing, ...]
    has_own_row: bool

    def to_json(self, home: str = "") -> dict[str, Any]:
        """Plain values for a JSON field; what is usual is left out, and the table where it is `home`."""
        stored: dict[str, Any] = {"text": self.text, "similarity": self.similarity}
        if self.reach:
            stored["reach"] = self.reach
        if self.table_key != home:
            stored["table_key"] = self.table_key
        if self.answer_to:
            stored["answer_to"] = self.answer_to
        if self.things:
            stored["things"] = [thing.to_json(home) for thing in self.things]
        if not self.has_own_row:
            stored["has_own_row"] = False
        return stored

    @classmethod
    def from_json(cls, stored: Mapping[str, Any], home: str = "") -> Self:
        """What `to_json` gave, as a candidate again."""
        return cls(
            stored["text"],
            stored["similarity"],
            stored.get("reach", 0),
            stored.get("table_key", home),
            stored.get("answer_to", ""),
            tuple(Thing.from_json(thing, home) for thing in stored.get("things", ())),
            stored.get("has_own_row", True),
        )


def best_together(right: str, ranked: Sequence[Candidate], size: int = LURES) -> tuple[Candidate, ...]:
    """
    The best lures, no two of which could be taken for each other: as many as `size`, else fewer, else none.

    `ranked` has the best first and is short (at worst cost grows with its third power). Borrowed ones are taken only
    where the others do not suffice, and a set that the right option's length gives away only where there is no other.
    """
    greedy = _first_together(ranked, size)
    if len(greedy) == size and not any(lure.reach for lure in greedy) and not stands_out(right, greedy):
        return greedy
    clashes = {
        places
        for places in combinations(range(len(ranked)), 2)
        if is_unsafe_pair(ranked[places[0]].text, ranked[places[1]].text)
    }
    for count in range(size, 0, -1):
        sets = (
            places for places in combinations(range(len(ranked)), count) if clashes.isdisjoint(combinations(places, 2))
        )
        if best := min(sets, key=_cost_of(right, ranked), default=None):
            return tuple(ranked[place] for place in best)
    return ()


def _first_together(ranked: Sequence[Candidate], size: int) -> tuple[Candidate, ...]:
    taken: list[Candidate] = []
    for candidate in ranked:
        if len(taken) < size and not any(is_unsafe_pair(candidate.text, lure.text) for lure in taken):
            taken.append(candidate)
    return tuple(taken)


def _cost_of(right: str, ranked: Sequence[Candidate]) -> Callable[[tuple[int, ...]], tuple[bool, int, tuple[int, ...]]]:
    def cost(places: tuple[int, ...]) -> tuple[bool, int, tuple[int, ...]]:
        lures = [ranked[place] for place in places]
        return stands_out(right, lures), sum(lure.reach for lure in lures), places

    return cost


def stands_out(right: str, lures: Sequence[Candidate]) -> bool:
    """Whether the right option is the only long one, so that its length gives it away."""
    longest = max((len(lure.text) for lure in lures), default=0)
    return len(right) > LONG and len(right) > MUCH_LONGER * longest
