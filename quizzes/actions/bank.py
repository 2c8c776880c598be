"""Keep facts and questions in step with the tables they are made from. Nothing is deleted: histories hang on both."""

import json
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import F

from quizzes.actions.asking import mark_asked, tell_pages
from quizzes.actions.bank_facts import tell_asked, write_facts
from quizzes.actions.bank_questions import KeysOfFacts, Notes, QuestionWriting
from quizzes.generation.bank import BankMaking
from quizzes.generation.gathering import authored_questions, sources
from quizzes.generation.pins import Pins, read_pins
from quizzes.marking.accepted import synonyms_in
from quizzes.models import Bank, Fact
from studysite.collector import collector_at_rest
from tables.actions.concepts import refresh_concepts
from tables.actions.states import load
from tables.concepts.naming import Naming, NotThis
from tables.models import Guide
from tables.versions.state import live


def refresh_bank(guide: Guide, *, pins: Mapping[str, Any] | None = None) -> bool:
    """
    Make the guide's facts and questions anew if its content, or `pins` where given, changed since they were last made.

    Returns whether they were made. One query when there is nothing to do; else about 25, and 5 more for each 2,000
    questions. Raises BadPin for pins that cannot be understood.
    """
    made_from = Bank.objects.filter(guide=guide, version=F("guide__version"))
    kept = made_from.values_list("pins", flat=True).first()
    if kept is not None and pins in (None, kept):
        return False
    _make_bank(guide, pins)
    return True


@collector_at_rest()
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
    facts = write_facts(guide, stored)
    asked = QuestionWriting(guide, stored, facts.ids, keys, Notes(keys, tables, authored)).write(making.questions())
    siblings = enumerate(making.same_facts.groups(), 1)
    groups = {facts.ids[keys.of(fact)]: number for number, group in siblings for fact in group}
    tell_asked(facts, {pk: groups.get(pk) for pk in asked})
    mark_asked(Fact.objects.filter(guide=guide, asked_by__hidden_at__isnull=False))
    bank.synonyms = {text: list(others) for text, others in synonyms_in(tables, both_ways(author.aliases)).items()}
    refresh_concepts(guide, naming=naming_of(author), stored=stored)
    bank.version, bank.skips = guide.version, [skip.to_json() for skip in making.skips]
    bank.save()
    tell_pages(guide.pk)


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
