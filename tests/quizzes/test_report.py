import pytest
from django.urls import reverse
from django.utils import timezone

from quizzes.models import Question, Sitting, new_token
from tests.factories import make_learner
from tests.quizzes.bank import give, make_asked_guide, make_sitting, right, wrong


def report_of(client, sitting):
    return client.get(reverse("quizzes:report", args=[sitting.pk]))


def go_through(client, sitting, missed=()):
    """Answer every question, wrongly where its position is among the missed."""
    for slot in sitting.slots.all():
        give(client, slot, wrong(slot) if slot.position in missed else right(slot))


def retry(client, sitting, only, token=None):
    form = {"token": token or new_token(), "only": only}
    return client.post(reverse("quizzes:retry", args=[sitting.pk]), form)


def test_report_tells_the_score_by_topic_and_decision_apart_from_lookup(guest):
    sitting = make_sitting(guest.learner, is_shuffled=False)
    go_through(guest, sitting, missed=[1, 2, 10])

    page = report_of(guest, sitting).content.decode()

    assert "7 right, 3 to look at again" in page
    assert "of 10 right, 70%" in page
    assert "<dt>Decision questions</dt><dd>4 of 5</dd>" in page
    assert "<dt>Lookup questions</dt><dd>3 of 5</dd>" in page
    assert '<th scope="row">Neural Network Comparisons</th><td class="n">3 of 5</td>' in page


def test_missed_questions_are_listed_with_what_was_said_and_the_contrast(guest, theirs):
    go_through(guest, theirs, missed=[2])
    slot = theirs.slots.get(position=2)

    page = report_of(guest, theirs).content.decode()

    assert page.count('<ul class="missed">') == 1
    assert f'<span class="you">{slot.answer.chosen_text}</span>' in page
    assert f'<span class="ans">{slot.right_text}</span>' in page
    assert page.count("You picked") == 1
    assert "Retry 1 missed" in page


def test_all_right_is_said_and_leaves_nothing_to_retry_but_everything(guest, theirs):
    go_through(guest, theirs)

    page = report_of(guest, theirs).content.decode()

    assert "<h1>All 5 right</h1>" in page
    assert "missed</button>" not in page
    assert "Same questions again" in page


def test_report_waits_for_the_end_of_the_sitting(guest, theirs):
    assert report_of(guest, theirs).headers["Location"] == f"/quiz/{theirs.pk}/1/"


def test_finishing_early_reports_what_was_answered_and_what_was_left(guest, theirs):
    slot = theirs.slots.first()
    give(guest, slot, right(slot))

    response = guest.post(reverse("quizzes:finish", args=[theirs.pk]))

    page = guest.get(response.headers["Location"]).content.decode()
    assert response.status_code == 303
    assert "<h1>All 1 right</h1>" in page
    assert "<dt>Not answered</dt><dd>4 of 5</dd>" in page


def test_finishing_without_an_answer_has_a_report(guest, theirs):
    guest.post(reverse("quizzes:finish", args=[theirs.pk]))

    assert "<h1>Nothing answered</h1>" in report_of(guest, theirs).content.decode()


def test_finishing_twice_keeps_the_first_end(guest, theirs):
    guest.post(reverse("quizzes:finish", args=[theirs.pk]))
    first = Sitting.objects.get().finished_at

    guest.post(reverse("quizzes:finish", args=[theirs.pk]))

    assert Sitting.objects.get().finished_at == first


def test_last_time_is_that_of_the_same_kind_of_sitting(guest):
    guide = make_asked_guide()
    first, second = make_sitting(guest.learner, guide), make_sitting(guest.learner, guide)
    go_through(guest, first, missed=[1, 2])
    go_through(guest, second)

    assert "<dt>Last time</dt>" not in report_of(guest, first).content.decode()
    assert "<dt>Last time</dt><dd>8 of 10</dd>" in report_of(guest, second).content.decode()


def test_retry_of_the_missed_asks_those_alone(guest, theirs):
    go_through(guest, theirs, missed=[2, 4])

    response = retry(guest, theirs, "missed")

    again = Sitting.objects.first()
    missed = {slot.question for slot in theirs.slots.filter(position__in=[2, 4])}
    assert response.status_code == 303
    assert response.headers["Location"] == f"/quiz/{again.pk}/1/"
    assert again.retry_of == theirs
    assert {slot.question for slot in again.slots.all()} == missed


def test_retry_of_all_asks_the_same_questions(guest, theirs):
    go_through(guest, theirs)

    retry(guest, theirs, "all")

    again = Sitting.objects.first()
    assert again != theirs
    assert {slot.question for slot in again.slots.all()} == {slot.question for slot in theirs.slots.all()}


def test_retry_sent_twice_begins_once(guest, theirs):
    go_through(guest, theirs, missed=[1])
    token = new_token()

    first, second = retry(guest, theirs, "missed", token), retry(guest, theirs, "missed", token)

    assert first.headers["Location"] == second.headers["Location"]
    assert Sitting.objects.count() == 2


@pytest.mark.parametrize("token", ["x" * 99, " "])
def test_retry_without_a_good_token_is_asked_again(guest, theirs, token):
    go_through(guest, theirs, missed=[1])

    response = retry(guest, theirs, "missed", token)

    assert response.status_code == 422
    assert Sitting.objects.count() == 1


def test_retry_of_questions_that_left_the_guide_says_so(guest, theirs):
    go_through(guest, theirs, missed=[1])
    Question.objects.update(retired_at=timezone.now())

    response = retry(guest, theirs, "missed")

    assert response.status_code == 422
    assert "no longer in the guide" in response.content.decode()
    assert Sitting.objects.count() == 1


@pytest.mark.parametrize("count", [2, 10])
def test_number_of_queries_does_not_grow(alice, count, django_assert_max_num_queries):
    sitting = make_sitting(make_learner(alice.user), count=count)
    go_through(alice, sitting, missed=range(count))

    with django_assert_max_num_queries(6):
        report_of(alice, sitting)
