"""Plain Python: a count for each of a few days in; the bars of a chart out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

HEIGHT, LABELS_AT = 92, 88
FOOT, TALLEST = 70, 52
LEAST = 2
GAP = 3.0
"""Percent of the width between two bars."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One day: x, width and middle in percent of the chart, the rest in pixels."""

    label: str
    count: int
    is_first: bool
    x: float
    width: float
    middle: float
    y: float
    height: float
    count_at: float


@dataclass(frozen=True, slots=True)
class BarChart:
    """The bars from today on, the same in words, and the days in full for a table."""

    bars: tuple[Bar, ...]
    days: tuple[tuple[date, int], ...]
    height: int
    labels_at: int
    words: str


def bar_chart(counts: Sequence[int], first: date, told: str) -> BarChart:
    """Draw counts of neighbouring days, `first` being today; `told` says in words what is counted."""
    days = [first + timedelta(place) for place in range(len(counts))]
    labels = ["Today" if day == first else f"{day:%a}" for day in days]
    most = max(counts, default=0)
    each = ", ".join(f"{label} {count}" for label, count in zip(labels, counts, strict=True))
    return BarChart(
        bars=tuple(
            _bar(label, count, place, len(counts), most)
            for place, (label, count) in enumerate(zip(labels, counts, strict=True))
        ),
        days=tuple(zip(days, counts, strict=True)),
        height=HEIGHT,
        labels_at=LABELS_AT,
        words=f"{told}: {each}",
    )


def _bar(label: str, count: int, place: int, number: int, most: int) -> Bar:
    step = 100 / number
    height = max(round(TALLEST * count / most, 1), LEAST) if count else 0
    return Bar(
        label=label,
        count=count,
        is_first=place == 0,
        x=round(place * step + GAP / 2, 2),
        width=round(step - GAP, 2),
        middle=round((place + 0.5) * step, 2),
        y=round(FOOT - height, 1),
        height=height,
        count_at=round(FOOT - height - 6, 1),
    )
