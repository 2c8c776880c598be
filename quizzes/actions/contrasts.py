"""What the verdict on an answer shows, made once and kept with the answer."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from quizzes.actions.tables_at_hand import TablesAtHand
from quizzes.contrasts.cards import Contrast, Role
from quizzes.generation.sources import Thing
from quizzes.marking.judging import Asked
from quizzes.models import Fact, Slot

VALUE_IS_RIGHT = ("forward", "typed", "decision", "lookup")
"""Kinds of question whose right answer, in words, is what the fact says."""


def stored_verdict(
    slot: Slot,
    asked: Asked,
    shown: Iterable[Contrast],
    at_hand: TablesAtHand,
    siblings: Iterable[Fact],
    missing: Iterable[str],
    facts: Mapping[int, Fact],
) -> dict[str, Any]:
    """
    The verdict as it is stored: "shown" (contrasts), "place" (address of the cell of the right answer), "also" (where
    the same is taught: title and address), "missing" (parts of a typed list), "in_doubt" (the question is: nothing
    is remembered of its answer) and "outdated" (what the notes say otherwise since it was asked: "name", what it "was"
    where the question does not say that itself, what it is "now", empty for what is gone).

    `facts` are those asked for as they are now, by their ids, with row, column and authored question.
    """
    contrasts = list(shown)
    return {
        "shown": [contrast.to_json() for contrast in contrasts],
        "place": place_of(asked, contrasts, at_hand) or place_of_question(slot),
        "also": [{"title": fact.table.name, "place": place_of_fact(fact)} for fact in siblings],
        "missing": list(missing),
        "in_doubt": slot.question.hidden_at is not None,
        "outdated": list(_outdated(slot, asked, facts)),
    }


def _outdated(slot: Slot, asked: Asked, facts: Mapping[int, Fact]) -> Iterator[dict[str, str]]:
    was = slot.right_text if slot.kind in VALUE_IS_RIGHT else ""
    for pk, value_hash in filter(None, asked.shown.facts):
        fact = facts.get(pk)
        if fact and (fact.retired_at or fact.value_hash != value_hash):
            yield {"name": _name_of_fact(fact), "was": was, "now": _says_now(fact)}


def _name_of_fact(fact: Fact) -> str:
    if fact.row and fact.column:
        return f"{fact.row.subject}, {fact.column.name}"
    return fact.authored.question if fact.authored else ""


def _says_now(fact: Fact) -> str:
    """What a fact says; empty for one that is gone."""
    if fact.retired_at:
        return ""
    if fact.row and fact.column:
        return fact.row.cell(fact.column).text
    return fact.authored.answer if fact.authored else ""


def contrasts_kept(stored: dict[str, Any]) -> list[Contrast]:
    """The contrasts of a stored verdict; those of the first version kept one and nothing beside it."""
    return [Contrast.from_json(each) for each in stored.get("shown", [stored])]


def place_of(asked: Asked, shown: Iterable[Contrast], at_hand: TablesAtHand) -> str:
    """
    Address of the cell that was asked for, else of that which decides, else of the row; empty if there is none.

    What a table says of one of its columns stands in the row that is named like the aspect.
    """
    thing, column = _right_place(asked, shown)
    if thing is None:
        return ""
    rows = [row for row in at_hand.rows if row.table.key.hex == thing.table_key]
    name = thing.header or column
    heading = at_hand.headings.get((thing.table_key, name))
    if thing.header:
        row = next((row for row in rows if row.subject == column), None)
        return row.table.address_of(row, heading) if row else next((r.table.get_absolute_url() for r in rows), "")
    row = next((row for row in rows if row.key.hex == thing.row_key), None)
    return row.table.address_of(row, heading) if row else ""


def _right_place(asked: Asked, shown: Iterable[Contrast]) -> tuple[Thing | None, str]:
    """What the right answer is about, with the name of the column, or aspect, that says so."""
    if asked.shown.subject:
        return asked.shown.subject, asked.shown.column
    for each in shown:
        decides = next((line.column for line in each.lines if line.decides), "")
        if each.right and each.right.role == Role.RIGHT:
            return each.right.thing, decides
        for card in each.cards:
            if card.side.role == Role.RIGHT:
                return card.side.thing, card.deciding.column if card.deciding else ""
    return None, ""


def place_of_question(slot: Slot) -> str:
    """Address of what was asked in its own table."""
    table, fact = slot.question.table, slot.question.fact
    row = fact.authored.row if fact.authored else None
    return table.address_of(row) if row else table.get_absolute_url()


def place_of_fact(fact: Fact) -> str:
    """Address of a fact's cell, or of its question's row; fetched with guide, row, column and authored question."""
    row = fact.row or (fact.authored.row if fact.authored else None)
    return fact.table.address_of(row, fact.column) if row else fact.table.get_absolute_url()
