"""Write the questions of a guide as they were made, with the facts that each asks for. Nothing is deleted."""

import json
from collections.abc import Iterable, Mapping, Sequence
from itertools import batched
from typing import Any
from uuid import UUID, uuid5

from django.db.models import Model
from django.utils import timezone

from quizzes.generation.made import WRITTEN, FactKey, Made, QuestionKind
from quizzes.generation.options import wrong_option
from quizzes.generation.sources import AuthoredQuestion, SourceTable
from quizzes.marking.accepted import Lists
from quizzes.marking.spelling import notation_of
from quizzes.models import Fact, Question
from tables.actions.states import BATCH, Stored
from tables.identity import asking_key, cell_fact_key, question_fact_key
from tables.models import Guide
from tables.versions.state import GuideState, RowState, live

COMPARED = ("topic_id", "fact_id", "kind", "context", "stem", "answer", "prepared", "position", "retired_at")
BY_AUTHOR = frozenset({QuestionKind.DECISION, QuestionKind.LOOKUP})
SAID_BY_FIELDS = frozenset({"kind", "table_key", "context", "stem", "answer"})


class KeysOfFacts:
    """The stored keys of facts, by what questions call them: a row and a header, or an author's question."""

    def __init__(self, guide: GuideState) -> None:
        self._columns = {
            (table.key.hex, column.name): column.key for table in live(guide.tables) for column in live(table.columns)
        }
        self._rows = {row.key.hex: row for table in live(guide.tables) for row in live(table.rows)}
        self._found: dict[FactKey, UUID] = {}

    def of(self, fact: FactKey) -> UUID:
        """The key of the fact."""
        if fact not in self._found:
            self._found[fact] = self._key_of(fact)
        return self._found[fact]

    def _key_of(self, fact: FactKey) -> UUID:
        if fact.question_key:
            return question_fact_key(UUID(fact.question_key))
        return cell_fact_key(UUID(fact.row_key), self._columns[fact.table_key, fact.header])

    def of_question(self, made: Made) -> UUID:
        """The key of a question: that of its fact and its kind, or of its column and value, its column, its table."""
        if not made.about and len(made.facts) == 1:
            return asking_key(self.of(made.facts[0]), made.kind)
        column, *value = made.about
        named = self._columns.get((made.table_key, column))
        return uuid5(UUID(made.table_key), "\x1f".join((made.kind, named.hex if named else column, *value)))

    def is_code(self, fact: FactKey) -> bool:
        """Whether the cell is marked as code, so that its capital letters count."""
        row: RowState | None = self._rows.get(fact.row_key)
        column = self._columns.get((fact.table_key, fact.header))
        source = row.cells.get(column.hex, {}).get("source", "") if row and column else ""
        return len(source) > 2 and source.startswith("`") and source.endswith("`")


def write_questions(
    guide: Guide,
    stored: Stored,
    fact_ids: Mapping[UUID, int],
    keys: KeysOfFacts,
    made: Sequence[Made],
    tables: Sequence[SourceTable],
    authored: Sequence[AuthoredQuestion],
) -> None:
    """Bring the questions of a guide in step with what was made; those not made any more are retired."""
    notes = Notes(keys, tables, authored, made)
    topics = {table.key.hex: stored.ids[table.topic] for table in live(stored.state.tables)}
    wanted = {
        question.key: question
        for position, each in enumerate(made)
        for question in [_question(guide, topics, stored.ids, fact_ids, keys, notes, each, position)]
    }
    found = {question.key: question for question in Question.objects.filter(guide=guide).iterator()}
    records = [question for key, question in wanted.items() if key not in found or _differ(found[key], question)]
    Question.objects.bulk_create(
        records,
        update_conflicts=True,
        unique_fields=["key"],
        update_fields=[name.removesuffix("_id") for name in COMPARED],
        batch_size=BATCH,
    )
    gone = [old.pk for key, old in found.items() if key not in wanted and not old.retired_at]
    for some in batched(gone, BATCH):
        Question.objects.filter(pk__in=some).update(retired_at=timezone.now())
    ids = {key: old.pk for key, old in found.items()} | {record.key: record.pk for record in records}
    _link_facts(guide, ids, fact_ids, keys, made)
    _link_tables(guide, stored, fact_ids, keys, made)


