"""Plain Python: what other people answered to a question in; which share of them gave each answer out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

FEWEST = 3
"""From so many other people on shares are shown; below, a share would tell of a person."""
STEP = 5
"""Shares are rounded to so many percent, so that one more answer cannot be told by subtracting."""


@dataclass(frozen=True, slots=True)
class Other:
    """What one other person answered: the texts that were chosen or ticked (none: not known), and how it was judged."""

    texts: frozenset[str]
    outcome: str


@dataclass(frozen=True, slots=True)
class Share:
    """How many of the others gave one answer: `percent` in steps of 5."""

    text: str
    percent: int
    is_right: bool = False
    is_mine: bool = False


def shares_of_options(
    options: Sequence[str], others: Sequence[Other], *, right: frozenset[str], mine: frozenset[str]
) -> tuple[Share, ...]:
    """
    The share of each option that was shown here, in that order; then what was not shown here, and "I don't know".

    Others may have been shown other options. Of those who tick several, each tick counts by itself.
    """
    found = []
    for text in options:
        given = sum(text in other.texts for other in others)
        found.append(Share(text, percent_of(given, len(others)), text in right, text in mine))
    elsewhere = sum(bool(other.texts) and not other.texts & set(options) for other in others)
    unknown = sum(not other.texts for other in others)
    rest = (("Something that was not offered here", elsewhere), ("I don’t know", unknown))
    return (*found, *(Share(text, percent_of(count, len(others))) for text, count in rest if count))


def shares_of_outcomes(names: Iterable[tuple[str, str]], others: Sequence[Other]) -> tuple[Share, ...]:
    """The share of each outcome (value and name) that there was: what others wrote is theirs, and is not shown."""
    counts = [(value, name, sum(other.outcome == value for other in others)) for value, name in names]
    return tuple(
        Share(name, percent_of(count, len(others)), is_right=value == "right") for value, name, count in counts if count
    )


def percent_of(count: int, total: int) -> int:
    """A share in steps of 5 percent; 0 of nobody."""
    return round(100 * count / total / STEP) * STEP if total else 0
