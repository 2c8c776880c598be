"""A table as it is drawn: its columns, rows and points, and the decision questions that concern it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

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


def read_sheets(tables: Sequence[Table]) -> list[Sheet]:
    """These tables with their parts, by three queries however many they are."""
    sheets = {table.pk: Sheet(table) for table in tables}
    for column in Column.objects.live().filter(table__in=sheets):
        sheets[column.table_id].columns.append(column)
    rows = (
        Row.objects.live()
        .filter(table__in=sheets)
        .only("table", "slug", "subject", "cells", "linked", "folded", "position")
    )
    for row in rows:
        sheets[row.table_id].rows.append(row)
    for point in Point.objects.live().filter(table__in=sheets).only("table", "text", "html", "position"):
        sheets[point.table_id].points.append(point)
    return list(sheets.values())


@dataclass(frozen=True, slots=True)
class Concern:
    """The questions of one decision table that concern another table."""

    table: Table
    questions: list[DecisionQuestion]


def questions_of(guide: Guide) -> list[DecisionQuestion]:
    """Every question that the author of a guide wrote, by one query."""
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
