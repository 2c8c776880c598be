"""Keep facts and questions in step with the tables they are made from. Nothing is deleted: histories hang on both."""

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import batched
from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.utils import timezone

from quizzes.actions.memory import recount_facts
from quizzes.facts import FactState, facts_of
from quizzes.generation.decisions import Prepared, prepare
from quizzes.generation.pins import Pins, read_pins
from quizzes.generation.sources import AuthoredQuestion, SourceRow, SourceTable
from quizzes.models import Bank, Fact, Question
from tables.actions.states import BATCH, Stored, load
from tables.identity import asking_key, question_fact_key
from tables.models import Guide
from tables.reader.document import Kind
from tables.versions.state import GuideState, QuestionState, TableState, live


def refresh_bank(guide: Guide, *, pins: Mapping[str, Any] | None = None) -> bool:
    """
    Make the guide's facts and questions anew if its content, or `pins` where given, changed since they were last made.

    Returns whether they were made. One query when there is nothing to do; else about 15, and one more for each 500 that
    differ. Raises BadPin for pins that cannot be understood.
    """
    bank = Bank.objects.filter(guide=guide).first()
    version = Guide.objects.values_list("version", flat=True).get(pk=guide.pk)
    if bank and bank.version == version and pins in (None, bank.pins):
        return False
    _make_bank(guide, pins)
    return True


@transaction.atomic
def _make_bank(guide: Guide, pins: Mapping[str, Any] | None) -> None:
    guide = Guide.objects.select_for_update().get(pk=guide.pk)
    bank, _ = Bank.objects.get_or_create(guide=guide)
    if pins is not None:
        bank.pins = dict(pins)
    stored = load(guide)
    fact_ids = _write_facts(guide, stored)
    questions = [question for table in live(stored.state.tables) for question in authored_questions(table)]
    made = prepare(sources(stored.state), questions, read_pins_of(bank))
    _write_questions(guide, stored, fact_ids, made.prepared)
    bank.version, bank.skips = guide.version, [skip.to_json() for skip in made.skips]
    bank.save()


def read_pins_of(bank: Bank) -> Pins:
    """The author's pins for a guide. Raises BadPin."""
    return read_pins(json.dumps(bank.pins)) if bank.pins else Pins()


def sources(guide: GuideState) -> list[SourceTable]:
    """The live tables as questions are made from them; the column that names the rows comes first."""
    topics = {topic.key: topic.title for topic in guide.topics}
    return [_source(table, topics[table.topic]) for table in live(guide.tables)]


def _source(table: TableState, topic: str) -> SourceTable:
    subject = table.subject_column
    columns = [subject, *table.value_columns] if subject else []
    return SourceTable(
        key=table.key.hex,
        topic=topic,
        title=table.name,
        kind=Kind(table.kind),
        headers=tuple(column.name for column in columns),
        rows=tuple(SourceRow(row.key.hex, tuple(row.text(column) for column in columns)) for row in live(table.rows)),
    )


def authored_questions(table: TableState) -> list[AuthoredQuestion]:
    """The author's questions of a table, in its order; those of a lookup table carry its first header."""
    subject = table.subject_column

    def header(question: QuestionState) -> str:
        return subject.name if subject and question.row and table.kind == Kind.LOOKUP else ""

    return [
        AuthoredQuestion(question.key.hex, table.key.hex, question.question, question.answer, header(question))
        for question in live(table.questions)
    ]


def _write_facts(guide: Guide, stored: Stored) -> dict[UUID, int]:
    """The primary key of each fact of the guide, those retired included."""
    wanted = facts_of(stored.state)
    found = {key: (pk, *rest) for key, pk, *rest in _known_facts(guide)}
    records = [
        _fact(guide, fact, stored.ids)
        for key, fact in wanted.items()
        if found.get(key, ())[1:] != (fact.value_hash, None)
    ]
    Fact.objects.bulk_create(
        records,
        update_conflicts=True,
        unique_fields=["key"],
        update_fields=["value_hash", "retired_at"],
        batch_size=BATCH,
    )
    recount_facts(fact for fact in records if fact.key in found and found[fact.key][1] != fact.value_hash)
    _retire(
        Fact.objects.all(), (pk for key, (pk, _, retired_at) in found.items() if key not in wanted and not retired_at)
    )
    return {key: pk for key, (pk, *_) in found.items()} | {record.key: record.pk for record in records}


def _known_facts(guide: Guide) -> Iterator[tuple[Any, ...]]:
    return Fact.objects.filter(guide=guide).values_list("key", "pk", "value_hash", "retired_at").iterator()


def _fact(guide: Guide, fact: FactState, ids: Mapping[UUID, int]) -> Fact:
    return Fact(
        key=fact.key,
        guide=guide,
        table_id=ids[fact.table],
        row_id=ids[fact.row] if fact.row else None,
        column_id=ids[fact.column] if fact.column else None,
        authored_id=ids[fact.question] if fact.question else None,
        value_hash=fact.value_hash,
    )


COMPARED = ("topic_id", "kind", "context", "stem", "answer", "prepared", "position", "retired_at")


def _write_questions(guide: Guide, stored: Stored, fact_ids: Mapping[UUID, int], prepared: Iterable[Prepared]) -> None:
    tables = {table.key: table for table in live(stored.state.tables)}
    wanted = {
        question.key: question
        for position, each in enumerate(prepared)
        for question in [_question(guide, tables[UUID(each.table_key)], stored.ids, fact_ids, each, position)]
    }
    found = {question.key: question for question in Question.objects.filter(guide=guide)}
    records = [question for key, question in wanted.items() if key not in found or _differ(found[key], question)]
    Question.objects.bulk_create(
        records,
        update_conflicts=True,
        unique_fields=["key"],
        update_fields=[name.removesuffix("_id") for name in COMPARED],
        batch_size=BATCH,
    )
    _retire(Question.objects.all(), (old.pk for key, old in found.items() if key not in wanted and not old.retired_at))


def _question(
    guide: Guide,
    table: TableState,
    ids: Mapping[UUID, int],
    fact_ids: Mapping[UUID, int],
    prepared: Prepared,
    position: int,
) -> Question:
    fact = question_fact_key(UUID(prepared.question_key))
    kind = Question.Kind.LOOKUP if table.kind == Kind.LOOKUP else Question.Kind.DECISION
    return Question(
        key=asking_key(fact, kind),
        guide=guide,
        topic_id=ids[table.topic],
        table_id=ids[table.key],
        fact_id=fact_ids[fact],
        kind=kind,
        context=prepared.context,
        stem=prepared.stem,
        answer=prepared.answer,
        # As it comes back from the database, where tuples are lists: else every question would seem to differ.
        prepared=json.loads(json.dumps(prepared.to_json())),
        position=position,
    )


def _differ(old: Question, new: Question) -> bool:
    return any(getattr(old, name) != getattr(new, name) for name in COMPARED)


def _retire(records: models.QuerySet[Any], ids: Iterable[int]) -> None:
    now = timezone.now()
    for some in batched(ids, BATCH):
        records.filter(pk__in=some).update(retired_at=now)
