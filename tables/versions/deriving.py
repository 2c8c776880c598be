"""
Plain Python: what an author wrote in a table in, what the site works out from it out.

That is which columns get chips, the texts rows are found by, the counts, and the author's questions.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from tables.facets import WITHOUT_CHIPS, deserves_chips
from tables.identity import Mint
from tables.reader.forms import fold
from tables.versions.grids import SAME_QUESTION, form
from tables.versions.matching import Matching, match_likest, match_names, similarity
from tables.versions.state import ASKED_BY_AUTHOR, ColumnState, QuestionState, RowState, TableState, live


@dataclass(frozen=True, slots=True)
class Wording:
    """One question as the author words it now, and the row or point where it stands."""

    row: UUID | None
    point: UUID | None
    question: str
    answer: str
    explanation: str = ""


def derive(table: TableState, mint: Mint, at: datetime, *, questions_of_points: Iterable[Wording] = ()) -> TableState:
    """The table with all that follows from its live columns, rows and points worked out anew."""
    columns, subject = live(table.columns), table.subject_column
    table = replace(table, rows=tuple(_with_texts(row, columns, subject) for row in table.rows))
    rows = live(table.rows)
    wordings = [*_questions_of_rows(table), *questions_of_points]
    return replace(
        table,
        columns=tuple(_with_chips(table, column, rows) for column in table.columns),
        row_count=len(rows),
        column_count=len(columns),
        questions=_match_questions(table, wordings, mint, at),
    )


def _with_texts(row: RowState, columns: list[ColumnState], subject: ColumnState | None) -> RowState:
    if row.archived_at is not None:
        return row
    folded = "\n".join(fold(row.text(column)) for column in columns)
    return replace(row, subject=row.text(subject) if subject else "", folded=folded)


def _with_chips(table: TableState, column: ColumnState, rows: list[RowState]) -> ColumnState:
    if column.archived_at is not None:
        return column
    may_have = table.kind not in WITHOUT_CHIPS and column is not table.subject_column
    return replace(column, is_facet=may_have and deserves_chips(row.text(column) for row in rows))


def _questions_of_rows(table: TableState) -> list[Wording]:
    values = table.value_columns
    if table.kind not in ASKED_BY_AUTHOR or not values:
        return []
    answer, *explanations = values
    return [
        Wording(
            row=row.key,
            point=None,
            question=row.subject,
            answer=row.text(answer),
            explanation="\n".join(text for column in explanations if (text := row.text(column))),
        )
        for row in live(table.rows)
        if row.subject
    ]


def _match_questions(table: TableState, wordings: list[Wording], mint: Mint, at: datetime) -> tuple[QuestionState, ...]:
    """
    The questions under their keys, then those that are gone.

    One stays itself where its row or point does; else it is found by its text, then by its answer and a like text.
    """
    old = table.questions
    matching = Matching()
    places: dict[UUID | None, int] = {}
    for place, question in enumerate(old):
        if question.archived_at is None or (question.row or question.point) not in places:
            places[question.row or question.point] = place
    for place, wording in enumerate(wordings):
        if (home := places.get(wording.row or wording.point)) is not None:
            matching.pair(home, place)
    _match_texts(matching, old, wordings)
    kept = {matching.old_of[place] for place in matching.old_of}
    current = [
        _question(old[matching.old_of[place]] if place in matching.old_of else None, wording, place, table, mint)
        for place, wording in enumerate(wordings)
    ]
    gone = [question for place, question in enumerate(old) if place not in kept]
    return (*current, *(replace(q, archived_at=q.archived_at or at) for q in gone))


def _match_texts(matching: Matching, old: tuple[QuestionState, ...], wordings: list[Wording]) -> None:
    old_answers = {place: frozenset([form(question.answer)]) for place, question in enumerate(old)}
    new_answers = {place: frozenset([form(wording.answer)]) for place, wording in enumerate(wordings)}
    texts = {place: form(wording.question) for place, wording in enumerate(wordings)}
    for is_archived in (False, True):
        names = {p: form(q.question) for p, q in enumerate(old) if (q.archived_at is not None) is is_archived}
        match_names(matching, names, texts, old_answers, new_answers)
    free = [place for place in matching.free_old(old_answers) if old[place].archived_at is None]
    scores = {
        (one, other): similarity(form(old[one].question), texts[other])
        for one in free
        for other in matching.free_new(texts)
        if old_answers[one] == new_answers[other]
    }
    match_likest(matching, scores, least=SAME_QUESTION)


def _question(
    old: QuestionState | None, wording: Wording, position: int, table: TableState, mint: Mint
) -> QuestionState:
    return QuestionState(
        key=old.key if old else mint.key("question", table.key.hex, form(wording.question)),
        row=wording.row,
        point=wording.point,
        question=wording.question,
        answer=wording.answer,
        explanation=wording.explanation,
        position=position,
    )
