from datetime import timedelta

import pytest
from django.urls import reverse

from quizzes.models import DayPlan, Study
from studysite.accounts.models import Group
from tests.factories import make_guide, make_learner, make_user
from tests.groups import make_group
from tests.quizzes.bank import make_asked_guide
from tests.quizzes.test_group_blind_spots import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def bob():
    return make_learner(make_user("bob"))


@pytest.fixture
def day(bob):
    return bob.today + timedelta(days=40)


@pytest.fixture
def group(bob, day):
    return make_group(make_user("alice"), bob.user, exam_on=day)


@pytest.fixture
def guide(group):
    return make_asked_guide(title="Our notes", visibility="group", group=group)


def adopt(group, guide, day, *, name="bob", **fields):
    address = reverse("quizzes:group-exam-day", args=[group.pk])
    return client_of(name).post(address, {"guide": guide.slug, "day": str(day), **fields})


def offers(path):
    return "/exam-day/" in client_of("bob").get(path).content.decode()


def plan_page(guide):
    return reverse("quizzes:plan", args=[guide.slug])


def test_proposal_is_offered_and_changes_no_plan_by_itself(group, guide):
    assert offers(group.get_absolute_url())
    assert offers(plan_page(guide))
    assert not Study.objects.filter(exam_on__isnull=False).exists()


def test_one_press_takes_the_day_and_leaves_the_rest_of_the_plan(bob, group, guide, day):
    Study.objects.create(learner=bob, guide=guide, exam_on=bob.today + timedelta(days=3), pass_mark=72)
    DayPlan.objects.create(learner=bob, guide=guide, on=bob.today)

    response = adopt(group, guide, day)

    study = Study.objects.get()
    assert (response.url, study.exam_on, study.pass_mark) == (group.get_absolute_url(), day, 72)
    assert not DayPlan.objects.exists()
    assert not offers(group.get_absolute_url())
    assert not offers(plan_page(guide))


def test_press_on_the_plan_page_leads_back_to_it(group, guide, day):
    assert adopt(group, guide, day, plan="on").url == plan_page(guide)


def test_day_that_is_not_proposed_any_more_is_not_taken(group, guide, day):
    Group.objects.update(exam_on=day + timedelta(days=1))

    adopt(group, guide, day)

    assert not Study.objects.exists()


def test_past_day_is_neither_offered_nor_taken(bob, group, guide):
    past = bob.today - timedelta(days=1)
    Group.objects.update(exam_on=past)

    assert not offers(group.get_absolute_url())
    assert not offers(plan_page(guide))
    adopt(group, guide, past)
    assert not Study.objects.exists()


def test_own_day_that_has_passed_is_still_asked_about(bob, group, guide, day):
    past = bob.today - timedelta(days=2)
    Study.objects.create(learner=bob, guide=guide, exam_on=past)

    adopt(group, guide, day)

    assert (Study.objects.get().exam_on, Study.objects.get().sat_on) == (day, past)


def test_guide_of_the_site_that_the_group_chose_is_offered_its_day_too(group, guide, day):
    public = make_guide(title="Public")
    assert not offers(plan_page(public))

    public.study_groups.add(group)

    assert offers(plan_page(public))
    assert adopt(group, public, day).status_code == 303
    assert Study.objects.get().guide == public


def test_guide_that_the_group_does_not_study_is_not_found(group, day):
    assert adopt(group, make_guide(title="Public"), day).status_code == 404


def test_stranger_finds_no_proposal(group, guide, day):
    make_user("charlie")

    assert adopt(group, guide, day, name="charlie").status_code == 404
