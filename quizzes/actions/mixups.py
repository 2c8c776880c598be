"""What a learner mixes up, with names and the column that tells the two apart, and the drill of such a pair."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from quizzes.actions.tables_at_hand import TablesAtHand, fetch_tables
from quizzes.confusions import FEWEST, MixUp, Pair, Tally, matrix, mixed_up
from quizzes.contrasts.cards import Contrast, Role
from quizzes.contrasts.rows import side_by_side
from quizzes.drill import drill_columns
from quizzes.generation.sources import Thing
from quizzes.models import Confusion, Learner
from tables.models import Column, Guide, Row, Table

MOST_PAIRS = 20
MOST_IN_MATRIX = 30


@dataclass(frozen=True, slots=True)
class Part:
    """One thing of a table as pages name it: a row, or a column of an aspect table."""

    thing: Thing
    name: str
    slug: str


@dataclass(frozen=True, slots=True)
class MixedUp:
    """A pair that a learner mixes up, and the column that tells it apart best (empty if none does)."""

    table: Table
    one: Part
    other: Part
    pair: Pair
    column: str


@dataclass(frozen=True, slots=True)
class Matrix:
    """How often which row was said for which: `lines` has for each part asked the counts of what was said."""

    parts: list[Part]
    lines: list[tuple[Part, list[tuple[Part, float]]]]


def mixed_up_pairs(learner: Learner, guides: Iterable[Guide]) -> list[MixedUp]:
    """The pairs of two mix-ups or more, the most first. At most 5 queries."""
    return _named(_confusions(learner).filter(table__guide__in=list(guides)), fewest=FEWEST)


def mixed_up_with(learner: Learner, guide: Guide, keys: Collection[UUID]) -> list[MixedUp]:
    """What the rows and columns of these keys were mixed up with, once or more, the most first. At most 5 queries."""
    either = Q(asked__in=keys) | Q(said__in=keys)
    return _named(_confusions(learner).filter(either, table__guide=guide), fewest=1)


def _named(confusions: QuerySet[Confusion], *, fewest: float) -> list[MixedUp]:
    tables, tallies, parts = _known(confusions)
    pairs = [pair for pair in mixed_up(tallies, fewest=fewest) if pair.one in parts and pair.other in parts]
    pairs = pairs[:MOST_PAIRS]
    at_hand = fetch_tables({thing for pair in pairs for thing in (pair.one, pair.other)}) if pairs else TablesAtHand()
    return [
        MixedUp(tables[pair.one.table_key], parts[pair.one], parts[pair.other], pair, _deciding(at_hand, pair))
        for pair in pairs
    ]


def matrix_of(learner: Learner, table: Table) -> Matrix:
    """What a learner took for what in a table; only of rows that were mixed up, the first 30. 2 queries."""
    _, tallies, parts = _known(_confusions(learner).filter(table=table))
    open_pairs = {pair: tally for pair, tally in tallies.items() if tally.count}
    met = {thing for pair in open_pairs for thing in (pair.asked, pair.said)}
    shown = [part for thing, part in parts.items() if thing in met][:MOST_IN_MATRIX]
    counts = matrix(open_pairs, [part.thing for part in shown])
    return Matrix(
        shown, [(part, list(zip(shown, line, strict=True))) for part, line in zip(shown, counts, strict=True)]
    )


def _confusions(learner: Learner) -> QuerySet[Confusion]:
    mine = Confusion.objects.filter(learner=learner.pk) if learner.pk else Confusion.objects.none()
    return mine.filter(table__archived_at=None).select_related("table__guide").order_by("pk")


def _known(confusions: Iterable[Confusion]) -> tuple[dict[str, Table], dict[MixUp, Tally], dict[Thing, Part]]:
    """The tables, the counts, and the parts that are still in their tables, in the tables' order."""
    rows = list(confusions)
    tables = {row.table.key.hex: row.table for row in rows}
    of_columns = {key for row in rows if row.table.kind == "aspect" for key in (row.asked, row.said)}
    of_rows = {key for row in rows for key in (row.asked, row.said)} - of_columns
    things: dict[UUID, Part] = {}
    for part in (*_live(Row.objects, of_rows), *_live(Column.objects, of_columns)):
        things[part.key] = _part(part.table, part)
    tallies: dict[MixUp, Tally] = {}
    for row in rows:
        pair_of_parts = [things[key].thing for key in (row.asked, row.said) if key in things]
        if [thing.table_key for thing in pair_of_parts] == 2 * [row.table.key.hex]:
            tallies[MixUp(*pair_of_parts)] = Tally(row.count, row.right_days, row.last_right_on)
    return tables, tallies, {part.thing: part for part in things.values()}


def _live(parts: Any, keys: set[UUID]) -> list[Row | Column]:
    found = parts.live().filter(key__in=keys).select_related("table") if keys else parts.none()
    return list(found.order_by("table", "position"))


def _deciding(at_hand: TablesAtHand, pair: Pair) -> str:
    table = at_hand.tables.get(pair.one.table_key)
    columns = drill_columns(table, pair.one, pair.other) if table else ()
    return columns[0] if columns else ""


def find_parts(table: Table, slugs: Iterable[str]) -> list[Part]:
    """The rows (of an aspect table: columns) of these slugs, in that order; those that are not there are left out."""
    model: type[Row] | type[Column] = Column if table.kind == "aspect" else Row
    parts = model.objects.live().filter(table=table, slug__in=list(slugs))
    found = {part.slug: _part(table, part) for part in parts}
    return [found[slug] for slug in slugs if slug in found]


def _part(table: Table, part: Row | Column) -> Part:
    if isinstance(part, Row):
        return Part(Thing(table.key.hex, row_key=part.key.hex), part.subject, part.slug)
    return Part(Thing(table.key.hex, header=part.name), part.text, part.slug)


def contrast_of_parts(one: Part, other: Part) -> tuple[Contrast, tuple[str, ...]]:
    """Two rows of a table side by side, and the columns a drill of them asks. 2 queries."""
    at_hand = fetch_tables((one.thing, other.thing))
    table = at_hand.tables[one.thing.table_key]
    columns = drill_columns(table, one.thing, other.thing)
    both = (one.thing, other.thing)
    shown = side_by_side("", both, Role.NEIGHBOUR, at_hand.tables, column=columns[0] if columns else "")
    return shown, columns
