"""Plain Python: a reading in, the plain lists and texts that its JSON form is made of out."""

from collections.abc import Iterable
from typing import Any

from tables.reader.document import Note, PointList, Problem, Reading, Table, Topic
from tables.reader.names import make_slug, unique_slug

type Entry = dict[str, Any]


def list_reading(reading: Reading) -> Entry:
    """
    The reading as dictionaries, lists and texts, in the order of the document.

    `slug` and `key` are those of a first import: the site keeps the ones it has given, whatever this says.
    """
    tables: list[Entry] = []
    topics: list[Entry] = []
    taken: set[str] = set()
    for number, topic in enumerate(reading.topics, start=1):
        listed = [_list_table(table, topic, taken, len(tables) + place) for place, table in enumerate(topic.tables, 1)]
        tables += listed
        topics.append(_list_topic(topic, number, [table["key"] for table in listed]))
    return {
        "title": reading.title,
        "front_matter": reading.front_matter,
        "intro": _list_notes(reading.intro),
        "topics": topics,
        "tables": tables,
        "problems": [_list_problem(problem) for problem in reading.problems],
    }


def _list_topic(topic: Topic, number: int, keys: list[str]) -> Entry:
    slug = make_slug(topic.title, f"topic-{number}")
    return {"title": topic.title, "slug": slug, "line": topic.line, "intro": _list_notes(topic.intro), "tables": keys}


def _list_table(table: Table, topic: Topic, taken: set[str], number: int) -> Entry:
    slug = unique_slug(make_slug(table.name, f"table-{number}"), taken)
    taken.add(slug)
    return {
        "key": "/".join((topic.title, table.title, table.label, str(table.number))),
        "slug": slug,
        "title": table.title,
        "name": table.name,
        "label": table.label,
        "path": list(table.path),
        "lines": [table.line, table.last_line],
        "kind": table.kind.value,
        "kind_reason": table.kind_reason,
        "align": [head.align for head in table.head],
        "header": [{"source": head.source, "text": head.text, "name": head.name} for head in table.head],
        "rows": [
            {
                "line": row.line,
                "cells": [{"source": cell.source, "text": cell.text, "html": cell.html} for cell in row.cells],
            }
            for row in table.rows
        ],
        "intro": _list_notes(table.intro),
        "notes": _list_notes(table.notes),
        "list_after": _list_points(table.list_after),
        "left_out": [{"line": left_out.line, "why": left_out.why} for left_out in table.left_out],
        "directive": table.directive,
    }


def _list_notes(notes: Iterable[Note]) -> list[Entry]:
    return [{"lines": [note.line, note.last_line], "source": note.source, "text": note.text} for note in notes]


def _list_points(points: PointList | None) -> Entry | None:
    if points is None:
        return None
    items = [
        {"line": point.line, "source": point.source, "text": point.text}
        | ({"question": point.question, "answer": point.answer} if point.question else {})
        for point in points.points
    ]
    return {"label": points.label, "lines": [points.line, points.last_line], "asks": points.asks, "items": items}


def _list_problem(problem: Problem) -> Entry:
    entry: Entry = {
        "code": problem.code,
        "severity": problem.severity.value,
        "line": problem.line,
        "last_line": problem.last_line or problem.line,
        "column": problem.column,
        "message": problem.message,
        "advice": problem.advice,
    }
    return entry if problem.offset is None else entry | {"offset": problem.offset}
