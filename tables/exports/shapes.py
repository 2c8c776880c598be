"""
Plain Python: guides and tables in, JSON out, piece by piece, in the shape that docs/formats.md promises to keep.

Parts carry their keys as `id`, so that a guide moves between two sites with its identity.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from tables.exports.facts import fact_keys
from tables.exports.markdown import RowsOf, stored_rows
from tables.versions.state import (
    ColumnState,
    GuideState,
    PointState,
    Prose,
    QuestionState,
    RowState,
    TableState,
    TopicState,
    live,
)

VERSION = 1
"""Raised when a member changes its meaning or goes; new members may come without."""

type Members = dict[str, Any]


def guide_json(guide: GuideState, slug: str, rows_of: RowsOf = stored_rows) -> Iterator[str]:
    """A whole guide; of its rows no more than one is held at a time."""
    head = {"format": "studysite-guide", "version": VERSION, "id": str(guide.key), "slug": slug, "title": guide.title}
    head |= {"front_matter": guide.front_matter, "intro": _prose(guide.intro), "links": guide.links}
    head["topics"] = [_topic(topic) for topic in live(guide.topics)]
    yield from _open(head)
    yield ',\n"tables": ['
    for number, table in enumerate(live(guide.tables)):
        yield ",\n" if number else "\n"
        yield from _table_pieces({}, table, rows_of(table), live(table.columns))
    yield "\n]\n}\n"


def table_json(
    table: TableState, rows: Iterable[RowState], place: Mapping[str, Any], columns: Sequence[ColumnState]
) -> Iterator[str]:
    """
    One table with these rows and columns, whose keys are the same whichever are left out.

    `place` are members that say where it belongs and what was asked of it.
    """
    head = {"format": "studysite-table", "version": VERSION, **place}
    yield from _table_pieces(head, table, rows, columns)
    yield "\n"


def _table_pieces(
    head: Members, table: TableState, rows: Iterable[RowState], columns: Sequence[ColumnState]
) -> Iterator[str]:
    subject, key_of = table.subject_column, fact_keys(table)
    yield from _open(head | _table(table, columns))
    yield ',\n"rows": ['
    for number, row in enumerate(rows):
        cells = [
            ({} if column is subject else {"id": str(key_of(row, column))}) | _cell(row, column) for column in columns
        ]
        members = {"id": str(row.key), "slug": row.slug, "subject": row.subject, "cells": cells}
        yield (",\n" if number else "\n") + _json(members)
    yield "\n]\n}"


def _open(head: Members) -> Iterator[str]:
    yield "{\n" + ",\n".join(f"{_json(name)}: {_json(value)}" for name, value in head.items())


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _cell(row: RowState, column: ColumnState) -> Members:
    cell = row.cells.get(column.key.hex, {})
    return {"source": cell.get("source", ""), "text": cell.get("text", "")}


def _prose(prose: Prose) -> list[Members]:
    return [{"source": note["source"], "text": note["text"]} for note in prose]


def _topic(topic: TopicState) -> Members:
    return {"id": str(topic.key), "slug": topic.slug, "title": topic.title, "intro": _prose(topic.intro)}


def _table(table: TableState, columns: Sequence[ColumnState]) -> Members:
    return {
        "id": str(table.key),
        "slug": table.slug,
        "topic": str(table.topic),
        "name": table.name,
        "title": table.title,
        "label": table.label,
        "number": table.number,
        "path": table.path,
        "shown_with": str(table.shown_with) if table.shown_with else None,
        "kind": table.kind,
        "directive": table.directive,
        "intro": _prose(table.intro),
        "notes": _prose(table.notes),
        "points": {"label": table.points_label, "items": [_point(point) for point in live(table.points)]},
        "breaks": table.breaks,
        "columns": [_column(column, is_subject=column is table.subject_column) for column in columns],
        "questions": [_question(question) for question in live(table.questions)],
    }


def _column(column: ColumnState, *, is_subject: bool) -> Members:
    names = {"id": str(column.key), "slug": column.slug, "name": column.name}
    return names | {"source": column.source, "text": column.text, "align": column.align, "names_rows": is_subject}


def _point(point: PointState) -> Members:
    return {"id": str(point.key), "source": point.source, "text": point.text}


def _question(question: QuestionState) -> Members:
    homes = {name: str(key) if key else None for name, key in (("row", question.row), ("point", question.point))}
    words = {"question": question.question, "answer": question.answer, "explanation": question.explanation}
    return {"id": str(question.key)} | homes | words
