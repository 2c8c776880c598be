"""Write a guide as a Django fixture, without anything about learners."""

from collections.abc import Iterator
from datetime import UTC, datetime

from django.core import serializers
from django.db.models import F, Model

from quizzes.models import Bank, Fact, Question
from tables.models import Column, DecisionQuestion, Guide, Point, Row, Table, Topic

# The same content gives the same file, whenever it was imported.
ANY_DAY = datetime(2026, 1, 1, tzinfo=UTC)


def fixture_of(guide: Guide) -> str:
    """JSON for `loaddata`: things are found by their keys, so that no primary key of another database is touched."""
    fixture: str = serializers.serialize(
        "json",
        _records(guide),
        indent=1,
        sort_keys=True,
        ensure_ascii=False,
        use_natural_primary_keys=True,
        use_natural_foreign_keys=True,
    )
    return fixture


def _records(guide: Guide) -> Iterator[Model]:
    """The guide, its newest version if it is kept, and all its live parts, each after what it refers to."""
    guide.created_at = guide.updated_at = ANY_DAY
    guide.owner = guide.group = None
    yield guide
    for version in guide.versions.filter(number=guide.version).order_by("pk")[:1]:
        version.imported_at, version.imported_by = ANY_DAY, None
        yield version
    yield from Topic.objects.live().filter(guide=guide).select_related("guide")
    tables = Table.objects.live().filter(guide=guide).select_related("guide", "topic", "shown_with")
    yield from tables.order_by("position")
    for model in (Column, Row, Point):
        parts = model.objects.live().filter(table__guide=guide).select_related("table")
        yield from parts.order_by("table__position", "position")
    questions = DecisionQuestion.objects.live().filter(table__guide=guide).select_related("table", "row", "point")
    yield from questions.order_by("table__position", "position")
    facts = Fact.objects.filter(guide=guide, retired_at=None)
    facts = facts.select_related("guide", "table", "row", "column", "authored")
    yield from facts.order_by(
        "table__position",
        F("row__position").asc(nulls_last=True),
        F("column__position").asc(nulls_last=True),
        "authored__position",
    )
    yield from Question.objects.asked().filter(guide=guide).select_related("guide", "topic", "table", "fact")
    yield from Bank.objects.filter(guide=guide).select_related("guide")
