"""Plain Python: rows of a learner's history in; lines of CSV, and pieces of JSON, out, one at a time."""

import csv
import json
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from typing import Any

from tables.exports.delimited import guarded

FORMAT = 1
"""Raised when what is written can no longer be read by older versions."""


def csv_lines(header: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """Lines of a CSV file; a text that a spreadsheet would take for a formula gets an apostrophe in front."""
    yield _line(header)
    for values in rows:
        yield _line([guarded(value) for value in values])


def _line(row: Sequence[object]) -> str:
    out = StringIO()
    csv.writer(out).writerow(row)
    return out.getvalue()


def json_pieces(head: dict[str, Any], lists: dict[str, Iterable[dict[str, Any]]]) -> Iterator[str]:
    """
    One JSON object in pieces: the members of `head`, then each list with one element a line.

    No more than one element is held at a time.
    """
    yield "{\n" + ",\n".join(f"{json.dumps(name)}: {json.dumps(value)}" for name, value in head.items())
    for name, elements in lists.items():
        yield f",\n{json.dumps(name)}: [\n"
        for number, element in enumerate(elements):
            yield (",\n" if number else "") + json.dumps(element, ensure_ascii=False)
        yield "\n]"
    yield "\n}\n"
