"""Plain Python: a judged answer and the tables at hand in; the pairs of rows that the verdict lays side by side out."""

from collections.abc import Iterable, Iterator

from quizzes.contrasts.cards import Contrast
from quizzes.contrasts.cells import AskedCell, contrast_cell, most_similar
from quizzes.contrasts.columns import column_values
from quizzes.contrasts.rows import Tables, contrast, contrast_reversed, things_to_fetch
from quizzes.contrasts.several import contrast_key, contrast_order, contrast_placements, contrast_ticks
from quizzes.generation.made import WRITTEN, QuestionKind
from quizzes.generation.options import Option
from quizzes.generation.sources import Thing
from quizzes.generation.words import comparable
from quizzes.marking.judging import Asked
from quizzes.marking.rebuilt import placed_texts
from quizzes.marking.replies import Given

OF_SEVERAL = frozenset({QuestionKind.SELECT_ALL, QuestionKind.ORDER_BY, QuestionKind.REBUILD})


def things_of(asked: Asked, chosen: Option | None) -> set[Thing]:
    """Every row (or column of an aspect table) that the verdict may show."""
    if asked.kind == QuestionKind.REBUILD:
        return {cell.thing for cell in asked.shown.cells}
    if asked.kind in OF_SEVERAL:
        return {thing for option in asked.options for thing in option.things}
    found = things_to_fetch(asked.right_option, chosen, asked.shown.neighbour)
    found |= {asked.shown.subject} if asked.shown.subject else set()
    if asked.shown.subject and (chosen is None or chosen.is_right):
        found |= {thing for option in asked.options for thing in option.things if _is_own(asked, thing)}
    return found


def thing_asked(asked: Asked) -> Thing | None:
    """The row (or column) that a right answer is about; None where it is about several."""
    own = asked.right_option.things if asked.kind not in OF_SEVERAL else ()
    return asked.shown.subject or next(iter(own), None)


def other_things(asked: Asked) -> set[Thing] | None:
    """The things among the options; None where any might have been typed."""
    if asked.kind in WRITTEN:
        return None
    return {thing for option in asked.options for thing in option.things}


def contrasts_of(
    asked: Asked, given: Given | None, chosen: Option | None, tables: Tables, *, is_right: bool
) -> tuple[Contrast, ...]:
    """One contrast, or several pairs for a question of several rows; none where nothing is to be laid side by side."""
    if asked.kind in OF_SEVERAL:
        return () if is_right else _each_pair_once(_of_several(asked, given, tables))
    right, shown = asked.right_option, asked.shown
    if asked.kind == QuestionKind.REVERSED:
        return (contrast_reversed(right, shown.answer, tables=tables, chosen=chosen, neighbour=shown.neighbour),)
    if shown.subject is None:
        return (contrast(shown.asks, right, tables=tables, chosen=chosen, neighbour=shown.neighbour),)
    cell = AskedCell(shown.subject, shown.column)
    return (contrast_cell(cell, right, tables=tables, chosen=chosen, neighbour=_beside(asked, cell, tables)),)


def _beside(asked: Asked, cell: AskedCell, tables: Tables) -> Thing | None:
    """
    The row to show where none was chosen: of two the other one, else the nearest.

    One that says the same in the column asked explains nothing: then that of the most similar option, if there is one.
    """
    table = tables.get(cell.thing.table_key)
    said = dict(column_values(table, cell.column)) if table else {}

    def says_else(thing: Thing) -> bool:
        return thing in said and comparable(said[thing]) != comparable(said.get(cell.thing, ""))

    near = asked.shown.neighbour
    if near and says_else(near) and asked.kind != QuestionKind.WHICH_OF_TWO:
        return near
    things = (thing for option in asked.options for thing in option.things if says_else(thing))
    return most_similar(table, cell.thing, dict.fromkeys(things)) if table else None


def _is_own(asked: Asked, thing: Thing) -> bool:
    """Whether a thing stands in the table that is asked."""
    return thing.table_key == asked.table_key


def _each_pair_once(shown: Iterable[Contrast]) -> tuple[Contrast, ...]:
    """Two rows are laid side by side once, though one was ticked and the other was not."""
    pairs = {frozenset(side.thing for side in (each.right, each.other) if side): each for each in reversed([*shown])}
    return tuple(reversed(pairs.values()))


def _of_several(asked: Asked, given: Given | None, tables: Tables) -> Iterator[Contrast]:
    table = tables.get(asked.table_key)
    if table is None:
        return
    if asked.kind == QuestionKind.REBUILD:
        texts = placed_texts(asked.shown, given) if given else {}
        cells = ((AskedCell(hole.row.thing, hole.row.column), place) for place, hole in enumerate(asked.shown.holes))
        yield from contrast_placements(table, {cell: texts.get(place, "") for cell, place in cells})
        return
    things = [option.things[0] for option in asked.options]
    if asked.kind == QuestionKind.ORDER_BY:
        in_order = [things[place] for place in asked.shown.order]
        if given is None:
            yield from contrast_key(table, asked.shown.column, in_order)
            return
        put = [things[place] for place in given["order"]]
        swapped = contrast_order(table, asked.shown.column, given=put, right=in_order)
        yield from (swapped,) if swapped else ()
        return
    right = {thing for thing, option in zip(things, asked.options, strict=True) if option.is_right}
    ticked = {things[place] for place in given["ticked"]} if given else set()
    yield from contrast_ticks(table, asked.shown.column, ticked=ticked, right=right, judged=things)
