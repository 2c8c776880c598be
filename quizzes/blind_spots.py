"""
Plain Python: what a group misses, as figures that speak of at least three people and let nobody be reckoned out.

A share of four people beside the same share of three of them would tell what the fourth one answered. So a figure that
was shown stands until at least three people have answered anew; where somebody it speaks of has gone, it is taken away
at once, and another is shown only when so many have.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

FEWEST = 3
"""So many people a figure speaks of at least, and so many of them must have answered between two looks."""
STEP = 5
"""Shares are told in steps of so many percent."""

type Told = tuple[bool, datetime]
"""Whether somebody missed a thing at last sight, and when that was."""


@dataclass(frozen=True, slots=True)
class Figure:
    """How many of these learners, by their ids, missed one thing as of a moment. Hidden ones speak of nobody."""

    at: datetime
    learners: frozenset[int] = frozenset()
    missed: int = 0

    @property
    def is_shown(self) -> bool:
        """Whether there is anything to be told."""
        return len(self.learners) >= FEWEST

    @property
    def percent(self) -> int:
        """The share of those who missed it, in steps of 5 percent; 0 where nothing is told."""
        return round(100 * self.missed / len(self.learners) / STEP) * STEP if self.is_shown else 0

    def to_json(self) -> list[Any]:
        """As it is stored."""
        return [self.at.isoformat(), sorted(self.learners), self.missed]

    @classmethod
    def from_json(cls, stored: list[Any]) -> Self:
        """As it was stored."""
        at, learners, missed = stored
        return cls(datetime.fromisoformat(at), frozenset(learners), missed)


def next_figure(before: Figure | None, told: Mapping[int, Told], now: datetime) -> Figure | None:
    """
    The figure of one thing after another look, by what each present learner told of it; None for one never told.

    See the head of this module for when it is another one than before.
    """
    fresh = Figure(now, frozenset(told), sum(is_missed for is_missed, _ in told.values()))
    if before is None:
        return fresh if fresh.is_shown else None
    anew = {who for who, (_, at) in told.items() if at > before.at}
    if before.is_shown:
        anew |= told.keys() - before.learners
    if len(anew) >= FEWEST:
        return fresh
    has_lost = not before.learners <= told.keys()
    return Figure(now) if has_lost else before


def next_figures(
    before: Mapping[str, Figure], told: Mapping[str, Mapping[int, Told]], now: datetime
) -> dict[str, Figure]:
    """The same for many things, by their names; also for those that nobody tells of any more."""
    made = {name: next_figure(before.get(name), told.get(name, {}), now) for name in {*before, *told}}
    return {name: figure for name, figure in made.items() if figure}


def worst(figures: Mapping[str, Figure], most: int) -> list[tuple[str, int]]:
    """The things missed by at least two people, the largest share first, with that share in percent."""
    told = [(name, figure.percent) for name, figure in figures.items() if figure.is_shown and figure.missed > 1]
    return sorted(told, key=lambda each: (-each[1], each[0]))[:most]
