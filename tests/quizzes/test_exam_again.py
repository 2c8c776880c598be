from datetime import timedelta

from django.urls import reverse

from quizzes.models import Answer, Confusion, Memory, Sitting
from tests.quizzes.bank import make_asked_guide, make_exam
from tests.quizzes.exams import begin, choose, hand_in, let_time_pass, report, right_of, wrong_of


def retry(client, exam, only, token="again"):
    return client.post(reverse("quizzes:retry", args=[exam.pk]), {"token": token, "only": only})


def test_exam_is_sat_again_as_an_exam_with_the_same_questions_minutes_and_pass_mark(guest, exam):
    hand_in(guest, exam)

    response = retry(guest, exam, "exam")
    retry(guest, exam, "exam")

    again = Sitting.objects.get(retry_of=exam)
    assert response.headers["Location"] == reverse("quizzes:question", args=[again.pk, 1])
    assert (again.mode, again.minutes, again.pass_mark) == ("exam", exam.minutes, exam.pass_mark)
    assert again.deadline - again.started_at > timedelta(minutes=exam.minutes) - timedelta(seconds=5)
    assert set(again.slots.values_list("question")) == set(exam.slots.values_list("question"))


def test_report_of_an_exam_sat_again_tells_the_change_since_then(guest, exam):
    hand_in(guest, exam)
    retry(guest, exam, "exam")
    again = Sitting.objects.get(retry_of=exam)
    for slot in again.slots.all():
        choose(guest, slot, right_of(slot))
    hand_in(guest, again)

    page = report(guest, again)

    assert "Since you sat it before" in page
    assert "up from 0%" in page
    assert "Sit this exam again" in page


def test_missed_ones_of_an_exam_are_practised(guest, exam):
    hand_in(guest, exam)

    retry(guest, exam, "missed")

    assert Sitting.objects.get(retry_of=exam).mode == "practice"


def test_exam_of_chosen_kinds_asks_no_others(guest):
    guide = make_asked_guide()

    begin(guest, guide, kinds=["decision"], count=9)

    exam = Sitting.objects.get()
    assert {slot.kind for slot in exam.slots.all()} <= {"decision", "lookup", "reversed"}
    assert exam.slots.count() == 9


def test_more_questions_than_the_chosen_kinds_have_are_answered_with_the_nearest_number(guest):
    guide = make_asked_guide()

    response = begin(guest, guide, kinds=["decision"], count=27)

    assert response.status_code == 422
    assert "From 1 to 10 can be had: 10 is the nearest." in response.content.decode()


def test_exam_asks_how_sure_one_is_only_where_that_was_wished(guest, exam):
    slot = exam.slots.first()
    choose(guest, slot, wrong_of(slot), confidence="sure")

    page = guest.get(reverse("quizzes:question", args=[exam.pk, 1])).content.decode()
    hand_in(guest, exam)

    assert 'name="confidence"' not in page
    assert Answer.objects.get().confidence == ""


def test_how_sure_one_was_is_kept_until_an_exam_is_handed_in_and_then_counts(guest):
    begin(guest, make_asked_guide(), asks_confidence="on")
    exam = Sitting.objects.get()
    slot = exam.slots.first()
    choose(guest, slot, wrong_of(slot), confidence="sure")
    page = guest.get(reverse("quizzes:question", args=[exam.pk, 1])).content.decode()

    hand_in(guest, exam)

    assert 'value="sure" checked' in page
    assert Answer.objects.get().confidence == "sure"
    assert Memory.objects.filter(is_sure=True, is_right=False).exists()


def test_what_one_was_sure_of_and_then_what_one_mixes_up_most_lead_the_missed(guest):
    begin(guest, make_asked_guide(), asks_confidence="on", kinds=["choice"], count=8)
    exam = Sitting.objects.get()
    slots = list(exam.slots.all())
    for slot in slots:
        choose(guest, slot, wrong_of(slot), confidence="sure" if slot == slots[-1] else "guess")
    hand_in(guest, exam)
    pair = next(
        shown
        for slot in exam.slots.filter(position__in=[3, 4, 5, 6]).select_related("answer")
        for shown in slot.answer.contrast["shown"]
        if shown["other"]["role"] == "chosen"
    )
    asked, said = pair["right"]["thing"]["row_key"], pair["other"]["thing"]["row_key"]
    Confusion.objects.filter(asked=asked, said=said).update(count=9)

    missed = guest.get(reverse("quizzes:report", args=[exam.pk])).context["missed"]

    assert missed[0].slot == slots[-1]
    assert missed[0].is_sure
    assert missed[1].contrasts[0].to_json()["right"]["thing"]["row_key"] in {asked, said}
    assert "sure, but wrong</span>" in report(guest, exam)


def test_expired_exam_is_finished_in_every_list_though_nobody_looked_at_it(guest, exam):
    let_time_pass(exam, seconds_over=10)

    start, progress = guest.get("/quiz/").content.decode(), guest.get("/progress/").content.decode()
    home = guest.get(exam.guide.get_absolute_url()).content.decode()

    address = reverse("quizzes:report", args=[exam.pk])
    assert f'href="{address}">See the report' in start
    assert "Go on with the exam" not in start
    assert f'href="{address}">Time is up: see the report' in progress
    assert "Continue: question" not in home
    exam.refresh_from_db()
    assert exam.finished_at is None


def test_report_of_an_expired_exam_hands_it_in_as_of_its_deadline(guest, exam):
    let_time_pass(exam, seconds_over=100)

    response = guest.get(reverse("quizzes:report", args=[exam.pk]))

    exam.refresh_from_db()
    assert response.status_code == 200
    assert exam.finished_at == exam.deadline
    assert "Time is up" not in guest.get("/progress/").content.decode()


def test_an_older_sitting_is_gone_on_with_where_the_newest_is_an_expired_exam(guest, theirs):
    exam = make_exam(guest.learner, theirs.guide)
    let_time_pass(exam, seconds_over=10)

    home = guest.get(theirs.guide.get_absolute_url()).content.decode()

    assert f'href="{reverse("quizzes:sitting", args=[theirs.pk])}">Continue: question 1 of 5' in home
