"""Where in its table a question asks for a cell, for those who remember by place."""

from quizzes.generation.made import QuestionKind
from quizzes.models import Slot
from quizzes.place_map import PlaceMap, draw_place

OF_ONE_CELL = frozenset({QuestionKind.FORWARD, QuestionKind.TYPED})
"""These name the row and the column, so that the place gives nothing away; of the others it would."""


def place_map_of(slot: Slot) -> PlaceMap | None:
    """
    The table with a hole where the cell is that a question names; None for questions of another kind.

    None as well where the cell has left the document. Needs the question with its table and its fact's row and column.
    """
    fact, table = slot.question.fact, slot.question.table
    if slot.kind not in OF_ONE_CELL or fact.row is None or fact.column is None or fact.retired_at:
        return None
    return draw_place(table.row_count, table.column_count - 1, fact.row.position, fact.column.position - 1)
