import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from quizzes.actions.bank import refresh_bank
from quizzes.actions.hand_in import hand_in
from quizzes.actions.knowing import known_of
from quizzes.actions.planning import plan_of
from quizzes.models import Answer, Fact, Learner, Memory
from tables.actions.editing import save_row
from tables.models import Column, Guide, Row
from tests.quizzes.bank import give, make_asked_guide, make_exam, make_sitting, right, wrong


@pytest.fixture
def learned(guest):
    """A guest who knew the range of Swish before it changed."""
    guest.guide = make_asked_guide()
    answer_all(guest)
    change(guest, "-0.28 to inf")
    return guest


def answer_all(client):
    sitting = make_sitting(Learner.objects.get(pk=client.learner.pk), client.guide, kinds=("forward",), count=40)
    for slot in sitting.slots.all():
        give(client, slot, right(slot))
    return sitting


def change(client, text):
    row = Row.objects.get(table__guide=client.guide, subject="Swish", table__kind="entity")
    column = Column.objects.get(table=row.table, name="Range")
    save_row(row.table, row.key, {column.key: text})
    client.guide.refresh_from_db()
    refresh_bank(client.guide)


def fact():
    return Fact.objects.get(row__subject="Swish", column__name="Range", table__kind="entity")


def memory_page(client):
    return client.get(reverse("quizzes:memory", args=[client.guide.slug, fact().table.slug])).content.decode()


def test_memory_page_says_what_has_changed(learned):
    page = memory_page(learned)

    assert page.count("changed since you learned it") == 1
    assert not Memory.objects.filter(fact=fact()).exists()
    assert Answer.objects.filter(facts__fact=fact()).exists()


def test_it_is_planned_as_new_before_all_that_is_new(learned):
    learner = Learner.objects.get(pk=learned.learner.pk)
    learned.get("/progress/")

    planned = {each.fact: each for each in known_of(learner, learned.guide).facts}

    assert planned[fact().pk].state is None
    assert min(planned.values(), key=lambda each: each.place).fact == fact().pk
    assert fact().pk in plan_of(Learner.objects.get(pk=learner.pk), learned.guide).facts


def test_old_and_new_value_are_told_once(learned):
    sitting = answer_all(learned)
    slot = sitting.slots.get(question__fact=fact())
    page = learned.get(reverse("quizzes:question", args=[sitting.pk, slot.position])).content.decode()

    assert "This has changed since you learned it" in page
    assert "~-0.3 to inf</del>" in page
    assert "changed since you learned it" not in memory_page(learned)
    assert not any(answer.contrast.get("changed") for answer in answer_all(learned).answers.all())


def test_value_that_returns_brings_its_memory_back_and_no_mark(learned):
    change(learned, "~-0.3 to inf")

    assert "changed since you learned it" not in memory_page(learned)
    assert Memory.objects.filter(fact=fact()).exists()


def test_who_never_knew_it_is_told_nothing(learned, db):
    stranger = Client()

    page = stranger.get(reverse("quizzes:memory", args=[learned.guide.slug, fact().table.slug])).content.decode()

    assert "changed since you learned it" not in page


def asked(client, kind="forward"):
    """The slot that asks for the range of Swish, in a sitting that has just begun."""
    client.guide = make_asked_guide()
    return make_sitting(client.learner, client.guide, kinds=(kind,), count=40).slots.get(question__fact=fact())


@pytest.mark.parametrize("choose", [right, wrong])
def test_a_value_corrected_in_the_middle_of_a_sitting_is_told_with_the_one_asked(guest, choose):
    slot = asked(guest)
    change(guest, "-0.28 to inf")

    page = give(guest, slot, choose(slot)).content.decode()

    assert "The notes have changed since you were asked" in page
    assert "Swish, Range" in page
    assert "~-0.3 to inf</del>" in page
    assert "-0.28 to inf</ins>" in page
    assert "does not count towards what you know" in page
    assert not Memory.objects.exists()


def test_where_the_row_was_asked_the_question_itself_says_the_value_there_was(guest):
    slot = asked(guest, "reverse")
    change(guest, "-0.28 to inf")

    page = give(guest, slot, right(slot)).content.decode()

    assert "-0.28 to inf</ins>" in page
    assert "</del>" not in page


def test_a_row_taken_out_in_the_middle_of_a_sitting_is_said_to_be_gone(guest):
    slot = asked(guest)
    Row.objects.filter(pk=fact().row_id).update(archived_at=timezone.now())
    Guide.objects.update(version=guest.guide.version + 1)
    refresh_bank(Guide.objects.get())

    page = give(guest, slot, right(slot)).content.decode()

    assert "Swish, Range" in page
    assert "is no longer in them" in page


@pytest.mark.parametrize("is_answered", [True, False])
def test_the_report_of_an_exam_tells_it_too(guest, is_answered):
    guest.guide = make_asked_guide()
    exam = make_exam(guest.learner, guest.guide, count=60)
    slot = exam.slots.get(question__fact=fact())
    if is_answered:
        give(guest, slot, wrong(slot))
    change(guest, "-0.28 to inf")
    hand_in(exam)

    page = guest.get(reverse("quizzes:report", args=[exam.pk])).content.decode()

    assert page.count("-0.28 to inf</ins>") == 1


def test_what_was_corrected_meanwhile_is_told_as_changed_only_when_it_is_asked_anew(guest):
    guest.guide = make_asked_guide()
    answer_all(guest)
    late = make_sitting(guest.learner, guest.guide, kinds=("forward",), count=40).slots.get(question__fact=fact())
    change(guest, "-0.28 to inf")

    page = give(guest, late, right(late)).content.decode()

    assert "since you were asked" in page
    assert "since you learned it" not in page
