"""
Plain Python: an author's pins, read from the JSON file that is shipped beside the document.

The file holds {"pins": [...]}. Each pin is an object of
- "kind": one of those below;
- "table": the title of the table the question stands in, or its last part ("When to Use"); left out for "alias";
- "prompt": the question or the value as written, or "Row / Column" for one cell; for "wording" the column;
- "values": texts, as said below;
- "reason": one sentence for whoever wonders.

never-offer: these texts (answers, names of rows) are no option of that question or value. also-right: the same, and
they are right when typed. never-borrow: questions of that table take no option from the tables of these titles.
antecedent: what a question or value leaves unsaid ("Both matter equally?"). hide: not asked, or not in the kinds named.
ask-anyway: asked although a rule that may be overridden stops it. wording: the two templates of a column, forward and
reverse. synonym: accepted when typed for this value or answer. alias: the prompt is another name of the one value.
not-this: in this cell, or in a longer name that holds them, the values do not stand for the things so called.
same-fact, not-same-fact: the prompt's place and those of the values ("Title | Row | Column", "Title | Question") do, or
do not, teach the same fact; here the prompt reads "Row | Column" or "Question".
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from quizzes.generation.words import comparable


class PinKind(StrEnum):
    """What an author can decide over the rules."""

    NEVER_OFFER = "never-offer"
    ALSO_RIGHT = "also-right"
    NEVER_BORROW = "never-borrow"
    ANTECEDENT = "antecedent"
    HIDE = "hide"
    ASK_ANYWAY = "ask-anyway"
    WORDING = "wording"
    SYNONYM = "synonym"
    ALIAS = "alias"
    NOT_THIS = "not-this"
    SAME_FACT = "same-fact"
    NOT_SAME_FACT = "not-same-fact"


class BadPin(ValueError):
    """A pin file that cannot be understood; the message names the pin by its number, counted from 1."""


@dataclass(frozen=True, slots=True)
class Pin:
    """One decision of the author; `prompt` is empty where it speaks of a whole table."""

    kind: PinKind
    table: str
    prompt: str
    values: tuple[str, ...]
    reason: str


class Pins:
    """
    All pins of one document, found by the full title of a table and a question.

    `bar` and `hide` say whether any text is never offered, any question hidden: looked at for each candidate and cell.
    """

    def __init__(self, pins: Iterable[Pin] = ()) -> None:
        self._pins: dict[tuple[PinKind, str, str], list[Pin]] = {}
        self._in_order = tuple(pins)
        self._kinds = {pin.kind for pin in self._in_order}
        self.bar = not self._kinds.isdisjoint({PinKind.NEVER_OFFER, PinKind.ALSO_RIGHT})
        self.hide = PinKind.HIDE in self._kinds
        for pin in self._in_order:
            place = (pin.kind, comparable(pin.table), comparable(pin.prompt))
            self._pins.setdefault(place, []).append(pin)

    def never_offered(self, title: str, prompt: str) -> dict[str, str]:
        """Comparable form of each text that this question never offers, with the author's reason."""
        if not self.bar:
            return {}
        pins = (*self._of(PinKind.NEVER_OFFER, title, prompt), *self._of(PinKind.ALSO_RIGHT, title, prompt))
        return {comparable(value): pin.reason for pin in pins for value in pin.values}

    def never_offered_texts(self, title: str, prompt: str) -> tuple[str, ...]:
        """The same texts as written."""
        kinds = (PinKind.NEVER_OFFER, PinKind.ALSO_RIGHT)
        return tuple(value for kind in kinds for pin in self._of(kind, title, prompt) for value in pin.values)

    def never_borrowed(self, title: str) -> frozenset[str]:
        """Comparable titles of the tables from which questions of the table `title` take no option."""
        pins = self._of(PinKind.NEVER_BORROW, title, "")
        return frozenset(comparable(value) for pin in pins for value in pin.values)

    def antecedent(self, title: str, prompt: str) -> str:
        """What this question leaves unsaid; empty where nothing is pinned."""
        pins = self._of(PinKind.ANTECEDENT, title, prompt)
        return next((value for pin in pins for value in pin.values), "")

    def accepted(self, title: str, *prompts: str) -> tuple[str, ...]:
        """Further texts that are right when typed."""
        kinds = (PinKind.SYNONYM, PinKind.ALSO_RIGHT)
        pins = (pin for kind in kinds for prompt in prompts for pin in self._of(kind, title, prompt))
        return tuple(dict.fromkeys(value for pin in pins for value in pin.values))

    def hidden(self, title: str, *prompts: str) -> dict[str, str]:
        """The kinds in which this is not asked, with the author's reason; the kind "" stands for all."""
        pins = [pin for prompt in prompts for pin in self._of(PinKind.HIDE, title, prompt)]
        return {kind: pin.reason for pin in pins for kind in pin.values or ("",)}

    def asked_anyway(self, title: str, *prompts: str) -> bool:
        """Whether the author wants this asked although a rule says no."""
        if PinKind.ASK_ANYWAY not in self._kinds:
            return False
        return any(self._of(PinKind.ASK_ANYWAY, title, prompt) for prompt in prompts)

    def wording(self, title: str, column: str) -> tuple[str, str] | None:
        """The author's templates for a column, forward and reverse."""
        pins = self._of(PinKind.WORDING, title, column)
        return next(((pin.values[0], pin.values[1]) for pin in pins if len(pin.values) == 2), None)

    @property
    def aliases(self) -> dict[str, str]:
        """Other names, each with the name it stands for."""
        return {pin.prompt: pin.values[0] for pin in self._in_order if pin.kind is PinKind.ALIAS and pin.values}

    @property
    def not_this(self) -> list[tuple[str, str, str]]:
        """Table, text and name for each name that means something else in that text; empty table or text: in all."""
        pins = (pin for pin in self._in_order if pin.kind is PinKind.NOT_THIS)
        return [(pin.table, pin.prompt, value) for pin in pins for value in pin.values]

    def same_facts(self, kind: PinKind) -> list[tuple[str, ...]]:
        """For each pin of SAME_FACT or NOT_SAME_FACT its places, the prompt's first."""
        return [(f"{pin.table} | {pin.prompt}", *pin.values) for pin in self._in_order if pin.kind is kind]

    def _of(self, kind: PinKind, title: str, prompt: str) -> list[Pin]:
        if kind not in self._kinds:
            return []
        prompt = comparable(prompt)
        return [pin for name in pinned_titles(title) for pin in self._pins.get((kind, name, prompt), ())]


def pinned_titles(title: str) -> tuple[str, ...]:
    """The comparable forms by which a pin may name this table: its whole title, and what follows the last colon."""
    return tuple(dict.fromkeys((comparable(title), comparable(title.rpartition(": ")[2]))))


def read_pins(text: str) -> Pins:
    """The pins of a pin file. Raises BadPin when it is not JSON of the form described above."""
    try:
        entries = json.loads(text)["pins"]
    except (ValueError, KeyError, TypeError) as error:
        raise BadPin('A pin file is a JSON object with a list called "pins".') from error
    if not isinstance(entries, list):
        raise BadPin('A pin file is a JSON object with a list called "pins".')
    return Pins(_read_pin(number, entry) for number, entry in enumerate(entries, start=1))


def _read_pin(number: int, entry: Mapping[str, Any]) -> Pin:
    try:
        kind = PinKind(entry["kind"])
        values = tuple(str(value) for value in entry["values"])
        table, prompt, reason = (str(entry.get(name, "")) for name in ("table", "prompt", "reason"))
        return Pin(kind, table, prompt, values, reason)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadPin(f"Pin {number} lacks a known kind, a table or a list of values.") from error
