"""Keep facts and questions in step with the tables they are made from. Nothing is deleted: histories hang on both."""

import json
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from quizzes.actions.asking import mark_asked
from quizzes.actions.bank_facts import tell_asked, write_facts
from quizzes.actions.bank_questions import KeysOfFacts, Notes, QuestionWriting
from quizzes.generation.bank import BankMaking
from quizzes.generation.pins import Pins, read_pins
from quizzes.generation.sources import AuthoredQuestion, SourceRow, SourceTable
from quizzes.marking.accepted import synonyms_in
from quizzes.models import Bank, Fact
from tables.actions.concepts import refresh_concepts
from tables.actions.states import load
from tables.concepts.naming import Naming, NotThis
from tables.models import Guide
from tables.reader.document import Kind
from tables.reader.forms import fold
from tables.versions.state import GuideState, QuestionState, TableState, live


def refresh_bank(guide: Guide, *, pins: Mapping[str, Any] | None = None) -> bool:
    """
    Make the guide's facts and questions anew if its content, or `pins` where given, changed since they were last made.

    Returns whether they were made. One query when there is nothing to do; else about 25, and 5 more for each 2,000
    questions. Raises BadPin for pins that cannot be understood.
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
    making = BankMaking(tables, authored, author)
    keys = KeysOfFacts(stored.state)
    writing = QuestionWriting(guide, stored, write_facts(guide, stored), keys, Notes(keys, tables, authored))
    asked = writing.write(making.questions())
    groups = {keys.of(fact): number for number, facts in enumerate(making.same_facts.groups(), 1) for fact in facts}
    tell_asked(guide, {key: groups.get(key) for key in asked})
    mark_asked(Fact.objects.filter(guide=guide, asked_by__hidden_at__isnull=False))
    bank.synonyms = {text: list(others) for text, others in synonyms_in(tables, both_ways(author.aliases)).items()}
    refresh_concepts(guide, naming=naming_of(author), stored=stored)
    bank.version, bank.skips = guide.version, [skip.to_json() for skip in making.skips]
    bank.save()


def naming_of(author: Pins) -> Naming:
    """What an author's pins say of names."""
    return Naming(author.aliases, tuple(NotThis(*pin) for pin in author.not_this))


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
