"""Plain Python: a table and the name of a column (of an aspect table: an aspect) in, each thing's value in it out."""

from collections.abc import Iterator

from quizzes.generation.sources import SourceTable, Thing
from quizzes.generation.words import comparable
from tables.reader.document import Kind


def column_values(table: SourceTable, column: str) -> Iterator[tuple[Thing, str]]:
    """Each thing with its value, in the order of the table, in one walk; nothing for a column that is not there."""
    if table.kind is Kind.ASPECT:
        cells = next((row.cells[1:] for row in table.rows if row.name == column), ())
        yield from zip((thing for _, thing in table.things()), cells, strict=False)
    elif table.has_things and column in table.headers:
        place = table.headers.index(column)
        yield from ((Thing(table.key, row_key=row.key), row.cells[place]) for row in table.rows)


def things_with(table: SourceTable, column: str, value: str) -> tuple[Thing, ...]:
    """The things that have this value in a column, in the order of the table; more than one where rows share it."""
    form = comparable(value)
    return tuple(thing for thing, text in column_values(table, column) if comparable(text) == form)
