"""Plain Python: the path of a part of a guide in, the key it carries for good out."""

from collections.abc import Iterable
from uuid import UUID, uuid5

# Every key of every site follows from this one, so it never changes.
STUDYSITE = UUID("6f1f4f3a-0f0c-5d5b-9a86-5a7d1f2b6c4e")


class Mint:
    """
    Mints keys below one key, never one that is taken.

    A key follows from the parent's and from the path: kind of part, then titles, headers or subjects, outermost first.
    Where a path is taken already, by an equal or by what once stood there, it counts on from 2.
    """

    def __init__(self, parent: UUID, taken: Iterable[UUID] = ()) -> None:
        self._parent = parent
        self._taken = set(taken)
        self._numbers: dict[tuple[str, ...], int] = {}

    def key(self, *path: str) -> UUID:
        """A key that this mint has not given before; the time does not grow with the number of equals."""
        while True:
            number = self._numbers[path] = self._numbers.get(path, 0) + 1
            # U+001F stands in no document's text: ("a", "b") and ("a b",) never make the same key.
            key = uuid5(self._parent, "\x1f".join((*path, str(number))))
            if key not in self._taken:
                self._taken.add(key)
                return key


def guide_key(name: str, taken: Iterable[UUID] = ()) -> UUID:
    """
    The key of a new guide, from its document id or title.

    The same document imported on two empty sites gets the same key; a second guide of that name gets another one.
    """
    return Mint(STUDYSITE, taken).key("guide", name)


def concept_key(guide: UUID, form: str) -> UUID:
    """The key of the thing that a guide names in this compare form."""
    return uuid5(guide, f"concept\x1f{form}")


def cell_fact_key(row: UUID, column: UUID) -> UUID:
    """The key of the fact that a value cell holds."""
    return uuid5(row, column.hex)


def question_fact_key(question: UUID) -> UUID:
    """The key of the fact that an authored question asks for."""
    return uuid5(question, "fact")


def asking_key(fact: UUID, kind: str) -> UUID:
    """The key of one way of asking a fact; wrong options are no part of it."""
    return uuid5(fact, kind)
