"""Plain Python: a reading and what publishing it would do in, what the check page of an import shows out."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import asdict
from itertools import groupby
from typing import Any
from uuid import UUID

from tables.reader.document import Problem, Reading, Severity
from tables.versions.changes import Change, Diff, How, Kind, name_of
from tables.versions.grids import form
from tables.versions.state import ColumnState, GuideState, RowState, TableState, live

MOST_CHANGES = 500
MOST_TIES = 40
"""Parts of one table that an author is offered to tie by hand."""
SIGNS = {
    How.ADDED: ("add", "+ added"),
    How.RETURNED: ("add", "+ returned"),
    How.REMOVED: ("rem", "− removed"),
    How.RENAMED: ("chg", "~ renamed"),
    How.MOVED: ("chg", "~ moved"),
    How.CHANGED: ("chg", "~ changed"),
    How.REORDERED: ("chg", "~ other order"),
    How.REWRITTEN: ("chg", "~ written differently"),
}


def checked_of(
    reading: Reading,
    before: GuideState,
    after: GuideState,
    diff: Diff,
    *,
    guessed: frozenset[UUID],
    ties: Mapping[UUID, int | str],
) -> dict[str, Any]:
    """
    What the check page shows, as plain values to be kept.

    `lines` marks lines of the document: "bad" or "warn" where there is a problem, else "add" or "chg" for its rows.
    Only the first 500 changes are listed; `change_count` counts them all.
    """
    come = {change.new for change in diff.changes if change.part is Kind.TABLE}  # or renamed
    changed = {change.table for change in diff.changes}
    changed |= {table.name for table in live(after.tables) if table.full_title in come}
    return {
        "title": reading.title,
        "against": diff.against,
        "errors": len(reading.errors),
        "problems": [problem_of(problem) for problem in reading.problems],
        "tables": [
            {**table, "is_changed": table["name"] in changed} for table in _tables_of(reading, live(after.tables))
        ],
        "groups": list(grouped(diff.changes[:MOST_CHANGES], {**texts_of(before), **texts_of(after)})),
        "change_count": len(diff.changes),
        "is_empty": diff.is_empty,
        "guesses": list(guesses_of(before, after, guessed)),
        "ties": list(ties_of(before, after, ties)),
        "lines": lines_of(reading, before, after),
    }


def problem_of(problem: Problem) -> dict[str, Any]:
    """A problem with its words."""
    return {**asdict(problem), "severity": problem.severity.value}


def _tables_of(reading: Reading, states: list[TableState]) -> Iterator[dict[str, Any]]:
    """The tables read, by place in the document, with the kind that each will have."""
    place = 0
    for topic in reading.topics:
        for table in topic.tables:
            state = states[place] if place < len(states) else None
            yield {
                "place": place,
                "topic": topic.title,
                "name": table.name,
                "line": table.line,
                "rows": len(table.rows),
                "columns": len(table.head),
                "kind": state.kind if state else table.kind.value,
                "reason": state.kind_reason if state else table.kind_reason,
            }
            place += 1


def texts_of(guide: GuideState) -> dict[tuple[str, str], str]:
    """What the value cells of each row say, by the names of table and row."""
    return {
        (table.name, row.subject): ", ".join(text for column in table.value_columns if (text := row.text(column)))
        for table in live(guide.tables)
        for row in live(table.rows)
    }


def grouped(
    changes: tuple[Change, ...], texts: Mapping[tuple[str, str], str] | None = None
) -> Iterator[dict[str, Any]]:
    """
    The changes by the table they are in, in order; those of topics and whole tables under no name.

    `texts`, as `texts_of` gives them, say what is in rows that come and go.
    """
    for table, some in groupby(changes, key=lambda change: change.table):
        yield {"table": table, "changes": [_change(change, texts or {}) for change in some]}


def _change(change: Change, texts: Mapping[tuple[str, str], str]) -> dict[str, Any]:
    style, sign = SIGNS[change.how]
    if change.part is Kind.ROW and style in {"add", "rem"}:
        name = change.new or change.old
        text = texts.get((change.table, name), "")[:300]
        return {
            "style": style, "sign": sign, "part": "row", "name": name, "column": "",
            "old": text if style == "rem" else "", "new": text if style == "add" else "", "is_guessed": False,
        }  # fmt: skip
    where = change.row if change.row else "" if change.part.value in ("row", "cell") else change.part.value
    name = where or change.new or change.old
    return {
        "style": style, "sign": sign, "part": change.part.value, "name": name, "column": change.column,
        "old": change.old, "new": change.new if where or change.old else "", "is_guessed": change.guessed,
    }  # fmt: skip


def guesses_of(before: GuideState, after: GuideState, guessed: frozenset[UUID]) -> Iterator[dict[str, Any]]:
    """
    Each part that was found by likeness under a new name: its key, what it was called and what it is called now.

    Of a row in another table that is the name of the tables too; it `is_moved`.
    """
    olds, news = dict(_named(before)), dict(_named(after))
    homes, homes_now = _homes(before), _homes(after)
    for key, (place, now) in news.items():
        if key not in guessed or key not in olds:
            continue
        old_place, old = olds[key]
        if homes.get(key) != homes_now.get(key):
            yield {
                "key": key.hex, "place": now, "old": f"{old_place}: {old}", "new": f"{place}: {now}", "is_moved": True,
            }  # fmt: skip
        elif old != now:
            yield {"key": key.hex, "place": place, "old": old, "new": now, "is_moved": False}


def _homes(guide: GuideState) -> dict[UUID, UUID]:
    """The key of each row's table."""
    return {row.key: table.key for table in live(guide.tables) for row in live(table.rows)}


