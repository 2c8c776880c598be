"""Plain Python: what a guide states of a thing, so that no lure is offered that another table makes true (rule R8)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from quizzes.generation.index import Index
from quizzes.generation.sources import AuthoredQuestion, Thing
from quizzes.generation.values import says_yes, states_something
from quizzes.generation.words import CACHED, NEAR, STOP_WORDS, comparable, is_formula, jaccard, parts, tokens, words


@dataclass(frozen=True, slots=True)
class Statement:
    """
    A text that a table makes true of a thing: the `value` of `name` under `column`, or that column where it says yes.

    `question` is set, and no column, when the thing is the answer to a question of that text.
    """

    text: str
    table_key: str
    title: str
    name: str = ""
    column: str = ""
    value: str = ""
    question: AuthoredQuestion | None = None

    @property
    def where(self) -> str:
        """Where the guide says so, as a sentence for the author."""
        if self.question:
            return f"“{self.title}” gives “{self.question.answer}” as the answer to “{self.question.text}”."
        return f"“{self.title}” says of {self.name} under “{self.column}”: “{self.value}”."


class Statements:
    """All that the tables and questions of one guide state, gathered for a name when it is first asked about."""

    def __init__(self, index: Index, questions: Iterable[AuthoredQuestion]) -> None:
        self._index = index
        self._answered: dict[str, list[AuthoredQuestion]] = {}
        self._said: dict[str, dict[str, list[Statement]]] = {}
        self._beyond: dict[tuple[str, str], tuple[str, ...]] = {}
        self._of_name: dict[tuple[str, str], list[dict[str, list[Statement]]]] = {}
        for question in questions:
            for part in parts(question.answer):
                self._answered.setdefault(comparable(part), []).append(question)

    def making_true(self, text: str, asked: AuthoredQuestion) -> Statement | None:
        """What makes this text a right answer to the question too; None if the guide says nothing of the kind."""
        for part in parts(text):
            said = self._of(part)
            for word in sorted(_handles(asked.text) & said.keys()):
                for statement in said[word]:
                    if _counts_for(statement, asked) and says_the_same(asked.text, statement.text):
                        return statement
        return None

    def elsewhere(self, name: str, text: str, table_key: str) -> Statement | None:
        """What another table states of a thing of this name, or of a part of it, that says the same as the text."""
        handles = _handles(text)
        for said in self._said_beyond(name, table_key):
            if said.keys().isdisjoint(handles):
                continue
            for word in sorted(handles & said.keys()):
                for statement in said[word]:
                    if statement.table_key != table_key and says_the_same(text, statement.text):
                        return statement
        return None

    def speak_of(self, name: str, table_key: str) -> bool:
        """Whether something outside of a table speaks of a thing of this name in it, or of a part of the name."""
        return bool(self._parts_beyond(name, table_key))

    def words_of(self, name: str) -> frozenset[str]:
        """All words that any table states of the things of this name."""
        return frozenset().union(*(self._index.words(thing) for thing in self._index.named(name)))

    def _said_beyond(self, name: str, table_key: str) -> list[dict[str, list[Statement]]]:
        """What is said of each part of a name that something outside of its table speaks of."""
        if (name, table_key) not in self._of_name:
            self._of_name[name, table_key] = [self._of(part) for part in self._parts_beyond(name, table_key)]
        return self._of_name[name, table_key]

    def _parts_beyond(self, name: str, table_key: str) -> tuple[str, ...]:
        """The parts of a name that something outside of its table speaks of."""
        if (name, table_key) not in self._beyond:
            known = (part for part in parts(name) if self._is_known_beyond(part, table_key))
            self._beyond[name, table_key] = tuple(known)
        return self._beyond[name, table_key]

    def _is_known_beyond(self, name: str, table_key: str) -> bool:
        things = self._index.named(name)
        return any(thing.table_key != table_key for thing in things) or comparable(name) in self._answered

    def _of(self, name: str) -> dict[str, list[Statement]]:
        form = comparable(name)
        if form not in self._said:
            said = self._said[form] = {}
            for statement in self._gathered(name):
                for word in _handles(statement.text):
                    said.setdefault(word, []).append(statement)
        return self._said[form]

    def _gathered(self, name: str) -> Iterator[Statement]:
        for thing in self._index.named(name):
            yield from self._cells(name, thing)
        for question in self._answered.get(comparable(name), ()):
            title = self._index.tables[question.table_key].title
            yield Statement(question.text, question.table_key, title, question=question)

    def _cells(self, name: str, thing: Thing) -> Iterator[Statement]:
        title = self._index.tables[thing.table_key].title
        for column, value in self._index.values(thing):
            text = column if says_yes(value) else value
            if text is column or states_something(value):
                yield Statement(text, thing.table_key, title, name, column, value)


def _counts_for(statement: Statement, asked: AuthoredQuestion) -> bool:
    other = statement.question
    if other is None:
        return True
    if other.table_key == asked.table_key:
        # Neighbours of one table are meant to be told apart: only a question in the same words counts.
        return other.key != asked.key and words(other.text) == words(asked.text)
    return True


def says_the_same(stem: str, text: str) -> bool:
    """
    Whether what is stated answers what is asked.

    Equal; or two words shared and nearly the same words or one inside the other; or one of them a single word that
    stands in the other.
    """
    if comparable(stem) == comparable(text):
        return True
    if is_formula(stem) or is_formula(text):
        return False
    asked, stated = words(stem), words(text)
    if not (asked and stated):
        return _is_short_name_inside(stem, text) or _is_short_name_inside(text, stem)
    is_inside = asked <= stated or stated <= asked
    if len(asked & stated) >= 2:
        return is_inside or jaccard(asked, stated) >= NEAR
    return is_inside and min(len(asked), len(stated)) == 1


def _is_short_name_inside(short: str, text: str) -> bool:
    names = _names(short)
    return not words(short) and bool(names) and names <= frozenset(tokens(text))


def _names(text: str) -> frozenset[str]:
    return frozenset(tokens(text)) - STOP_WORDS


@lru_cache(maxsize=CACHED)
def _handles(text: str) -> frozenset[str]:
    """The words by which a statement is found: two texts that say the same share one."""
    return words(text) | _names(text) or frozenset({comparable(text)})
