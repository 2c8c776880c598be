"""Plain Python: a guide as it is stored in, the facts that memory is kept for out."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from tables.identity import cell_fact_key, question_fact_key
from tables.reader.document import Kind
from tables.reader.forms import compare_form
from tables.versions.state import ASKED_BY_AUTHOR, GuideState, TableState, live


@dataclass(frozen=True, slots=True)
class FactState:
    """One value cell (row and column) or one authored question, by keys; `value_hash` says what is to be known."""

    key: UUID
    table: UUID
    row: UUID | None
    column: UUID | None
    question: UUID | None
    value_hash: str


@dataclass(frozen=True, slots=True)
class FactCounts:
    """What becomes of the facts of a guide: kept, changed and retired add up to those there were."""

    before: int
    kept: int
    changed: int
    retired: int
    new: int

    @property
    def after(self) -> int:
        """How many facts there are now."""
        return self.kept + self.changed + self.new


def facts_of(guide: GuideState) -> dict[UUID, FactState]:
    """
    Every fact of the live tables, by key, in document order.

    In a table of questions the questions are the facts, elsewhere the value cells of rows that have a name,
    placeholders included. Plain tables are only read. A key point that asks is a fact wherever it stands.
    """
    return {fact.key: fact for table in live(guide.tables) for fact in _facts_of_table(table)}


def count_facts(before: dict[UUID, FactState], after: dict[UUID, FactState]) -> FactCounts:
    """How many facts learners keep: those whose identity and value stayed."""
    stayed = before.keys() & after.keys()
    kept = sum(before[key].value_hash == after[key].value_hash for key in stayed)
    return FactCounts(
        before=len(before),
        kept=kept,
        changed=len(stayed) - kept,
        retired=len(before) - len(stayed),
        new=len(after) - len(stayed),
    )


def value_hash(text: str) -> str:
    """64 hexadecimal digits that are the same for texts that say the same."""
    return sha256(compare_form(text).encode()).hexdigest()


def _facts_of_table(table: TableState) -> Iterator[FactState]:
    if table.kind not in ASKED_BY_AUTHOR and table.kind != Kind.PLAIN:
        yield from _facts_of_cells(table)
    for question in live(table.questions):
        key = question_fact_key(question.key)
        yield FactState(key, table.key, None, None, question.key, value_hash(question.answer))


def _facts_of_cells(table: TableState) -> Iterator[FactState]:
    columns = table.value_columns
    for row in live(table.rows):
        for column in columns if row.subject else ():
            key = cell_fact_key(row.key, row.known_by(column))
            yield FactState(key, table.key, row.key, column.key, None, value_hash(row.text(column)))
