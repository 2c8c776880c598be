from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from quizzes.actions.demo import HoldsMore, Size, make_demo
from quizzes.demo.documents import TABLES_OF_GUIDE, documents
from quizzes.models import Answer, AnswerFact, Memory, Question, Sitting
from studysite.accounts.models import Group, User
from tables.models import Entry, Guide, Row, Table
from tables.reader import read
from tests.factories import make_guide
from tests.quizzes.memories import lived_and_logged

SMALL = Size(tables=2, rows=8, columns=5, asked=1, learners=4, answers=90, members=3)


def test_same_seed_gives_the_same_documents_and_another_one_others():
    one, again, other = (list(documents(tables=3, rows=4, columns=5, seed=seed)) for seed in (1, 1, 2))

    assert one == again
    assert one != other


def test_documents_are_read_without_a_problem_as_large_as_was_asked_for():
    readings = [read(each.text.encode()) for each in documents(tables=TABLES_OF_GUIDE + 1, rows=30, columns=13, seed=3)]
    tables = [table for reading in readings for topic in reading.topics for table in topic.tables]

    assert [problem for reading in readings for problem in reading.problems] == []
    assert len(readings) == 2
    assert {(len(table.rows), len(table.head)) for table in tables} == {(30, 13)}


@pytest.mark.parametrize(("rows", "columns"), [(0, 5), (5_001, 5), (10, 1), (10, 99)])
def test_tables_that_no_guide_may_have_are_refused(rows, columns):
    with pytest.raises(ValueError, match="A table has"):
        list(documents(tables=1, rows=rows, columns=columns, seed=1))


@pytest.mark.django_db
def test_site_is_filled_with_guides_learners_and_a_group_in_step_with_one_another():
    made = make_demo(SMALL, seed=1)

    assert (made.guides, made.answers) == (1, 90)
    assert (Table.objects.count(), Row.objects.count(), Entry.objects.filter(kind="row").count()) == (2, 16, 16)
    assert Question.objects.asked().exists()
    assert (Answer.objects.count(), AnswerFact.objects.count()) == (90, 90)
    assert Memory.objects.filter(is_right=True).exists()
    assert Sitting.objects.filter(started_at__gte=Answer.objects.earliest("answered_at").answered_at).exists()
    assert lived_and_logged() == []
    assert Group.objects.get().memberships.count() == 3
    assert not any(user.has_usable_password() for user in User.objects.all())


@pytest.mark.django_db
def test_site_that_holds_guides_is_left_alone_unless_told_otherwise():
    make_guide()
    make_guide()

    with pytest.raises(CommandError, match="holds guides already"):
        call_command("make_demo")
    assert Guide.objects.count() == 2

    call_command(
        "make_demo", "--tables=1", "--rows=6", "--learners=0", "--asked=0", "--add", stdout=(said := StringIO())
    )
    assert said.getvalue().startswith("Made 1 guides with 6 rows")


@pytest.mark.django_db
def test_what_a_seed_makes_is_made_once():
    make_demo(SMALL, seed=1)

    with pytest.raises(HoldsMore, match="seed 1"):
        make_demo(SMALL, seed=1, adds=True)
