"""Spares work that makes very many objects and no cycles of them the collector of cycles, which would find nothing."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock


class _Rest:
    """Who wants the collector at rest: it works again when the last of them is done."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._wanting = 0
        self._was_at_work = True

    def begin(self) -> None:
        with self._lock:
            if not self._wanting:
                self._was_at_work = gc.isenabled()
                gc.disable()
            self._wanting += 1

    def end(self) -> None:
        with self._lock:
            self._wanting -= 1
            if not self._wanting and self._was_at_work:
                gc.enable()


_REST = _Rest()


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """
    No walks of Python's collector of cycles meanwhile, in any thread; also a decorator.

    Each walk goes over all that is held: a third of the time of a large import, and nothing of it is ever in a cycle.
    What nobody holds any more goes at once, as ever.
    """
    _REST.begin()
    try:
        yield
    finally:
        _REST.end()
