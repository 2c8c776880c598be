"""Keep facts and questions in step with the tables they are made from. Nothing is deleted: histories hang on both."""

import json
from collections.abc import Mapping
from itertools import batched
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from quizzes.actions.asking import mark_asked
from quizzes.actions.bank_questions import KeysOfFacts, write_questions
from quizzes.actions.memory import recount_facts
from quizzes.facts import FactState, facts_of
from quizzes.generation.bank import FullBank, make_bank
from quizzes.generation.made import QuestionKind
from quizzes.generation.pins import Pins, read_pins
from quizzes.generation.sources import AuthoredQuestion, SourceRow, SourceTable
from quizzes.marking.accepted import synonyms_in
from quizzes.models import Bank, Fact
from tables.actions.states import BATCH, Stored, load
from tables.models import Guide
from tables.reader.document import Kind
from tables.reader.forms import fold
from tables.versions.state import GuideState, QuestionState, TableState, live


def refresh_bank(guide: Guide, *, pins: Mapping[str, Any] | None = None) -> bool:
    """
    Make the guide's facts and questions anew if its content, or `pins` where given, changed since they were last made.

    Returns whether they were made. One query when there is nothing to do; else about 20, and one more for each 500 that
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
    tables = sources(stored.state)
    authored = [question for table in live(stored.state.tables) for question in authored_questions(table)]
    author = read_pins_of(bank)
    made = make_bank(tables, authored, author)
    keys = KeysOfFacts(stored.state)
    fact_ids = _write_facts(guide, stored, _asked(made, keys))
    write_questions(guide, stored, fact_ids, keys, made.questions, tables, authored)
    mark_asked(Fact.objects.filter(guide=guide, asked_by__hidden_at__isnull=False))
    bank.synonyms = {text: list(others) for text, others in synonyms_in(tables, both_ways(author.aliases)).items()}
    bank.version, bank.skips = guide.version, [skip.to_json() for skip in made.skips]
    bank.save()


def _asked(made: FullBank, keys: KeysOfFacts) -> dict[UUID, int | None]:
    """
    Each fact that a question asks for, with the number of its group of siblings if it is in one.

    What only putting a whole table together reaches is not counted as asked.
    """
    groups = {keys.of(fact): number for number, facts in enumerate(made.siblings, start=1) for fact in facts}
    asking = (question for question in made.questions if question.kind is not QuestionKind.REBUILD)
    return {key: groups.get(key) for question in asking for key in map(keys.of, question.facts)}


def both_ways(names: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Names that stand for another one, each with the other, whichever is looked up."""
    found: dict[str, tuple[str, ...]] = {}
    for name, other in names.items():
        found[name] = (*found.get(name, ()), other)
        found[other] = (*found.get(other, ()), name)
    return found


def read_pins_of(bank: Bank) -> Pins:
    """The author's pins for a guide. Raises BadPin."""
    return read_pins(json.dumps(bank.pins)) if bank.pins else Pins()


def sources(guide: GuideState) -> list[SourceTable]:
    """
    The live tables as questions are made from them; the column that names the rows comes first.

    What the author's directives skip is not there, and None is no value in a table that says so.
    """
    topics = {topic.key: topic.title for topic in guide.topics}
    return [_source(table, topics[table.topic]) for table in live(guide.tables)]


def _source(table: TableState, topic: str) -> SourceTable:
    subject = table.subject_column
    skipped = {fold(name) for name in table.directive.get("skip", "").split(",")}
    values = [column for column in table.value_columns if fold(column.name) not in skipped]
    columns = [subject, *values] if subject else []
    none = "none" if table.directive.get("none") == "placeholder" else ""
    return SourceTable(
        key=table.key.hex,
        topic=topic,
        title=table.name,
        kind=Kind(table.kind),
        headers=tuple(column.name for column in columns),
        rows=tuple(
            SourceRow(row.key.hex, tuple(_value(row.text(column), none) for column in columns))
            for row in live(table.rows)
        ),
    )


def _value(text: str, none: str) -> str:
    return "" if none and fold(text) == none else text


def authored_questions(table: TableState) -> list[AuthoredQuestion]:
    """The author's questions of a table, in its order; those of a lookup table carry its first header."""
    subject = table.subject_column

    def header(question: QuestionState) -> str:
        return subject.name if subject and question.row and table.kind == Kind.LOOKUP else ""

    return [
        AuthoredQuestion(question.key.hex, table.key.hex, question.question, question.answer, header(question))
        for question in live(table.questions)
    ]


def _write_facts(guide: Guide, stored: Stored, asked: Mapping[UUID, int | None]) -> dict[UUID, int]:
    """The primary key of each fact of the guide, those retired included."""
    wanted = {key: _fact(guide, fact, stored.ids, asked) for key, fact in facts_of(stored.state).items()}
    found = {fact.key: fact for fact in Fact.objects.filter(guide=guide).iterator()}
    records = [fact for key, fact in wanted.items() if key not in found or _differ(found[key], fact)]
    Fact.objects.bulk_create(
        records,
        update_conflicts=True,
        unique_fields=["key"],
        update_fields=COMPARED,
        batch_size=BATCH,
    )
    recount_facts(fact for fact in records if fact.key in found and found[fact.key].value_hash != fact.value_hash)
    gone = [fact.pk for key, fact in found.items() if key not in wanted and not fact.retired_at]
    for some in batched(gone, BATCH):
        Fact.objects.filter(pk__in=some).update(retired_at=timezone.now(), is_asked=False)
    return {key: fact.pk for key, fact in found.items()} | {record.key: record.pk for record in records}


COMPARED = ("value_hash", "is_asked", "sibling_group", "retired_at")


def _differ(old: Fact, new: Fact) -> bool:
    return any(getattr(old, name) != getattr(new, name) for name in COMPARED)


def _fact(guide: Guide, fact: FactState, ids: Mapping[UUID, int], asked: Mapping[UUID, int | None]) -> Fact:
    return Fact(
        key=fact.key,
        guide=guide,
        table_id=ids[fact.table],
        row_id=ids[fact.row] if fact.row else None,
        column_id=ids[fact.column] if fact.column else None,
        authored_id=ids[fact.question] if fact.question else None,
        value_hash=fact.value_hash,
        is_asked=fact.key in asked,
        sibling_group=asked.get(fact.key),
    )
