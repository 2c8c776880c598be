"""A stubborn fact is looked at before it is asked: its row beside the one that it is most easily taken for."""

from typing import Any

from quizzes.actions.tables_at_hand import fetch_tables
from quizzes.contrasts.cards import Role
from quizzes.contrasts.rows import is_there, side_by_side
from quizzes.models import Memory
from quizzes.shown import Shown


def look_before(shown: Shown, memory: Memory) -> dict[str, Any] | None:
    """
    The two rows side by side, the column asked first, as a slot keeps them in `shown`.

    None where the question speaks of no row, or its row has no neighbour in the table. 2 queries.
    """
    mine = shown.subject or next(iter(shown.things), None)
    other = shown.neighbour
    if mine is None or other is None or mine == other or mine.table_key != other.table_key:
        return None
    tables = fetch_tables((mine, other)).tables
    if not (is_there(tables, mine) and is_there(tables, other)):
        return None
    contrast = side_by_side(shown.asks, (mine, other), Role.NEIGHBOUR, tables, column=shown.column)
    return {"missed": memory.missed, "contrast": contrast.to_json()}
