"""Plain Python: the author's own questions, each with its right answer and the wrong options it may be given."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from quizzes.generation.candidates import FEWEST_LURES, LURES, Candidate, best_together
from quizzes.generation.index import Index
from quizzes.generation.ledger import Code, Skip
from quizzes.generation.lures import Lures
from quizzes.generation.made import FactKey, Made, QuestionKind
from quizzes.generation.pins import Pins
from quizzes.generation.siblings import Siblings
from quizzes.generation.similarity import nearest
from quizzes.generation.sources import AuthoredQuestion, SourceTable
from quizzes.generation.statements import Statements
from quizzes.generation.values import is_pointer, is_vague
from quizzes.generation.words import comparable
from tables.reader.document import Kind
from tables.reader.forms import is_placeholder


@dataclass(frozen=True, slots=True)
class Bank:
    """The questions that can be asked, in the order given, and the ledger of what is left out."""

    prepared: tuple[Made, ...]
    skips: tuple[Skip, ...]


def prepare(tables: Iterable[SourceTable], questions: Sequence[AuthoredQuestion], pins: Pins | None = None) -> Bank:
    """
    Each question with its fair candidates, or a skip that says why it cannot be asked.

    At least two of the candidates can stand together. The question's `asks` is its text as written, without the words
    that make a lookup a question; its neighbour is the row most easily taken for the first that the answer names.
    `tables` are all tables of the guide (each question's own among them): any of them may make a wrong option true.
    The same input gives the same bank. Cost grows with the rows and the questions, not with their product.
    """
    index, pins = Index(tables), pins or Pins()
    skips = _unaskable(questions)
    barred = {skip.question_key for skip in skips}
    askable = [question for question in questions if question.key not in barred]
    lures = Lures(index, Statements(index, questions), pins)
    siblings = {key: Siblings(own) for key, own in _by_table(askable).items()}
    prepared = []
    for question in askable:
        candidates = lures.of(question, siblings[question.table_key])
        if len(best_together(question.answer, candidates, FEWEST_LURES)) < FEWEST_LURES:
            skips.append(_skip(question, Code.TOO_FEW_LURES, "Fewer than two fair wrong answers were found."))
        else:
            prepared.append(_prepared(index, pins, question, candidates))
    return Bank(tuple(prepared), (*skips, *lures.skips))


def _prepared(index: Index, pins: Pins, question: AuthoredQuestion, candidates: tuple[Candidate, ...]) -> Made:
    table = index.tables[question.table_key]
    naming = index.naming(question.answer)
    return Made(
        kind=QuestionKind.LOOKUP if table.kind is Kind.LOOKUP else QuestionKind.DECISION,
        table_key=question.table_key,
        facts=(FactKey(question.table_key, question_key=question.key),),
        guess_chance=1 / (1 + min(LURES, len(candidates))),
        context=table.title,
        stem=question.stem,
        answer=question.answer,
        antecedent=pins.antecedent(table.title, question.text),
        asks=question.text,
        things=naming.things,
        has_own_row=naming.has_own_row,
        neighbour=nearest(index, naming.things[0]) if naming.things else None,
        candidates=candidates,
    )


def _by_table(questions: Iterable[AuthoredQuestion]) -> dict[str, list[AuthoredQuestion]]:
    tables: dict[str, list[AuthoredQuestion]] = {}
    for question in questions:
        tables.setdefault(question.table_key, []).append(question)
    return tables


def _unaskable(questions: Iterable[AuthoredQuestion]) -> list[Skip]:
    """The questions that no choice of options could make fair: nothing to ask or to answer, or two answers to one."""
    answers: dict[tuple[str, str, str], set[str]] = {}
    for question in questions:
        answers.setdefault(_asking(question), set()).add(comparable(question.answer))
    reasons = ((question, _why_unaskable(question, len(answers[_asking(question)]))) for question in questions)
    return [_skip(question, *reason) for question, reason in reasons if reason]


def _asking(question: AuthoredQuestion) -> tuple[str, str, str]:
    return question.table_key, question.header, comparable(question.text)


def _why_unaskable(question: AuthoredQuestion, answers: int) -> tuple[Code, str] | None:
    if is_placeholder(question.text) or is_placeholder(question.answer):
        return Code.EMPTY, "The question or its answer is empty."
    if is_vague(question.answer):
        return Code.VAGUE, f"“{question.answer}” could be said of anything."
    if is_pointer(question.answer):
        return Code.POINTER, f"“{question.answer}” only points at something else."
    if answers > 1:
        return Code.TWO_ANSWERS, f"The table answers “{question.text}” in {answers} different ways."
    return None


def _skip(question: AuthoredQuestion, code: Code, reason: str) -> Skip:
    return Skip(question.table_key, question.key, code, "", reason)
