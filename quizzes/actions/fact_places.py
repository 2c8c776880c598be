"""Where a guide's facts stand in its document: the same for every learner, so of a public guide it is read once."""

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from django.db.models import QuerySet

from quizzes.models import Fact
from studysite.kept import Kept
from studysite.prepared import Prepared
from tables.actions.keeping import kept_of
from tables.models import Guide
from tables.reader.document import Kind


class FactPlace(NamedTuple):
    """
    The place of one fact.

    `order` puts the facts of a guide in the order of the document: topic, table, column, row. `row` of a decision
    question is the row that answers it, and `column` None. Of an aspect table `row` is the column, which is the thing
    compared, and `column` the row. `page` is the table on whose page it is shown, `square` its row and column there as
    they are drawn, counted from 0 without header and key column (None for one that has no place in a row).
    Facts of one `group` teach the same thing.
    """

    topic: int
    order: tuple[int, int, int, int]
    table: int
    column: int | None
    row: int | None
    page: int
    square: tuple[int, int] | None
    group: int | None


_places = Kept[Mapping[int, FactPlace]](20_000, len)


def places_of(guide: Guide, bank_version: int, facts: Collection[int]) -> Mapping[int, FactPlace]:
    """
    The places of at least these facts, by their ids; `bank_version` is the version they were made from.

    1 query, none where they were read before. A fact that is gone meanwhile has none.
    """
    places = kept_of(guide, _places, lambda: _read_places(guide), bank_version)
    return places if places.keys() >= set(facts) else _read_places(guide)


THING = ("table__kind", "row", "column", "authored__row")
"""The fields of a fact that `thing_of` takes."""


def thing_of(kind: str, row: int | None, column: int | None, authored_row: int | None) -> int | None:
    """The id of what a fact is planned as the row of: of an aspect table, whose things are its columns, the column."""
    return column if kind == Kind.ASPECT else row or authored_row


def _read_places(guide: Guide) -> dict[int, FactPlace]:
    return {columns[0]: _place(columns) for columns in _PLACES(guide=guide.pk)}


def _located(guide: Any) -> QuerySet[Fact, tuple[Any, ...]]:
    facts = Fact.objects.filter(guide=guide, retired_at=None).order_by()
    return facts.values_list(
        "pk", "table__topic", "table__topic__position", "table", "table__position", "table__shown_with", *THING,
        "column__position", "row__position", "authored__row__position", "authored__position", "sibling_group",
    )  # fmt: skip


_PLACES = Prepared(_located)


def _place(columns: tuple[Any, ...]) -> FactPlace:
    (
        _, topic, topic_place, table, table_place, shown_with, kind, row, column, authored_row, column_place, row_place,
        authored_row_place, authored_place, group,
    ) = columns  # fmt: skip
    in_table = column_place or 0, row_place if row_place is not None else authored_place or 0
    square = (row_place, column_place - 1) if row_place is not None and column_place is not None else None
    if square is None and authored_row_place is not None:
        square = (authored_row_place, 0)
    thing = thing_of(kind, row, column, authored_row)
    if kind == Kind.ASPECT:
        in_table, column = in_table[::-1], row
    order = (topic_place or 0, table_place, *in_table)
    return FactPlace(topic, order, table, column, thing, shown_with or table, square, group)
