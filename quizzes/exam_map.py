"""Plain Python: what is known of each question of an exam under way in; the palette and its counts out."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mark:
    """One question of an exam under way; positions are counted from 1."""

    position: int
    is_answered: bool
    is_flagged: bool
    is_seen: bool

    @property
    def state(self) -> str:
        """In words, for those who do not see the colours."""
        words = "answered" if self.is_answered else "not answered" if self.is_seen else "not seen yet"
        return f"{words}, flagged" if self.is_flagged else words

    @property
    def look(self) -> str:
        """The names under which styles know it."""
        return " ".join(name for name, holds in (("done", self.is_answered), ("flagged", self.is_flagged)) if holds)


@dataclass(frozen=True, slots=True)
class Palette:
    """All questions in their order, and the one that is looked at, if any."""

    marks: Sequence[Mark]
    current: int | None = None

    @property
    def answered(self) -> int:
        """How many have an answer."""
        return sum(mark.is_answered for mark in self.marks)

    @property
    def open(self) -> list[Mark]:
        """Those without an answer."""
        return [mark for mark in self.marks if not mark.is_answered]

    @property
    def flagged(self) -> list[Mark]:
        """Those with a flag."""
        return [mark for mark in self.marks if mark.is_flagged]

    @property
    def first_open(self) -> int | None:
        """The first one without an answer; None where all have one."""
        return next((mark.position for mark in self.open), None)

    @property
    def is_last(self) -> bool:
        """Whether nothing comes after the one that is looked at."""
        return self.current == len(self.marks)
