"""Plain Python: a question of one cell and what was answered in; the two rows side by side out, its column first."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial

from quizzes.contrasts.cards import Contrast, Layout, Line, Role, Sentence, Side
from quizzes.contrasts.rows import Tables, card, is_there, side_by_side
from quizzes.contrasts.sentences import answering, borrowing, choosing, telling_apart
from quizzes.generation.index import Index
from quizzes.generation.options import Option
from quizzes.generation.similarity import row_similarity
from quizzes.generation.sources import SourceTable, Thing
from quizzes.generation.words import comparable

Saying = Callable[[Side, Side, Line], Sentence]
"""Says of the right row, the other one and the line of the deciding column what the contrast shows."""


@dataclass(frozen=True, slots=True)
class AskedCell:
    """
    The cell that a question is about: the thing it belongs to, and its column (of an aspect table: its aspect).

    Whatever way it is asked (value from name, name from value, one of two, typed), the column decides.
    """

    thing: Thing
    column: str


def contrast_cell(
    asked: AskedCell,
    right: Option,
    *,
    tables: Tables,
    chosen: Option | None = None,
    neighbour: Thing | None = None,
) -> Contrast:
    """
    What to show once a cell was asked and answered by `chosen` (None: "I don't know", or a text that is no row's).

    `chosen.things` are the rows that have the chosen value, or the row of the chosen name; a typed answer that was
    another row's has that row. A right answer shows the nearest row, as "I don't know" does; in a question of two
    that is the other one. `right.answer_to` is the stem. `tables` may hold fewer rows, as for `contrast`.
    """
    if not is_there(tables, asked.thing):
        return Contrast(Layout.ANSWER, sentences=(answering(right.answer_to, right.text),))
    if chosen is not None and not chosen.is_right:
        theirs = [thing for thing in chosen.things if is_there(tables, thing) and thing != asked.thing]
        own = [thing for thing in theirs if thing.table_key == asked.thing.table_key]
        if own:
            other = most_similar(tables[asked.thing.table_key], asked.thing, own) or own[0]
            shown = side_by_side("", (asked.thing, other), Role.CHOSEN, tables, column=asked.column)
            return told(shown, asked.column, partial(choosing, chosen.text))
        if theirs:
            return _from_another_table(asked, theirs[0], chosen.text, tables)
    if neighbour and neighbour != asked.thing and is_there(tables, neighbour):
        return side_by_side(right.answer_to, (asked.thing, neighbour), Role.NEIGHBOUR, tables, column=asked.column)
    only = card(right.answer_to, asked.thing, Role.RIGHT, tables, asked.column)
    return Contrast(Layout.PARTS, cards=(only,), sentences=(answering(right.answer_to, right.text),))


def most_similar(table: SourceTable, thing: Thing, among: Iterable[Thing]) -> Thing | None:
    """The one of these things of the table that is most like this one, the first of equals; None of none."""
    others = list(among)
    if len(others) < 2:
        return others[0] if others else None
    index = Index([table])
    return max(others, key=lambda other: row_similarity(index, thing, other))


def told(shown: Contrast, column: str, saying: Saying) -> Contrast:
    """
    Two rows side by side, with a sentence about the column asked.

    Rows that differ only there are said to, and where they do not differ there, what does tell them apart is named.
    """
    if shown.right is None or shown.other is None:
        return shown
    differing = [line for line in shown.lines if not line.is_same]
    if len(differing) < 2 or differing[0].column != column:
        return replace(shown, sentences=(telling_apart(shown.right, shown.other, shown.lines),))
    return replace(shown, sentences=(saying(shown.right, shown.other, differing[0]),))


def _from_another_table(asked: AskedCell, other: Thing, said: str, tables: Tables) -> Contrast:
    right = card("", asked.thing, Role.RIGHT, tables, asked.column)
    borrowed = card("", other, Role.CHOSEN, tables, _column_of(tables[other.table_key], other, said))
    value = right.deciding.value if right.deciding else ""
    sentence = borrowing(said, borrowed.side.table, right.side, asked.column, value)
    return Contrast(Layout.TWO_ROWS, cards=(right, borrowed), sentences=(sentence,))


def _column_of(table: SourceTable, thing: Thing, value: str) -> str:
    """The column in which a thing has this value; empty if in none."""
    form = comparable(value)
    return next((header for header, text in table.values(thing) or () if comparable(text) == form), "")
