"""A guide read from the database as plain parts, and the parts that differ written back, in batches."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from itertools import batched
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet

from tables.actions.writing import upsert
from tables.models import Column, DecisionQuestion, Guide, Point, Row, Table, Topic
from tables.versions.state import (
    ColumnState,
    GuideState,
    PointState,
    QuestionState,
    RowState,
    StoredCell,
    TableState,
    TopicState,
)

BATCH = 500

type PartState = TopicState | TableState | ColumnState | RowState | PointState | QuestionState

LINKS = frozenset({"topic", "shown_with", "row", "point"})
"""Fields of a state that hold the key of another part, where the model has a foreign key."""

NESTED = frozenset({"columns", "rows", "points", "questions"})
"""Fields of a table's state whose parts have database tables of their own."""

LIVE_FIRST = (F("archived_at").asc(nulls_first=True), "position", "pk")


@dataclass(frozen=True, slots=True)
class Stored:
    """A guide's state and the primary key of each of its parts."""

    state: GuideState
    ids: dict[UUID, int]


def load(guide: Guide) -> Stored:
    """The stored state of a guide, live parts first, then archived ones. 6 queries, however large it is."""
    ids: dict[UUID, int] = {}
    columns = parts_by_table(ColumnState, Column.objects.filter(table__guide=guide), ids)
    rows = parts_by_table(RowState, Row.objects.filter(table__guide=guide), ids)
    points = parts_by_table(PointState, Point.objects.filter(table__guide=guide), ids)
    questions = parts_by_table(QuestionState, DecisionQuestion.objects.filter(table__guide=guide), ids)
    state = GuideState(
        key=guide.key,
        title=guide.title,
        document_id=guide.document_id,
        front_matter=guide.front_matter,
        intro=guide.intro,
        links=guide.links,
        topics=tuple(TopicState(**values) for values in values_of(TopicState, Topic.objects.filter(guide=guide), ids)),
        tables=tuple(
            TableState(
                **values,
                columns=tuple(columns[values["key"]]),
                rows=tuple(rows[values["key"]]),
                points=tuple(points[values["key"]]),
                questions=tuple(questions[values["key"]]),
            )
            for values in values_of(TableState, Table.objects.filter(guide=guide), ids)
        ),
    )
    return Stored(state, ids)


def parts_by_table[S](state: Callable[..., S], parts: QuerySet[Any], ids: dict[UUID, int]) -> dict[UUID, list[S]]:
    """Parts as states, by the key of their table; notes the primary key of each in `ids`. One query."""
    held: dict[UUID, list[S]] = defaultdict(list)
    for values in values_of(state, parts, ids, "table__key"):
        held[values.pop("table__key")].append(state(**values))
    return held


def values_of(
    state: Callable[..., Any], parts: QuerySet[Any], ids: dict[UUID, int], *more: str
) -> Iterator[dict[str, Any]]:
    """The fields of each part that a state has, live ones first, and `more`; notes primary keys in `ids`. One query."""
    names = [*more, *_names(state)]
    held: dict[str, str] = {}
    columns = [f"{name}__key" if name in LINKS else name for name in names]
    for pk, *values in parts.order_by(*LIVE_FIRST).values_list("pk", *columns).iterator(chunk_size=2000):
        found = dict(zip(names, values, strict=True))
        if "cells" in found:
            found["cells"] = _held_once(found["cells"], held)
        ids[found["key"]] = pk
        yield found


def _held_once(cells: dict[str, StoredCell], held: dict[str, str]) -> dict[str, StoredCell]:
    """The cells of a row, every text that was seen before as it was: most stand there as source, text and HTML."""

    def once(text: str) -> str:
        return held.setdefault(text, text)

    return {once(column): {once(name): once(text) for name, text in cell.items()} for column, cell in cells.items()}


def _names(state: Any) -> list[str]:
    """The fields of a state that its model has too."""
    return [field.name for field in fields(state) if field.name not in NESTED]


def write(guide: Guide, stored: Stored, new: GuideState) -> None:
    """
    Create the parts that are new and bring those that differ to their next state; nothing is ever deleted.

    One query for each kind of part and batch of 500 that differ. The guide's own row is left to the caller.
    """
    old, ids = stored.state, stored.ids
    _write(Topic, _by_key(old.topics), new.topics, ids, guide=guide.pk)
    _write(Table, _by_key(_bare(old.tables)), _bare(new.tables), ids, guide=guide.pk)
    _link_companions(_by_key(old.tables), new.tables, ids)
    for model, name in ((Column, "columns"), (Row, "rows"), (Point, "points"), (DecisionQuestion, "questions")):
        homes = {part.key: table.key for table in new.tables for part in getattr(table, name)}
        stayed = ((table.key, part) for table in old.tables for part in getattr(table, name))
        before = {part.key: part for home, part in stayed if homes.get(part.key) == home}
        _write(model, before, [part for table in new.tables for part in getattr(table, name)], ids, homes=homes)


def _bare(tables: Iterable[TableState]) -> list[TableState]:
    return [replace(table, columns=(), rows=(), points=(), questions=()) for table in tables]


def _by_key[S: PartState](parts: Iterable[S]) -> dict[UUID, S]:
    return {part.key: part for part in parts}


def _write(
    model: type[Any],
    old: Mapping[UUID, Any],
    new: Iterable[Any],
    ids: dict[UUID, int],
    *,
    homes: Mapping[UUID, UUID] | None = None,
    **fixed: Any,
) -> None:
    """Upsert by key: an update of many rows with many fields costs no more than their insertion."""
    changed = [part for part in new if old.get(part.key) != part]
    if not changed:
        return
    names = _names(changed[0])
    home = ["table"] if homes else []
    values = (
        (
            *fixed.values(),
            *([ids[homes[part.key]]] if homes else []),
            *(_stored(part, name, ids) for name in names),
        )
        for part in changed
    )
    upsert(model, (*fixed, *home, *names), values)
    for some in batched((part.key for part in changed if part.key not in ids), BATCH):
        ids.update(model.objects.filter(key__in=some).values_list("key", "pk"))


def _stored(part: Any, name: str, ids: Mapping[UUID, int]) -> Any:
    value = getattr(part, name)
    return ids.get(value) if name in LINKS else value


def _link_companions(old: Mapping[UUID, TableState], new: Iterable[TableState], ids: Mapping[UUID, int]) -> None:
    """Tables written at once have no primary keys before: a companion of a new table is tied to it afterwards."""
    late = [table for table in new if table.shown_with and table.shown_with not in old]
    Table.objects.bulk_update(
        [Table(pk=ids[table.key], shown_with_id=ids[table.shown_with]) for table in late if table.shown_with],
        ["shown_with"],
        batch_size=BATCH,
    )
