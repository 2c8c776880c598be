from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from django.core.exceptions import FieldError
from django.db.models import F, FilteredRelation, OuterRef, Q, Subquery
from django.db.models.sql.compiler import SQLCompiler

from studysite.prepared import Prepared
from tables.models import Column, Guide, Row, Table
from tests.factories import make_guide, make_table, make_topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def tables():
    """Two tables in each of two guides."""
    return [make_table(make_topic(guide)) for guide in (make_guide(), make_guide()) for _ in range(2)]


def loaded(thing):
    """All that was fetched of a thing, with what was fetched along."""
    values = dict(vars(thing))
    state = values.pop("_state")
    return values, {name: loaded(other) for name, other in state.fields_cache.items() if other}


def test_finds_what_the_same_queryset_finds_whatever_is_filled_in(tables):
    def rows(table, slug):
        return Row.objects.filter(table=table, slug=slug).select_related("table__guide").order_by()

    prepared = Prepared(rows)

    for table in tables:
        for slug in ("relu", "sigmoid", "nothing"):
            found = prepared(table=table.pk, slug=slug)
            assert list(map(loaded, found)) == list(map(loaded, rows(table, slug)))
    assert prepared.first(table=tables[0].pk, slug="nothing") is None
    assert prepared.first(table=tables[1].pk, slug="relu").table == tables[1]


def test_values_may_stand_in_subqueries_and_in_conditions_of_joins(tables):
    def with_extras(guide, slug):
        first = Row.objects.filter(table=OuterRef("pk"), slug=slug).values("subject")
        named = FilteredRelation("rows", condition=Q(rows__slug=slug))
        found = Table.objects.filter(guide=guide).annotate(named=named)
        return found.annotate(subject=Subquery(first), line=F("named__position")).order_by("pk")

    prepared = Prepared(with_extras)

    for table in tables:
        found = prepared(guide=table.guide_id, slug="relu")
        assert [(each.pk, each.subject, each.line) for each in found] == [
            (each.pk, each.subject, each.line) for each in with_extras(table.guide_id, "relu")
        ]
        assert {each.subject for each in found} == {"ReLU"}


def test_keys_are_given_as_text(tables):
    prepared = Prepared(lambda key: Guide.objects.filter(key=key).only("title"))

    assert [prepared.first(key=table.guide.key.hex) for table in tables] == [table.guide for table in tables]


def test_moments_are_compared_as_the_database_keeps_them(tables):
    def made_since(since):
        return Guide.objects.filter(created_at__gte=since).order_by("pk")

    prepared = Prepared(made_since)
    first, second = made_since(datetime(2000, 1, 1, tzinfo=UTC))

    for moment in (first.created_at, second.created_at, second.created_at + timedelta(microseconds=1)):
        for since in (moment, moment.astimezone(timezone(timedelta(hours=-11)))):
            assert prepared(since=since) == list(made_since(since))
    assert prepared(since=second.created_at) == [second]


def test_sql_is_made_once(tables, monkeypatch):
    made = []
    as_sql = SQLCompiler.as_sql
    monkeypatch.setattr(SQLCompiler, "as_sql", lambda *args, **options: made.append(1) or as_sql(*args, **options))
    prepared = Prepared(lambda table: Column.objects.filter(table=table))

    counts = [len(prepared(table=table.pk)) for table in tables]

    assert len(made) == 1
    assert set(counts) == {tables[0].columns.count()}


def test_each_call_is_one_query(tables, django_assert_num_queries):
    prepared = Prepared(lambda table: Row.objects.filter(table=table).select_related("table"))

    for table in tables:
        with django_assert_num_queries(1):
            prepared(table=table.pk)


@pytest.mark.parametrize("values", [{}, {"table": 1, "slug": "relu"}, {"row": 1}])
def test_other_names_are_refused(values):
    with pytest.raises(TypeError, match="table"):
        Prepared(lambda table: Row.objects.filter(table=table))(**values)


@pytest.mark.parametrize("value", [None, Decimal("1.5"), [1]])
def test_what_the_database_could_take_otherwise_is_refused(value):
    with pytest.raises(TypeError, match="neither a number nor a text"):
        Prepared(lambda table: Row.objects.filter(table=table))(table=value)


def test_a_query_that_makes_no_sense_says_so_when_it_is_first_asked():
    prepared = Prepared(lambda table: Row.objects.filter(nothing=table))

    with pytest.raises(FieldError):
        prepared(table=1)
