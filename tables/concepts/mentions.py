"""Plain Python: the tables of a guide in, each thing with every cell, header and question that names it out."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from uuid import UUID

from tables.concepts.finding import Finder, Span
from tables.concepts.names import heading, names_in, things_of
from tables.concepts.naming import Naming
from tables.reader.document import Kind
from tables.reader.forms import compare_form
from tables.versions.state import ASKED_BY_AUTHOR, TableState, live


@dataclass(frozen=True, slots=True)
class Mention:
    """
    One place that names a thing: a cell (row and column), a header (column) or a key point's question (neither).

    `defines` says that the cell or header is the thing's own, `question` whose answer it stands in, `by_alias` that
    only the author calls the thing so.
    """

    table: UUID
    row: UUID | None = None
    column: UUID | None = None
    question: UUID | None = None
    by_alias: bool = False
    defines: bool = False


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing: its compare form, its name as first written, and where it is named, in the order of the document."""

    form: str
    name: str
    mentions: list[Mention] = field(default_factory=list)

    @property
    def table_count(self) -> int:
        """In how many tables a cell or header names it by a name of its own."""
        return len({mention.table for mention in self.mentions if mention.column and not mention.by_alias})


class Reading:
    """The things of some tables and a finder of their names."""

    def __init__(self, tables: Iterable[TableState], naming: Naming) -> None:
        self._tables = list(tables)
        self._naming = naming
        names = names_in(self._tables)
        self._doubted = {compare_form(pin.name) for pin in naming.not_this}
        self._own = {table.key: {compare_form(text) for text in things_of(table)} for table in self._tables}
        self.concepts = {form: Concept(form, name.name) for form, name in names.items()}
        aliases = {text: compare_form(name) for text, name in naming.aliases.items() if compare_form(text) not in names}
        self._finder = Finder(
            {text: name.form for name in names.values() for text in name.spellings},
            {text: form for text, form in aliases.items() if form in names},
        )
        self._collect()

    def spans(self, table: TableState, text: str, whole: str = "") -> list[Span]:
        """The names in a text of a table; `whole` is the text of the cell that the author's pins go by."""
        found = self._finder.find(text)
        return [span for span in found if not self.is_barred(table, whole or text, span.form)]

    def is_barred(self, table: TableState, cell: str, form: str) -> bool:
        """Whether the author says that a cell does not name the thing of this form."""
        return form in self._doubted and self._naming.bars(table.name, cell, form)

    def is_own(self, table: TableState, form: str) -> bool:
        """Whether the thing of this form is a row of a table."""
        return table.kind != Kind.ASPECT and form in self._own[table.key]

    def _collect(self) -> None:
        for table in self._tables:
            for form, mention in self._of_table(table):
                self.concepts[form].mentions.append(mention)

    def _of_table(self, table: TableState) -> Iterator[tuple[str, Mention]]:
        own = self._own[table.key]
        yield from self._headers(table, own if table.kind == Kind.ASPECT else set())
        yield from self._cells(table, own if table.kind != Kind.ASPECT else set())
        for question in live(table.questions):
            if question.row is None:
                for form, by_alias in self._named(table, question.answer):
                    yield form, Mention(table.key, question=question.key, by_alias=by_alias)

    def _headers(self, table: TableState, own: set[str]) -> Iterator[tuple[str, Mention]]:
        subject = table.subject_column
        for column in live(table.columns):
            form = compare_form(heading(column))
            defined = form if column is not subject and form in own else ""
            for named, by_alias in self._named(table, heading(column), defined):
                yield named, Mention(table.key, column=column.key, by_alias=by_alias, defines=bool(defined))

    def _cells(self, table: TableState, own: set[str]) -> Iterator[tuple[str, Mention]]:
        columns, subject = live(table.columns), table.subject_column
        answers = table.value_columns[:1] if table.kind in ASKED_BY_AUTHOR else []
        asked = {question.row: question.key for question in live(table.questions)}
        for row in live(table.rows):
            for column in columns:
                text = row.text(column)
                form = compare_form(text) if column is subject else ""
                defined = form if form in own else ""
                question = asked.get(row.key) if column in answers else None
                for named, by_alias in self._named(table, text, defined):
                    place = Mention(table.key, row.key, column.key, question, by_alias, defines=bool(defined))
                    yield named, place

    def _named(self, table: TableState, text: str, defined: str = "") -> Iterable[tuple[str, bool]]:
        """The forms that a text names, each with whether by an alias alone; one that it defines is the only one."""
        if defined:
            return [(defined, False)]
        named: dict[str, bool] = {}
        for span in self.spans(table, text):
            named[span.form] = named.get(span.form, True) and span.by_alias
        return named.items()
