"""Plain Python: a guide as it is stored in, its tables and its author's questions as they are asked out."""

from quizzes.generation.sources import AuthoredQuestion, SourceRow, SourceTable
from tables.reader.document import Kind
from tables.reader.forms import fold
from tables.versions.state import GuideState, QuestionState, TableState, live


def sources(guide: GuideState) -> list[SourceTable]:
    """
    The live tables as questions are made from them; the column that names the rows comes first.

    What the author's directives skip is not there, and None is no value in a table that says so.
    """
    topics = {topic.key: topic.title for topic in guide.topics}
    return [_source(table, topics[table.topic]) for table in live(guide.tables)]


def _source(table: TableState, topic: str) -> SourceTable:
    subject = table.subject_column
    skipped = {fold(name) for name in table.directive.get("skip", "").split(",")}
    values = [column for column in table.value_columns if fold(column.name) not in skipped]
    columns = [subject, *values] if subject else []
    none = "none" if table.directive.get("none") == "placeholder" else ""
    return SourceTable(
        key=table.key.hex,
        topic=topic,
        title=table.name,
        kind=Kind(table.kind),
        headers=tuple(column.name for column in columns),
        rows=tuple(
            SourceRow(row.key.hex, tuple(_value(row.text(column), none) for column in columns))
            for row in live(table.rows)
        ),
    )


def _value(text: str, none: str) -> str:
    return "" if none and fold(text) == none else text


def authored_questions(table: TableState) -> list[AuthoredQuestion]:
    """The author's questions of a table, in its order; those of a lookup table carry its first header."""
    subject = table.subject_column

    def header(question: QuestionState) -> str:
        return subject.name if subject and question.row and table.kind == Kind.LOOKUP else ""

    return [
        AuthoredQuestion(question.key.hex, table.key.hex, question.question, question.answer, header(question))
        for question in live(table.questions)
    ]
