"""One import after another, without a database: what each leads to, and what it changes."""

from dataclasses import dataclass
from datetime import UTC, datetime

from tables.identity import guide_key
from tables.versions.changes import Diff, How, Kind, compare
from tables.versions.merging import merge
from tables.versions.state import GuideState, RowState, TableState, live
from tests.tables.readings import DOCUMENT, Document, make_reading

NOTHING = GuideState(guide_key("Section 6"), title="")
MONDAY, TUESDAY = datetime(2026, 1, 5, tzinfo=UTC), datetime(2026, 1, 6, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Step:
    """One import: the state it led to, and the difference it made."""

    state: GuideState
    diff: Diff

    @property
    def tables(self) -> list[TableState]:
        """The live ones."""
        return live(self.state.tables)

    def then(self, document: Document) -> "Step":
        """The next import over this one."""
        merged = merge(self.state, make_reading(document), TUESDAY)
        return Step(merged.state, compare(self.state, merged.state, against=1, guessed=merged.guessed))

    def changes(self) -> list[tuple[Kind, How]]:
        """What changed, without where."""
        return [(change.part, change.how) for change in self.diff.changes]


def imported(document: Document = DOCUMENT) -> Step:
    """A first import."""
    merged = merge(NOTHING, make_reading(document), MONDAY)
    return Step(merged.state, compare(NOTHING, merged.state, against=0))


def rows_by_subject(table: TableState) -> dict[str, RowState]:
    """The live rows of a table."""
    return {row.subject: row for row in live(table.rows)}


def grid_of(table: TableState) -> list[list[str]]:
    """A stored table as the grid it was made from."""
    columns = live(table.columns)
    return [[c.name for c in columns], *([row.text(c) for c in columns] for row in live(table.rows))]


def document_of(step: Step) -> dict[str, dict[str, list[list[str]]]]:
    """A stored guide as the document it was made from."""
    topics = live(step.state.topics)
    return {t.title: {table.title: grid_of(table) for table in step.tables if table.topic == t.key} for t in topics}
