from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from quizzes.models import DayPlan, Learner, Study
from tests.factories import PASSWORD, make_learner, make_user
from tests.quizzes.bank import make_asked_guide, make_sitting

PROFILE = "/accounts/profile/"


def keep(client, **fields):
    return client.post(reverse("quizzes:profile"), {"username": "alice", "time_zone": "", **fields})


def test_visitor_is_asked_to_sign_in(client, db):
    response = client.get(PROFILE)

    assert response.headers["Location"] == f"/accounts/login/?next={PROFILE}"


def test_name_and_time_zone_are_kept(client, alice):
    response = keep(client, username="alicia", time_zone="Europe/Madrid")

    alice.refresh_from_db()
    assert response.status_code == 303
    assert (alice.username, alice.learner.time_zone) == ("alicia", "Europe/Madrid")
    assert client.login(username="alicia", password=PASSWORD)


def test_looking_and_keeping_the_name_alone_make_no_learner(client, alice):
    client.get(PROFILE)
    keep(client, username="alicia")

    assert not Learner.objects.exists()


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("bob", "Somebody has that name already"),
        ("BOB", "Somebody has that name already"),
        ("a b", "Enter a valid username"),
        ("", "This field is required"),
        ("x" * 151, "at most 150"),
    ],
)
def test_name_that_cannot_be_had_is_refused_at_its_field(client, alice, name, said):
    make_user("bob")

    response = keep(client, username=name)

    alice.refresh_from_db()
    page = response.content.decode()
    assert response.status_code == 422
    assert said in page
    assert 'id="id_username_error"' in page
    assert "account of alice</span>" in page
    assert alice.username == "alice"


def test_own_name_may_change_its_case(client, alice):
    keep(client, username="Alice")

    alice.refresh_from_db()
    assert alice.username == "Alice"


def test_names_are_not_tried_out_without_end(client, alice):
    make_user("bob")

    given = [keep(client, username="bob").status_code for _ in range(21)]

    assert given == [422] * 20 + [429]


def test_unknown_zone_changes_nothing(client, alice):
    response = keep(client, username="alicia", time_zone="Mars/Olympus")

    alice.refresh_from_db()
    assert response.status_code == 422
    assert alice.username == "alice"


def test_exam_days_of_all_guides_are_kept_here(client, alice):
    learner, guides = make_learner(alice), [make_asked_guide(title=title) for title in ("One", "Two")]
    day = timezone.now().date() + timedelta(days=40)
    Study.objects.create(learner=learner, guide=guides[0], exam_on=day, pass_mark=70)
    make_sitting(learner, guides[1], count=1)
    DayPlan.objects.create(learner=learner, guide=guides[0], on=day)

    keep(client, **{f"exam_{guides[0].pk}": "", f"exam_{guides[1].pk}": day.isoformat()})

    studies = {study.guide: study for study in Study.objects.all()}
    assert [studies[guide].exam_on for guide in guides] == [None, day]
    assert studies[guides[0]].pass_mark == 70
    assert not DayPlan.objects.exists()


def test_exam_day_that_is_past_is_refused_but_one_that_was_is_left_alone(client, alice):
    learner, guides = make_learner(alice), [make_asked_guide(title=title) for title in ("One", "Two")]
    past = timezone.now().date() - timedelta(days=3)
    for guide in guides:
        Study.objects.create(learner=learner, guide=guide, exam_on=past)

    refused = keep(client, **{f"exam_{guides[0].pk}": past.isoformat()})
    kept = keep(client)

    assert refused.status_code == 422
    assert "This day is past" in refused.content.decode()
    assert kept.status_code == 303
    assert set(Study.objects.values_list("exam_on", flat=True)) == {past}


def test_exam_that_is_over_is_asked_about_though_the_next_day_is_named_here(client, alice):
    learner, guide = make_learner(alice), make_asked_guide()
    yesterday, next_one = learner.today - timedelta(days=1), learner.today + timedelta(days=9)
    Study.objects.create(learner=learner, guide=guide, exam_on=yesterday, result=50)

    keep(client, **{f"exam_{guide.pk}": next_one.isoformat()})

    study = Study.objects.get()
    assert (study.exam_on, study.sat_on, study.result) == (next_one, yesterday, None)


def test_exam_of_a_guide_one_does_not_study_is_not_taken(client, alice):
    make_learner(alice)
    guide = make_asked_guide(title="Private", visibility="private", owner=make_user("bob"))

    keep(client, **{f"exam_{guide.pk}": "2099-01-01"})

    assert not Study.objects.exists()


def test_mails_are_off_until_asked_for_and_not_offered_without_mail(client, alice, settings):
    without = client.get(PROFILE).content.decode()
    keep(client, wants_mail="on")
    alice.refresh_from_db()
    unasked = alice.wants_mail
    settings.SENDS_MAIL = True
    keep(client, wants_mail="on")
    alice.refresh_from_db()

    assert "Remind me" not in without
    assert not unasked
    assert alice.wants_mail


def test_powers_are_not_taken_by_further_fields(client, alice):
    keep(client, is_staff="on", is_superuser="on", pk="1", email="x@example.org")

    alice.refresh_from_db()
    assert (alice.is_staff, alice.is_superuser, alice.email) == (False, False, "alice@example.org")


def test_page_costs_the_same_for_one_guide_and_for_many(client, alice, django_assert_num_queries):
    learner = make_learner(alice)
    make_sitting(learner, make_asked_guide(title="First"), count=1)
    client.get(PROFILE)

    with django_assert_num_queries(5):
        client.get(PROFILE)
    for number in range(6):
        make_sitting(learner, make_asked_guide(title=f"Guide {number}"), count=1)
    with django_assert_num_queries(5):
        client.get(PROFILE)
