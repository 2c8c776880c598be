"""Plain Python: the answer to an author's question in, the question which question it answers out."""

from collections.abc import Sequence

from quizzes.generation.candidates import Candidate
from quizzes.generation.choosing import both_ends, fair_set, shared_words
from quizzes.generation.forward import why_none
from quizzes.generation.ledger import Code, Skip
from quizzes.generation.made import FactKey, Made, QuestionKind
from quizzes.generation.making import TableMaking
from quizzes.generation.siblings import similarity
from quizzes.generation.sources import AuthoredQuestion
from quizzes.generation.values import is_bare_yes_no, is_offerable
from quizzes.generation.wording import reversed_stem
from quizzes.generation.words import comparable, is_unsafe_pair

ALL_LOOKED_AT = 40
AROUND = 16
KIND = QuestionKind.REVERSED


def make_reversed(making: TableMaking, questions: Sequence[AuthoredQuestion], place: int) -> Made | None:
    """The question made of one of the table's questions, or None with the reason in the ledger."""
    asked = questions[place]
    hidden = making.pins.hidden(making.title, asked.text)
    reason = hidden.get(KIND.value, hidden.get(""))
    if reason is not None:
        return _stop(making, asked, Code.PIN, reason or "The author has hidden it.")
    if not is_offerable(asked.text):
        return _stop(making, asked, Code.VAGUE, f"“{asked.text}” could be asked of anything.")
    if is_bare_yes_no(asked.answer):
        return _stop(making, asked, Code.YES_OR_NO, f"“{asked.answer}” alone does not tell a question.")
    stem = reversed_stem(asked.answer)
    needs = () if making.pins.asked_anyway(making.title, asked.text) else shared_words(stem, asked.text)
    candidates = _candidates(making, questions, place)
    lures = fair_set(asked.text, candidates, needs)
    if not lures:
        return _stop(making, asked, *why_none(asked.text, candidates, needs))
    naming = making.index.naming(asked.answer)
    return Made(
        kind=KIND,
        table_key=asked.table_key,
        facts=(FactKey(asked.table_key, question_key=asked.key),),
        guess_chance=1 / (1 + len(lures)),
        context=making.title,
        stem=stem,
        answer=asked.text,
        antecedent=making.pins.antecedent(making.title, asked.text),
        asks=asked.answer,
        things=naming.things,
        has_own_row=naming.has_own_row,
        candidates=candidates,
        needs=needs,
    )


def _candidates(making: TableMaking, questions: Sequence[AuthoredQuestion], place: int) -> tuple[Candidate, ...]:
    asked = questions[place]
    alike = {other: similarity(asked, questions[other]) for other in _looked_at(len(questions), place)}

    def candidate_at(other_place: int) -> Candidate | None:
        other = questions[other_place]
        if not is_offerable(other.text) or not _is_fair(making, asked, other):
            return None
        naming = making.index.naming(other.answer)
        return Candidate(
            other.text, alike[other_place], 0, asked.table_key, other.answer, naming.things, naming.has_own_row
        )

    return both_ends(sorted(alike, key=lambda other: (-alike[other], other)), candidate_at)


def _looked_at(count: int, place: int) -> list[int]:
    start = 0 if count <= ALL_LOOKED_AT else max(0, min(place - AROUND // 2, count - AROUND))
    end = count if count <= ALL_LOOKED_AT else start + AROUND
    return [other for other in range(start, end) if other != place]


def _is_fair(making: TableMaking, asked: AuthoredQuestion, other: AuthoredQuestion) -> bool:
    """Whether the other question is not answered by this one's answer too."""
    if is_unsafe_pair(asked.answer, other.answer) or is_unsafe_pair(asked.text, other.text):
        return False
    pinned = making.pins.never_offered(making.title, other.text)
    form = comparable(asked.answer)
    if form in pinned:
        _note(making, asked, Code.PIN, other.text, pinned[form] or "The author says so.")
        return False
    said = making.statements.making_true(asked.answer, other)
    if said:
        _note(making, asked, Code.TRUE_ELSEWHERE, other.text, said.where)
    return said is None


def _stop(making: TableMaking, asked: AuthoredQuestion, code: Code, reason: str) -> None:
    _note(making, asked, code, "", reason)


def _note(making: TableMaking, asked: AuthoredQuestion, code: Code, text: str, reason: str) -> None:
    making.skips.append(Skip(asked.table_key, asked.key, code, text, reason, kind=KIND.value))
