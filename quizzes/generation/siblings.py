"""Plain Python: the authored questions of one table, and how like the answers of the others are to that of one."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from quizzes.generation.sources import AuthoredQuestion
from quizzes.generation.words import comparable, jaccard, words

ALL_LOOKED_AT = 64
"""Up to so many questions each is compared with each; in a longer table each with a bounded number of others."""
SHARING_A_WORD = 24
ANSWERS_AROUND = 32


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another answer of the table: its text, the question it answers (the most alike of several), 0 to 1.5."""

    text: str
    answer_to: str
    similarity: float


class Siblings:
    """The questions of one table, in its order."""

    def __init__(self, questions: Sequence[AuthoredQuestion]) -> None:
        self._questions = questions
        self._place = {question.key: place for place, question in enumerate(questions)}
        self._asking: dict[str, list[int]] = {}
        self._answering: dict[str, list[int]] = {}
        self._first: dict[str, int] = {}
        for place, question in enumerate(questions):
            self._first.setdefault(comparable(question.answer), place)
            for word in words(question.text):
                self._asking.setdefault(word, []).append(place)
            for word in words(question.answer):
                self._answering.setdefault(word, []).append(place)
        self._firsts = list(self._first.values())

    def alternatives(self, asked: AuthoredQuestion) -> list[Alternative]:
        """The other answers of the table, each once, the most alike first, equals in table order."""
        own = comparable(asked.answer)
        best: dict[str, Alternative] = {}
        for place in sorted(self._looked_at(asked)):
            other = self._questions[place]
            form, alike = comparable(other.answer), similarity(asked, other)
            if form != own and (form not in best or alike > best[form].similarity):
                best[form] = Alternative(other.answer, other.text, alike)
        return sorted(best.values(), key=lambda alternative: -alternative.similarity)

    def _looked_at(self, asked: AuthoredQuestion) -> Iterable[int]:
        if len(self._questions) <= ALL_LOOKED_AT:
            return range(len(self._questions))
        place = self._place[asked.key]
        looked_at: set[int] = set()
        for word in words(asked.text):
            looked_at.update(_around(self._asking[word], place, SHARING_A_WORD))
        for word in words(asked.answer):
            looked_at.update(_around(self._answering[word], place, SHARING_A_WORD))
        looked_at.update(_around(self._firsts, self._first[comparable(asked.answer)], ANSWERS_AROUND))
        return looked_at


def similarity(asked: AuthoredQuestion, other: AuthoredQuestion) -> float:
    """Jaccard of the words of both questions, and a half if the answers share a word."""
    shares_a_word = bool(words(asked.answer) & words(other.answer))
    return jaccard(words(asked.text), words(other.text)) + 0.5 * shares_a_word


def _around(places: list[int], place: int, count: int) -> list[int]:
    """At most `count` of these sorted places, those about `place`."""
    start = max(0, min(bisect_left(places, place) - count // 2, len(places) - count))
    return places[start : start + count]
