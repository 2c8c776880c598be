"""Plain Python: facts that no question asks for, each with its reason from the ledger."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from quizzes.generation.bank import BankMaking
from quizzes.generation.ledger import Code
from quizzes.generation.made import FactKey, QuestionKind
from quizzes.notes_check.findings import Place
from quizzes.notes_check.notes import Notes

type Reason = tuple[Code, str]
"""A rule and one sentence about this case."""


@dataclass(frozen=True, slots=True)
class Unasked:
    """One fact that is never asked, and why; `code` is None where no rule stops it, but somebody hid its questions."""

    place: Place
    code: Code | None
    reason: str


def unasked_facts(notes: Notes, asked: Collection[FactKey], skips: Iterable[Mapping[str, str]]) -> list[Unasked]:
    """
    The facts of a guide that are not among those asked, in document order.

    `skips` is the ledger as it is stored; what stops every kind of question counts before what stops one.
    """
    by_fact, by_value = _reasons(skips)
    found = []
    for fact in _facts(notes):
        if fact not in asked:
            place = notes.place_of(fact)
            reason = by_fact.get(fact) or by_value.get((fact.table_key, place.aspect, place.text))
            found.append(Unasked(place, *(reason or (None, "Its questions are hidden for now."))))
    return found


def unasked_in(notes: Notes) -> list[Unasked]:
    """The same for notes whose questions were never made: makes them all, and costs as much."""
    making = BankMaking(notes.tables.values(), notes.questions, notes.pins)
    asked = {fact for made in making.questions() if made.kind is not QuestionKind.REBUILD for fact in made.facts}
    return unasked_facts(notes, asked, [skip.to_json() for skip in making.skips])


def _reasons(skips: Iterable[Mapping[str, str]]) -> tuple[dict[FactKey, Reason], dict[tuple[str, str, str], Reason]]:
    """For each fact, and for each value of a column, the first reason; those that stop every kind go first."""
    by_fact: dict[FactKey, Reason] = {}
    by_value: dict[tuple[str, str, str], Reason] = {}
    for skip in sorted((skip for skip in skips if not skip["text"]), key=lambda skip: bool(skip["kind"])):
        reason = (Code(skip["code"]), skip["reason"])
        fact = FactKey(skip["table_key"], skip["row_key"], skip["header"], skip["question_key"])
        by_fact.setdefault(fact, reason)
        by_value.setdefault((skip["table_key"], skip["column"], skip["value"]), reason)
    return by_fact, by_value


def _facts(notes: Notes) -> Iterator[FactKey]:
    """Every value cell of a table of things, and every question of the author."""
    for table in notes.asked_tables():
        for row in table.rows:
            yield from (FactKey(table.key, row.key, header) for header in table.headers[1:])
    for question in notes.questions:
        yield FactKey(question.table_key, question_key=question.key)
