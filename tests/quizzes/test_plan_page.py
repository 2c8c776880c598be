from datetime import timedelta

import pytest
from django.urls import reverse

from quizzes.actions.planning import aim_of, known_of, plan_of
from quizzes.models import DayPlan, Fact, Learner, Study
from tables.models import Topic
from tests.quizzes.bank import make_asked_guide


@pytest.fixture
def guide(db):
    return make_asked_guide()


def wishes(**changed):
    return {"goal": 20, "goal_unit": "answers", "time_zone": "", "returns_missed": "on"} | changed


def send(client, guide, **changed):
    return client.post(reverse("quizzes:plan", args=[guide.slug]), wishes(**changed))


def test_an_exam_date_is_kept_and_aimed_at(guest, guide):
    day = Learner.objects.get().today + timedelta(days=10)

    assert send(guest, guide, exam_on=str(day), pass_mark=72).status_code == 303
    assert aim_of(Learner.objects.get(), guide).until == day
    assert Study.objects.get().pass_mark == 72


def test_a_day_that_is_past_is_refused_and_what_was_typed_stays(guest, guide):
    response = send(guest, guide, exam_on="2020-01-01", goal=33)

    assert response.status_code == 422
    assert "Choose today or later" in response.content.decode()
    assert 'value="33"' in response.content.decode()
    assert not Study.objects.exists()


@pytest.mark.parametrize("bad", [{"goal": 0}, {"goal": 201}, {"goal_unit": "miles"}, {"time_zone": "Mars/Base"}])
def test_what_cannot_be_is_refused(guest, guide, bad):
    assert send(guest, guide, **bad).status_code == 422
    assert Learner.objects.get().goal == 20


def test_a_new_wish_makes_the_plan_anew(guest, guide):
    plan_of(Learner.objects.get(), guide)

    send(guest, guide, goal=5, time_zone="Asia/Tokyo")

    assert not DayPlan.objects.exists()
    assert Learner.objects.get().time_zone == "Asia/Tokyo"


def test_topics_count_as_much_as_wished(guest, guide):
    networks, quick = Topic.objects.filter(guide=guide).order_by("position")
    send(guest, guide, **{f"weight_{networks.pk}": "0", f"weight_{quick.pk}": "3"})

    weights = {fact.weight for fact in known_of(Learner.objects.get(), guide)[0]}
    planned = Fact.objects.filter(pk__in=plan_of(Learner.objects.get(), guide).facts)
    page = guest.get(reverse("quizzes:plan", args=[guide.slug])).content.decode()

    assert weights == {0.0, 3.0}
    assert {fact.table.topic_id for fact in planned} == {quick.pk}
    assert '<option value="3" selected>' in page


def test_a_plan_of_nothing_is_refused(guest, guide):
    nothing = {f"weight_{topic.pk}": "0" for topic in Topic.objects.filter(guide=guide)}

    assert "One topic at least" in send(guest, guide, **nothing).content.decode()
    assert not Study.objects.exists()


def test_after_the_exam_one_is_asked_how_it_went(guest, guide):
    learner = Learner.objects.get()
    Study.objects.create(learner=learner, guide=guide, exam_on=learner.today - timedelta(days=1))
    guest.get(reverse("quizzes:continue"))
    page = guest.get(reverse("quizzes:progress"), {"guide": guide.slug}).content.decode()

    bad = guest.post(reverse("quizzes:outcome", args=[guide.slug]), {"result": "lots"}, follow=True)
    assert "whole number of percent" in bad.content.decode()
    guest.post(reverse("quizzes:outcome", args=[guide.slug]), {"result": "81"})

    study = Study.objects.get()
    assert (study.exam_on, study.sat_on, study.result) == (None, learner.today - timedelta(days=1), 81)
    assert "How did it go, in percent?" in page


def test_who_would_rather_not_say_is_not_asked_again(guest, guide):
    learner = Learner.objects.get()
    Study.objects.create(learner=learner, guide=guide, sat_on=learner.today - timedelta(days=1))

    guest.post(reverse("quizzes:outcome", args=[guide.slug]), {"result": ""})

    assert Study.objects.get().sat_on is None
