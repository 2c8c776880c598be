"""Plain Python: a table in, the keys of the facts in its cells out, under which every format names them."""

from collections.abc import Callable
from uuid import UUID

from tables.identity import cell_fact_key, question_fact_key
from tables.versions.state import ColumnState, RowState, TableState, live

type KeyOf = Callable[[RowState, ColumnState], UUID]


def fact_keys(table: TableState) -> KeyOf:
    """
    The key of the fact in a value cell. Where rows are the author's questions, the first value is the answer.

    Costs one pass over the questions of the table.
    """
    questions = {question.row: question.key for question in live(table.questions) if question.row}
    answers = table.value_columns[:1]

    def key_of(row: RowState, column: ColumnState) -> UUID:
        question = questions.get(row.key) if column in answers else None
        return question_fact_key(question) if question else cell_fact_key(row.key, row.known_by(column))

    return key_of
