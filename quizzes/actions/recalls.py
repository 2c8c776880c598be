"""How well each cell of some tables is remembered: one look at all facts of a page."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace

from django.db.models import F, FilteredRelation, Q

from quizzes.actions.minds import Mind
from quizzes.actions.planning import Due, due_of
from quizzes.memory.states import State
from quizzes.models import Fact, Learner
from quizzes.recalls import CellRecall, recall_of
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
    columns: list[Column]
    rows: list[tuple[Row, list[RecalledCell]]] = field(default_factory=list)

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
    """These tables with all their cells. The number of queries does not grow with rows or answers: about 15."""
    due = due_of(learner, guide) if learner.pk else Due(0, 0, 0, 0, {})
    recalls = _recalls(learner, tables, due.facts)
    columns = list(Column.objects.live().filter(table__in=tables).order_by("position"))
    rows = list(Row.objects.live().filter(table__in=tables).order_by("position"))
    found = []
    for table in tables:
        own = [column for column in columns if column.table_id == table.pk]
        shown = RecalledTable(table, own)
        for row in rows:
            if row.table_id == table.pk:
                row.table = table
                shown.rows.append((row, [_cell(row, column, recalls) for column in own[1:]]))
        found.append(shown)
    return found


type Place = tuple[int, int | None]
"""A row and a column by their ids; None for the answer of a decision question, which is one to its row."""


def _cell(row: Row, column: Column, recalls: dict[Place, CellRecall]) -> RecalledCell:
    nothing = CellRecall()
    return RecalledCell(column, row, recalls.get((row.pk, column.pk)) or recalls.get((row.pk, None)) or nothing)


def _recalls(learner: Learner, tables: Iterable[Table], due: Collection[int]) -> dict[Place, CellRecall]:
    mine = FilteredRelation("memories", condition=Q(memories__learner=learner.pk))
    aside = FilteredRelation("set_aside", condition=Q(set_aside__learner=learner.pk))
    outdated = FilteredRelation("outdated", condition=Q(outdated__learner=learner.pk))
    facts = Fact.objects.asked().filter(table__in=tables).annotate(mine=mine, aside=aside, mine_once=outdated)
    rows = facts.annotate(is_aside=F("aside__pk"), is_outdated=F("mine_once__pk")).values_list(
        "pk",
        "row",
        "column",
        "authored__row",
        "mine__stability",
        "mine__difficulty",
        "mine__last_on",
        "is_aside",
        "is_outdated",
    )
    theta, today = Mind.of(learner).pace.theta, learner.today
    found: dict[Place, CellRecall] = {}
    for fact, row, column, authored, stability, difficulty, last_on, is_aside, is_outdated in rows.order_by():
        place = (row, column) if row else (authored, None)
        if place[0] is not None:
            state = State(stability, difficulty, last_on) if last_on else None
            seen = recall_of(fact, state, today, theta, is_due=fact in due, is_aside=is_aside is not None)
            found[place] = replace(seen, is_outdated=is_outdated is not None and state is None)
    return found
