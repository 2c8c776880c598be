"""What the verdict on an answer shows, made once and kept with the answer."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.urls import reverse

from quizzes.actions.tables_at_hand import TablesAtHand
from quizzes.contrasts.cards import Contrast
from quizzes.generation.sources import Thing
from quizzes.models import Fact, Slot
from tables.models import Row


def stored_verdict(
    slot: Slot, shown: Iterable[Contrast], at_hand: TablesAtHand, siblings: Iterable[Fact], missing: Iterable[str]
) -> dict[str, Any]:
    """
    The verdict as it is stored: "shown" (contrasts), "place" (address of the row of the right answer), "also" (where
    the same is taught: title and address) and "missing" (parts of a typed list).
    """
    contrasts = list(shown)
    return {
        "shown": [contrast.to_json() for contrast in contrasts],
        "place": place_of(slot, contrasts, at_hand.rows) or place_of_question(slot),
        "also": [{"title": fact.table.name, "place": place_of_fact(fact)} for fact in siblings],
        "missing": list(missing),
    }


def contrasts_kept(stored: dict[str, Any]) -> list[Contrast]:
    """The contrasts of a stored verdict; those of the first version kept one and nothing beside it."""
    return [Contrast.from_json(each) for each in stored.get("shown", [stored])]


def place_of(slot: Slot, shown: Iterable[Contrast], rows: Iterable[Row]) -> str:
    """Address of the row (or the table, for one of its columns) of the right answer; empty if it has none."""
    subject = slot.shown.get("subject")
    thing = Thing(**subject) if subject else next(_right_things(shown), None)
    if thing is None:
        return ""
    of_table = (row for row in rows if row.table.key.hex == thing.table_key)
    row = next((row for row in of_table if thing.row_key in {row.key.hex, ""}), None)
    if row is None:
        return ""
    return row.table.get_absolute_url() + (f"#row-{row.slug}" if thing.row_key else "")


def _right_things(shown: Iterable[Contrast]) -> Iterator[Thing]:
    sides = (side for each in shown for side in (each.right, *(card.side for card in each.cards)))
    return (side.thing for side in sides if side and side.role == "right")


def place_of_question(slot: Slot) -> str:
    """Address of what was asked in its own table."""
    table, fact = slot.question.table, slot.question.fact
    address = reverse("tables:table", args=[table.guide.slug, table.slug])
    return f"{address}#row-{fact.authored.row.slug}" if fact.authored and fact.authored.row else address


def place_of_fact(fact: Fact) -> str:
    """Address of a fact's row; fetched with guide, row and authored question."""
    row = fact.row or (fact.authored.row if fact.authored else None)
    return fact.table.get_absolute_url() + (f"#row-{row.slug}" if row else "")