def ties_of(before: GuideState, after: GuideState, ties: Mapping[UUID, int | str]) -> Iterator[dict[str, Any]]:
    """
    The columns, and the rows, of each table of which some are gone and others have come: an author may know better.

    Rows of the same columns and subject that have come into other tables are offered too. `ties` are those that the
    author has tied already: they are listed as gone, with the place of what they are now.
    """
    known, there = (
        {part.key for _, parts in _parts(guide) for part in parts} - ties.keys() for guide in (before, after)
    )
    tables = {table.key: table for table in live(after.tables)}
    come = _come_by_name(after, known) if before.tables else {}
    for old in live(before.tables):
        table = tables.get(old.key)
        title = (table or old).full_title
        columns = [column for column in live(old.columns) if column.key not in there]
        rows = [row for row in live(old.rows) if row.key not in there]
        names = dict.fromkeys(_full_names(old, rows))
        others = [offered for name in names for home, offered in come.get(name, ()) if home != old.key]
        if table:
            yield from _offer(title, "column", columns, _come(table.columns, known), ties)
        yield from _offer(title, "row", rows, [*(_come(table.rows, known) if table else ()), *others], ties)


def _offer(
    table: str, part: str, gone: list[Any], come: list[dict[str, Any]], ties: Mapping[UUID, int | str]
) -> Iterator[dict[str, Any]]:
    if gone and come:
        listed = [{"key": old.key.hex, "name": name_of(old), "now": ties.get(old.key)} for old in gone[:MOST_TIES]]
        yield {"table": table, "part": part, "gone": listed, "come": come[:MOST_TIES]}


def _come(parts: Iterable[ColumnState | RowState], known: set[UUID]) -> list[dict[str, Any]]:
    places = enumerate(live(parts))
    return [{"place": place, "name": name_of(part)} for place, part in places if part.key not in known]


def _come_by_name(after: GuideState, known: set[UUID]) -> dict[Hashable, list[tuple[UUID, dict[str, Any]]]]:
    """The rows that have come, by their columns and subject: the key of the table of each, and how it is offered."""
    found: dict[Hashable, list[tuple[UUID, dict[str, Any]]]] = defaultdict(list)
    for place, table in enumerate(live(after.tables)):
        come = {number: row for number, row in enumerate(live(table.rows)) if row.key not in known and row.subject}
        for name, (number, row) in zip(_full_names(table, come.values()), come.items(), strict=True):
            offered = {"place": f"{place}.{number}", "name": f"{table.full_title}: {name_of(row)}"}
            found[name].append((table.key, offered))
    return found


def _full_names(table: TableState, rows: Iterable[RowState]) -> Iterator[Hashable]:
    """What names each row among all tables of the same columns."""
    heads = tuple(sorted(form(column.text) for column in live(table.columns)))
    subject = form(table.subject_column.text) if table.subject_column else ""
    return ((heads, subject, form(row.subject)) for row in rows)


def place_elsewhere(place: str) -> tuple[int, int]:
    """The places of a table and of a row in it, from how `ties_of` offers them."""
    table, row = place.split(".")
    return int(table), int(row)


def _parts(guide: GuideState) -> Iterator[tuple[TableState, list[ColumnState | RowState]]]:
    for table in live(guide.tables):
        yield table, [*live(table.columns), *live(table.rows)]


def _named(guide: GuideState) -> Iterator[tuple[UUID, tuple[str, str]]]:
    for table, parts in _parts(guide):
        yield table.key, ("Table", table.full_title)
        yield from ((part.key, (table.full_title, name_of(part))) for part in parts)


def lines_of(reading: Reading, before: GuideState, after: GuideState) -> dict[str, str]:
    """How lines of the document are marked, by number."""
    old = {row.key: _sources(row.cells) for table in live(before.tables) for row in live(table.rows)}
    marks: dict[str, str] = {}
    for table in live(after.tables) if before.tables else ():
        for row in live(table.rows):
            if row.key not in old:
                marks[str(row.line)] = "add"
            elif not old[row.key].items() >= _sources(row.cells).items():
                marks[str(row.line)] = "chg"
    for problem in reading.problems:
        if problem.severity is not Severity.INFORMATION:
            marks[str(problem.line)] = "bad" if problem.severity is Severity.ERROR else "warn"
    return marks


def _sources(cells: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    return {column: cell.get("source", "") for column, cell in cells.items()}
