"""Plain Python: for a row, the few others that could stand in for it, and how like it each is."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from quizzes.generation.grids import Column, Grid
from quizzes.generation.index import Index
from quizzes.generation.similarity import likeness, traits_of

ALL_LOOKED_AT = 40
"""Up to so many things each is compared with each; in a longer table each with a bounded number of others."""
AROUND = 8
SHARING = 4
RARE_WORDS = 3
DISTINCT = 10
DIFFERENT = 6


class Neighbourhood:
    """Of one table. Looks at a bounded number of rows for each row, so that a table costs as much as it has rows."""

    def __init__(self, index: Index, grid: Grid) -> None:
        self._traits = [traits_of(index, thing) for thing in grid.things]
        self._sharing: dict[str, list[int]] = {}
        self._near: dict[int, dict[int, float]] = {}
        self._alike: dict[tuple[int, int], float] = {}
        self._of_cell: dict[tuple[int, str], list[int]] = {}
        if len(self._traits) > ALL_LOOKED_AT:
            for place, traits in enumerate(self._traits):
                for word in traits.words:
                    self._sharing.setdefault(word, []).append(place)

    def of(self, place: int, column: Column) -> Sequence[int]:
        """The other rows worth a look when this column is asked of a row, the most alike first, equals in order."""
        if (place, column.key) not in self._of_cell:
            self._of_cell[place, column.key] = self._found(place, column)
        return self._of_cell[place, column.key]

    def _found(self, place: int, column: Column) -> list[int]:
        near = self._of_row(place)
        if len(self._traits) <= ALL_LOOKED_AT or _are_many(column, near):
            return list(near)
        more = set(_around(column.firsts, place, DISTINCT)) - near.keys() - {place}
        alike = [*near.items(), *((other, self.similarity(place, other)) for other in more)]
        return [other for other, _ in sorted(alike, key=_most_alike_first)]

    def similarity(self, place: int, other: int) -> float:
        """How alike two rows are, 0 to 1."""
        both = (place, other) if place < other else (other, place)
        if both not in self._alike:
            self._alike[both] = likeness(self._traits[place], self._traits[other])
        return self._alike[both]

    def nearest(self, place: int) -> int | None:
        """The row most easily taken for this one."""
        return next(iter(self._of_row(place)), None)

    def _of_row(self, place: int) -> dict[int, float]:
        """The rows near this one with how alike they are, the most alike first."""
        if place not in self._near:
            alike = {other: self.similarity(place, other) for other in self._looked_at(place) if other != place}
            self._near[place] = dict(sorted(alike.items(), key=_most_alike_first))
        return self._near[place]

    def _looked_at(self, place: int) -> list[int]:
        count = len(self._traits)
        if count <= ALL_LOOKED_AT:
            return list(range(count))
        start = max(0, min(place - AROUND // 2, count - AROUND - 1))
        near = set(range(start, start + AROUND + 1))
        by_rarity = sorted((len(self._sharing[word]), word) for word in self._traits[place].words)
        for _, word in [found for found in by_rarity if found[0] > 1][:RARE_WORDS]:
            near.update(_around(self._sharing[word], place, SHARING))
        return sorted(near)


def _most_alike_first(found: tuple[int, float]) -> tuple[float, int]:
    place, alike = found
    return -alike, place


def _are_many(column: Column, places: Iterable[int]) -> bool:
    """Whether these rows hold enough different values to choose from."""
    return len({column.forms[place] for place in places}) >= DIFFERENT


def _around(places: list[int], place: int, count: int) -> list[int]:
    """At most `count` of these sorted places, those about `place`."""
    start = max(0, min(bisect_left(places, place) - count // 2, len(places) - count))
    return places[start : start + count]
