"""The way from a table to its quiz, on pages that are kept for all visitors."""

import pytest
from django.utils import timezone

from quizzes.actions.bank import refresh_bank
from quizzes.actions.reports import settle
from quizzes.models import Question, Report
from tables.models import Table
from tests.factories import DECISIONS, make_guide, make_learner, make_table, make_topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def table() -> Table:
    """A decision table of which nothing is asked yet."""
    return make_table(make_topic(make_guide()), title="Which one?", grid=DECISIONS, kind="decision")


def offers_quiz(client, table: Table) -> bool:
    return 'data-key="q"' in client.get(table.get_absolute_url()).content.decode()


def test_is_there_as_soon_as_something_is_asked(client, table):
    assert not offers_quiz(client, table)

    refresh_bank(table.guide)

    assert offers_quiz(client, table)


def test_goes_when_all_that_is_asked_was_hidden_and_comes_back_with_it(client, table):
    refresh_bank(table.guide)
    assert offers_quiz(client, table)
    learner = make_learner()
    for question in Question.objects.asked():
        Report.objects.create(
            learner=learner, question=question, reason="notes-wrong", status="hidden", created_at=timezone.now()
        )
        settle(question.pk)
    assert not offers_quiz(client, table)

    Report.objects.update(status="declined")
    for question in Question.objects.all():
        settle(question.pk)

    assert offers_quiz(client, table)
