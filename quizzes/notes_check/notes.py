"""Plain Python: a stored guide as the rules of the check look at it, and where in the document each fact stands."""

from collections.abc import Iterator
from functools import cached_property

from quizzes.generation.gathering import authored_questions, sources
from quizzes.generation.grids import Grid
from quizzes.generation.index import Index
from quizzes.generation.made import FactKey
from quizzes.generation.pins import Pins
from quizzes.generation.same_facts import Disagreement, SameFacts
from quizzes.generation.sources import AuthoredQuestion, SourceTable, Thing
from quizzes.notes_check.findings import Place
from tables.reader.document import Kind
from tables.versions.state import ColumnState, GuideState, PointState, RowState, TableState, live


class Notes:
    """One guide, read once. Making it costs one pass over the cells."""

    def __init__(self, state: GuideState, pins: Pins) -> None:
        self.pins = pins
        self.states = {table.key.hex: table for table in live(state.tables)}
        self.tables = {table.key: table for table in sources(state)}
        self.questions = [question for table in self.states.values() for question in authored_questions(table)]
        self.index = Index(self.tables.values(), pins.aliases)
        self.same_facts = SameFacts(self.index, self.questions, pins)
        self.order = {key: place for place, key in enumerate(self.tables)}
        self._rows = {row.key.hex: row for table in self.states.values() for row in live(table.rows)}
        self._points = {point.key.hex: point for table in self.states.values() for point in live(table.points)}
        self._authored = {each.key.hex: each for table in self.states.values() for each in live(table.questions)}
        self._columns: dict[tuple[str, str], ColumnState] = {}
        for table in self.states.values():
            for column in reversed(live(table.columns)):
                self._columns[table.key.hex, column.name] = column

    @cached_property
    def grids(self) -> list[Grid]:
        """The tables whose rows or columns are things, as they are asked."""
        return [Grid(table) for table in self.asked_tables()]

    @cached_property
    def groups(self) -> tuple[tuple[FactKey, ...], ...]:
        """Facts that teach the same; see `SameFacts.groups`."""
        return self.same_facts.groups()

    @cached_property
    def disagreements(self) -> tuple[Disagreement, ...]:
        """Questions that another question, or a cell, answers differently; see `SameFacts.disagreements`."""
        return self.same_facts.disagreements()

    def asked_tables(self) -> Iterator[SourceTable]:
        """The tables whose cells say something of things, in the order of the document."""
        return (table for table in self.tables.values() if table.has_things and table.kind is not Kind.PLAIN)

    def state_of(self, table: SourceTable) -> TableState:
        """A table as it is stored."""
        return self.states[table.key]

    def place_of(self, fact: FactKey) -> Place:
        """Where a fact stands."""
        if fact.question_key:
            return self.place_of_question(fact.question_key)
        return self.place_of_cell(fact.table_key, fact.row_key, fact.header)

    def place_of_cell(self, table_key: str, row_key: str, header: str) -> Place:
        """The cell of a row under a header."""
        row, column = self._rows[row_key], self._columns[table_key, header]
        table = self.tables[table_key]
        subject = self._subject(row, self.states[table_key])
        name, aspect = (header, subject) if table.kind is Kind.ASPECT else (subject, header)
        return self._place(
            table_key, row.text(column), row.line, row_key=row_key, column_key=column.key.hex, name=name, aspect=aspect
        )

    def place_of_thing(self, thing: Thing) -> Place:
        """Where a thing has its name: the first cell of its row, or the header of its column."""
        table = self.states[thing.table_key]
        if thing.header:
            column = self._columns[thing.table_key, thing.header]
            return self._place(
                thing.table_key, thing.header, table.first_line, column_key=column.key.hex, name=thing.header
            )
        row, subject = self._rows[thing.row_key], table.subject_column
        name = self._subject(row, table)
        column_key = subject.key.hex if subject else ""
        return self._place(thing.table_key, name, row.line, row_key=row.key.hex, column_key=column_key, name=name)

    def place_of_question(self, key: str) -> Place:
        """Where the author wrote a question: its answer's cell, or the key point that holds both."""
        asked = self._authored[key]
        table_key = self.by_key[key].table_key
        point = self._points.get(asked.point.hex) if asked.point else None
        row = self._rows.get(asked.row.hex) if asked.row else None
        columns = self.states[table_key].value_columns
        return self._place(
            table_key,
            asked.answer,
            point.line if point else row.line if row else 0,
            row_key=row.key.hex if row else "",
            column_key=columns[0].key.hex if row and columns else "",
            point_key=point.key.hex if point else "",
            question=asked.question,
        )

    def place_of_point(self, table: TableState, point: PointState) -> Place:
        """A key point."""
        return self._place(table.key.hex, point.text, point.line, point_key=point.key.hex)

    def in_order(self, places: set[Place]) -> tuple[Place, ...]:
        """These places in the order of the document."""
        return tuple(sorted(places, key=lambda place: (self.order[place.table_key], place.line, place.where)))

    @cached_property
    def by_key(self) -> dict[str, AuthoredQuestion]:
        """The author's questions by their keys."""
        return {question.key: question for question in self.questions}

    def _subject(self, row: RowState, table: TableState) -> str:
        column = table.subject_column
        return row.text(column) if column else row.subject

    def _place(self, table_key: str, text: str, line: int, **more: str) -> Place:
        return Place(table_key=table_key, table=self.tables[table_key].title, text=text, line=line, **more)
