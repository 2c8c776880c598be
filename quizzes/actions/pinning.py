"""Change the author's pins for a guide from the questions themselves; its questions follow."""

import hashlib
import json
from collections.abc import Callable, Iterable
from enum import StrEnum

from django.db import transaction
from django.db.models import F, Sum

from quizzes.actions.bank import refresh_bank
from quizzes.generation.made import WRITTEN, QuestionKind
from quizzes.generation.pins import PinKind, read_pins
from quizzes.models import Bank, Question, Slot
from tables.models import Guide, Row, Table
from tables.reader.document import Kind

MOST_AT_ONCE = 6000
"""Cells of a guide whose questions are made anew while an editor waits: about two seconds of work."""
DRAWN = frozenset({QuestionKind.DECISION, QuestionKind.LOOKUP, QuestionKind.FORWARD, QuestionKind.REVERSE})
"""Kinds that draw their options from candidates, which a pin can bar."""
OF_A_COLUMN = frozenset({QuestionKind.ORDER_BY})

type StoredPin = dict[str, object]
"""One pin as in a pin file: see `quizzes.generation.pins`."""


class Wish(StrEnum):
    """What an editor may want of one question."""

    HIDE = "hide"
    NEVER_OFFER = "never-offer"
    ALSO_RIGHT = "also-right"


class NothingToPin(ValueError):
    """That text is no wrong option of the question, or the question has none that a pin could speak of."""


def add_pins(guide: Guide, pins: Iterable[StoredPin]) -> bool:
    """Add pins that are not there yet. Returns whether the questions follow already: see `change_pins`."""
    return change_pins(guide, lambda old: [*old, *(pin for pin in pins if pin not in old)])


def remove_pin(guide: Guide, name: str) -> bool:
    """Take away the pin that `name_of` calls so, if it is still there. See `change_pins`."""
    return change_pins(guide, lambda old: [pin for pin in old if name_of(pin) != name])


def name_of(pin: StoredPin) -> str:
    """What a form calls a pin: the same for the same pin, wherever it stands among the others."""
    return hashlib.blake2b(json.dumps(pin, sort_keys=True).encode(), digest_size=12).hexdigest()


@transaction.atomic
def change_pins(guide: Guide, change: Callable[[list[StoredPin]], list[StoredPin]]) -> bool:
    """
    Change the pins of a guide. Raises BadPin.

    The questions of a guide of `MOST_AT_ONCE` cells or fewer are made anew at once. Those of a larger one are when
    somebody next asks for them, and then this returns False.
    """
    Bank.objects.get_or_create(guide=guide)
    bank = Bank.objects.select_for_update().get(guide=guide)
    changed = {**bank.pins, "pins": change(list(bank.pins.get("pins", [])))}
    if changed["pins"] == bank.pins.get("pins", []):
        return True
    read_pins(json.dumps(changed))
    if is_small(guide):
        refresh_bank(guide, pins=changed)
        return True
    bank.pins, bank.version = changed, 0
    bank.save(update_fields=["pins", "version"])
    return False


def is_small(guide: Guide) -> bool:
    """Whether all questions of the guide can be made while somebody waits. 1 query."""
    cells = Table.objects.live().filter(guide=guide).aggregate(cells=Sum(F("row_count") * F("column_count")))["cells"]
    return (cells or 0) <= MOST_AT_ONCE


def pins_for(question: Question, wish: Wish, text: str, reason: str, *, slot: Slot | None = None) -> list[StoredPin]:
    """
    The pins that let a wish about a question come true; `text` is the option it speaks of, empty to hide the question.

    The question comes with its table and with its fact, which has its row, column and authored question. Raises
    NothingToPin.
    """
    if wish == Wish.HIDE:
        pin = {"prompt": _prompt_to_hide(question), "values": [question.kind]}
        return [{"kind": PinKind.HIDE.value, "table": question.table.name, **pin, "reason": reason}]
    if text not in pinnable(question, slot):
        raise NothingToPin
    barred = {"kind": PinKind.NEVER_OFFER.value, "table": question.table.name, "prompt": _prompt(question)}
    pins: list[StoredPin] = [{**barred, "values": _barred(question, text), "reason": reason}]
    if wish == Wish.ALSO_RIGHT and question.kind != QuestionKind.REVERSE:  # what is never offered is right as a name
        pins.append({**barred, "kind": PinKind.SYNONYM.value, "values": [text], "reason": reason})
    return pins


def pinnable(question: Question, slot: Slot | None = None) -> list[str]:
    """The wrong options that can be barred from a question: those shown, else all that it could draw."""
    if question.kind not in DRAWN:
        return []
    if slot and slot.options:
        return [option["text"] for option in slot.options if not option["is_right"]]
    return [candidate.text for candidate in question.made.candidates]


def synonym_pin(question: Question, typed: str) -> StoredPin:
    """What makes a typed text right for a question: a synonym of its value or answer, or another name of its row."""
    reason = "Learners say that it means the same."
    if question.kind == QuestionKind.TYPED_NAME:
        return {"kind": PinKind.ALIAS.value, "prompt": typed, "values": [question.answer], "reason": reason}
    prompt = {"table": question.table.name, "prompt": _prompt(question)}
    return {"kind": PinKind.SYNONYM.value, **prompt, "values": [typed], "reason": reason}


def may_be_hidden(question: Question) -> bool:
    """Whether a pin can speak of this question alone: it is about one cell, one column or one authored question."""
    one = {*DRAWN, *WRITTEN, *OF_A_COLUMN, QuestionKind.REVERSED, QuestionKind.WHICH_OF_TWO}
    return question.kind in one


def _prompt(question: Question) -> str:
    """How a pin names it: authors' questions by their text, cells by their value."""
    if question.fact.authored:
        return question.fact.authored.question
    cell = question.fact
    return cell.row.cell(cell.column).text if cell.row and cell.column else question.answer


def _prompt_to_hide(question: Question) -> str:
    """The same, but of cells with one value this very one, and of what asks a whole column its name."""
    if not may_be_hidden(question):
        raise NothingToPin
    cell = question.fact
    if question.kind in OF_A_COLUMN:
        return question.made.column
    if not (cell.row and cell.column):
        return _prompt(question)
    parts = [cell.row.subject, cell.column.name]
    return " / ".join(reversed(parts) if question.table.kind == Kind.ASPECT else parts)


def _barred(question: Question, text: str) -> list[str]:
    """A text with the names of the rows beside it: cells are barred by those."""
    if question.fact.authored:
        return [text]
    things = [thing for each in question.made.candidates if each.text == text for thing in each.things]
    rows = Row.objects.filter(key__in=[thing.row_key for thing in things if thing.row_key])
    return [text, *(row.subject for row in rows if row.subject != text)]
