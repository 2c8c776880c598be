"""A table as it is drawn: its columns, rows and points, and the decision questions that concern it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial

from studysite.kept import Kept
from tables.actions.keeping import kept_of
from tables.filtering import Line
from tables.models import Column, DecisionQuestion, Guide, Point, Row, Table
from tables.naming import folded_names, names_any

TWO_COLUMNS = 2
MOST_COLUMNS_THAT_FIT, MOST_LETTERS_THAT_FIT = 6, 72


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table with its live parts, in the order of the document."""

    table: Table
    columns: list[Column] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    points: list[Point] = field(default_factory=list)

    @property
    def values(self) -> list[Column]:
        """The columns after the one that names the rows."""
        return self.columns[1:]

    @property
    def is_wide(self) -> bool:
        """Whether a phone has to scroll it sideways."""
        return len(self.columns) > TWO_COLUMNS

    @property
    def fits(self) -> bool:
        """Whether a large window surely shows it whole, so that its header can stick to the page."""
        letters = sum(len(column.name) + 4 for column in self.columns)
        return len(self.columns) <= MOST_COLUMNS_THAT_FIT and letters <= MOST_LETTERS_THAT_FIT

    @property
    def things(self) -> set[str]:
        """The folded names of what the table compares: its columns where rows are aspects, else its rows."""
        if self.table.kind == "aspect":
            return folded_names(column.text for column in self.values)
        return folded_names(row.subject for row in self.rows)

    def lines(self) -> list[Line]:
        """Its rows as the filter takes them."""
        keys = [column.key.hex for column in self.columns]
        return [
            Line([row.cells[key]["text"] if key in row.cells else "" for key in keys], row.folded) for row in self.rows
        ]


_sheets = Kept[Sheet](40_000, lambda sheet: 50 + len(sheet.columns) * len(sheet.rows))
_questions = Kept[list[DecisionQuestion]](20_000, lambda questions: 20 + len(questions))


def read_sheets(tables: Sequence[Table]) -> list[Sheet]:
    """
    These tables of one guide with their parts: three queries however many they are, none for what was read before.

    Whoever gets them must leave them as they are.
    """
    read: dict[int, Sheet] = {}

    def sheet_of(table: Table) -> Sheet:
        if not read:
            read.update(_read_sheets(tables))
        return read[table.pk]

    return [kept_of(table.guide, _sheets, partial(sheet_of, table), table.pk) for table in tables]


def _read_sheets(tables: Sequence[Table]) -> dict[int, Sheet]:
    sheets = {table.pk: Sheet(table) for table in tables}
    for column in Column.objects.live().filter(table__in=sheets):
        sheets[column.table_id].columns.append(column)
    rows = (
        Row.objects.live()
        .filter(table__in=sheets)
        .only("key", "table", "slug", "subject", "cells", "linked", "folded", "position")
    )
    for row in rows:
        row.table = sheets[row.table_id].table
        sheets[row.table_id].rows.append(row)
    for point in Point.objects.live().filter(table__in=sheets).only("table", "text", "html", "position"):
        sheets[point.table_id].points.append(point)
    return sheets


@dataclass(frozen=True, slots=True)
class Concern:
    """The questions of one decision table that concern another table."""

    table: Table
    questions: list[DecisionQuestion]


def questions_of(guide: Guide) -> list[DecisionQuestion]:
    """Every question that the author of a guide wrote: one query, none where they were read before."""
    return kept_of(guide, _questions, lambda: _read_questions(guide))


def _read_questions(guide: Guide) -> list[DecisionQuestion]:
    live = DecisionQuestion.objects.live().filter(table__guide=guide, table__archived_at=None)
    return list(live.only("table", "question", "answer", "position"))


def concerning(sheet: Sheet, questions: Iterable[DecisionQuestion], tables: Iterable[Table]) -> list[Concern]:
    """Those of the questions whose answers name what a table compares, by the decision tables that hold them."""
    things = sheet.things
    found: dict[int, list[DecisionQuestion]] = defaultdict(list)
    for question in questions:
        if names_any(question.answer, things):
            found[question.table_id].append(question)
    return [Concern(table, found[table.pk]) for table in tables if table.pk in found]
