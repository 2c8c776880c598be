import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quizzes.actions.bank import refresh_bank
from quizzes.actions.fact_places import places_of
from quizzes.actions.knowing import known_of
from quizzes.models import Fact, Question
from tables.models import Guide, Row
from tests.factories import make_learner, make_user
from tests.quizzes.bank import make_asked_guide


def queries_of(guide):
    """How many it takes to learn what somebody knows of a guide."""
    learner = make_learner()
    with CaptureQueriesContext(connection) as queries:
        known_of(learner, guide)
    return len(queries)


def first_row_of(guide):
    """The row in which the first fact of the document stands, as it is planned."""
    facts = known_of(make_learner(), guide).facts
    first = min((fact for fact in facts if fact.column), key=lambda fact: fact.place)
    return Row.objects.get(pk=first.row)


def test_places_of_a_public_guide_are_read_once(db):
    guide = make_asked_guide()

    assert [queries_of(guide) for _ in range(3)] == [3, 2, 2]


@pytest.mark.parametrize("visibility", sorted({*Guide.Visibility} - {Guide.Visibility.PUBLIC}))
def test_places_of_a_guide_that_not_everybody_may_read_are_not_kept(db, visibility):
    guide = make_asked_guide(visibility=visibility, owner=make_user())

    assert [queries_of(guide) for _ in range(2)] == [3, 3]


def test_a_row_moved_in_the_document_is_asked_in_its_new_place(db):
    guide = make_asked_guide()
    moved = first_row_of(guide)
    Row.objects.filter(pk=moved.pk).update(position=99)
    Guide.objects.filter(pk=guide.pk).update(version=guide.version + 1)
    guide.refresh_from_db()
    refresh_bank(guide)

    assert first_row_of(guide) != moved


def test_a_fact_asked_again_has_its_place_though_nothing_was_read_anew(db):
    guide = make_asked_guide()
    fact = Fact.objects.asked().filter(guide=guide).first()
    Fact.objects.filter(pk=fact.pk).update(is_asked=False)
    before = {each.fact for each in known_of(make_learner(), guide).facts}
    Fact.objects.filter(pk=fact.pk).update(is_asked=True)

    after = {each.fact for each in known_of(make_learner(), guide).facts}

    assert after - before == {fact.pk}


def test_a_fact_made_since_the_places_were_read_has_one(db):
    guide = make_asked_guide()
    Question.objects.all().delete()
    Fact.objects.filter(guide=guide).delete()
    assert places_of(guide, guide.version, []) == {}
    Guide.objects.filter(pk=guide.pk).update(version=guide.version + 1)
    refresh_bank(Guide.objects.get(pk=guide.pk))

    made = Fact.objects.filter(guide=guide).values_list("pk", flat=True)

    assert made
    assert places_of(guide, guide.version, made).keys() >= set(made)
