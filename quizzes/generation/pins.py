"""
Plain Python: an author's pins, read from the JSON file that is shipped beside the document.

The file holds {"pins": [...]}. Each pin is an object of
- "kind": "never-offer" (these texts are no option of that question), "never-borrow" (questions of that table take no
  option from these tables) or "antecedent" (what a question leaves unsaid: "Both matter equally?");
- "table": the title of the table the question stands in, or its last part ("When to Use");
- "prompt": the question as written; left out for "never-borrow";
- "values": the texts, the titles of tables, or the one antecedent;
- "reason": one sentence for whoever wonders.
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
    NEVER_BORROW = "never-borrow"
    ANTECEDENT = "antecedent"


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
    """All pins of one document, found by the full title of a table and a question."""

    def __init__(self, pins: Iterable[Pin] = ()) -> None:
        self._pins: dict[tuple[PinKind, str, str], list[Pin]] = {}
        for pin in pins:
            place = (pin.kind, comparable(pin.table), comparable(pin.prompt))
            self._pins.setdefault(place, []).append(pin)

    def never_offered(self, title: str, prompt: str) -> dict[str, str]:
        """Comparable form of each text that this question never offers, with the author's reason."""
        pins = self._of(PinKind.NEVER_OFFER, title, prompt)
        return {comparable(value): pin.reason for pin in pins for value in pin.values}

    def never_borrowed(self, title: str) -> frozenset[str]:
        """Comparable titles of the tables from which questions of the table `title` take no option."""
        pins = self._of(PinKind.NEVER_BORROW, title, "")
        return frozenset(comparable(value) for pin in pins for value in pin.values)

    def antecedent(self, title: str, prompt: str) -> str:
        """What this question leaves unsaid; empty where nothing is pinned."""
        pins = self._of(PinKind.ANTECEDENT, title, prompt)
        return next((value for pin in pins for value in pin.values), "")

    def _of(self, kind: PinKind, title: str, prompt: str) -> list[Pin]:
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
        return Pin(kind, str(entry["table"]), str(entry.get("prompt", "")), values, str(entry.get("reason", "")))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadPin(f"Pin {number} lacks a known kind, a table or a list of values.") from error
