"""Exams handed in by hand or by the clock, counted once, and their report."""

import pytest
from django.test import Client
from django.urls import reverse

from quizzes.actions.replaying import replay
from quizzes.models import Answer, AnswerFact, Confusion, Memory, Sitting, Slot, new_token
from tests.factories import make_learner
from tests.quizzes.bank import address, give, make_asked_guide, make_exam, make_sitting, wrong
from tests.quizzes.exams import MAP, choose, fields_of, hand_in, let_time_pass, report, right_of, wrong_of


def test_list_before_handing_in_names_what_is_open_and_flagged(guest, exam):
    first, second, *_ = exam.slots.all()
    choose(guest, first, right_of(first), flagged="1")
    choose(guest, second, right_of(second))

    page = guest.get(reverse("quizzes:hand-in", args=[exam.pk])).content.decode()

    assert "2 of 5 answered" in page
    main = page.split("<main")[1]
    assert f'href="{address(first)}"' in main
    assert f'href="{address(second)}"' not in main
    assert f"/quiz/{exam.pk}/5/" in main


def test_handed_in_twice_it_counts_once_and_shows_the_same_report(guest, exam):
    for slot in exam.slots.all():
        choose(guest, slot, right_of(slot))

    first, again = hand_in(guest, exam), hand_in(guest, exam)

    assert first.headers["Location"] == again.headers["Location"] == f"/quiz/{exam.pk}/report/"
    assert Answer.objects.count() == 5
    assert sum(Memory.objects.values_list("asked", flat=True)) == AnswerFact.objects.count()
    assert "Passed" in report(guest, exam)


def test_what_is_left_empty_is_not_right_and_moves_no_memory(guest, exam):
    slot = exam.slots.first()
    choose(guest, slot, right_of(slot))

    hand_in(guest, exam)

    assert Answer.objects.count() == 1
    assert set(AnswerFact.objects.values_list("answer__slot", flat=True)) == {slot.pk}
    assert list(exam.slots.values_list("points", flat=True)) == [1, 0, 0, 0, 0]
    page = report(guest, exam)
    assert "Not passed yet" in page
    assert page.count("left empty, ") == 4
    assert "1 <small>of 5 right, 20%" in page


def test_said_not_to_know_counts_as_missed_and_moves_memory(guest, exam):
    slot = exam.slots.first()
    choose(guest, slot, choice="unknown")
    guest.post(address(slot), {"token": slot.token, "choice": "unknown"})

    hand_in(guest, exam)

    assert Answer.objects.get().outcome == "unknown"
    assert AnswerFact.objects.filter(is_unknown=True).exists()


@pytest.mark.parametrize("look", ["sitting", "report", "hand-in", "question"])
def test_whoever_looks_after_the_time_finds_it_handed_in(guest, exam, look):
    slot = exam.slots.first()
    choose(guest, slot, right_of(slot))
    let_time_pass(exam, seconds_over=4)

    args = [exam.pk, 2] if look == "question" else [exam.pk]
    response = guest.get(reverse(f"quizzes:{look}", args=args), follow=True)

    exam.refresh_from_db()
    assert exam.finished_at == exam.deadline
    assert Answer.objects.get().is_right
    assert "1 <small>of 5 right" in response.content.decode()


def test_choice_within_the_grace_counts(guest, exam):
    slot = exam.slots.first()
    let_time_pass(exam, seconds_over=1)

    choose(guest, slot, right_of(slot))
    hand_in(guest, exam)

    assert Answer.objects.get().is_right


@pytest.mark.parametrize("headers", [{}, MAP])
def test_late_choice_hands_the_exam_in_and_is_kept_without_counting(guest, exam, headers):
    slot = exam.slots.first()
    choose(guest, slot, wrong_of(slot))
    let_time_pass(exam, seconds_over=4)

    response = choose(guest, slot, right_of(slot), headers=headers)

    address_of_report = f"/quiz/{exam.pk}/report/"
    assert response.headers.get("Location") or response.headers["HX-Redirect"] == address_of_report
    assert not Answer.objects.get().is_right
    slot.refresh_from_db()
    assert "late" in slot.draft
    assert "Chosen after the time, not counted" in report(guest, exam)


def test_empty_form_after_the_time_overwrites_nothing(guest, exam):
    slot = exam.slots.first()
    choose(guest, slot, right_of(slot))
    let_time_pass(exam, seconds_over=4)

    choose(guest, slot, by="change", had="0")

    assert Answer.objects.get().is_right
    slot.refresh_from_db()
    assert "late" not in slot.draft


def test_choice_after_handing_in_in_another_tab_is_told_so(guest, exam):
    slot = exam.slots.first()
    hand_in(guest, exam)

    response = choose(guest, slot, right_of(slot))

    assert response.status_code == 422
    assert "This sitting is finished" in response.content.decode()
    assert not Answer.objects.exists()


