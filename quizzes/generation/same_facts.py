"""Plain Python: which facts of a guide teach the same thing in several places, and which of them pull apart."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from quizzes.generation.index import Index
from quizzes.generation.made import FactKey
from quizzes.generation.pins import PinKind, Pins, pinned_titles
from quizzes.generation.sources import AuthoredQuestion, SourceTable, Thing
from quizzes.generation.values import is_bare_yes_no, is_offerable, states_something
from quizzes.generation.words import comparable, is_unsafe_pair, parts, words
from tables.reader.document import Kind

LARGEST = 6
SHARING_LOOKED_AT = 24
THINGS_LOOKED_AT = 8


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two places that ask the same and answer differently: shown side by side to whoever owns the guide."""

    one: FactKey
    other: FactKey
    asks: str
    answers: tuple[str, str]


class SameFacts:
    """Finds them from the texts of one guide and its author's pins."""

    def __init__(self, index: Index, questions: Sequence[AuthoredQuestion], pins: Pins) -> None:
        self._index = index
        self._questions = questions
        self._pins = pins
        self._said: dict[str, list[tuple[str, FactKey, str]]] | None = None
        self._stated: dict[Thing, list[tuple[int, str]]] = {}
        self._by_part: dict[str, list[AuthoredQuestion]] = {}
        self._by_word: dict[str, list[AuthoredQuestion]] = {}
        for question in questions:
            for part in parts(question.answer):
                self._by_part.setdefault(comparable(part), []).append(question)
            for word in words(question.text):
                self._by_word.setdefault(word, []).append(question)

    def groups(self) -> tuple[tuple[FactKey, ...], ...]:
        """Facts that teach the same, at least 2 and at most 6 in a group, groups and members in document order."""
        apart = {frozenset(pair) for pair in self._pinned(PinKind.NOT_SAME_FACT)}
        found = [*self._answers_with_rows(), *self._answers_with_answers(), *self._rows_with_rows()]
        pinned = self._pinned(PinKind.SAME_FACT)
        links = [pair for pair in (*found, *pinned) if frozenset(pair) not in apart]
        order = {fact: place for place, fact in enumerate(self._facts())}
        return _connected(links, order)

    def disagreements(self) -> tuple[Disagreement, ...]:
        """Questions that ask what another question, or a value, says too, with another answer; each pair once."""
        pinned = {frozenset(pair) for kind in (PinKind.SAME_FACT, PinKind.NOT_SAME_FACT) for pair in self._pinned(kind)}
        found: dict[frozenset[FactKey], Disagreement] = {}
        for question in self._questions:
            for other, _, answer in self._asking_the_same(question):
                pair = frozenset((_fact(question), other))
                if pair not in pinned and not _agree(question.answer, answer) and not self._is_barred(question, answer):
                    answers = (question.answer, answer)
                    found.setdefault(pair, Disagreement(_fact(question), other, question.text, answers))
        return tuple(found.values())

    def _is_barred(self, question: AuthoredQuestion, answer: str) -> bool:
        """Whether the author knows the other answer to be right too."""
        title = self._index.tables[question.table_key].title
        return comparable(answer) in self._pins.never_offered(title, question.text)

    def _answers_with_rows(self) -> Iterator[tuple[FactKey, FactKey]]:
        for question in self._questions:
            for thing in self._index.naming(question.answer).things[:THINGS_LOOKED_AT]:
                cell = self._cell_about(question, thing)
                if cell:
                    yield _fact(question), cell

    def _cell_about(self, question: AuthoredQuestion, thing: Thing) -> FactKey | None:
        """The cell of a row that shares most words with a question; failing that, one whose column shares two."""
        asked = words(question.text)
        cells = list(enumerate(self._index.values(thing)))

        def weight(cell: tuple[int, tuple[str, str]]) -> tuple[float, int, int]:
            place, (column, value) = cell
            shared = len(asked & words(value)) + 0.5 * (len(asked & words(column)) >= 2)
            return shared, -self._repeated(thing, column, value), -place

        saying = [cell for cell in cells if is_offerable(cell[1][1]) and not is_bare_yes_no(cell[1][1])]
        best = max(saying, key=weight, default=None)
        return self._fact_at(thing, best[0]) if best and weight(best)[0] else None

    def _repeated(self, thing: Thing, column: str, value: str) -> int:
        """How many rows near this one say the same: what many share tells little of one."""
        form = comparable(value)
        near = (self._index.values(other) for _, other in self._index.around(thing, THINGS_LOOKED_AT))
        return sum((column, form) in ((name, comparable(text)) for name, text in values) for values in near)

    def _answers_with_answers(self) -> Iterator[tuple[FactKey, FactKey]]:
        for questions in self._by_part.values():
            for place, one in enumerate(questions[:SHARING_LOOKED_AT]):
                for other in questions[place + 1 : SHARING_LOOKED_AT]:
                    if one.table_key != other.table_key and words(one.text) & words(other.text):
                        yield _fact(one), _fact(other)

    def _rows_with_rows(self) -> Iterator[tuple[FactKey, FactKey]]:
        for table in self._index.tables.values():
            for name, thing in table.things():
                for other in self._index.named(name)[:THINGS_LOOKED_AT]:
                    if other.table_key != table.key:
                        yield from self._equal_cells(thing, other)

    def _equal_cells(self, thing: Thing, other: Thing) -> Iterator[tuple[FactKey, FactKey]]:
        theirs = self._stating(other)
        for place, value in self._stating(thing):
            for other_place, other_value in theirs:
                if is_unsafe_pair(value, other_value):
                    yield self._fact_at(thing, place), self._fact_at(other, other_place)

    def _stating(self, thing: Thing) -> list[tuple[int, str]]:
        """The values of a thing that state something, with their places."""
        if thing not in self._stated:
            values = enumerate(self._index.values(thing))
            self._stated[thing] = [(place, value) for place, (_, value) in values if states_something(value)]
        return self._stated[thing]

    def _fact_at(self, thing: Thing, place: int) -> FactKey:
        table = self._index.tables[thing.table_key]
        if thing.header:
            return FactKey(table.key, table.rows[place].key, thing.header)
        return FactKey(table.key, thing.row_key, table.headers[place + 1])

    def _asking_the_same(self, question: AuthoredQuestion) -> Iterator[tuple[FactKey, str, str]]:
        asked = words(question.text)
        seen: set[str] = set()
        for word in sorted(asked):
            for other in self._by_word[word][:SHARING_LOOKED_AT]:
                if other.table_key != question.table_key and other.key not in seen and _same(asked, words(other.text)):
                    seen.add(other.key)
                    yield _fact(other), other.text, other.answer
        for name, fact, text in self._values_saying(asked):
            yield fact, text, name

    def _values_saying(self, asked: frozenset[str]) -> Iterator[tuple[str, FactKey, str]]:
        if self._said is None:
            self._said = self._gather()
        for word in sorted(asked):
            for name, fact, text in self._said.get(word, ())[:SHARING_LOOKED_AT]:
                if _same(asked, words(text)):
                    yield name, fact, text

    def _gather(self) -> dict[str, list[tuple[str, FactKey, str]]]:
        said: dict[str, list[tuple[str, FactKey, str]]] = {}
        for table in self._index.tables.values():
            if table.kind is Kind.PLAIN:
                continue
            for name, thing in table.things():
                for place, (_, value) in enumerate(self._index.values(thing)):
                    if states_something(value) and is_offerable(name):
                        for word in words(value):
                            said.setdefault(word, []).append((name, self._fact_at(thing, place), value))
        return said

    def _pinned(self, kind: PinKind) -> list[tuple[FactKey, FactKey]]:
        pairs = []
        for places in self._pins.same_facts(kind):
            facts = [fact for place in places if (fact := self._fact_of_place(place))]
            pairs += [(facts[0], fact) for fact in facts[1:]]
        return pairs

    def _fact_of_place(self, place: str) -> FactKey | None:
        """The fact at "Title | Row | Column" or "Title | Question"; None where the guide has no such place."""
        title, *path = (comparable(piece) for piece in place.split(" | "))
        tables = [table for table in self._index.tables.values() if title in pinned_titles(table.title)]
        return next((fact for table in tables if (fact := self._fact_in(table, path))), None)

    def _fact_in(self, table: SourceTable, path: list[str]) -> FactKey | None:
        if len(path) == 1:
            own = (question for question in self._questions if question.table_key == table.key)
            return next((_fact(question) for question in own if comparable(question.text) == path[0]), None)
        for name, thing in table.things():
            for place, (column, _) in enumerate(self._index.values(thing)):
                if [comparable(name), comparable(column)] == path:
                    return self._fact_at(thing, place)
        return None

    def _facts(self) -> Iterator[FactKey]:
        of_table: dict[str, list[AuthoredQuestion]] = {}
        for question in self._questions:
            of_table.setdefault(question.table_key, []).append(question)
        for table in self._index.tables.values():
            for _, thing in table.things():
                yield from (self._fact_at(thing, place) for place in range(len(self._index.values(thing))))
            yield from map(_fact, of_table.get(table.key, ()))


