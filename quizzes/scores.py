"""Plain Python: the answers of one sitting in, the figures of its report out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

WEAK = 0.6
FEW = 2


@dataclass(frozen=True, slots=True)
class Reply:
    """One question of a sitting: `is_right` is None while it has no answer."""

    topic: str
    kind: str
    is_right: bool | None
    is_flagged: bool
    took: timedelta | None


@dataclass(frozen=True, slots=True)
class Score:
    """How many of the answers under one name were right."""

    name: str
    right: int
    answered: int

    @property
    def missed(self) -> int:
        """Answers that were wrong or "I don't know"."""
        return self.answered - self.right

    @property
    def percent(self) -> int:
        """Share of right answers, 0 to 100; 0 without any answer."""
        return round(100 * self.right / self.answered) if self.answered else 0

    @property
    def weak_below(self) -> float:
        """With fewer right answers than this the part is weak."""
        return WEAK * self.answered

    @property
    def is_weak(self) -> bool:
        """Whether so few were right that it should be said; of a single answer nothing is."""
        return self.answered >= FEW and self.right < self.weak_below


@dataclass(frozen=True, slots=True)
class Report:
    """
    The figures of one sitting.

    `topics` stand in the order of their first question here, `kinds` by name; both hold only what was answered.
    `pace` is the mean time to an answer, None where no time is known.
    """

    asked: int
    all: Score
    topics: tuple[Score, ...]
    kinds: tuple[Score, ...]
    flagged: int
    flagged_right: int
    pace: timedelta | None

    @property
    def unanswered(self) -> int:
        """Questions that were left."""
        return self.asked - self.all.answered

    @property
    def seconds(self) -> int | None:
        """The pace in whole seconds, at least one."""
        return max(1, round(self.pace.total_seconds())) if self.pace is not None else None


def make_report(replies: Iterable[Reply]) -> Report:
    """Count the replies of one sitting, given in any order."""
    replies = list(replies)
    answered = [reply for reply in replies if reply.is_right is not None]
    flagged = [reply for reply in replies if reply.is_flagged]
    times = [reply.took for reply in answered if reply.took is not None]
    return Report(
        asked=len(replies),
        all=score("", answered),
        topics=scores(answered, [reply.topic for reply in answered]),
        kinds=tuple(sorted(scores(answered, [reply.kind for reply in answered]), key=lambda kind: kind.name)),
        flagged=len(flagged),
        flagged_right=sum(reply.is_right is True for reply in flagged),
        pace=sum(times, timedelta()) / len(times) if times else None,
    )


def score(name: str, answered: Iterable[Reply]) -> Score:
    """The score of these answers under one name."""
    answered = list(answered)
    return Score(name, sum(reply.is_right is True for reply in answered), len(answered))


def scores(answered: list[Reply], names: list[str]) -> tuple[Score, ...]:
    """One score for each name, in the order of first appearance; `names` has one for each answer."""
    by_name: dict[str, list[Reply]] = {name: [] for name in names}
    for name, reply in zip(names, answered, strict=True):
        by_name[name].append(reply)
    return tuple(score(name, replies) for name, replies in by_name.items())
