"""How well each cell of some tables is remembered: one look at all facts of a page."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from quizzes.actions.bank import refresh_bank
from quizzes.actions.knowing import Knowledge, known_of_page, papers_of
from quizzes.actions.planning import due_by_plan
from quizzes.models import Learner
from quizzes.recalls import CellRecall, recall_of
from tables.actions.sheets import read_sheets
from tables.models import Column, Guide, Row, Table


@dataclass(frozen=True, slots=True)
class RecalledCell:
    """A cell of a table, with its value as safe HTML, and how well it is remembered."""

    column: Column
    row: Row
    recall: CellRecall

    @property
    def cell(self) -> object:
        """The cell itself."""
        return self.row.cell(self.column)


@dataclass(frozen=True, slots=True)
class RecalledTable:
    """A table with what is remembered of it. The first column names the rows."""

    table: Table
    columns: Sequence[Column]
    rows: Sequence[tuple[Row, list[RecalledCell]]] = ()

    @property
    def cells(self) -> list[CellRecall]:
        """Those that are asked and not set aside."""
        every = (cell.recall for _, cells in self.rows for cell in cells)
        return [recall for recall in every if recall.fact is not None and not recall.is_aside]

    @property
    def percent(self) -> int:
        """Recall of all its cells, 0 to 100; one never asked counts nothing."""
        cells = self.cells
        return round(sum(cell.percent or 0 for cell in cells) / len(cells)) if cells else 0

    @property
    def seen(self) -> int:
        """How many cells were asked."""
        return sum(cell.percent is not None for cell in self.cells)

    @property
    def due(self) -> int:
        """How many are on today's plan."""
        return sum(cell.is_due for cell in self.cells)


def recalled_tables(learner: Learner, guide: Guide, tables: Sequence[Table]) -> list[RecalledTable]:
    """
    A table and those shown on its page, with all their cells, after the questions were made anew if the guide changed.

    4 queries, 3 more where what the tables say was not read before, and those of a plan to be made: not more for rows
    or answers.
    """
    papers = papers_of(learner, guide)
    if papers.bank_version != guide.version and refresh_bank(guide):
        papers = papers_of(learner, guide)
    knowledge = known_of_page(learner, tables[0], papers)
    due = due_by_plan(learner, guide, papers) if learner.pk else ()
    recalls = _recalls(knowledge, {table.pk for table in tables}, due)
    return [
        RecalledTable(
            sheet.table,
            sheet.columns,
            [(row, [_cell(row, column, recalls) for column in sheet.values]) for row in sheet.rows],
        )
        for sheet in read_sheets(tables)
    ]


type Place = tuple[int, int | None]
"""A row and a column by their ids; None for the answer of a decision question, which is one to its row."""


def _cell(row: Row, column: Column, recalls: dict[Place, CellRecall]) -> RecalledCell:
    nothing = CellRecall()
    return RecalledCell(column, row, recalls.get((row.pk, column.pk)) or recalls.get((row.pk, None)) or nothing)


def _recalls(knowledge: Knowledge, tables: Collection[int], due: Collection[int]) -> dict[Place, CellRecall]:
    theta, today = knowledge.aim.pace.theta, knowledge.aim.on
    found: dict[Place, CellRecall] = {}
    for fact in knowledge.every:
        planned = fact.planned
        if planned.row is not None and planned.table in tables:
            found[planned.row, planned.column] = recall_of(
                planned.fact,
                planned.state,
                today,
                theta,
                is_due=planned.fact in due,
                is_aside=fact.is_aside,
                is_outdated=fact.is_outdated,
            )
    return found
