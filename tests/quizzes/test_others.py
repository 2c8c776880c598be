import pytest
from django.urls import reverse
from django.utils import timezone

from quizzes.models import Answer, Learner
from quizzes.others import Other, percent_of, shares_of_options
from tests.factories import make_learner, make_user
from tests.quizzes.bank import HTMX, address, give, give_right, make_asked_guide, make_exam, make_sitting, right, wrong
from tests.quizzes.exams import choose, hand_in, right_of


@pytest.fixture
def guide(db):
    return make_asked_guide()


@pytest.fixture
def slot(guest, guide):
    """A question of the guest's."""
    return make_sitting(guest.learner, guide, kinds=("decision",)).slots.first()


def answer_as(learner, slot, *, is_right=True, kinds=("decision",)):
    """Let somebody else answer the same question."""
    sitting = make_sitting(learner, slot.question.guide, kinds=kinds)
    own = sitting.slots.get(question=slot.question)
    place = own.right if is_right else (own.right + 1) % len(own.options)
    return Answer.objects.create(
        learner=learner, sitting=sitting, slot=own, question=own.question, position=own.position, token=own.token,
        chosen=place, given={"choice": place}, is_right=is_right, outcome="right" if is_right else "wrong",
        answered_at=timezone.now(),
    )  # fmt: skip


def member(number) -> Learner:
    return make_learner(make_user(f"member{number}"))


def look(client, slot, **headers):
    return client.get(address(slot, "others"), headers=headers)


def test_shares_are_shown_once_three_other_members_have_answered(guest, slot):
    give(guest, slot, right(slot))
    for number in range(3):
        answer_as(member(number), slot, is_right=number > 0)

    page = look(guest, slot).content.decode()

    assert f'<dt>{slot.right_text} <span class="tag good">right</span> <span class="tag">you</span></dt>' in page
    assert "65%</dd>" in page
    assert "member" not in page.replace("members", "")


def test_two_others_are_not_enough_and_the_same_person_twice_is_one(guest, slot):
    give(guest, slot, right(slot))
    one, other = member(1), member(2)
    for learner in (one, other, one, other):
        answer_as(learner, slot)

    page = look(guest, slot).content.decode()

    assert "Shown once 3 others with an account have answered" in page
    assert "%</dd>" not in page


def test_guests_do_not_count_among_the_three(guest, slot):
    give(guest, slot, right(slot))
    answer_as(member(1), slot)
    for _ in range(5):
        answer_as(make_learner(), slot)

    assert "Shown once 3 others" in look(guest, slot).content.decode()


def test_nothing_is_shown_before_one_has_answered(guest, slot):
    for number in range(3):
        answer_as(member(number), slot)

    response = look(guest, slot)

    assert response.status_code == 302
    assert response.headers["Location"] == address(slot)
    assert "others" not in guest.get(address(slot)).content.decode()


def test_nothing_is_shown_before_an_exam_is_handed_in(guest, guide):
    exam = make_exam(guest.learner, guide)
    slot = exam.slots.first()
    choose(guest, slot, right_of(slot))

    before = look(guest, slot).status_code
    hand_in(guest, exam)

    assert (before, look(guest, slot).status_code) == (302, 200)


def test_answers_to_an_older_value_do_not_count(guest, slot):
    give(guest, slot, right(slot))
    for number in range(3):
        answer = answer_as(member(number), slot)
        answer.slot.value_hash = "older"
        answer.slot.save()

    assert "Shown once 3 others" in look(guest, slot).content.decode()


def test_of_typed_answers_only_the_outcome_is_told(guest, guide):
    sitting = make_sitting(guest.learner, guide, kinds=("typed-name", "typed"))
    slot = sitting.slots.first()
    give_right(guest, slot)
    for number in range(4):
        answer_as_text(member(number), slot, f"secret {number}", is_right=number == 0)

    page = look(guest, slot).content.decode()

    assert "<dt>Right" in page
    assert "<dt>Wrong" in page
    assert "secret" not in page


def answer_as_text(learner, slot, text, *, is_right):
    sitting = make_sitting(learner, slot.question.guide, kinds=(slot.kind,))
    own = sitting.slots.get(question=slot.question)
    return Answer.objects.create(
        learner=learner, sitting=sitting, slot=own, question=own.question, position=own.position, token=own.token,
        given={"text": text}, is_right=is_right, outcome="right" if is_right else "wrong", answered_at=timezone.now(),
    )  # fmt: skip


def test_verdict_leads_there_and_htmx_gets_the_shares_alone(guest, slot):
    verdict = give(guest, slot, wrong(slot)).content.decode()

    part = look(guest, slot, **HTMX | {"HX-Target": "others"}).content.decode()

    assert f'href="{reverse("quizzes:others", args=[slot.sitting_id, slot.position])}"' in verdict
    assert 'id="others"' in part
    assert "<html" not in part


@pytest.mark.parametrize("people", [1, 9])
def test_costs_the_same_however_many_have_answered(guest, slot, people, django_assert_num_queries):
    give(guest, slot, right(slot))
    for number in range(people):
        answer_as(member(number), slot)

    with django_assert_num_queries(3):
        look(guest, slot)


def test_what_was_not_offered_here_and_what_was_not_known_stand_last():
    others = [Other(frozenset(texts), "") for texts in (["A"], ["A"], ["Z"], [])]

    shares = shares_of_options(["A", "B"], others, right=frozenset("A"), mine=frozenset("B"))

    assert [(share.text, share.percent) for share in shares] == [
        ("A", 50), ("B", 0), ("Something that was not offered here", 25), ("I don’t know", 25),
    ]  # fmt: skip
    assert (shares[0].is_right, shares[1].is_mine) == (True, True)


@pytest.mark.parametrize(("count", "total", "percent"), [(1, 3, 35), (2, 3, 65), (3, 3, 100), (0, 3, 0), (0, 0, 0)])
def test_shares_come_in_steps(count, total, percent):
    assert percent_of(count, total) == percent
