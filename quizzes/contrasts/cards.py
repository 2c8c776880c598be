"""Plain Python: what a learner sees after an answer, as values that a template shows and a JSON field keeps."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Self

from quizzes.generation.sources import Thing


class Layout(StrEnum):
    """
    How much could be laid side by side.

    SIDE_BY_SIDE: right and chosen row of one table, in `lines`. TWO_ROWS: the same of different tables, in `cards`.
    NEIGHBOUR: the right row beside the one it is often mixed up with, in `lines`. PARTS: the rows that the right answer
    names in part, in `cards`. ANSWER: the right answer alone; `cards` holds the chosen row if there is one.
    """

    SIDE_BY_SIDE = "side-by-side"
    TWO_ROWS = "two-rows"
    NEIGHBOUR = "neighbour"
    PARTS = "parts"
    ANSWER = "answer"


class Role(StrEnum):
    """What a row is to the question."""

    RIGHT = "right"
    CHOSEN = "chosen"
    NEIGHBOUR = "neighbour"


@dataclass(frozen=True, slots=True)
class Side:
    """One of the rows shown: its name, and the title of the table it stands in."""

    name: str
    role: Role
    table: str
    thing: Thing


@dataclass(frozen=True, slots=True)
class Line:
    """One column in which two rows are compared. An empty text is a cell without a value."""

    column: str
    right: str
    other: str
    is_same: bool
    decides: bool


@dataclass(frozen=True, slots=True)
class CardLine:
    """One cell of a row that stands by itself. An empty text is a cell without a value."""

    column: str
    value: str
    decides: bool


@dataclass(frozen=True, slots=True)
class Card:
    """One row by itself, its columns in the order of the table."""

    side: Side
    lines: tuple[CardLine, ...]

    @property
    def deciding(self) -> CardLine | None:
        """The cell that answers the question, if one shares a word with it."""
        return next((line for line in self.lines if line.decides), None)


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a sentence, spaces and quotation marks included; names of columns and values are strong."""

    text: str
    is_strong: bool = False


Sentence = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Contrast:
    """
    What a learner sees after an answer.

    `lines` has the deciding column first, then those that differ, most first, then those that are equal. `sentences`
    says the same in words; there is always one.
    """

    layout: Layout
    right: Side | None = None
    other: Side | None = None
    lines: tuple[Line, ...] = ()
    cards: tuple[Card, ...] = ()
    sentences: tuple[Sentence, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The contrast as plain values for a JSON field."""
        return asdict(self)

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """What `to_json` gave, as a contrast again."""
        return cls(
            layout=Layout(stored["layout"]),
            right=_stored_side(stored["right"]) if stored["right"] else None,
            other=_stored_side(stored["other"]) if stored["other"] else None,
            lines=tuple(Line(**line) for line in stored["lines"]),
            cards=tuple(_stored_card(card) for card in stored["cards"]),
            sentences=tuple(tuple(Run(**run) for run in sentence) for sentence in stored["sentences"]),
        )


def _stored_side(stored: Mapping[str, Any]) -> Side:
    return Side(stored["name"], Role(stored["role"]), stored["table"], Thing(**stored["thing"]))


def _stored_card(stored: Mapping[str, Any]) -> Card:
    return Card(_stored_side(stored["side"]), tuple(CardLine(**line) for line in stored["lines"]))
