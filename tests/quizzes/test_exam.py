"""Exams as learners meet them: begun, and gone through without feedback."""

from datetime import timedelta

import pytest
from django.utils import timezone

from quizzes.models import Answer, Sitting, Slot
from tests.quizzes.bank import address, make_asked_guide, make_exam
from tests.quizzes.exams import MAP, begin, choose, hand_in, let_time_pass, right_of, wrong_of


def test_form_begins_an_exam_with_its_time_running(guest):
    guide = make_asked_guide()

    response = begin(guest, guide)

    exam = Sitting.objects.get()
    assert response.headers["Location"] == f"/quiz/{exam.pk}/1/"
    assert (exam.mode, exam.minutes, exam.pass_mark, exam.slots.count()) == ("exam", 10, 70, 5)
    assert timedelta(minutes=9) < exam.deadline - timezone.now() <= timedelta(minutes=10)


def test_same_form_sent_twice_is_one_exam(guest):
    guide = make_asked_guide()

    begin(guest, guide)
    begin(guest, guide)

    assert Sitting.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "sent", "offered"),
    [("count", 0, 1), ("count", 10_000, None), ("minutes", 0, 1), ("minutes", 10_000, 300), ("pass_mark", 101, 100),
     ("minutes", -5, 1)],
)  # fmt: skip
def test_number_that_cannot_be_had_is_answered_with_the_nearest(guest, field, sent, offered):
    guide = make_asked_guide()

    response = begin(guest, guide, **{field: sent})

    assert response.status_code == 422
    form = response.context["form"]
    offered = offered or form.total
    assert f'name="{field}" value="{offered}"' in response.content.decode()
    assert f"{offered} is the nearest" in response.content.decode()
    assert not Sitting.objects.exists()
    assert begin(guest, guide, **{field: offered}).status_code == 303
    assert Sitting.objects.get().slots.count() == (offered if field == "count" else 5)


@pytest.mark.parametrize("sent", ["", "many", "9" * 5000, "1.5"])
def test_what_is_no_number_is_refused(guest, sent):
    assert begin(guest, make_asked_guide(), count=sent).status_code == 422


def test_exam_of_a_topic_asks_only_of_it(guest):
    guide = make_asked_guide()
    topic = guide.topics.get(title="Quick Decision Tables")

    begin(guest, guide, scope=f"topic-{topic.slug}")

    assert {slot.question.topic for slot in Slot.objects.all()} == {topic}


def test_exam_asks_choices_and_ticks_and_no_fact_twice(guest):
    exam = make_exam(guest.learner, count=20)

    assert not set(exam.slots.values_list("kind", flat=True)) & {"typed", "typed-name", "order-by", "rebuild"}
    facts = list(exam.slots.values_list("question__fact", flat=True))
    assert len(facts) == len(set(facts)) == 20


def test_page_tells_nothing_of_what_is_right(guest, exam):
    slot = exam.slots.first()
    before = guest.get(address(slot)).content.decode()
    choose(guest, slot, right_of(slot))

    after = guest.get(address(slot)).content.decode()

    for page in (before, after):
        assert "Question 1 of 5" in page
        assert 'role="timer"' in page
        for key in ("is_right", "verdict", "things", "answer_to", "row_key"):
            assert key not in page
    assert not Answer.objects.exists()


def test_clock_shows_the_time_left_without_a_script(guest, exam):
    let_time_pass(exam, seconds_over=-125)

    page = guest.get(address(exam.slots.first())).content.decode()

    assert "<span>2:0" in page


def test_choice_is_kept_and_leads_to_the_next_question_and_can_be_changed(guest, exam):
    slot = exam.slots.first()

    response = choose(guest, slot, wrong_of(slot))
    choose(guest, slot, right_of(slot))

    assert response.headers["Location"] == f"/quiz/{exam.pk}/2/"
    page = guest.get(address(slot)).content.decode()
    assert f'value="{right_of(slot)[0]}" checked' in page
    assert "1 answered, 0 flagged, 4 left" in page
    hand_in(guest, exam)
    assert Answer.objects.get().is_right


def test_change_saved_by_htmx_answers_with_the_palette_alone(guest, exam):
    slot = exam.slots.first()

    page = choose(guest, slot, right_of(slot), by="change", headers=MAP).content.decode()

    assert page.strip().startswith("<details")
    assert "<form" not in page
    assert ", answered" in page
    assert "1 answered" in page


def test_last_question_leads_to_what_is_open(guest, exam):
    slot = exam.slots.last()

    response = choose(guest, slot, right_of(slot))

    assert response.headers["Location"] == f"/quiz/{exam.pk}/hand-in/"


def test_going_back_keeps_the_choice(guest, exam):
    slot = exam.slots.get(position=3)

    response = choose(guest, slot, right_of(slot), go="previous")

    assert response.headers["Location"] == f"/quiz/{exam.pk}/2/"
    slot.refresh_from_db()
    assert "given" in slot.draft


def test_flag_keeps_the_choice_and_shows_in_the_palette(guest, exam):
    slot = exam.slots.first()

    response = choose(guest, slot, right_of(slot), flagged="1")

    assert response.headers["Location"] == address(slot)
    slot.refresh_from_db()
    assert slot.is_flagged
    assert "given" in slot.draft
    assert ", answered, flagged" in guest.get(address(slot)).content.decode()
    choose(guest, slot, flagged="0")
    slot.refresh_from_db()
    assert not slot.is_flagged


def test_nothing_chosen_overwrites_no_choice(guest, exam):
    slot = exam.slots.first()
    choose(guest, slot, right_of(slot))

    choose(guest, slot)

    slot.refresh_from_db()
    assert "given" in slot.draft


def test_last_tick_taken_off_takes_the_choice_back(guest):
    slot = exam_with_ticks(guest.learner)
    choose(guest, slot, right_of(slot))
    slot.refresh_from_db()
    assert slot.draft["given"] == {"ticked": [int(number) - 1 for number in right_of(slot)]}

    choose(guest, slot)  # an old page, where nothing had been ticked
    slot.refresh_from_db()
    assert slot.draft is not None
    choose(guest, slot, by="change", headers=MAP)

    slot.refresh_from_db()
    assert slot.draft is None


def exam_with_ticks(learner) -> Slot:
    """A select-all question in an exam; the question is turned into one where chance drew none."""
    exam = make_exam(learner)
    slot = exam.slots.first()
    slot.kind, slot.right = "select-all", None
    slot.shown = {**slot.shown, "facts": [None] * len(slot.options)}
    slot.save()
    return slot


@pytest.mark.parametrize("choice", ["0", "99", "x", "1; drop"])
def test_choice_that_was_not_shown_is_refused(guest, exam, choice):
    slot = exam.slots.first()

    response = choose(guest, slot, [choice])

    assert response.status_code == 422
    slot.refresh_from_db()
    assert slot.draft is None


def test_choice_without_the_token_of_its_form_is_refused(guest, exam):
    slot = exam.slots.first()

    response = choose(guest, slot, right_of(slot), token="other")

    assert response.status_code == 422
    slot.refresh_from_db()
    assert slot.draft is None