def _fact(question: AuthoredQuestion) -> FactKey:
    return FactKey(question.table_key, question_key=question.key)


def _same(one: frozenset[str], other: frozenset[str]) -> bool:
    return min(len(one), len(other)) >= 2 and (one <= other or other <= one)


def _agree(one: str, other: str) -> bool:
    """Whether one answer is the other, or stands in it as a part."""
    mine, theirs = set(map(comparable, parts(one))), set(map(comparable, parts(other)))
    return comparable(one) in theirs or comparable(other) in mine


def _connected(links: Iterable[tuple[FactKey, FactKey]], order: dict[FactKey, int]) -> tuple[tuple[FactKey, ...], ...]:
    """The connected sets of linked facts that are small enough to be one fact."""
    root: dict[FactKey, FactKey] = {}

    def top(fact: FactKey) -> FactKey:
        while root.setdefault(fact, fact) != fact:
            root[fact] = root[root[fact]]
            fact = root[fact]
        return fact

    for one, other in links:
        if one in order and other in order:
            root[top(one)] = top(other)
    sets: dict[FactKey, list[FactKey]] = {}
    for fact in sorted(root, key=order.__getitem__):
        sets.setdefault(top(fact), []).append(fact)
    return tuple(tuple(facts) for facts in sets.values() if 2 <= len(facts) <= LARGEST)
