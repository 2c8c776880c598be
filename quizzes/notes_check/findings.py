"""Plain Python: what the check of notes finds, where, and under which key an author dismisses it."""

import hashlib
from dataclasses import dataclass
from enum import StrEnum

from tables.reader.forms import compare_form

SEPARATOR = " | "
"""Between title, row and column where a pin names a place."""


class Code(StrEnum):
    """The kinds of findings, in the order in which they are shown."""

    APART = "apart"
    LEFT_OUT = "left-out"
    AMBIGUOUS = "ambiguous"
    DANGLING = "dangling"
    PLACEHOLDER = "placeholder"
    OTHER_ROW = "other-row"
    SAME = "same"

    @property
    def heading(self) -> str:
        """The kind in a few words."""
        return HEADINGS[self]

    @property
    def severity(self) -> str:
        """How much it matters, in words."""
        return SEVERITIES[self]


HEADINGS = {
    Code.APART: "Places that pull apart",
    Code.LEFT_OUT: "Lists that leave something out",
    Code.AMBIGUOUS: "Short names that fit several things",
    Code.DANGLING: "Words that point into nothing",
    Code.PLACEHOLDER: "No value",
    Code.OTHER_ROW: "Values that name another row",
    Code.SAME: "The same fact in several places",
}
SEVERITIES = {
    Code.APART: "One of them may be wrong",
    Code.LEFT_OUT: "Something may be missing",
    Code.AMBIGUOUS: "A reader may take it for another thing",
    Code.DANGLING: "A reader may not know what is meant",
    Code.PLACEHOLDER: "Something may be missing",
    Code.OTHER_ROW: "Read alone it says little",
    Code.SAME: "Good to know",
}


@dataclass(frozen=True, slots=True)
class Place:
    """
    One cell, one question of the author or one key point.

    Keys are hexes of stored keys: a cell has row and column, a question read from a row both as well (its answer's
    cell), a point or a question read from one has `point_key`. `name` and `aspect` are row and column as they are
    asked: in an aspect table the thing is the column. `text` is what stands there, `line` is 0 where it is not known.
    """

    table_key: str
    table: str
    text: str
    line: int
    row_key: str = ""
    column_key: str = ""
    point_key: str = ""
    name: str = ""
    aspect: str = ""
    question: str = ""

    @property
    def where(self) -> str:
        """Row and column, or the question."""
        return self.question or ", ".join(part for part in (self.name, self.aspect) if part)

    @property
    def path(self) -> str:
        """What a pin calls it inside of its table; empty where no pin can name it."""
        parts = (self.question,) if self.question else (self.name, self.aspect)
        can_be_named = all(parts) and not any(SEPARATOR in part for part in (*parts, self.table))
        return SEPARATOR.join(parts) if can_be_named else ""

    @property
    def print(self) -> str:
        """What is another string as soon as somebody changes what stands here."""
        said = (self.name, self.aspect, self.question, self.text)
        keys = (self.table_key, self.row_key, self.column_key, self.point_key)
        return "\n".join((*keys, *map(compare_form, said)))


@dataclass(frozen=True, slots=True)
class Finding:
    """
    One thing to look at: at least one place, in document order, a sentence and what could be done.

    `key` stays the same from check to check until one of the places says something else. `meanings` are the names that
    an ambiguous short name (`word`) may stand for. `can_be_linked` says that a pin may settle that the places teach the
    same fact, `can_be_split` that they do not.
    """

    code: Code
    places: tuple[Place, ...]
    sentence: str
    suggestion: str
    key: str
    word: str = ""
    meanings: tuple[str, ...] = ()

    @property
    def can_be_linked(self) -> bool:
        """Whether "these teach the same" would be an answer to it."""
        return self.code is Code.APART and self._can_be_pinned

    @property
    def can_be_split(self) -> bool:
        """Whether "these are two facts" would be an answer to it."""
        return self.code is Code.SAME and len(self.places) == 2 and self._can_be_pinned

    @property
    def line(self) -> int:
        """The first line it speaks of."""
        return min(place.line for place in self.places)

    @property
    def _can_be_pinned(self) -> bool:
        return len(self.places) > 1 and all(place.path for place in self.places)


def make_finding(
    code: Code,
    places: tuple[Place, ...],
    sentence: str,
    suggestion: str,
    *,
    word: str = "",
    meanings: tuple[str, ...] = (),
) -> Finding:
    """A finding with the key that follows from its kind and its places."""
    prints = sorted(place.print for place in places)
    key = hashlib.blake2b("\f".join((code.value, word, *prints)).encode(), digest_size=16).hexdigest()
    return Finding(code, places, sentence, suggestion, key, word, meanings)
