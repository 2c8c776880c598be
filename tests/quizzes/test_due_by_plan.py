from datetime import date, timedelta
from random import Random

import pytest
from django.db.models import FloatField, Value
from django.utils import timezone

from quizzes.actions.knowing import papers_of
from quizzes.actions.planning import due_by_plan, due_of
from quizzes.actions.reports import decide_report
from quizzes.actions.setting_aside import set_aside
from quizzes.memory.fading import is_fading
from quizzes.memory.states import State
from quizzes.models import DayPlan, Fact, Learner, Memory, Question, Report, Study
from tests import factories
from tests.quizzes.bank import make_asked_guide
from tests.quizzes.lived import live_through

TODAY = date(2026, 12, 1)


def make_learner(goal=20):
    learner = factories.make_learner()
    Learner.objects.filter(pk=learner.pk).update(goal=goal)
    learner.refresh_from_db()
    return learner


@pytest.fixture
def guide(db):
    return make_asked_guide()


def due_both_ways(learner, guide):
    """What is due today by all that is known, after making sure that the plan alone says the same."""
    learner = Learner.objects.get(pk=learner.pk)
    due = due_of(learner, guide)
    assert frozenset(due_by_plan(learner, guide, papers_of(learner, guide))) == due.facts
    return due


@pytest.mark.parametrize("answers", [0, 3, 30])
@pytest.mark.parametrize("days", [1, 9])
@pytest.mark.parametrize("goal", [2, 40])
def test_the_plan_alone_says_what_is_due(guide, answers, days, goal):
    learner = make_learner(goal=goal)
    live_through(learner, guide, answers, rights=(True, False, True), days=days)

    assert due_both_ways(learner, guide).count <= goal


def test_without_a_plan_it_is_made(guide):
    learner = make_learner()

    due = due_by_plan(learner, guide, papers_of(learner, guide))

    assert due == DayPlan.objects.get().facts[: len(due)] != []


def test_in_the_last_days_before_an_exam_siblings_are_due_too(guide):
    learner = make_learner(goal=40)
    Study.objects.create(learner=learner, guide=guide, exam_on=learner.today + timedelta(days=1))
    Fact.objects.asked().update(sibling_group=1)
    live_through(learner, guide, 1, days=1)

    last_days = due_both_ways(learner, guide).count
    Study.objects.all().delete()
    DayPlan.objects.all().delete()

    assert due_both_ways(learner, guide).count == 0 < last_days


def test_what_was_set_aside_is_not_due(guide):
    learner = make_learner(goal=40)
    first = Fact.objects.get(pk=min(due_both_ways(learner, guide).facts))

    set_aside(learner, [first])

    assert first.pk not in due_both_ways(learner, guide).facts


def test_a_fact_whose_only_question_was_hidden_leaves_everybodys_plan(guide):
    learner = make_learner(goal=5)
    due_both_ways(learner, guide)
    fact = DayPlan.objects.get(learner=learner).facts[0]
    for question in Question.objects.asked().filter(facts=fact):
        report = Report.objects.create(learner=learner, question=question, created_at=timezone.now())
        decide_report(report, Report.Status.HIDDEN, "")

    assert not Fact.objects.asked().filter(pk=fact).exists()
    assert not DayPlan.objects.exists()
    assert fact not in due_both_ways(learner, guide).facts


@pytest.mark.parametrize("theta", [0.5, 1.0, 1.7])
def test_the_database_tells_fading_as_the_model_does(guide, theta):
    learner, chance = make_learner(), Random(theta)
    facts = list(Fact.objects.asked().filter(guide=guide))
    for _ in range(10):
        states = {fact.pk: any_state(chance) for fact in facts[1:]}
        Memory.objects.all().delete()
        Memory.objects.bulk_create(memory_of(learner, fact, state) for fact, state in states.items())

        wanted = Fact.objects.asked().wanted_by(learner.pk, Value(str(TODAY)), Value(theta, FloatField()))

        fading = {fact for fact, state in states.items() if is_fading(state, TODAY, theta)}
        assert set(wanted.values_list("pk", flat=True)) == {facts[0].pk} | fading


def any_state(chance):
    """One that fades on some day of two months; often on just the day that is asked for."""
    stability = chance.choice([float(chance.randint(1, 40)), chance.uniform(0.1, 80)])
    return State(stability, 5.0, TODAY - timedelta(chance.randint(0, 60)))


def memory_of(learner, fact, state):
    return Memory(
        learner=learner, fact_id=fact, stability=state.stability, difficulty=state.difficulty, last_on=state.last_on,
        is_right=True, answered_at=timezone.now(),
    )  # fmt: skip
