"""Plain Python: one stored table and a newer reading of it in, the table as it is stored next out."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from tables.identity import Mint
from tables.reader import document
from tables.reader.document import PointList
from tables.versions.deriving import Wording, derive
from tables.versions.grids import GridMatch, form
from tables.versions.matching import Matching, match_names
from tables.versions.moving import Move
from tables.versions.slugs import Slugs
from tables.versions.state import ColumnState, PointState, Prose, RowState, StoredCell, TableState, TopicState

LONGEST_NAME = 300


def prose(notes: Iterable[document.Note]) -> Prose:
    """Notes as they are stored."""
    return [{"source": note.source, "text": note.text, "html": note.html} for note in notes]


def short(name: str) -> str:
    """A name as far as it is kept; whole header cells and label lines may be names, and far longer than any title."""
    return name[:LONGEST_NAME]


def stored(cell: document.Cell) -> StoredCell:
    """A cell as it is stored."""
    return {"source": cell.source, "text": cell.text, "html": cell.html}


def rewritten(old: StoredCell, cell: document.Cell) -> StoredCell:
    """A cell as it is stored in the place of another one, of which it keeps what its fact is known by."""
    return stored(cell) | ({"column": old["column"]} if "column" in old else {})


def archived[P: (TopicState, TableState, ColumnState, RowState, PointState)](
    old: Iterable[P], kept: Iterable[P], at: datetime
) -> list[P]:
    """The old parts that are not among the kept, archived now unless they were before."""
    keys = {part.key for part in kept}
    return [replace(part, archived_at=part.archived_at or at) for part in old if part.key not in keys]


def without(table: TableState, moved: frozenset[UUID]) -> TableState:
    """The table without the rows that went to others, and without their questions."""
    return replace(
        table,
        rows=tuple(row for row in table.rows if row.key not in moved),
        questions=tuple(question for question in table.questions if question.row not in moved),
    )


def merge_table(
    old: TableState,
    table: document.Table,
    match: GridMatch,
    mint: Mint,
    at: datetime,
    *,
    arrived: Mapping[int, Move],
    left: frozenset[UUID],
) -> TableState:
    """
    One table brought to what was read of it. A kind that an author chose stays.

    `arrived` are the rows that came from other tables, by their places; `left` all those that changed tables.
    """
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
        columns=(*columns, *archived(old.columns, columns, at)),
        points=(*points, *archived(old.points, points, at)),
    )
    rows = _merge_rows(old, table, columns, match, mint, arrived)
    stayed = without(old, left)
    brought = [q for move in arrived.values() for q in move.table.questions if q.row == move.row.key]
    merged = replace(merged, rows=(*rows, *archived(stayed.rows, rows, at)), questions=(*stayed.questions, *brought))
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
    old: TableState,
    table: document.Table,
    columns: list[ColumnState],
    match: GridMatch,
    mint: Mint,
    arrived: Mapping[int, Move],
) -> list[RowState]:
    slugs = Slugs(row.slug for row in old.rows)
    own = frozenset(column.key for column in (*old.columns, *columns))
    places = [column.key.hex for column in columns]
    merged: list[RowState] = []
    for place, row in enumerate(table.rows):
        stayed = match.rows.get(place)
        known = arrived[place].under(columns, own) if place in arrived else stayed
        name = row.cells[table.subject].text if row.cells else ""
        cells = dict(known.cells) if known else {}
        cells |= {hexed: rewritten(cells.get(hexed, {}), cell) for hexed, cell in zip(places, row.cells, strict=True)}
        merged.append(
            RowState(
                key=known.key if known else mint.key("row", old.key.hex, form(name)),
                slug=stayed.slug if stayed else slugs.give(name, f"row-{place + 1}"),
                subject=name,
                cells=cells,
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
