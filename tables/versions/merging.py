"""
Plain Python: a stored guide and a newer reading of its document in, the guide as it is stored next out.

What the reading still holds keeps its key and slug, what is new gets its own, what is gone is archived, what had gone
and is back comes back as itself.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from tables.identity import Mint
from tables.reader import document
from tables.reader.document import PointList, Reading
from tables.versions.deriving import Wording, derive
from tables.versions.grids import GridMatch, form, match_grids
from tables.versions.matching import Matching, match_names
from tables.versions.slugs import Slugs
from tables.versions.state import (
    ColumnState,
    GuideState,
    PointState,
    Prose,
    RowState,
    StoredCell,
    TableState,
    TopicState,
)
from tables.versions.tables import first_of_heading, match_tables, match_topics

LONGEST_NAME = 300


@dataclass(frozen=True, slots=True)
class Merge:
    """The next state of a guide; `guessed` holds the keys of parts that were found by likeness under a new name."""

    state: GuideState
    guessed: frozenset[UUID]


@dataclass(frozen=True, slots=True)
class Choices:
    """
    What an author decides over what would be guessed.

    `kinds` are kinds of tables by their place in the document, from 0; they stay chosen. `apart` are the keys of stored
    parts that are not what likeness took them for. `ties` are keys of stored columns and rows, each with the place
    (from 0) at which its table now has it under another name.
    """

    kinds: Mapping[int, str] = field(default_factory=dict)
    apart: frozenset[UUID] = frozenset()
    ties: Mapping[UUID, int] = field(default_factory=dict)


NO_CHOICES = Choices()


def merge(old: GuideState, reading: Reading, at: datetime, choices: Choices = NO_CHOICES) -> Merge:
    """Bring a stored guide to what a reading says; `at` is when parts that are gone count as archived."""
    mint = Mint(old.key, old.keys())
    table_match = match_tables(old, reading)
    for place in [place for place in table_match.guessed if old.tables[table_match.old_of[place]].key in choices.apart]:
        table_match.part(place)
    topics = _merge_topics(old, reading, match_topics(old, reading, table_match), mint)
    tables, guessed = _merge_tables(old, reading, topics, table_match, mint, at, choices)
    state = replace(
        old,
        title=short(reading.title),
        document_id=reading.front_matter.get("id", "")[:200],
        front_matter=dict(reading.front_matter),
        intro=prose(reading.intro),
        links=reading.links,
        topics=(*topics, *_archived(old.topics, topics, at)),
        tables=(*tables, *(_archive_table(table, at) for table in _archived(old.tables, tables, at))),
    )
    return Merge(state, frozenset(guessed))


def prose(notes: Iterable[document.Note]) -> Prose:
    """Notes as they are stored."""
    return [{"source": note.source, "text": note.text, "html": note.html} for note in notes]


def short(name: str) -> str:
    """A name as far as it is kept; whole header cells and label lines may be names, and far longer than any title."""
    return name[:LONGEST_NAME]


def stored(cell: document.Cell) -> StoredCell:
    """A cell as it is stored."""
    return {"source": cell.source, "text": cell.text, "html": cell.html}


def _archived[P: (TopicState, TableState, ColumnState, RowState, PointState)](
    old: Iterable[P], kept: Iterable[P], at: datetime
) -> list[P]:
    """The old parts that are not among the kept, archived now unless they were before."""
    keys = {part.key for part in kept}
    return [replace(part, archived_at=part.archived_at or at) for part in old if part.key not in keys]


def _archive_table(table: TableState, at: datetime) -> TableState:
    """The table with all its parts archived: none of them is live while their table is not."""
    return replace(
        table,
        shown_with=None,
        columns=tuple(_archived(table.columns, (), at)),
        rows=tuple(_archived(table.rows, (), at)),
        points=tuple(_archived(table.points, (), at)),
        questions=tuple(replace(q, archived_at=q.archived_at or at) for q in table.questions),
    )


def _merge_topics(old: GuideState, reading: Reading, matching: Matching, mint: Mint) -> list[TopicState]:
    slugs = Slugs(topic.slug for topic in old.topics)
    merged: list[TopicState] = []
    for place, topic in enumerate(reading.topics):
        known = old.topics[matching.old_of[place]] if place in matching.old_of else None
        merged.append(
            TopicState(
                key=known.key if known else mint.key("topic", form(topic.title)),
                slug=known.slug if known else slugs.give(topic.title, f"topic-{place + 1}"),
                title=short(topic.title),
                position=place,
                intro=prose(topic.intro),
            )
        )
    return merged


def _merge_tables(
    old: GuideState,
    reading: Reading,
    topics: list[TopicState],
    matching: Matching,
    mint: Mint,
    at: datetime,
    choices: Choices,
) -> tuple[list[TableState], set[UUID]]:
    slugs = Slugs((table.slug for table in old.tables), in_addresses=True)
    guessed = {old.tables[matching.old_of[place]].key for place in matching.guessed}
    headings = [(number, table) for number, topic in enumerate(reading.topics) for table in topic.tables]
    shown_with = first_of_heading(headings)
    merged: list[TableState] = []
    for place, (number, table) in enumerate(headings):
        if place in matching.old_of:
            known = old.tables[matching.old_of[place]]
        else:
            known = _new_table(table, topics[number], place, mint, slugs)
        if place in choices.kinds:
            known = replace(known, kind=choices.kinds[place], kind_is_set=True, kind_reason="chosen by an editor")
        match = match_grids(known, table).without(choices.apart).tied(known, choices.ties)
        guessed |= match.guessed
        first = merged[shown_with[place]].key if place in shown_with else None
        known = replace(known, topic=topics[number].key, position=place, shown_with=first)
        merged.append(merge_table(known, table, match, mint, at))
    return merged, guessed


def _new_table(table: document.Table, topic: TopicState, place: int, mint: Mint, slugs: Slugs) -> TableState:
    return TableState(
        key=mint.key("table", form(topic.title), form(table.title), form(table.label)),
        slug=slugs.give(table.name, f"table-{place + 1}"),
        topic=topic.key,
        title=short(table.title),
        position=place,
        kind=table.kind.value,
    )


def merge_table(old: TableState, table: document.Table, match: GridMatch, mint: Mint, at: datetime) -> TableState:
    """One table brought to what was read of it. A kind that an author chose stays."""
    columns = _merge_columns(old, table, match, mint)
    points = _merge_points(old, table, mint)
    attached = table.list_after
    merged = replace(
        old,
        title=short(table.title),
        label=short(table.label),
        number=table.number,
        path=list(table.path),
        kind=old.kind if old.kind_is_set else table.kind.value,
        kind_reason=old.kind_reason if old.kind_is_set else short(table.kind_reason),
        directive=_directive(old, table),
        intro=prose(table.intro),
        notes=prose(table.notes),
        points_label=short(attached.label) if attached else "",
        breaks=list(table.breaks),
        first_line=table.line,
        last_line=table.last_line,
        archived_at=None,
        columns=(*columns, *_archived(old.columns, columns, at)),
        points=(*points, *_archived(old.points, points, at)),
    )
    rows = _merge_rows(old, table, columns, match, mint)
    merged = replace(merged, rows=(*rows, *_archived(old.rows, rows, at)))
    return derive(merged, mint, at, questions_of_points=questions_of_points(table.list_after, points))


def _directive(old: TableState, table: document.Table) -> dict[str, str]:
    """What the document sets for a table, less the kind that was chosen on the site and that an export repeats."""
    repeats = old.kind_is_set and "kind" not in old.directive and table.directive.get("kind") == old.kind
    return {key: value for key, value in table.directive.items() if key != "kind" or not repeats}


def _merge_columns(old: TableState, table: document.Table, match: GridMatch, mint: Mint) -> list[ColumnState]:
    slugs = Slugs(column.slug for column in old.columns)
    merged: list[ColumnState] = []
    for place, head in enumerate(table.head):
        known = match.columns.get(place)
        merged.append(
            ColumnState(
                key=known.key if known else mint.key("column", old.key.hex, form(head.text)),
                slug=known.slug if known else slugs.give(head.name, f"column-{place + 1}"),
                name=short(head.name),
                source=head.source,
                text=head.text,
                html=head.html,
                align=head.align,
                position=place,
            )
        )
    return merged


def _merge_rows(
    old: TableState, table: document.Table, columns: list[ColumnState], match: GridMatch, mint: Mint
) -> list[RowState]:
    slugs = Slugs(row.slug for row in old.rows)
    places = [column.key.hex for column in columns]
    merged: list[RowState] = []
    for place, row in enumerate(table.rows):
        known = match.rows.get(place)
        name = row.cells[table.subject].text if row.cells else ""
        cells = dict(known.cells) if known else {}
        merged.append(
            RowState(
                key=known.key if known else mint.key("row", old.key.hex, form(name)),
                slug=known.slug if known else slugs.give(name, f"row-{place + 1}"),
                subject=name,
                cells=cells | {hexed: stored(cell) for hexed, cell in zip(places, row.cells, strict=True)},
                folded="",
                position=place,
                line=row.line,
            )
        )
    return merged


def _merge_points(old: TableState, table: document.Table, mint: Mint) -> list[PointState]:
    points = table.list_after.points if table.list_after else ()
    matching = Matching()
    nothing = dict.fromkeys(range(max(len(points), len(old.points))), frozenset[str]())
    texts = {place: form(point.text) for place, point in enumerate(points)}
    for parts_are_archived in (False, True):
        names = {
            place: form(point.text)
            for place, point in enumerate(old.points)
            if (point.archived_at != old.archived_at) is parts_are_archived
        }
        match_names(matching, names, texts, nothing, nothing)
    return [
        PointState(
            key=old.points[matching.old_of[place]].key
            if place in matching.old_of
            else mint.key("point", old.key.hex, texts[place]),
            source=point.source,
            text=point.text,
            html=point.html.strip(),
            position=place,
            line=point.line,
        )
        for place, point in enumerate(points)
    ]


def questions_of_points(attached: PointList | None, points: list[PointState]) -> list[Wording]:
    """What a list asks, where its items read as decisions; `points` are its items as stored, in the same order."""
    if not attached or not attached.asks:
        return []
    return [
        Wording(row=None, point=state.key, question=point.question, answer=point.answer)
        for point, state in zip(attached.points, points, strict=True)
        if point.question
    ]
