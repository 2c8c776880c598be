"""The seed and small guides as the plain sources that questions are made from."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from quizzes.generation.decisions import Bank, prepare
from quizzes.generation.made import Made
from quizzes.generation.pins import Pins, read_pins
from quizzes.generation.sources import AuthoredQuestion, SourceRow, SourceTable
from tables.reader.document import Kind

FIXTURES = Path(__file__).parents[2] / "fixtures"
KINDS = {10: Kind.ASPECT, 15: Kind.ASPECT, 18: Kind.ASPECT, 20: Kind.ASPECT, 3: Kind.LOOKUP, 24: Kind.LOOKUP}
KINDS |= dict.fromkeys((25, 26, 27, 28), Kind.DECISION)


def make_source_table(
    key: str,
    headers: Sequence[str],
    *rows: Sequence[str],
    title: str = "",
    topic: str = "Storage",
    kind: Kind = Kind.ENTITY,
) -> SourceTable:
    """A table whose rows have the keys `<key>.r1`, `<key>.r2` ..."""
    sources = tuple(SourceRow(f"{key}.r{place}", tuple(cells)) for place, cells in enumerate(rows, start=1))
    return SourceTable(key, topic, title or f"Table {key}", kind, tuple(headers), sources)


def questions_of(table: SourceTable) -> list[AuthoredQuestion]:
    """The rows of a decision or lookup table as questions `<key>.q1`, `<key>.q2` ...; none of another table."""
    if table.has_things:
        return []
    header = table.headers[0] if table.kind is Kind.LOOKUP else ""
    return [
        AuthoredQuestion(f"{table.key}.q{place}", table.key, row.cells[0], row.cells[1], header)
        for place, row in enumerate(table.rows, start=1)
    ]


def bank_of(*tables: SourceTable, pins: Pins | None = None) -> Bank:
    """The bank of a guide that consists of these tables."""
    return prepare(tables, [question for table in tables for question in questions_of(table)], pins)


@cache
def seed_tables() -> tuple[SourceTable, ...]:
    """The 28 tables of the seed, with the keys T1 to T28 in document order."""
    tables: list[SourceTable] = []
    topic = title = label = ""
    lines: list[str] = []
    for line in [*(FIXTURES / "section-6.md").read_text().splitlines(), ""]:
        if line.startswith("## "):
            topic = line[3:]
        elif line.startswith("### "):
            title, label = line[4:], ""
        elif line.startswith("**"):
            label = line.strip("*:")
        elif line.startswith("|"):
            lines.append(line)
        elif lines:
            tables.append(_seed_table(len(tables) + 1, topic, f"{title}: {label}" if label else title, lines))
            lines = []
    return tuple(tables)


def _seed_table(number: int, topic: str, title: str, lines: list[str]) -> SourceTable:
    grid = [[cell.strip(" *`") for cell in line.strip("|").split("|")] for line in lines]
    kind = KINDS.get(number, Kind.ENTITY)
    return make_source_table(f"T{number}", grid[0], *grid[2:], title=title, topic=topic, kind=kind)


def seed_table(number: int) -> SourceTable:
    """One table of the seed by its number in document order, counted from 1."""
    return seed_tables()[number - 1]


@cache
def seed_bank() -> Bank:
    """The bank of the seed with the pins that are shipped with it."""
    return bank_of(*seed_tables(), pins=read_pins((FIXTURES / "section-6.pins.json").read_text()))


def seed_question(key: str) -> Made:
    """One question of the seed: `T28.q2` is the second of the last table."""
    return next(prepared for prepared in seed_bank().prepared if prepared.facts[0].question_key == key)
