"""Keep the entries that a search looks through in step with what the guides say."""

from collections.abc import Collection, Iterable, Iterator
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q

from tables.actions.states import BATCH
from tables.models import DecisionQuestion, Entry, Guide, Point, Row, SearchIndex, Table, Topic
from tables.searching import prepare

Kind = Entry.Kind


@transaction.atomic
def refresh_entries(guide: Guide, *, tables: Collection[int] | None = None) -> int:
    """
    Write the entries that are new or say something else now, and delete those of parts that are gone.

    `tables` are the ids of the only tables that may have changed; None stands for all. Returns how many entries were
    written or deleted. Costs eight queries and one for each batch of 500, and reads every row of those tables.
    """
    of_tables = Q() if tables is None else Q(table=None) | Q(table__in=tables)
    stored = {entry.key: entry for entry in Entry.objects.filter(of_tables, guide=guide)}
    changed = []
    for entry in _entries(guide, tables):
        old = stored.pop(entry.key, None)
        if old is None or any(getattr(old, name) != getattr(entry, name) for name in _written()):
            changed.append(entry)
    gone = [entry.pk for entry in stored.values()]
    for start in range(0, len(gone), BATCH):
        Entry.objects.filter(pk__in=gone[start : start + BATCH]).delete()
    Entry.objects.bulk_create(
        changed, update_conflicts=True, unique_fields=["key"], update_fields=_written(), batch_size=BATCH
    )
    SearchIndex.objects.update_or_create(guide=guide, defaults={"version": guide.version})
    return len(gone) + len(changed)


def guides_behind() -> list[Guide]:
    """The guides whose entries were not written since their content changed. One query."""
    behind = Q(search_index=None) | ~Q(search_index__version=F("version"))
    return list(Guide.objects.filter(behind))


def _written() -> list[str]:
    return ["guide_id", "table_id", "kind", "scope", "name", "body"]


def _entries(guide: Guide, tables: Collection[int] | None) -> Iterator[Entry]:
    """What the guide's live parts say, as entries that are not saved, in the order of the document."""
    yield _entry(guide, guide.key, Kind.GUIDE, guide.title, *_prose(guide.intro))
    for topic in Topic.objects.live().filter(guide=guide).exclude(title=""):
        yield _entry(guide, topic.key, Kind.TOPIC, topic.title, *_prose(topic.intro))
    live = Table.objects.live().filter(guide=guide, topic__archived_at=None)
    if tables is not None:
        live = live.filter(pk__in=tables)
    for table in live.prefetch_related("columns"):
        yield _entry(guide, table.key, Kind.TABLE, table.name, *_said_of(table), table=table.pk)
    yield from _rows(guide, live)
    questions = DecisionQuestion.objects.live().filter(table__in=live)
    for table, key, question, *rest in _values(questions, "question", "answer", "explanation"):
        yield _entry(guide, key, Kind.QUESTION, question, *rest, table=table)
    asked = questions.exclude(point=None).values("point")
    for table, key, text in _values(Point.objects.live().filter(table__in=live).exclude(pk__in=asked), "text"):
        yield _entry(guide, key, Kind.POINT, "", text, table=table)


def _rows(guide: Guide, tables: Any) -> Iterator[Entry]:
    """The rows that are no questions: those are found as such."""
    asked = DecisionQuestion.objects.live().filter(table__in=tables).exclude(row=None).values("row")
    rows = Row.objects.live().filter(table__in=tables).exclude(pk__in=asked)
    for table, key, subject, folded in _values(rows, "subject", "folded"):
        yield _entry(guide, key, Kind.ROW, subject, *folded.split("\n"), table=table, names_itself=True)


def _values(parts: Any, *names: str) -> Iterator[Any]:
    ordered = parts.order_by("table__position", "position", "pk")
    yield from ordered.values_list("table", "key", *names).iterator(chunk_size=2000)


def _said_of(table: Table) -> Iterator[str]:
    """What stands around the rows of a table. Needs its columns fetched along."""
    yield from table.path
    yield table.label
    yield from (column.name for column in table.columns.all() if column.archived_at is None)
    yield from _prose([*table.intro, *table.notes])


def _prose(parts: Iterable[dict[str, str]]) -> Iterator[str]:
    return (part["text"] for part in parts)


def _entry(
    guide: Guide,
    key: UUID,
    kind: Kind,
    name: str,
    *texts: str,
    table: int | None = None,
    names_itself: bool = False,
) -> Entry:
    """`names_itself` says that the name is among the texts."""
    return Entry(
        key=key,
        guide_id=guide.pk,
        table_id=table,
        kind=kind,
        scope=f"g{guide.pk} {kind}",
        name=prepare(name),
        body=prepare(*texts) if names_itself else prepare(name, *texts),
    )
