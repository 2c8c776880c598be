"""Plain Python: the questions of a guide in, one flash card for each fact out, asked both ways where that is fair."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from itertools import groupby
from uuid import UUID

from quizzes.generation.made import QuestionKind
from quizzes.packages.items import Item, Place

FRONTS = (
    QuestionKind.DECISION,
    QuestionKind.LOOKUP,
    QuestionKind.FORWARD,
    QuestionKind.TYPED,
    QuestionKind.WHICH_OF_TWO,
    QuestionKind.REVERSE,
    QuestionKind.TYPED_NAME,
)
"""The kinds that a card may ask, the first that a fact has."""
BACKWARDS = (QuestionKind.REVERSE, QuestionKind.TYPED_NAME)
"""The kinds that ask for the row of a value, where a fact has one: then just one row is right."""


@dataclass(frozen=True, slots=True)
class Card:
    """
    What Anki calls a note, under the key of its fact. The four texts are HTML.

    `front` and `back` ask for the value of a row, `backwards` and `name` for the row of the value; both may be empty.
    """

    fact: UUID
    place: Place
    front: str
    back: str
    backwards: str = ""
    name: str = ""

    @property
    def deck(self) -> str:
        """The guide's deck, or within it that of a topic."""
        return "::".join(" ".join(step.replace("::", ": ").split()) for step in self._steps if step)

    @property
    def tags(self) -> tuple[str, ...]:
        """One for the topic and one for the table, without spaces."""
        return (f"topic::{self.place.topic_slug}", f"table::{self.place.table_slug}")

    @property
    def _steps(self) -> tuple[str, str]:
        return (self.place.guide.replace('"', "'"), self.place.topic.replace('"', "'"))


def cards_of(items: Iterable[Item]) -> Iterator[Card]:
    """
    A card for each fact that one question asks for alone, in the order of the items.

    Items of one table must follow one another; no more than those of one table are held at a time.
    """
    for _, of_table in groupby(items, key=lambda item: item.place):
        facts: dict[UUID, dict[QuestionKind, Item]] = {}
        for item in of_table:
            if item.kind in FRONTS:
                facts.setdefault(item.fact, {}).setdefault(item.kind, item)
        yield from map(_card, facts.values())


def _card(ways: dict[QuestionKind, Item]) -> Card:
    front = next(ways[kind] for kind in FRONTS if kind in ways)
    turned = next((ways[kind] for kind in BACKWARDS if kind in ways and front.kind not in BACKWARDS), None)
    back = as_html(front.answer)
    if turned is None:
        return Card(front.fact, front.place, _asking(front), back)
    return Card(front.fact, front.place, _asking(front), back, _asking(turned), as_html(turned.answer))


def _asking(item: Item) -> str:
    return f"<small>{as_html(item.context)}</small><br>{as_html(item.stem)}"


def as_html(text: str) -> str:
    """Text as HTML on one line. Brackets too: Anki plays `[sound:…]` and draws `[latex]…`."""
    return "<br>".join(escape(line).replace("[", "&#91;") for line in text.replace("\t", " ").splitlines())
