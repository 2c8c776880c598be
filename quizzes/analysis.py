"""
Plain Python: what a group's members answered to questions in; how each question does out, naming nobody.

The figure of a question stands and falls as those of `quizzes.blind_spots` do, and with it all else that is told of the
question: it was reckoned from the same people at the same moment.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import sqrt
from statistics import fmean, pstdev
from typing import Any, Self

from quizzes.blind_spots import FEWEST, STEP, Figure, next_figure

FEWEST_COMPARED = 10
"""From so many members on a question's discrimination is told."""
FEWEST_OTHERS = 5
"""So many other questions somebody has answered whose knowledge is compared."""
FEWEST_ALIKE = 2
"""What fewer people did than this, one alone, is not told."""


@dataclass(frozen=True, slots=True)
class Reply:
    """A member's newest answer to one question; `lures` are the wrong options that they took, if it has options."""

    is_right: bool
    at: datetime
    lures: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class QuestionFigure:
    """
    How one question does. `lure` is the wrong option taken most, by so many (`lured`): empty where one alone took it.

    `discrimination` is as of `point_biserial`, rounded to steps of 0.05; None where it is not told.
    """

    figure: Figure
    lure: str = ""
    lured: int = 0
    discrimination: float | None = None

    @property
    def asked(self) -> int:
        """How many members it speaks of."""
        return len(self.figure.learners)

    @property
    def right_percent(self) -> int | None:
        """The share of those who were right, in steps of 5; None for "nearly all": at most one was not, or so few."""
        told = self.figure.percent if self.figure.missed >= FEWEST_ALIKE else 0
        return 100 - told if told else None

    @property
    def lure_percent(self) -> int:
        """The share of those who took the lure, in steps of 5."""
        return round(100 * self.lured / self.asked / STEP) * STEP if self.lure else 0

    def to_json(self) -> list[Any]:
        """As it is stored."""
        return [self.figure.to_json(), self.lure, self.lured, self.discrimination]

    @classmethod
    def from_json(cls, stored: list[Any]) -> Self:
        """As it was stored."""
        figure, *rest = stored
        return cls(Figure.from_json(figure), *rest)


def next_analysis(
    before: Mapping[str, QuestionFigure], replies: Mapping[str, Mapping[int, Reply]], now: datetime
) -> dict[str, QuestionFigure]:
    """
    The figures of questions, by their names, after another look at what each present learner answered.

    A figure that stands keeps all that was told with it; one taken away tells nothing.
    """
    scores = _scores(replies)
    found: dict[str, QuestionFigure] = {}
    for name in {*before, *replies}:
        told, old = replies.get(name, {}), before.get(name)
        missed = {who: (not reply.is_right, reply.at) for who, reply in told.items()}
        figure = next_figure(old.figure if old else None, missed, now)
        if old and figure is old.figure:
            found[name] = old
        elif figure:
            found[name] = _told(figure, told, scores) if figure.is_shown else QuestionFigure(figure)
    return found


def _told(figure: Figure, replies: Mapping[int, Reply], scores: Mapping[int, tuple[int, int]]) -> QuestionFigure:
    taken = Counter(lure for reply in replies.values() for lure in reply.lures)
    lure, lured = min(taken.items(), key=lambda each: (-each[1], each[0]), default=("", 0))
    if lured < FEWEST_ALIKE:
        lure, lured = "", 0
    return QuestionFigure(figure, lure, lured, _discrimination(replies, scores))


def _scores(replies: Mapping[str, Mapping[int, Reply]]) -> dict[int, tuple[int, int]]:
    """For each learner how many of their answers are right, of how many."""
    given = Counter(who for told in replies.values() for who in told)
    right = Counter(who for told in replies.values() for who, reply in told.items() if reply.is_right)
    return {who: (right[who], count) for who, count in given.items()}


def _discrimination(replies: Mapping[int, Reply], scores: Mapping[int, tuple[int, int]]) -> float | None:
    rights, rests = [], []
    for who, reply in replies.items():
        right, count = scores[who]
        if count > FEWEST_OTHERS:
            rights.append(reply.is_right)
            rests.append((right - reply.is_right) / (count - 1))
    if len(rights) < FEWEST_COMPARED or min(sum(rights), len(rights) - sum(rights)) < FEWEST:
        return None  # each of the two means would speak of fewer than three people
    found = point_biserial(rights, rests)
    return None if found is None else round(found / 0.05) * 5 / 100


def point_biserial(rights: Sequence[bool], rests: Sequence[float]) -> float | None:
    """
    How well a question tells who knows the rest from who does not: -1 to 1, the corrected point-biserial correlation.

    r = (M1 - M0) / s * sqrt(p * (1 - p)), where of each person's share of right answers to the *other* questions
    (`rests`, 0 to 1, in the order of `rights`) M1 is the mean among those who were right here, M0 among the others,
    s the standard deviation of all (divided by n), and p the share of those right. Below 0 it is missed by those who
    know more. None where all or none are right, or all know the same.
    """
    share = fmean(rights)
    spread = pstdev(rests)
    if share in (0, 1) or spread < 1e-9:
        return None
    knowing = fmean(rest for rest, is_right in zip(rests, rights, strict=True) if is_right)
    others = fmean(rest for rest, is_right in zip(rests, rights, strict=True) if not is_right)
    return (knowing - others) / spread * sqrt(share * (1 - share))
