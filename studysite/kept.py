"""What a process made once and may give to everybody: kept by the version it was made from, the least used let go."""

from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any
from weakref import WeakSet

_all: "WeakSet[Kept[Any]]" = WeakSet()


class Kept[Value]:
    """
    Values by keys that name their version: what is said anew has a new key, so nothing here is ever out of date.

    `weigh` says how much of the `room` a value takes. Nothing personal may be kept: whoever asks for a key gets it.
    """

    def __init__(self, room: int, weigh: Callable[[Value], int] = lambda value: 1) -> None:
        self._room, self._weigh = room, weigh
        self._values: dict[Hashable, Value] = {}
        self._weight = 0
        self._lock = Lock()
        _all.add(self)

    def find(self, key: Hashable) -> Value | None:
        """The value of a key; None where there is none, or none any more."""
        with self._lock:
            value = self._values.pop(key, None)
            if value is not None:
                self._values[key] = value  # last in the dictionary is last to be let go
            return value

    def keep(self, key: Hashable, value: Value) -> Value:
        """Keep a value and give it back; one that would take more than the whole room is not kept."""
        weight = self._weigh(value)
        with self._lock:
            self._let_go(key)
            if weight > self._room:
                return value
            self._values[key] = value
            self._weight += weight
            while self._weight > self._room:
                self._let_go(next(iter(self._values)))
        return value

    def get(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """The value of a key, made now where there is none."""
        found = self.find(key)
        return self.keep(key, make()) if found is None else found

    def forget(self) -> None:
        """Let go of everything."""
        with self._lock:
            self._values.clear()
            self._weight = 0

    def _let_go(self, key: Hashable) -> None:
        value = self._values.pop(key, None)
        if value is not None:
            self._weight -= self._weigh(value)


def forget_all() -> None:
    """Let go of all that this process keeps."""
    for kept in _all:
        kept.forget()
