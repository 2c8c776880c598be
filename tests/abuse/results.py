"""What was tried, what must come of it, and what was seen; as a table."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from time import monotonic, sleep

LONGEST = 75.0


@dataclass(frozen=True, slots=True)
class Tried:
    """One line of the table. `is_right` is None where it could not be tried on this machine, for the reason seen."""

    what: str
    expected: str
    seen: str
    is_right: bool | None

    def __str__(self) -> str:
        word = {True: "ok", False: "MISS", None: "not run"}[self.is_right]
        return f"{word:7} | {self.what} | {self.expected} | {self.seen}"


def none_of(what: str, expected: str, found: list[str]) -> Tried:
    """A line that is right where nothing was found; else it shows the first of what was."""
    return Tried(what, expected, "none" if not found else f"{len(found)}, first: {found[0][:200]}", not found)


def p95(seconds: list[float]) -> float:
    """What 95 of 100 stayed below, in milliseconds; 0 where nothing was measured."""
    ordered = sorted(seconds)
    return round(ordered[int(len(ordered) * 0.95)] * 1000, 1) if ordered else 0.0


@contextmanager
def timed(seconds: list[float]) -> Iterator[None]:
    """Add how long the block took."""
    began = monotonic()
    yield
    seconds.append(monotonic() - began)


def until(is_so: Callable[[], bool]) -> float:
    """How many seconds it took until something was so; infinity when it was not."""
    began = monotonic()
    while monotonic() < began + LONGEST:
        if is_so():
            return monotonic() - began
        sleep(0.1)
    return float("inf")
