"""Plain Python: how much was answered on which day in; the weeks as a field of squares, larger for more, out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

WEEKS = 17
STEP, LEFT, TOP = 16, 26, 16
SIDES = (3, 6, 10, 14)
"""Of the squares of a day without answers, with a few, with less than a full day's, and with that or more."""
FEW = 1 / 3
KIND_STREAK = 3
"""From so many days in a row on it is worth a word; that it ended is never said."""
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@dataclass(frozen=True, slots=True)
class Label:
    """A word at a place of the picture, in pixels."""

    text: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Week:
    """Seven counts from Monday on, None for days to come."""

    begins: date
    answers: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Calendar:
    """
    The last weeks, one column each. `levels` are SVG path data from no answers to many; `today` is its outline.

    `studied` of `days` have answers, `average` of them each; `in_a_row` is 0 unless it is worth a word.
    """

    width: int
    height: int
    levels: tuple[str, ...]
    today: str
    labels: tuple[Label, ...]
    weeks: tuple[Week, ...]
    studied: int
    days: int
    average: int
    in_a_row: int
    words: str


def first_day(today: date) -> date:
    """The first day that is drawn: a Monday."""
    return today - timedelta(today.weekday(), weeks=WEEKS - 1)


def calendar(answers: Mapping[date, int], today: date, full: int) -> Calendar:
    """Draw the weeks up to today; a day with `full` answers or more has the largest square."""
    begin = first_day(today)
    days = [begin + timedelta(number) for number in range((today - begin).days + 1)]
    counts = [answers.get(day, 0) for day in days]
    studied = sum(count > 0 for count in counts)
    in_a_row = streak(answers, today)
    levels = [_level(count, full) for count in counts]
    squares = [_square(place, SIDES[level]) for place, level in enumerate(levels)]
    return Calendar(
        width=LEFT + STEP * WEEKS,
        height=TOP + STEP * 7,
        levels=tuple(
            "".join(square for square, level in zip(squares, levels, strict=True) if level == wanted)
            for wanted in range(len(SIDES))
        ),
        today=_square(len(days) - 1, STEP),
        labels=tuple([*_weekdays(), *_months(days)]),
        weeks=_weeks(begin, counts),
        studied=studied,
        days=len(days),
        average=round(sum(counts) / studied) if studied else 0,
        in_a_row=in_a_row if in_a_row >= KIND_STREAK else 0,
        words=_in_words(studied, len(days), sum(counts)),
    )


def streak(answers: Mapping[date, int], today: date) -> int:
    """How many days in a row have answers up to now; today may still come."""
    day = today if answers.get(today) else today - timedelta(1)
    length = 0
    while answers.get(day):
        length, day = length + 1, day - timedelta(1)
    return length


def _level(count: int, full: int) -> int:
    if not count:
        return 0
    return 3 if count >= full else 1 if count < FEW * full else 2


def _square(place: int, side: int) -> str:
    week, weekday = divmod(place, 7)
    x, y = (start + STEP * number + (STEP - side) / 2 for start, number in ((LEFT, week), (TOP, weekday)))
    return f"M{x:g} {y:g}h{side}v{side}h-{side}z"


def _weekdays() -> list[Label]:
    return [Label(WEEKDAYS[number], 0, TOP + STEP * number + 12) for number in (0, 2, 4)]


def _months(days: list[date]) -> list[Label]:
    """Each month over the first week that begins in it, where there is room for the word."""
    mondays = [day for day in days if day.weekday() == 0]
    firsts = [next(group) for _, group in groupby(mondays, key=lambda day: day.month)]
    places = [(mondays.index(day), day) for day in firsts]
    return [
        Label(f"{day:%b}", LEFT + STEP * place, 10)
        for (place, day), (following, _) in zip(places, [*places[1:], (WEEKS, days[-1])], strict=True)
        if following - place > 1
    ]


def _weeks(begin: date, counts: list[int]) -> tuple[Week, ...]:
    padded: list[int | None] = [*counts, *([None] * (-len(counts) % 7))]
    return tuple(Week(begin + timedelta(start), tuple(padded[start : start + 7])) for start in range(0, len(padded), 7))


def _in_words(studied: int, days: int, answers: int) -> str:
    if not studied:
        return f"Study calendar: no answers in the last {days} days"
    return f"Study calendar: answers on {studied} of the last {days} days, {answers} in all"
