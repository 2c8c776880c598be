"""Plain Python: shares with their bands in; lines of a chart from 0 to 100 %, with a pass mark, out."""

from collections.abc import Iterable
from dataclasses import dataclass

LEFT = 15.0
"""Percent of the width that the labels take."""
TOP, STEP = 24, 36
NEAR_EDGE = 15
LEAST_WIDTH = 1.5


@dataclass(frozen=True, slots=True)
class Band:
    """A share that is expected, with the band that should hold the truth; all 0 to 1."""

    label: str
    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class BandLine:
    """One line: x and width in percent of the chart, `y` in pixels its upper edge, `middle` that of its dot."""

    label: str
    y: int
    middle: int
    base: int
    dot: float
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class BandChart:
    """`pass_mark` is in percent, `pass_x` where it is drawn; None without one. Heights are in pixels."""

    lines: tuple[BandLine, ...]
    height: int
    foot: int
    left: float
    track: float
    middle: float
    pass_mark: int | None
    pass_x: float | None
    pass_anchor: str
    words: str


def band_chart(bands: Iterable[Band], pass_mark: int | None = None) -> BandChart:
    """Draw each band as a line on a scale from 0 to 100 %, in the order given."""
    bands = list(bands)
    foot = TOP + STEP * len(bands) + 2
    return BandChart(
        lines=tuple(_line(band, TOP + STEP * place) for place, band in enumerate(bands)),
        height=foot + 6,
        foot=foot,
        left=LEFT,
        track=100 - LEFT,
        middle=_place(0.5),
        pass_mark=pass_mark,
        pass_x=None if pass_mark is None else _place(pass_mark / 100),
        pass_anchor=_anchor(pass_mark or 0),
        words=_in_words(bands, pass_mark),
    )


def percent(share: float) -> int:
    """A share as it is told."""
    return round(100 * share)


@dataclass(frozen=True, slots=True)
class Told:
    """A share with its band as it is told: whole percents."""

    mean: int
    low: int
    high: int


def told(mean: float, low: float, high: float) -> Told:
    """The same of shares from 0 to 1."""
    return Told(percent(mean), percent(low), percent(high))


def _place(share: float) -> float:
    return round(LEFT + (100 - LEFT) * share, 2)


def _line(band: Band, y: int) -> BandLine:
    x, end = _place(band.low), _place(band.high)
    return BandLine(band.label, y, y + 7, y + 12, _place(band.mean), x, round(max(end - x, LEAST_WIDTH), 2))


def _anchor(mark: int) -> str:
    return "start" if mark < NEAR_EDGE else "end" if mark > 100 - NEAR_EDGE else "middle"


def _in_words(bands: Iterable[Band], pass_mark: int | None) -> str:
    shares = [(band.label, told(band.mean, band.low, band.high)) for band in bands]
    lines = [f"{label}: about {at.mean} percent, likely between {at.low} and {at.high}." for label, at in shares]
    return " ".join([*lines, *([] if pass_mark is None else [f"Pass mark {pass_mark} percent."])])
