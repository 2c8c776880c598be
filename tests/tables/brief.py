"""A reading in few words: what the documents in tests/documents are compared by."""

import json
from pathlib import Path
from typing import Any

from tables.reader.document import Note, Reading, Table

DOCUMENTS = Path(__file__).parent.parent / "documents"


def brief(reading: Reading) -> dict[str, Any]:
    """Titles, lines, texts and problems of a reading; what is empty is left out."""
    return without_empty(
        {
            "title": reading.title,
            "front_matter": reading.front_matter,
            "intro": texts(reading.intro),
            "topics": [
                without_empty(
                    {
                        "title": topic.title,
                        "intro": texts(topic.intro),
                        "tables": [table.name for table in topic.tables],
                    }
                )
                for topic in reading.topics
            ],
            "tables": [brief_table(table) for table in reading.tables],
            "problems": [f"{p.line} {p.severity} {p.code}" for p in reading.problems if p.code != "kind-guessed"],
        }
    )


def brief_table(table: Table) -> dict[str, Any]:
    points = table.list_after
    return without_empty(
        {
            "name": table.name,
            "lines": [table.line, table.last_line],
            "kind": table.kind.value,
            "path": list(table.path),
            "label": table.label,
            "align": [head.align for head in table.head] if any(head.align for head in table.head) else [],
            "columns": [head.name for head in table.head],
            "rows": [[row.line, *(cell.text for cell in row.cells)] for row in table.rows],
            "html": [cell.html for row in table.rows for cell in row.cells if "<" in cell.html],
            "breaks": list(table.breaks),
            "left_out": [f"{line.line} {line.why}" for line in table.left_out],
            "list": points and [f"{points.label}:" if points.label else "", *(point.text for point in points.points)],
            "asks": points and [[p.question, p.answer] for p in points.points if p.question],
            "intro": texts(table.intro),
            "notes": texts(table.notes),
            "directive": table.directive,
        }
    )


def texts(notes: tuple[Note, ...]) -> list[str]:
    return [note.text for note in notes]


def without_empty(entries: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in entries.items() if value}


def write_down(entries: Any, margin: str = "") -> str:
    """JSON with a row of a table on a line."""
    flat = json.dumps(entries, ensure_ascii=False)
    if not isinstance(entries, dict | list) or (len(flat) < 100 and not isinstance(entries, dict)):
        return flat
    inner = f"{margin}  "
    if isinstance(entries, dict):
        parts = [f"{inner}{json.dumps(key)}: {write_down(value, inner)}" for key, value in entries.items()]
        return "{\n" + ",\n".join(parts) + f"\n{margin}}}"
    return "[\n" + ",\n".join(inner + write_down(value, inner) for value in entries) + f"\n{margin}]"