def _question(
    guide: Guide,
    topics: Mapping[str, int],
    ids: Mapping[UUID, int],
    fact_ids: Mapping[UUID, int],
    keys: KeysOfFacts,
    notes: "Notes",
    made: Made,
    position: int,
) -> Question:
    # A table of nothing but vague cells can be put together although none of them is remembered.
    leading = made.facts[0] if made.facts else made.rows[0].fact
    return Question(
        key=keys.of_question(made),
        guide=guide,
        topic_id=topics[made.table_key],
        table_id=ids[UUID(made.table_key)],
        fact_id=fact_ids[keys.of(leading)],
        kind=made.kind.value,
        context=made.context[:700],
        stem=made.stem,
        answer=made.answer,
        prepared=notes.prepared(made),
        position=position,
    )


class Notes:
    """What is kept of a question beside its texts, so that asking and judging it look nothing up in the guide."""

    def __init__(
        self,
        keys: KeysOfFacts,
        tables: Sequence[SourceTable],
        authored: Sequence[AuthoredQuestion],
        made: Iterable[Made],
    ) -> None:
        self._keys = keys
        self._lists = Lists(tables)
        self._answers = {question.key: question.answer for question in authored}
        self._lures = {each.facts[0].question_key: each.candidates for each in made if each.kind in BY_AUTHOR}

    def prepared(self, made: Made) -> dict[str, Any]:
        """The value of `Question.prepared`."""
        stored = {name: value for name, value in made.to_json().items() if name not in SAID_BY_FIELDS}
        stored |= {"table_key": made.table_key, "keys": [self._keys.of(fact).hex for fact in made.facts]}
        if made.kind in WRITTEN:
            stored |= self._typed(made)
        if made.kind is QuestionKind.REVERSED:
            stored["leads_to"] = self._answers[made.facts[0].question_key]
        # As it comes back from the database, where tuples are lists: else every question would seem to differ.
        prepared: dict[str, Any] = json.loads(json.dumps(stored))
        return prepared

    def _typed(self, made: Made) -> dict[str, Any]:
        fact = made.facts[0]
        is_value = made.kind is QuestionKind.TYPED
        is_code = is_value and self._keys.is_code(fact)
        rivals = [wrong_option(lure).to_json() for lure in self._lures.get(fact.question_key, ())]
        return {
            "notation": notation_of(made.answer, made.column if is_value else "", is_code=is_code).value,
            "extras": self._lists.beside(made.answer),
            "rivals": rivals,
        }


def _differ(old: Question, new: Question) -> bool:
    return any(getattr(old, name) != getattr(new, name) for name in COMPARED)


def _link_facts(
    guide: Guide, ids: Mapping[UUID, int], fact_ids: Mapping[UUID, int], keys: KeysOfFacts, made: Iterable[Made]
) -> None:
    wanted = {
        (ids[keys.of_question(question)], fact_ids[keys.of(fact)]) for question in made for fact in question.facts
    }
    _relink(Question.facts.through, "question_id", "fact_id", {"question__guide": guide}, wanted)


def _link_tables(
    guide: Guide, stored: Stored, fact_ids: Mapping[UUID, int], keys: KeysOfFacts, made: Iterable[Made]
) -> None:
    """Tie the author's questions to the tables that hold the rows of their answers."""
    wanted = {
        (fact_ids[keys.of(question.facts[0])], stored.ids[UUID(thing.table_key)])
        for question in made
        if question.facts and question.facts[0].question_key
        for thing in question.things
    }
    _relink(Fact.names.through, "fact_id", "table_id", {"fact__guide": guide}, wanted)


def _relink(
    through: type[Model], one: str, other: str, of_guide: Mapping[str, Any], wanted: set[tuple[int, int]]
) -> None:
    links = through._default_manager.filter(**of_guide)
    found = {(left, right): pk for pk, left, right in links.values_list("pk", one, other).iterator()}
    for some in batched((pk for pair, pk in found.items() if pair not in wanted), BATCH):
        through._default_manager.filter(pk__in=some).delete()
    missing = [through(**{one: left, other: right}) for left, right in sorted(wanted - found.keys())]
    through._default_manager.bulk_create(missing, batch_size=BATCH)
