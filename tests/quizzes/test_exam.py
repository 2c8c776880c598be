"""Exams as learners meet them: begun, gone through without feedback, handed in by hand or by the clock."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from quizzes.actions.memory import recount_learner
from quizzes.models import Answer, AnswerFact, Confusion, Memory, Sitting, Slot, new_token
from tests.factories import make_learner
from tests.quizzes.bank import address, give, make_asked_guide, make_exam, make_sitting, wrong

MAP = {"HX-Request": "true", "HX-Target": "map"}


@pytest.fixture
def exam(guest) -> Sitting:
    """The guest's exam of five questions."""
    return make_exam(guest.learner)


def choose(client, slot, choice=None, **more):
    """Send what the form of a question sends."""
    fields = {"token": slot.token, "had": "", **({} if choice is None else fields_of(slot, choice)), **more}
    headers = fields.pop("headers", {})
    return client.post(address(slot), fields, headers=headers)


def fields_of(slot, choice):
    return {"tick" if slot.kind == "select-all" else "choice": choice}


def right_of(slot):
    return [str(n) for n, option in enumerate(slot.options, 1) if option["is_right"]]


def wrong_of(slot):
    return [next(str(n) for n, option in enumerate(slot.options, 1) if not option["is_right"])]


def hand_in(client, exam):
    return client.post(reverse("quizzes:hand-in", args=[exam.pk]))


def report(client, exam):
    return client.get(reverse("quizzes:report", args=[exam.pk])).content.decode()


def let_time_pass(exam, *, seconds_over):
    Sitting.objects.filter(pk=exam.pk).update(deadline=timezone.now() - timedelta(seconds=seconds_over))


def begin(client, guide, **fields):
    usual = {"guide": guide.slug, "token": "t", "scope": "guide", "count": 5, "minutes": 10, "pass_mark": 70}
    return client.post(reverse("quizzes:exam"), usual | fields)


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

    recount_learner(guest.learner)

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
