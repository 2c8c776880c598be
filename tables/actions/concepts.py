"""Keep what a guide's tables name in step with the tables: concepts, their mentions, and the links in cells."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial
from itertools import batched
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from tables.actions.indexing import refresh_entries_of_concepts
from tables.actions.states import Stored, load
from tables.actions.writing import insert, update, upsert
from tables.concepts.linking import LINKED_ROWS, link_names, link_whole
from tables.concepts.mentions import Concept as Named
from tables.concepts.mentions import Reading
from tables.concepts.names import LONGEST_FORM
from tables.concepts.naming import Naming
from tables.identity import concept_key
from tables.models import Concept, Guide, Mention, Row
from tables.reader.forms import compare_form, fold
from tables.reader.names import make_slug, unique_slug
from tables.versions.state import GuideState, RowState, TableState, live

BATCH = 1000
COMPARED = ("key", "name", "folded", "row", "column", "table_count", "archived_at")
MOST_MENTIONS = 300
"""Places kept of one thing; how many tables name it is counted over all."""

type Place = tuple[int, int, int | None, int | None, int | None, bool, bool]
"""A mention by the ids of concept, table, row, column and question, then by_alias and defines."""


def refresh_concepts(guide: Guide, *, naming: Naming | None = None, stored: Stored | None = None) -> bool:
    """
    Make the guide's concepts anew if its content, or `naming` where given, changed since they were last made.

    `stored` is its present state, if it was read already. Returns whether they were made. One query when there is
    nothing to do; else about 15, and one more for each 1,000 that differ. Concepts that are named no more are archived.
    """
    [(version, kept, made_for)] = Guide.objects.filter(pk=guide.pk).values_list("version", "naming", "concepts_version")
    is_behind = made_for != version or (naming is not None and naming.to_json() != kept)
    guide.concepts_version, guide.naming = _make(guide, naming, stored) if is_behind else (made_for, kept)
    return is_behind


@transaction.atomic
def _make(guide: Guide, naming: Naming | None, stored: Stored | None) -> tuple[int, dict[str, Any]]:
    locked = Guide.objects.select_for_update().get(pk=guide.pk)
    stored = stored or load(locked)
    naming = naming or Naming.from_json(locked.naming)
    tables = tables_of(stored.state)
    reading = Reading(tables, naming)
    slugs = _write_concepts(locked, reading.concepts, stored.ids, timezone.now())
    _write_links(locked, tables, reading, slugs, ids=stored.ids)
    locked.concepts_version, locked.naming = locked.version, naming.to_json()
    Guide.objects.filter(pk=locked.pk).update(concepts_version=locked.concepts_version, naming=locked.naming)
    refresh_entries_of_concepts(locked)
    return locked.concepts_version, locked.naming


def tables_of(state: GuideState) -> list[TableState]:
    """The live tables, in the order of the document."""
    return sorted(live(state.tables), key=lambda table: table.position)


def _write_concepts(guide: Guide, named: Mapping[str, Named], ids: Mapping[UUID, int], now: datetime) -> dict[str, str]:
    """Write what differs. Returns the slug of each thing by its form."""
    kept = Concept.objects.filter(guide=guide).values_list("form", "pk", "slug", *COMPARED)
    old = {form: (pk, slug, tuple(values)) for form, pk, slug, *values in kept}
    taken = {slug for _, slug, _ in old.values()}
    slugs = {form: old[form][1] if form in old else _new_slug(each, taken) for form, each in named.items()}
    _archive([pk for form, (pk, _, values) in old.items() if form not in named and values[-1] is None], now)
    wanted = {form: _values(guide, each, ids) for form, each in named.items()}
    fields = ("guide", "form", "slug", *COMPARED)
    insert(Concept, fields, ((guide.pk, form, slugs[form], *own) for form, own in wanted.items() if form not in old))
    changed = [form for form, own in wanted.items() if form in old and old[form][2] != own]
    values = ((guide.pk, form, slugs[form], *wanted[form]) for form in changed)
    upsert(Concept, fields, values, unique=("guide", "form"))
    keys = dict(Concept.objects.filter(guide=guide).values_list("form", "pk"))
    _write_mentions(guide, ((keys[form], each) for form, each in named.items()), ids)
    return slugs


def _new_slug(named: Named, taken: set[str]) -> str:
    slug = unique_slug(make_slug(named.name, f"concept-{len(taken) + 1}"), taken)
    taken.add(slug)
    return slug


def _archive(gone: Sequence[int], now: datetime) -> None:
    for some in batched(gone, BATCH):
        Concept.objects.filter(pk__in=some).update(archived_at=now)


def _values(guide: Guide, named: Named, ids: Mapping[UUID, int]) -> tuple[Any, ...]:
    """The values of the fields that are compared, in their order; what is named now is not archived."""
    own = next((mention for mention in named.mentions if mention.defines), None)
    return (
        concept_key(guide.key, named.form),
        named.name,
        (fold(named.name) or named.name)[:LONGEST_FORM],
        ids[own.row] if own and own.row else None,
        ids[own.column] if own and own.column and not own.row else None,
        named.table_count,
        None,
    )


def _write_mentions(guide: Guide, named: Iterable[tuple[int, Named]], ids: Mapping[UUID, int]) -> None:
    wanted = {
        (
            concept,
            ids[mention.table],
            ids[mention.row] if mention.row else None,
            ids[mention.column] if mention.column else None,
            ids[mention.question] if mention.question else None,
            mention.by_alias,
            mention.defines,
        ): None
        for concept, each in named
        for mention in sorted(each.mentions, key=lambda mention: not mention.defines)[:MOST_MENTIONS]
    }
    names = ("concept", "table", "row", "column", "question", "by_alias", "defines")
    stored = Mention.objects.filter(concept__guide=guide).order_by("pk").values_list("pk", *names)
    gone, kept = [], set[Place]()
    for pk, *values in stored:
        place: Place = tuple(values)
        if place in wanted and place not in kept:
            kept.add(place)
        else:
            gone.append(pk)
    for start in range(0, len(gone), BATCH):
        Mention.objects.filter(pk__in=gone[start : start + BATCH]).delete()
    insert(Mention, names, (place for place in wanted if place not in kept))


def _write_links(
    guide: Guide,
    tables: Iterable[TableState],
    reading: Reading,
    slugs: Mapping[str, str],
    *,
    ids: Mapping[UUID, int],
) -> None:
    linked = {
        row.key: cells
        for table in tables
        if table.row_count <= LINKED_ROWS
        for row in live(table.rows)
        if (cells := _linked_cells(table, row, reading, slugs))
    }
    stored = Row.objects.filter(table__guide=guide).exclude(linked={}).order_by().values_list("key", "linked")
    old = dict(stored)
    changed = {key for key in old.keys() | linked.keys() if old.get(key, {}) != linked.get(key, {})}
    update(Row, ["linked"], ((linked.get(key, {}), ids[key]) for key in sorted(changed)))


def _linked_cells(table: TableState, row: RowState, reading: Reading, slugs: Mapping[str, str]) -> dict[str, str]:
    """The cells of a row that name things, by the hex of their columns' keys."""
    subject = table.subject_column
    found: dict[str, str] = {}
    for column in live(table.columns):
        cell = row.cells.get(column.key.hex)
        if not cell:
            continue
        text, html = cell.get("text", ""), cell.get("html", "")
        form = compare_form(text)
        if column is subject and reading.is_own(table, form):
            linked = link_whole(html, slugs[form])
        else:
            linked = link_names(html, partial(reading.spans, table, whole=text), slugs)
        if linked != html:
            found[column.key.hex] = linked
    return found
