"""Plain Python: ties the answers of decision tables to the rows they name, as far as the document tells."""

import re
from collections.abc import Iterable

from tables.reader.document import Kind, Table, Topic
from tables.reader.forms import fold, is_placeholder
from tables.reader.problems import Problems

TAIL = re.compile(r"\s*[(\[（][^()\[\]（）]*[)\]）]\s*$")
JOINTS = re.compile(r"\s*[,，、;]\s*|\s+(?:or|and|\+|/)\s+|\s*\+\s*|\s+/\s+")
AUTHORED = frozenset({Kind.DECISION, Kind.LOOKUP})


def report_unnamed_answers(topics: Iterable[Topic], problems: Problems) -> None:
    """Inform of every answer that names no row of the guide; it is asked all the same, without a contrast."""
    tables = [table for topic in topics for table in topic.tables]
    names = {name for table in tables if table.kind not in AUTHORED for name in _names(table)}
    if not names:
        return
    for table in tables:
        for row in table.rows if table.kind in AUTHORED else ():
            answer = row.cells[1].text if len(row.cells) > 1 else ""
            if not is_placeholder(answer) and not names_rows(answer, names):
                message = (
                    f"The answer “{answer}” in line {row.line} names no row of this guide; it is asked all the same."
                )
                problems.inform("answer-without-row", row.line, message, column=table.head[1].name)


def _names(table: Table) -> set[str]:
    """What the rows of a table, or the columns of one that compares its columns, are called, folded."""
    things = [row.cells[0].text for row in table.rows]
    if table.kind is Kind.ASPECT:
        things += [head.text for head in table.head[1:]]
    return {fold(form) for thing in things for form in (thing, TAIL.sub("", thing))} - {""}


def names_rows(answer: str, names: set[str]) -> bool:
    """Whether an answer, less a bracket at its end, names a row, or each of its parts does. `names` are folded."""
    whole = TAIL.sub("", answer)
    if fold(answer) in names or fold(whole) in names:
        return True
    parts = [part for part in JOINTS.split(whole) if part]
    return len(parts) > 1 and all(fold(part) in names or fold(TAIL.sub("", part)) in names for part in parts)
