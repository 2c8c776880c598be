"""Keep the entries that a search looks through in step with what the guides say."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q, QuerySet

from tables.actions.states import BATCH
from tables.concepts.naming import Naming
from tables.models import Concept, DecisionQuestion, Entry, Guide, Point, Row, SearchIndex, Table, Topic
from tables.reader.forms import compare_form
from tables.searching import prepare

Kind = Entry.Kind


@transaction.atomic
def refresh_entries(guide: Guide, *, tables: Collection[int] | None = None) -> int:
    """
    Write the entries that are new or say something else now, and delete those of parts that are gone; concepts aside.

    `tables` are the ids of the only tables that may have changed; None stands for all. Returns how many entries were
    written or deleted. Costs about 17 queries and one for each batch of 500, and reads every row of those tables.
    """
    version = Guide.objects.select_for_update().values_list("version", flat=True).get(pk=guide.pk)
    of_tables = Q() if tables is None else Q(table=None) | Q(table__in=tables)
    stored = Entry.objects.filter(of_tables, guide=guide).exclude(kind=Kind.CONCEPT)
    count = _write(stored, _entries(guide, tables))
    SearchIndex.objects.update_or_create(guide=guide, defaults={"version": version})
    return count


def refresh_entries_of_concepts(guide: Guide) -> int:
    """
    Do the same for what the guide's tables name, which changes later than the tables, and with its author's words.

    A thing whose page says no more than its own row is found by that row alone, unless its author calls it otherwise.
    Belongs into the transaction that changes the concepts. Returns how many entries were written or deleted. 2 queries
    when there is nothing to do.
    """
    return _write(Entry.objects.filter(guide=guide, kind=Kind.CONCEPT), _concepts(guide))


def _write(present: QuerySet[Entry], entries: Iterable[Entry]) -> int:
    """Put these entries in the place of the present ones; those that say the same stay."""
    stored = {entry.key: entry for entry in present}
    changed = []
    for entry in entries:
        old = stored.pop(entry.key, None)
        if old is None or any(getattr(old, name) != getattr(entry, name) for name in _written()):
            changed.append(entry)
    gone = [entry.pk for entry in stored.values()]
    for start in range(0, len(gone), BATCH):
        Entry.objects.filter(pk__in=gone[start : start + BATCH]).delete()
    Entry.objects.bulk_create(
        changed, update_conflicts=True, unique_fields=["key"], update_fields=_written(), batch_size=BATCH
    )
    return len(gone) + len(changed)


def guides_behind() -> list[Guide]:
    """The guides whose entries were not written since their content changed. One query."""
    behind = Q(search_index=None) | ~Q(search_index__version=F("version"))
    return list(Guide.objects.filter(behind))


def _written() -> list[str]:
    return ["guide_id", "table_id", "kind", "scope", "name", "body", "context"]


def _entries(guide: Guide, tables: Collection[int] | None) -> Iterator[Entry]:
    """What the guide's live parts say, as entries that are not saved, in the order of the document."""
    yield _entry(guide, Kind.GUIDE, guide.key, [guide.title, *_prose(guide.intro)])
    live = Table.objects.live().filter(guide=guide, topic__archived_at=None)
    for topic in Topic.objects.filter(pk__in=live.values("topic")).exclude(title=""):
        yield _entry(guide, Kind.TOPIC, topic.key, [topic.title, *_prose(topic.intro)])
    if tables is not None:
        live = live.filter(pk__in=tables)
    read = {table.pk: table for table in live.prefetch_related("columns")}
    for table in read.values():
        said = [*table.path, table.label, *_names_of_columns(table), *_prose([*table.intro, *table.notes])]
        yield _entry(guide, Kind.TABLE, table.key, [table.name, *said], table=table)
    contexts = {pk: prepare(table.name, *_names_of_columns(table)) for pk, table in read.items()}
    yield from _rows(guide, read, contexts)
    questions = DecisionQuestion.objects.live().filter(table__in=read)
    for pk, key, *texts in _values(questions, "question", "answer", "explanation"):
        yield _entry(guide, Kind.QUESTION, key, texts, table=read[pk], context=contexts[pk])
    asked = questions.exclude(point=None).values("point")
    for pk, key, text in _values(Point.objects.live().filter(table__in=read).exclude(pk__in=asked), "text"):
        yield _entry(guide, Kind.POINT, key, ["", text], table=read[pk], context=contexts[pk])


def _rows(guide: Guide, tables: Mapping[int, Table], contexts: Mapping[int, str]) -> Iterator[Entry]:
    """The rows that are no questions: those are found as such."""
    asked = DecisionQuestion.objects.live().filter(table__in=tables).exclude(row=None).values("row")
    rows = Row.objects.live().filter(table__in=tables).exclude(pk__in=asked)
    for pk, key, subject, folded in _values(rows, "subject", "folded"):
        texts = [subject, *folded.split("\n")]
        yield _entry(guide, Kind.ROW, key, texts, table=tables[pk], context=contexts[pk], names_itself=True)


def _concepts(guide: Guide) -> Iterator[Entry]:
    naming = Naming.from_json(guide.naming)
    live = Concept.objects.live().filter(guide=guide)
    otherwise_called = [compare_form(name) for name in naming.aliases.values()]
    found = live.with_more_than_a_row() | live.filter(form__in=otherwise_called)
    for key, form, name in found.order_by("pk").values_list("key", "form", "name"):
        if key is not None:
            yield _entry(guide, Kind.CONCEPT, key, [name, *naming.aliases_of(form)])


def _values(parts: Any, *names: str) -> Iterator[Any]:
    ordered = parts.order_by("table__position", "position", "pk")
    yield from ordered.values_list("table", "key", *names).iterator(chunk_size=2000)


def _names_of_columns(table: Table) -> list[str]:
    """Those of the live ones. No query if the table's columns were fetched along."""
    return [column.name for column in table.columns.all() if column.archived_at is None]


def _prose(parts: Iterable[dict[str, str]]) -> Iterator[str]:
    return (part["text"] for part in parts)


def _entry(
    guide: Guide,
    kind: Kind,
    key: UUID,
    texts: Sequence[str],
    table: Table | None = None,
    *,
    context: str = "",
    names_itself: bool = False,
) -> Entry:
    """The first of the texts is the name; `names_itself` says that it stands among the others too."""
    name, *others = texts
    return Entry(
        key=key,
        guide_id=guide.pk,
        table_id=table.pk if table else None,
        kind=kind,
        scope=f"g{guide.pk} {kind}",
        name=prepare(name),
        body=prepare(*(others if names_itself else texts)),
        context=context,
    )