def test_ending_an_exam_from_the_list_hands_it_in(guest, exam):
    slot = exam.slots.first()
    choose(guest, slot, right_of(slot))

    guest.post(reverse("quizzes:finish", args=[exam.pk]))

    assert Answer.objects.get().is_right


def test_going_on_leads_to_the_first_question_without_a_choice(guest, exam):
    for slot in exam.slots.all()[:2]:
        choose(guest, slot, right_of(slot))

    response = guest.get(reverse("quizzes:sitting", args=[exam.pk]))

    assert response.headers["Location"] == f"/quiz/{exam.pk}/3/"


def test_memory_of_an_exam_is_what_the_log_gives(guest):
    guide = make_asked_guide()
    practice = make_sitting(guest.learner, guide)
    for slot in practice.slots.all()[:4]:
        give(guest, slot, wrong(slot))
    exam = make_exam(guest.learner, guide, count=15)
    for slot in exam.slots.all():
        choose(guest, slot, right_of(slot) if slot.position % 2 else wrong_of(slot))
    hand_in(guest, exam)
    kept = memories()

    replay(guest.learner)

    assert memories() == kept
    assert Answer.objects.filter(sitting=exam).count() == 15


def memories():
    names = ("fact", "asked", "missed", "is_right", "rights_in_row", "last_kind", "is_sure", "answered_at")
    return sorted(Memory.objects.values_list(*names))


def test_exam_and_practice_judge_and_mix_up_alike(guest):
    guide = make_asked_guide()
    exam = make_exam(guest.learner, guide, count=10)
    other = make_learner()
    alike = make_alike(exam, other)
    for slot in exam.slots.all():
        choose(guest, slot, wrong_of(slot) if slot.position % 2 else right_of(slot))
    hand_in(guest, exam)

    client = Client()
    session = client.session
    session["guest_key"] = other.guest_key.hex
    session.save()
    for slot in alike.slots.all():
        fields = fields_of(slot, wrong_of(slot) if slot.position % 2 else right_of(slot))
        client.post(address(slot), {"token": slot.token, **fields})

    assert told(exam) == told(alike)
    assert mixed_up(guest.learner) == mixed_up(other)
    assert mixed_up(other)


def make_alike(exam, learner) -> Sitting:
    """A practice of somebody else with the same questions and options."""
    practice = Sitting.objects.create(
        learner=learner, guide=exam.guide, scope=exam.scope, seed=exam.seed, returns_missed=False
    )
    slots = list(exam.slots.all())
    for slot in slots:
        slot.pk, slot.learner, slot.sitting, slot.token = None, learner, practice, new_token()
    Slot.objects.bulk_create(slots)
    return practice


def told(sitting):
    return [
        (answer.given, answer.outcome, answer.points, answer.contrast | {"opens": False})
        for answer in sitting.answers.order_by("position")
    ]


def mixed_up(learner):
    return sorted(Confusion.objects.filter(learner=learner).values_list("asked", "said", "count", "right_days"))


def test_report_tells_the_change_since_the_last_exam_and_the_slowest(guest):
    guide = make_asked_guide()
    for chosen in (wrong_of, right_of):
        exam = make_exam(guest.learner, guide)
        for slot in exam.slots.all():
            guest.get(address(slot))
            choose(guest, slot, chosen(slot))
        hand_in(guest, exam)

    page = report(guest, exam)

    assert "up from 0%" in page
    assert "pass mark 60%" in page
    assert "Slowest" in page


def test_missed_of_an_exam_are_practised_not_examined(guest, exam):
    for slot in exam.slots.all()[:2]:
        choose(guest, slot, right_of(slot))
    hand_in(guest, exam)

    guest.post(reverse("quizzes:retry", args=[exam.pk]), {"token": "again", "only": "missed"})

    again = Sitting.objects.get(retry_of=exam)
    assert (again.mode, again.slots.count(), again.deadline) == ("practice", 3, None)


def test_list_before_handing_in_is_there_for_exams_alone(guest, theirs):
    assert guest.get(reverse("quizzes:hand-in", args=[theirs.pk])).status_code == 404
    assert hand_in(guest, theirs).status_code == 404


@pytest.mark.parametrize("count", [5, 20])
def test_number_of_queries_does_not_grow(alice, count, django_assert_max_num_queries):
    exam = make_exam(make_learner(alice.user), count=count)
    slot = exam.slots.first()

    with django_assert_max_num_queries(10):
        alice.get(address(slot))
    with django_assert_max_num_queries(14 + 4):  # savepoints, which only tests have
        choose(alice, slot, right_of(slot), by="change", headers=MAP)
    for other in exam.slots.all():
        choose(alice, other, wrong_of(other))
    with django_assert_max_num_queries(30):
        hand_in(alice, exam)
    with django_assert_max_num_queries(8):
        report(alice, exam)
