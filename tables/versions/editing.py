"""Plain Python: a stored table and what an editor wrote over it in, the table's next state out."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from uuid import UUID

from tables.identity import Mint
from tables.reader.decoding import CONTROL
from tables.reader.document import Cell
from tables.reader.inline import Known, render_cell
from tables.reader.names import name_column, tidy_label, tidy_title
from tables.versions.deriving import Wording, derive
from tables.versions.grids import form
from tables.versions.parts import questions_of_points, rewritten, short, stored
from tables.versions.points import read_list
from tables.versions.slugs import Slugs
from tables.versions.state import ColumnState, PointState, RowState, TableState, live

LINE_BREAK = re.compile(r"[ \t]*[\r\n]+[ \t]*")

type Sources = Mapping[UUID, str]
"""Markdown of one line, by the key of the column it stands in."""

type Render = Callable[[str], Cell]


@dataclass(frozen=True, slots=True)
class TableEdit:
    """
    What changes in one table; parts that are not named stay as they are.

    `rows`, `headings` and `points` hold new Markdown by key; `new_rows` and `new_points` stand at the end. A kind that
    is given is the author's choice from then on.
    """

    title: str | None = None
    label: str | None = None
    points_label: str | None = None
    kind: str | None = None
    headings: Sources = field(default_factory=dict)
    rows: Mapping[UUID, Sources] = field(default_factory=dict)
    new_rows: tuple[Sources, ...] = ()
    removed_rows: frozenset[UUID] = frozenset()
    restored_rows: frozenset[UUID] = frozenset()
    points: Sources = field(default_factory=dict)
    new_points: tuple[str, ...] = ()
    removed_points: frozenset[UUID] = frozenset()
    restored_points: frozenset[UUID] = frozenset()

    @property
    def known_rows(self) -> frozenset[UUID]:
        """The keys of all rows that it speaks of."""
        return self.removed_rows | self.restored_rows | self.rows.keys()


def edit_table(table: TableState, edit: TableEdit, mint: Mint, at: datetime, known: Known) -> TableState:
    """
    The table as edited. What is removed is archived; a text that was not changed is not rendered anew.

    `known` is what its guide defines for inline text.
    """
    render = partial(render_cell, known=known)
    columns = _edit_columns(table, edit, render)
    rows = [_edit_row(row, edit, at, render) for row in table.rows]
    rows += _new_rows(replace(table, columns=columns), edit, mint, render)
    points = [_edit_point(point, edit, at) for point in table.points] + _new_points(table, edit, mint, render)
    rows.sort(key=lambda row: row.key not in edit.restored_rows)  # before whoever stands in their place now
    points.sort(key=lambda point: point.key not in edit.restored_points)
    points, questions = _read_points(table, _in_order(points), known)
    title = _renamed(table.title, edit.title, tidy_title) or table.title
    edited = replace(
        table,
        title=title,
        label=_renamed(table.label, edit.label, tidy_label),
        points_label=_renamed(table.points_label, edit.points_label, tidy_label),
        directive=table.directive if title == table.title else _titled(table.directive, title),
        kind=edit.kind or table.kind,
        kind_is_set=table.kind_is_set or edit.kind is not None,
        kind_reason="chosen by an editor" if edit.kind else table.kind_reason,
        breaks=_moved_breaks(table, edit.removed_rows),
        columns=columns,
        rows=tuple(_in_order(rows)),
        points=tuple(points),
    )
    return derive(edited, mint, at, questions_of_points=questions)


def _titled(directive: dict[str, str], title: str) -> dict[str, str]:
    """What the document sets for the table, under another title where it sets one."""
    return directive | {"title": title} if "title" in directive else directive


def _renamed(now: str, wanted: str | None, tidy: Callable[[str], str]) -> str:
    """What something is called next; what was not changed stays as it is, however it was written."""
    return now if wanted is None or wanted == now else short(tidy(wanted))


def _edit_columns(table: TableState, edit: TableEdit, render: Render) -> tuple[ColumnState, ...]:
    """The columns under new headings, all named as an import would name them; archived ones keep their names."""
    columns = tuple(_edit_column(column, edit, render) for column in table.columns)
    if columns == table.columns:
        return columns
    names: list[str] = []
    for column in live(columns):
        names.append(name_column(column.text, names))
    standing = iter(names)
    return tuple(replace(c, name=short(next(standing))) if c.archived_at is None else c for c in columns)


def _edit_column(column: ColumnState, edit: TableEdit, render: Render) -> ColumnState:
    source = one_line(edit.headings.get(column.key, column.source))
    if source == column.source:
        return column
    cell = render(source)
    return replace(column, source=source, text=cell.text, html=cell.html)


def _edit_row(row: RowState, edit: TableEdit, at: datetime, render: Render) -> RowState:
    if row.key in edit.removed_rows:
        return replace(row, archived_at=row.archived_at or at)
    if row.key in edit.restored_rows and row.archived_at is not None:
        row = replace(row, archived_at=None)
    cells = dict(row.cells)
    for column, source in edit.rows.get(row.key, {}).items():
        source = one_line(source)
        if source != cells.get(column.hex, {}).get("source", ""):
            cells[column.hex] = rewritten(cells.get(column.hex, {}), render(source))
    return replace(row, cells=cells)


def _new_rows(table: TableState, edit: TableEdit, mint: Mint, render: Render) -> list[RowState]:
    slugs = Slugs(row.slug for row in table.rows)
    subject = table.subject_column
    made: list[RowState] = []
    for place, sources in enumerate(edit.new_rows, start=len(live(table.rows))):
        cells = {column.hex: stored(render(one_line(source))) for column, source in sources.items()}
        name = cells.get(subject.key.hex, {}).get("text", "") if subject else ""
        key = mint.key("row", table.key.hex, form(name))
        made.append(RowState(key, slugs.give(name, f"row-{place + 1}"), name, cells, folded="", position=place, line=0))
    return made


def _moved_breaks(table: TableState, removed: frozenset[UUID]) -> list[int]:
    """The rules between rows, each still above the row it stood above."""
    gone = [row.position for row in live(table.rows) if row.key in removed]
    return sorted({place - sum(position < place for position in gone) for place in table.breaks})


def _edit_point(point: PointState, edit: TableEdit, at: datetime) -> PointState:
    if point.key in edit.removed_points:
        return replace(point, archived_at=point.archived_at or at)
    if point.key in edit.restored_points:
        point = replace(point, archived_at=None)
    return replace(point, source=point_source(edit.points.get(point.key, point.source)))


def _new_points(table: TableState, edit: TableEdit, mint: Mint, render: Render) -> list[PointState]:
    made: list[PointState] = []
    for place, source in enumerate(edit.new_points, start=len(live(table.points))):
        cell = render(one_line(source))
        key = mint.key("point", table.key.hex, form(cell.text))
        made.append(PointState(key, cell.source, cell.text, cell.html, position=place, line=0))
    return made


def _read_points(table: TableState, points: list[PointState], known: Known) -> tuple[list[PointState], list[Wording]]:
    """The points rendered and asked as an import would; those that nobody touched stay as they are."""
    if points == list(table.points):
        return points, _kept_questions(table)
    listed, gone = live(points), [point for point in points if point.archived_at is not None]
    read_again = read_list(listed, known)
    if read_again is None:
        cells = [render_cell(one_line(point.source), known) for point in listed]
        return [replace(p, text=c.text, html=c.html) for p, c in zip(listed, cells, strict=True)] + gone, []
    rendered = [replace(p, text=r.text, html=r.html) for p, r in zip(listed, read_again.points, strict=True)]
    return rendered + gone, questions_of_points(read_again, rendered)


def _in_order[P: (RowState, PointState)](parts: list[P]) -> list[P]:
    """Live parts first, counted from 0 without gaps; one that came back stands where it stood."""
    standing = sorted((part for part in parts if part.archived_at is None), key=lambda part: part.position)
    gone = [part for part in parts if part.archived_at is not None]
    return [replace(part, position=place) for place, part in enumerate(standing)] + gone


def _kept_questions(table: TableState) -> list[Wording]:
    return [
        Wording(row=None, point=question.point, question=question.question, answer=question.answer)
        for question in live(table.questions)
        if question.point
    ]


def one_line(source: str) -> str:
    """Markdown of a cell, which has no line breaks of its own; other white space stays as written."""
    return LINE_BREAK.sub(" ", without_controls(source)).strip(" \t\r\n")


def point_source(source: str) -> str:
    """Markdown of a key point, which may have several lines."""
    return without_controls(source).replace("\r\n", "\n").strip()


def without_controls(source: str) -> str:
    """Markdown with its control characters replaced as in a document that is read."""
    return CONTROL.sub("\ufffd", source)
