"""Plain Python: the fair wrong options of an authored question: other answers of its table, then borrowed names."""

from collections.abc import Iterable, Iterator, Sequence

from quizzes.generation.borrowing import Loan, loans
from quizzes.generation.candidates import LURES, Candidate, best_together
from quizzes.generation.index import Index
from quizzes.generation.ledger import Code, Skip
from quizzes.generation.pins import Pins, pinned_titles
from quizzes.generation.siblings import Alternative, Siblings
from quizzes.generation.sources import AuthoredQuestion
from quizzes.generation.statements import Statements
from quizzes.generation.values import is_offerable
from quizzes.generation.words import comparable, is_unsafe_pair

KEPT = 12
"""Candidates kept for a question, half of them the most and half the least alike: asking costs the same anywhere."""
ALL_JUDGED = 32
"""Up to so many other answers each is judged and each one dropped is in the ledger; of more only those needed."""
BORROWED = 6


class Lures:
    """Finds the wrong options of one guide's questions, and notes which it dropped and why."""

    def __init__(self, index: Index, statements: Statements, pins: Pins) -> None:
        self._index = index
        self._statements = statements
        self._pins = pins
        self._skips: dict[Skip, None] = {}

    @property
    def skips(self) -> tuple[Skip, ...]:
        """Each lure that was dropped so far, once, in the order of the questions."""
        return tuple(self._skips)

    def of(self, asked: AuthoredQuestion, siblings: Siblings) -> tuple[Candidate, ...]:
        """
        Fair wrong options, at most 12 of the table's own and 6 borrowed, the most alike first.

        Borrowed ones only if the table itself has no three that can stand together.
        """
        alternatives = siblings.alternatives(asked)
        own = self._own(asked, alternatives)
        if len(best_together(asked.answer, own)) == LURES:
            return tuple(own)
        return (*own, *self._borrowed(asked, alternatives))

    def _own(self, asked: AuthoredQuestion, alternatives: Sequence[Alternative]) -> list[Candidate]:
        if len(alternatives) <= ALL_JUDGED:
            fair = list(self._fair(asked, alternatives))
            return fair if len(fair) <= KEPT else _both_ends(fair, fair[::-1])
        return _both_ends(self._fair(asked, alternatives), self._fair(asked, alternatives[::-1]))

    def _fair(self, asked: AuthoredQuestion, alternatives: Iterable[Alternative]) -> Iterator[Candidate]:
        for other in alternatives:
            if is_offerable(other.text) and self._passes(asked, other.text):
                naming = self._index.naming(other.text)
                yield Candidate(
                    other.text, other.similarity, 0, asked.table_key, other.answer_to, naming.things, naming.has_own_row
                )

    def _borrowed(self, asked: AuthoredQuestion, alternatives: Sequence[Alternative]) -> list[Candidate]:
        never = self._pins.never_borrowed(self._title(asked.table_key))
        taken = {comparable(asked.answer), *(comparable(other.text) for other in alternatives)}
        fair: list[Candidate] = []
        for loan in loans(self._index, asked, [other.text for other in alternatives]):
            if len(fair) == BORROWED:
                break
            form = comparable(loan.name)
            if form in taken or not never.isdisjoint(pinned_titles(self._title(loan.thing.table_key))):
                continue
            taken.add(form)
            if not _clashes(loan.name, fair) and self._passes(asked, loan.name):
                fair.append(self._lent(loan))
        return fair

    def _lent(self, loan: Loan) -> Candidate:
        naming = self._index.naming(loan.name)
        things = tuple(dict.fromkeys((loan.thing, *naming.things)))
        return Candidate(loan.name, loan.similarity, loan.reach, loan.thing.table_key, "", things, True)

    def _passes(self, asked: AuthoredQuestion, text: str) -> bool:
        skip = self._why_not(asked, text)
        if skip:
            self._skips[skip] = None
        return skip is None

    def _why_not(self, asked: AuthoredQuestion, text: str) -> Skip | None:
        pinned = self._pins.never_offered(self._title(asked.table_key), asked.text)
        if comparable(text) in pinned:
            return _skip(asked, Code.PIN, text, pinned[comparable(text)] or "The author says so.")
        if is_unsafe_pair(asked.answer, text):
            return _skip(asked, Code.NEAR, text, f"It could be read as the right answer, “{asked.answer}”.")
        if said := self._statements.making_true(text, asked):
            return _skip(asked, Code.TRUE_ELSEWHERE, text, said.where)
        return None

    def _title(self, table_key: str) -> str:
        return self._index.tables[table_key].title


def _skip(asked: AuthoredQuestion, code: Code, text: str, reason: str) -> Skip:
    return Skip(asked.table_key, asked.key, code, text, reason)


def _both_ends(most_alike: Iterable[Candidate], least_alike: Iterable[Candidate]) -> list[Candidate]:
    """Half of the candidates that are kept from either end, none of an end mistakable for another, most alike first."""
    first = _apart(most_alike, KEPT // 2)
    last = _apart(least_alike, KEPT // 2)
    return list(dict.fromkeys((*first, *reversed(last))))


def _apart(candidates: Iterable[Candidate], count: int) -> list[Candidate]:
    apart: list[Candidate] = []
    for candidate in candidates:
        if len(apart) == count:
            break
        if not _clashes(candidate.text, apart):
            apart.append(candidate)
    return apart


def _clashes(text: str, candidates: Iterable[Candidate]) -> bool:
    return any(is_unsafe_pair(text, candidate.text) for candidate in candidates)
