"""Write the questions of a guide as they were made, with the facts that each asks for. Nothing is deleted."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import batched
from typing import Any, NamedTuple
from uuid import UUID, uuid5

from django.db.models import Model, QuerySet
from django.utils import timezone

from quizzes.generation.made import WRITTEN, FactKey, Made, QuestionKind
from quizzes.generation.options import wrong_option
from quizzes.generation.sources import AuthoredQuestion, SourceTable
from quizzes.marking.accepted import Lists
from quizzes.marking.spelling import notation_of
from quizzes.models import Fact, Question
from tables.actions.states import Stored
from tables.actions.writing import BATCH, insert, insert_numbered, upsert
from tables.identity import asking_key, cell_fact_key, question_fact_key
from tables.models import Guide
from tables.versions.state import GuideState, RowState, live

COMPARED = ("topic", "table", "fact", "kind", "context", "stem", "answer", "prepared", "position", "retired_at")
FIELDS = ("key", "guide", *COMPARED)
ROOM = 1000
"""Places are given out to tables by the thousand."""
BY_AUTHOR = frozenset({QuestionKind.DECISION, QuestionKind.LOOKUP})
SAID_BY_FIELDS = frozenset({"kind", "table_key", "context", "stem", "answer"})


class KeysOfFacts:
    """The stored keys of facts, by what questions call them: a row and a header, or an author's question."""

    def __init__(self, guide: GuideState) -> None:
        self._columns = {
            (table.key.hex, column.name): column for table in live(guide.tables) for column in live(table.columns)
        }
        self._rows = {row.key.hex: row for table in live(guide.tables) for row in live(table.rows)}
        self._tables = {table.key.hex: table.key for table in live(guide.tables)}
        self._found: dict[FactKey, UUID] = {}

    def forget(self) -> None:
        """Let go of the keys that were looked up: questions of one table seldom speak of another's facts."""
        self._found.clear()

    def of(self, fact: FactKey) -> UUID:
        """The key of the fact."""
        found = self._found.get(fact)
        if found is None:
            found = self._found[fact] = self._key_of(fact)
        return found

    def _key_of(self, fact: FactKey) -> UUID:
        if fact.question_key:
            return question_fact_key(UUID(fact.question_key))
        row = self._rows[fact.row_key]
        return cell_fact_key(row.key, row.known_by(self._columns[fact.table_key, fact.header]))

    def of_question(self, made: Made, facts: Sequence[UUID]) -> UUID:
        """The key of a question: that of its fact and its kind, or of its column and value, its column, its table."""
        if not made.about and len(facts) == 1:
            return asking_key(facts[0], made.kind)
        column, *value = made.about
        named = self._columns.get((made.table_key, column))
        return uuid5(self._tables[made.table_key], "\x1f".join((made.kind, named.key.hex if named else column, *value)))

    def is_code(self, fact: FactKey) -> bool:
        """Whether the cell is marked as code, so that its capital letters count."""
        row: RowState | None = self._rows.get(fact.row_key)
        column = self._columns.get((fact.table_key, fact.header))
        source = row.cells.get(column.key.hex, {}).get("source", "") if row and column else ""
        return len(source) > 2 and source.startswith("`") and source.endswith("`")


