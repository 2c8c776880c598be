"""A table in a group's eyes: of each cell how many of its members knew it at last sight, where that can be told."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from quizzes.actions.group_blind_spots import look_at
from quizzes.blind_spots import Figure
from quizzes.memory.fading import Band, band_of
from quizzes.models import Fact
from studysite.accounts.models import Group
from tables.models import Column, Row, Table


@dataclass(frozen=True, slots=True)
class GroupCell:
    """One cell. `words` say how many knew it; `percent` is None where that is not told to the number."""

    row: Row
    column: Column
    is_asked: bool = False
    figure: Figure | None = None

    @property
    def cell(self) -> object:
        """The cell itself."""
        return self.row.cell(self.column)

    @property
    def percent(self) -> int | None:
        """How many knew it, in steps of 5 percent. What one alone missed looks like what nobody missed."""
        told = self.figure is not None and self.figure.is_shown and self.figure.missed > 1
        return 100 - self.figure.percent if told and self.figure else None

    @property
    def band(self) -> Band:
        """Its tint."""
        if self.figure is None or not self.figure.is_shown:
            return Band.NOT_SEEN
        return Band.GOOD if self.percent is None else band_of(self.percent / 100)

    @property
    def words(self) -> str:
        """For all to read."""
        if self.percent is not None:
            return f"{self.percent}% knew it"
        return "too few asked yet" if self.band == Band.NOT_SEEN else "nearly all knew it"


@dataclass(frozen=True, slots=True)
class GroupMap:
    """A table with what its group knows of it. The first column names the rows."""

    table: Table
    columns: list[Column]
    rows: list[tuple[Row, list[GroupCell]]] = field(default_factory=list)


def maps_of(group: Group, tables: Iterable[Table]) -> list[GroupMap]:
    """These tables in the eyes of a group. 5 queries, 10 when the group is looked at again."""
    own = list(tables)
    figures = {int(name): Figure.from_json(each) for name, each in look_at(group).cells.items()}
    facts = Fact.objects.asked().filter(table__in=own)
    told: dict[tuple[int, int | None], Figure | None] = {}
    for fact, row, column, authored in facts.values_list("pk", "row", "column", "authored__row").order_by():
        told[(row, column) if row else (authored, None)] = figures.get(fact)
    columns = list(Column.objects.live().filter(table__in=own).order_by("position"))
    rows = list(Row.objects.live().filter(table__in=own).order_by("position"))
    return [_laid_out(table, columns, rows, told) for table in own]


def _laid_out(
    table: Table, columns: list[Column], rows: list[Row], told: dict[tuple[int, int | None], Figure | None]
) -> GroupMap:
    shown = GroupMap(table, [column for column in columns if column.table_id == table.pk])
    for row in rows:
        if row.table_id == table.pk:
            row.table = table
            shown.rows.append((row, [_cell(row, column, told) for column in shown.columns[1:]]))
    return shown


def _cell(row: Row, column: Column, told: dict[tuple[int, int | None], Figure | None]) -> GroupCell:
    place = next((place for place in ((row.pk, column.pk), (row.pk, None)) if place in told), None)
    return GroupCell(row, column, is_asked=place is not None, figure=told[place] if place else None)
