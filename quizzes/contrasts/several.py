"""Plain Python: an answer about several rows in; a few pairs of rows out, each side by side with its column first."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import partial
from itertools import islice, pairwise

from quizzes.contrasts.cards import Contrast, Role
from quizzes.contrasts.cells import AskedCell, Saying, most_similar, told
from quizzes.contrasts.columns import things_with
from quizzes.contrasts.rows import side_by_side
from quizzes.contrasts.sentences import leaving_out, ordering, placing, preceding, ticking
from quizzes.generation.sources import SourceTable, Thing

MOST_PAIRS = 3
"""More than these nobody reads after one question."""


def contrast_ticks(
    table: SourceTable, column: str, *, ticked: Collection[Thing], right: Collection[Thing], judged: Sequence[Thing]
) -> tuple[Contrast, ...]:
    """
    Three pairs at most: each row ticked wrongly beside the most similar right one, each missed one beside the most
    similar wrong one. Wrong ticks come first; each group in the order of `judged`, all rows that were shown.
    """
    present = {thing for _, thing in table.things()}
    good = [thing for thing in judged if thing in right and thing in present]
    bad = [thing for thing in judged if thing not in right and thing in present]
    pairs: list[tuple[Thing | None, Thing | None, Role, Saying]] = []
    pairs += [(most_similar(table, thing, good), thing, Role.CHOSEN, ticking) for thing in bad if thing in ticked]
    missed = [thing for thing in good if thing not in ticked]
    pairs += [(thing, most_similar(table, thing, bad), Role.NEIGHBOUR, leaving_out) for thing in missed]
    made = (_pair(table, column, one, other, role, saying) for one, other, role, saying in pairs if one and other)
    return tuple(islice(made, MOST_PAIRS))


def contrast_order(
    table: SourceTable, column: str, *, given: Sequence[Thing], right: Sequence[Thing]
) -> Contrast | None:
    """
    The two neighbours that were swapped, that which comes first in the key as the right one; None in the right order.

    Of several such pairs the first that are neighbours in the key too. Both sequences hold the same things.
    """
    places = {thing: place for place, thing in enumerate(right)}
    present = {thing for _, thing in table.things()}
    neighbours = pairwise(thing for thing in given if thing in present)
    swapped = [(second, first) for first, second in neighbours if places[first] > places[second]]
    if not swapped:
        return None
    first, second = min(swapped, key=lambda pair: places[pair[1]] - places[pair[0]])
    return _pair(table, column, first, second, Role.CHOSEN, ordering)


def contrast_key(table: SourceTable, column: str, right: Sequence[Thing]) -> tuple[Contrast, ...]:
    """The first three pairs of neighbours in the right order, for somebody who put nothing in order."""
    present = {thing for _, thing in table.things()}
    pairs = pairwise(thing for thing in right if thing in present)
    made = (_pair(table, column, first, second, Role.NEIGHBOUR, preceding) for first, second in pairs)
    return tuple(islice(made, MOST_PAIRS))


def contrast_placements(table: SourceTable, placed: Mapping[AskedCell, str]) -> tuple[Contrast, ...]:
    """
    Three pairs at most: each row that got a value of another one, beside the row that the value belongs to.

    `placed` holds the text put into each cell, in the order of the table; right and empty ones are passed over.
    """
    return tuple(islice(_misplaced(table, placed), MOST_PAIRS))


def _misplaced(table: SourceTable, placed: Mapping[AskedCell, str]) -> Iterator[Contrast]:
    present = {thing for _, thing in table.things()}
    for cell, text in placed.items():
        own = things_with(table, cell.column, text) if text and cell.thing in present else (cell.thing,)
        if cell.thing not in own and (other := most_similar(table, cell.thing, own)):
            yield _pair(table, cell.column, cell.thing, other, Role.CHOSEN, partial(placing, text))


def _pair(table: SourceTable, column: str, right: Thing, other: Thing, role: Role, saying: Saying) -> Contrast:
    return told(side_by_side("", (right, other), role, {table.key: table}, column=column), column, saying)
