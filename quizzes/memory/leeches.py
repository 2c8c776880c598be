"""Plain Python: right and wrong answers to one fact in; whether it is stubborn and needs another look out."""

from dataclasses import dataclass, replace
from datetime import date

MISSES = 4
REMEMBERED = 3
RIGHT_DAYS = 2


@dataclass(frozen=True, slots=True)
class Stubbornness:
    """
    How a fact resists. `misses` counts wrong answers after its first sight, `recent` its last three (newest last).

    A leech has been missed four times and not been right twice in its last three; it is one until it is right on two
    days without a miss. `right_days` counts those days.
    """

    misses: int = 0
    recent: tuple[bool, ...] = ()
    right_days: int = 0
    last_right_on: date | None = None
    is_leech: bool = False

    def after(self, on: date, *, is_right: bool) -> "Stubbornness":
        """After one more answer."""
        recent = (*self.recent, is_right)[-REMEMBERED:]
        if is_right:
            is_new_day = on != self.last_right_on or not self.right_days
            days = self.right_days + is_new_day
            still = self.is_leech and days < RIGHT_DAYS
            return replace(self, recent=recent, right_days=days, last_right_on=on, is_leech=still)
        misses = self.misses + bool(self.recent)
        stuck = misses >= MISSES and sum(recent) <= 1
        return replace(self, misses=misses, recent=recent, right_days=0, is_leech=self.is_leech or stuck)