class QuestionWriting:
    """
    Brings the questions of a guide in step with what is made, in batches; those not made any more are retired.

    About 5 queries for each 2,000 questions.
    """

    def __init__(
        self, guide: Guide, stored: Stored, fact_ids: Mapping[UUID, int], keys: KeysOfFacts, notes: "Notes"
    ) -> None:
        self._guide = guide
        self._tables = {table.key.hex: stored.ids[table.key] for table in live(stored.state.tables)}
        self._fact_ids = fact_ids
        self._keys = keys
        self._notes = notes
        self._topics = {table.key.hex: stored.ids[table.topic] for table in live(stored.state.tables)}
        # When each of those that were there was retired; without those that were made again so far.
        self._left = dict(Question.objects.filter(guide=guide).values_list("key", "retired_at").iterator())
        self._asked: set[int] = set()
        self._names: set[tuple[int, int]] = set()

    def write(self, made: Iterable[Made]) -> set[int]:
        """
        The primary keys of the facts that a question asks for.

        What only putting a whole table together reaches is not counted as asked.
        """
        for some in batched(self._placed(made), BATCH):
            wanted = {self._keys.of_question(placed.made, placed.facts): placed for placed in some}
            if self._left.keys().isdisjoint(wanted):
                self._insert(wanted)
            else:
                self._bring_up_to_date(wanted)
                for key in wanted:
                    self._left.pop(key, None)
            for placed in some:
                self._note(placed)
        for keys in batched(sorted(key for key, retired_at in self._left.items() if not retired_at), BATCH):
            _link(Question.objects.filter(key__in=keys), set())
            Question.objects.filter(key__in=keys).update(retired_at=timezone.now())
        _link_names(self._guide, self._names)
        return self._asked

    def _placed(self, made: Iterable[Made]) -> "Iterator[Placed]":
        """Each question with its place in the guide. A table that grows a little does not move those behind it."""
        place, table_key = 0, ""
        for question in made:
            if question.table_key != table_key:
                place, table_key = -(-place // ROOM) * ROOM, question.table_key
                self._keys.forget()
            facts = [self._keys.of(fact) for fact in question.facts]
            yield Placed(question, place, facts, [self._fact_ids[fact] for fact in facts])
            place += 1

    def _insert(self, wanted: "Mapping[UUID, Placed]") -> None:
        """Write questions of which none is there: asking for them, and an upsert, cost as much as writing them."""
        values = ((key, self._guide.pk, *self._values(placed)) for key, placed in wanted.items())
        ids = insert_numbered(Question, FIELDS, values, Question.objects.filter(guide=self._guide))
        links = {(pk, fact) for pk, placed in zip(ids, wanted.values(), strict=True) for fact in placed.fact_ids}
        insert(Question.facts.through, ("question", "fact"), sorted(links))

    def _bring_up_to_date(self, wanted: "Mapping[UUID, Placed]") -> None:
        questions = Question.objects.filter(key__in=wanted)
        found = {key: tuple(values) for key, *values in questions.values_list("key", *COMPARED)}
        values = {key: self._values(placed) for key, placed in wanted.items()}
        changed = [(key, self._guide.pk, *own) for key, own in values.items() if found.get(key) != own]
        upsert(Question, FIELDS, changed)
        ids = dict(questions.values_list("key", "pk"))
        _link(questions, {(ids[key], fact) for key, placed in wanted.items() for fact in placed.fact_ids})

    def _values(self, placed: "Placed") -> tuple[Any, ...]:
        """The values of the fields that are compared, in their order."""
        made, facts = placed.made, placed.facts
        # A table of nothing but vague cells can be put together although none of them is remembered.
        leading = placed.fact_ids[0] if facts else self._fact_ids[self._keys.of(made.rows[0].fact)]
        return (
            self._topics[made.table_key],
            self._tables[made.table_key],
            leading,
            made.kind.value,
            made.context[:700],
            made.stem,
            made.answer,
            self._notes.prepared(made, facts),
            placed.place,
            None,
        )

    def _note(self, placed: "Placed") -> None:
        made, facts = placed.made, placed.fact_ids
        if made.kind is not QuestionKind.REBUILD:
            self._asked.update(facts)
        if facts and made.facts[0].question_key:
            self._names.update((facts[0], self._tables[thing.table_key]) for thing in made.things)


class Placed(NamedTuple):
    """A question, its place in the guide, the keys of its facts and their primary keys."""

    made: Made
    place: int
    facts: list[UUID]
    fact_ids: list[int]


class Notes:
    """What is kept of a question beside its texts, so that asking and judging it look nothing up in the guide."""

    def __init__(
        self,
        keys: KeysOfFacts,
        tables: Sequence[SourceTable],
        authored: Sequence[AuthoredQuestion],
    ) -> None:
        self._keys = keys
        self._lists = Lists(tables)
        self._answers = {question.key: question.answer for question in authored}
        self._rivals: dict[str, list[dict[str, Any]]] = {}

    def prepared(self, made: Made, facts: Iterable[UUID]) -> dict[str, Any]:
        """The value of `Question.prepared`; `facts` are the keys of those it asks.

        An author's question must come before what else is made of it.
        """
        if made.kind in BY_AUTHOR:
            self._rivals[made.facts[0].question_key] = [wrong_option(lure).to_json() for lure in made.candidates]
        stored = made.to_json()
        for name in SAID_BY_FIELDS:
            stored.pop(name, None)
        stored |= {"table_key": made.table_key, "keys": [fact.hex for fact in facts]}
        if made.kind in WRITTEN:
            stored |= self._typed(made)
        if made.kind is QuestionKind.REVERSED:
            stored["leads_to"] = self._answers[made.facts[0].question_key]
        return stored

    def _typed(self, made: Made) -> dict[str, Any]:
        fact = made.facts[0]
        is_value = made.kind is QuestionKind.TYPED
        is_code = is_value and self._keys.is_code(fact)
        return {
            "notation": notation_of(made.answer, made.column if is_value else "", is_code=is_code).value,
            "extras": list(self._lists.beside(made.answer)),
            "rivals": self._rivals.get(fact.question_key, []),
        }


def _link(questions: QuerySet[Question], wanted: set[tuple[int, int]]) -> None:
    """Tie questions to the facts that they ask for; `questions` are those that may be tied already."""
    _relink(Question.facts.through, ("question", "fact"), {"question__in": questions.values("pk")}, wanted)


def _link_names(guide: Guide, wanted: set[tuple[int, int]]) -> None:
    """Tie the author's questions to the tables that hold the rows of their answers."""
    _relink(Fact.names.through, ("fact", "table"), {"fact__guide": guide}, wanted)


def _relink(through: type[Model], names: tuple[str, str], old: Mapping[str, Any], wanted: set[tuple[int, int]]) -> None:
    links = through._default_manager.filter(**old)
    found = {(one, other): pk for pk, one, other in links.values_list("pk", *names)}
    for some in batched((pk for pair, pk in found.items() if pair not in wanted), BATCH):
        through._default_manager.filter(pk__in=some).delete()
    insert(through, names, sorted(wanted - found.keys()))
