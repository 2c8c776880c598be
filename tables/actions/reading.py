"""Guides and tables read for export: parts that are live only, and rows one after another, however many there are."""

from collections.abc import Iterator, Sequence, Set
from dataclasses import fields, replace
from itertools import groupby, islice
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from studysite.kept import Kept
from tables.actions.keeping import kept_of
from tables.actions.states import parts_by_table, values_of
from tables.exports.markdown import RowsOf
from tables.models import Column, DecisionQuestion, Guide, Point, Row, Table, Topic
from tables.versions.state import ColumnState, GuideState, PointState, QuestionState, RowState, TableState, TopicState

CHUNK = 100
ROW_FIELDS = tuple(field.name for field in fields(RowState) if field.name != "folded")


def read_guide(guide: Guide) -> tuple[GuideState, RowsOf]:
    """
    The live parts of a guide but its rows, and what gives the rows of each table in document order.

    6 queries, the last of which begins when the first rows are taken: a file that nobody takes leaves no cursor open.
    Tables that came meanwhile are passed over; one that was moved meanwhile may come without rows. No more than `CHUNK`
    rows are held at a time.
    """
    state = _outline(guide)
    return state, _stream(guide, {table.key for table in state.tables})


def _outline(guide: Guide) -> GuideState:
    tables = Table.objects.live().filter(guide=guide, topic__archived_at=None)
    topics = [TopicState(**values) for values in values_of(TopicState, Topic.objects.live().filter(guide=guide), {})]
    places = {topic.key: place for place, topic in enumerate(topics)}
    return GuideState(
        key=guide.key,
        title=guide.title,
        document_id=guide.document_id,
        front_matter=guide.front_matter,
        intro=guide.intro,
        links=guide.links,
        topics=tuple(topics),
        tables=tuple(sorted(_tables(tables, Q(table__guide=guide)), key=lambda table: places[table.topic])),
    )


_whole = Kept[TableState](10_000, lambda table: 50 + len(table.columns) * len(table.rows))


def read_table(table: Table) -> TableState:
    """
    A table with its live parts, and its rows with what they are found by.

    5 queries, none where this version of a public guide was read before. Whoever gets it must leave it as it is.
    """
    return kept_of(table.guide, _whole, lambda: _read_table(table), table.pk)


def _read_table(table: Table) -> TableState:
    state = next(_tables(Table.objects.filter(pk=table.pk), Q(table=table)))
    rows = values_of(RowState, Row.objects.live().filter(table=table), {})
    return replace(state, rows=tuple(RowState(**values) for values in rows))


def _tables(tables: QuerySet[Table], of_them: Q) -> Iterator[TableState]:
    columns = parts_by_table(ColumnState, Column.objects.live().filter(of_them), {})
    points = parts_by_table(PointState, Point.objects.live().filter(of_them), {})
    questions = parts_by_table(QuestionState, DecisionQuestion.objects.live().filter(of_them), {})
    for values in values_of(TableState, tables, {}):
        key = values["key"]
        yield TableState(
            **values, columns=tuple(columns[key]), points=tuple(points[key]), questions=tuple(questions[key])
        )


def _stream(guide: Guide, known: Set[UUID]) -> RowsOf:
    """The rows of one table of these after another. They must be asked for in the order of the document, each once."""
    order = ("table__topic__position", "table__topic__pk", "table__position", "table__pk", "position", "pk")
    rows = Row.objects.live().filter(table__guide=guide, table__archived_at=None, table__topic__archived_at=None)
    values = rows.order_by(*order).values_list("table__key", *ROW_FIELDS).iterator(chunk_size=CHUNK)
    groups = (group for group in groupby(values, key=lambda found: found[0]) if group[0] in known)
    waiting: list[tuple[UUID, Iterator[Sequence[Any]]]] = []

    def rows_of(table: TableState) -> Iterator[RowState]:
        if not waiting:
            waiting.extend(islice(groups, 1))
        if waiting and waiting[0][0] == table.key:
            for _, *found in waiting.pop()[1]:
                yield RowState(**dict(zip(ROW_FIELDS, found, strict=True)), folded="")

    return rows_of
