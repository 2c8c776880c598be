"""Plain Python: the rules of an exam: what may be chosen, when its time is up, whether it is passed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from quizzes.generation.made import QuestionKind

GRACE = timedelta(seconds=3)
"""An answer may be this much on its way when the time is up."""
MOST_QUESTIONS = 200
MOST_MINUTES = 300
KINDS: tuple[str, ...] = (
    QuestionKind.FORWARD,
    QuestionKind.REVERSE,
    QuestionKind.WHICH_OF_TWO,
    QuestionKind.SELECT_ALL,
    QuestionKind.DECISION,
    QuestionKind.LOOKUP,
    QuestionKind.REVERSED,
)
"""What an exam asks: choices and ticks, which need no second look at what was meant."""
KINDS_OF: dict[str, tuple[str, ...]] = {
    "decision": (QuestionKind.DECISION, QuestionKind.LOOKUP, QuestionKind.REVERSED),
    "choice": (QuestionKind.FORWARD, QuestionKind.REVERSE, QuestionKind.WHICH_OF_TWO),
    "several": (QuestionKind.SELECT_ALL,),
}
"""The groups of kinds that an exam can be had of."""
NEAR_EDGE = 15


def nearest(number: int, *, most: int) -> int:
    """The number itself, or the nearest from 1 to `most`."""
    return max(1, min(number, most))


def is_time_up(deadline: datetime | None, now: datetime) -> bool:
    """Whether nothing that comes now counts any more; never without a deadline."""
    return deadline is not None and now > deadline + GRACE


def earliest_open(now: datetime) -> datetime:
    """The earliest deadline under which what comes now still counts."""
    return now - GRACE


def seconds_left(deadline: datetime, now: datetime) -> int:
    """Whole seconds to the deadline, 0 after it."""
    return max(0, round((deadline - now).total_seconds()))


def clock(seconds: int) -> str:
    """As on a clock: "31:42", with hours "1:31:42"."""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def kinds_in(groups: Iterable[str]) -> tuple[str, ...]:
    """The kinds of these groups, in the order of all kinds; all of them where no group is named."""
    chosen = {kind for group in groups for kind in KINDS_OF.get(group, ())}
    return tuple(kind for kind in KINDS if kind in chosen) or KINDS


@dataclass(frozen=True, slots=True)
class Result:
    """How an exam of `asked` questions went; what was left empty is not right. `pass_mark` is 1 to 100 percent."""

    right: int
    asked: int
    pass_mark: int

    @property
    def percent(self) -> int:
        """Share of right answers, 0 to 100, rounded down: the pass mark is either reached or not."""
        return 100 * self.right // self.asked if self.asked else 0

    @property
    def is_passed(self) -> bool:
        """Whether the pass mark was reached."""
        return self.percent >= self.pass_mark

    @property
    def mark_anchor(self) -> str:
        """How the text of the pass mark hangs at its line, so that it stays within the picture."""
        return _anchor(self.pass_mark)

    @property
    def percent_anchor(self) -> str:
        """The same for the score."""
        return _anchor(self.percent)


def _anchor(percent: int) -> str:
    if percent < NEAR_EDGE:
        return "start"
    return "end" if percent > 100 - NEAR_EDGE else "middle"
