import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from quizzes.actions.bank import refresh_bank
from quizzes.models import Answer, AnswerFact, Memory, Question, Sitting, Slot
from tests.factories import make_learner, make_user
from tests.quizzes.bank import HTMX, address, give, make_asked_guide, make_sitting, right, wrong
from tests.quizzes.pages import without_tokens


@pytest.fixture
def slot(theirs) -> Slot:
    """A question that waits for the guest's answer."""
    return theirs.slots.first()


def test_right_answer_is_said_in_one_line(guest, slot):
    response = give(guest, slot, right(slot))

    page = response.content.decode()
    assert response.status_code == 200
    assert f'<h1 id="v" tabindex="-1" autofocus>Right, it is {slot.right_text}</h1>' in page
    assert '<details class="why">' in page


def test_wrong_answer_is_met_with_the_right_one(guest, slot):
    page = give(guest, slot, wrong(slot)).content.decode()

    answer = Answer.objects.get()
    assert f"It is {slot.right_text}, not {answer.chosen_text}</h1>" in page
    assert "decides it" in page
    assert "You picked" in page


def test_not_knowing_is_an_answer_that_misses(guest, slot):
    page = give(guest, slot, "unknown").content.decode()

    answer = Answer.objects.get()
    assert (answer.chosen, answer.is_right) == (None, False)
    assert f"It is {slot.right_text}</h1>" in page


def test_not_knowing_counts_even_when_an_option_was_chosen_before(guest, slot):
    guest.post(address(slot), {"token": slot.token, "choice": [right(slot), "unknown"]})

    assert Answer.objects.get().chosen is None


def test_all_that_is_to_be_known_of_an_answer_is_kept(guest, slot):
    guest.get(address(slot))
    give(guest, slot, wrong(slot))

    answer, said = Answer.objects.get(), AnswerFact.objects.get()
    assert answer.learner == guest.learner
    assert answer.chosen == int(wrong(slot)) - 1
    assert (answer.slot, answer.question, answer.position) == (slot, slot.question, 1)
    assert timedelta() <= answer.took < timedelta(minutes=1)
    assert answer.contrast["shown"][0]["layout"]
    assert (said.fact, said.is_right) == (slot.question.fact, False)
    assert said.guess_chance == pytest.approx(1 / len(slot.options))
    assert said.value_hash == slot.question.fact.value_hash


def test_time_is_never_negative_when_the_clock_steps_back(guest, slot):
    Slot.objects.filter(pk=slot.pk).update(shown_at=timezone.now() + timedelta(hours=1))

    give(guest, slot, right(slot))

    assert Answer.objects.get().took == timedelta()


@pytest.mark.parametrize("choice", ["right", "wrong", "unknown"])
def test_the_same_form_sent_again_gives_the_same_page_and_one_answer(guest, slot, choice):
    given = {"right": right(slot), "wrong": wrong(slot), "unknown": "unknown"}[choice]
    first = give(guest, slot, given)

    for _ in range(3):
        again = give(guest, slot, given)

        assert again.status_code == 200
        assert without_tokens(again) == without_tokens(first)
    assert Answer.objects.count() == AnswerFact.objects.count() == 1
    assert Memory.objects.get().asked == 1


@pytest.mark.parametrize("later", ["right", "unknown", "", "99", "nonsense"])
def test_another_choice_afterwards_changes_nothing(guest, slot, later):
    first = give(guest, slot, wrong(slot))

    again = give(guest, slot, right(slot) if later == "right" else later)

    assert again.status_code == 200
    assert without_tokens(again) == without_tokens(first)
    assert Answer.objects.get().is_right is False


def test_answered_question_asks_for_no_token(guest, slot):
    first = give(guest, slot, wrong(slot))

    again = guest.post(address(slot), {"choice": right(slot)})

    assert without_tokens(again) == without_tokens(first)


def test_same_question_in_two_sittings_is_two_answers(guest, slot):
    other = make_sitting(guest.learner, slot.sitting.guide).slots.get(question=slot.question)

    give(guest, slot, right(slot))
    give(guest, other, wrong(other))

    memory = Memory.objects.get()
    assert (memory.asked, memory.missed, memory.is_right) == (2, 1, False)


@pytest.mark.parametrize("choice", ["", "0", "6", "-1", "x", "1.0", "\x00", "9" * 5000])
def test_what_is_no_option_is_asked_again(guest, slot, choice):
    response = give(guest, slot, choice)

    assert response.status_code == 422
    assert slot.stem in response.content.decode()
    assert not Answer.objects.exists()


@pytest.mark.parametrize("token", ["", "guessed", "\x00", "é", "x" * 5000])
def test_wrong_token_gets_a_fresh_form_with_the_choice_still_made(guest, slot, token):
    response = guest.post(address(slot), {"token": token, "choice": "2"})

    page = response.content.decode()
    assert response.status_code == 422
    assert f'value="{slot.token}"' in page
    assert 'value="2" required checked' in page
    assert not Answer.objects.exists()


def test_token_of_another_slot_is_wrong(guest, slot):
    other = slot.sitting.slots.last()

    response = guest.post(address(slot), {"token": other.token, "choice": "1"})

    assert response.status_code == 422
    assert not Answer.objects.exists()


def test_extra_fields_are_ignored(guest, slot):
    bob = make_learner(make_user("bob"))
    extra = {"is_right": "1", "learner": bob.pk, "user": bob.user_id, "score": "100", "position": 5, "right": "1"}

    guest.post(address(slot), {"token": slot.token, "choice": wrong(slot), **extra})

    answer = Answer.objects.get()
    assert (answer.learner, answer.is_right, answer.position) == (guest.learner, False, 1)
    assert not Memory.objects.filter(learner=bob).exists()


def test_last_answer_finishes_the_sitting(guest, theirs):
    *others, last = theirs.slots.all()
    for slot in others:
        give(guest, slot, right(slot))
    assert Sitting.objects.get().finished_at is None

    page = give(guest, last, wrong(last)).content.decode()

    assert Sitting.objects.get().finished_at == Answer.objects.get(slot=last).answered_at
    assert f'href="{reverse("quizzes:report", args=[theirs.pk])}" data-next>See the report' in page


def test_answer_after_the_end_is_told_so_and_not_kept(guest, slot):
    guest.post(reverse("quizzes:finish", args=[slot.sitting_id]))

    response = give(guest, slot, right(slot))

    assert response.status_code == 422
    assert "This sitting is finished" in response.content.decode()
    assert not Answer.objects.exists()


def test_answer_given_before_the_end_is_shown_after_it(guest, slot):
    first = give(guest, slot, wrong(slot)).content.decode()
    guest.post(reverse("quizzes:finish", args=[slot.sitting_id]))

    again = give(guest, slot, wrong(slot)).content.decode()

    assert f"<h1 {first.split('<h1 ')[1].split('</h1>')[0]}</h1>" in again


def test_skipped_question_comes_before_those_after_the_answered_one(guest, theirs):
    third = theirs.slots.get(position=3)

    page = give(guest, third, right(third)).content.decode()

    assert f'href="/quiz/{theirs.pk}/1/" data-next' in page


def test_htmx_gets_the_verdict_with_a_fresh_bar_and_no_frame(guest, slot):
    response = give(guest, slot, wrong(slot), **HTMX)

    page = response.content.decode()
    assert "<html" not in page
    assert page.index("<main") < page.index('id="bar" hx-swap-oob="true"')
    assert '<progress max="5" value="1"' in page
    assert {"HX-Request", "HX-Target"} <= {name.strip() for name in response.headers["Vary"].split(",")}


def test_verdict_leads_to_the_row_of_the_right_answer(guest):
    slot = make_sitting(guest.learner).slots.get(stem="RNN?")

    page = give(guest, slot, wrong(slot)).content.decode()

    assert re.search(r'#row-tanh\.[a-z-]+">See it in the table', page)


@pytest.mark.parametrize("choose", [right, wrong])
def test_verdict_says_to_what_the_other_options_are_the_answer(guest, slot, choose):
    given = choose(slot)
    page = give(guest, slot, given).content.decode()

    told = page.partition("The other options</summary>")[2].partition("</details>")[0]
    left = [
        option for place, option in enumerate(slot.options, start=1)
        if not option["is_right"] and str(place) != given and option["answer_to"]
    ]  # fmt: skip
    assert left
    assert told.count("<li>") == len(left)
    for option in left:
        assert f'<b dir="auto">{escape(option["text"])}</b>' in told
        assert escape(option["answer_to"]) in told


def test_old_verdict_stays_when_the_answer_is_corrected(guest, slot):
    first = give(guest, slot, wrong(slot))
    authored = slot.question.fact.authored
    authored.answer = "Something new"
    authored.save()
    slot.sitting.guide.version += 1
    slot.sitting.guide.save()
    refresh_bank(slot.sitting.guide)

    again = guest.get(address(slot))

    assert "Something new" not in again.content.decode()
    assert without_tokens(again) == without_tokens(first)


def test_answer_to_a_value_that_has_changed_meanwhile_is_history_and_not_memory(guest, slot):
    fact = slot.question.fact
    fact.value_hash = "changed"
    fact.save()

    response = give(guest, slot, right(slot))

    assert response.status_code == 200
    assert AnswerFact.objects.get().value_hash != "changed"
    assert not Memory.objects.exists()


def test_sitting_goes_on_when_its_table_leaves_the_guide(guest, theirs):
    now = timezone.now()
    theirs.guide.tables.update(archived_at=now)
    Question.objects.update(retired_at=now)

    for slot in theirs.slots.all():
        assert guest.get(address(slot)).status_code == 200
        assert give(guest, slot, wrong(slot)).status_code == 200

    assert guest.get(reverse("quizzes:report", args=[theirs.pk])).status_code == 200


@pytest.mark.parametrize("count", [3, 10])
def test_number_of_queries_does_not_grow(alice, count, django_assert_max_num_queries):
    sitting = make_sitting(make_learner(alice.user), make_asked_guide(), count=count)
    slot = sitting.slots.first()
    alice.get(address(slot))

    with django_assert_max_num_queries(14 + 2):  # two begin and end a savepoint, which only tests have
        give(alice, slot, wrong(slot))


def test_last_answer_needs_no_more_queries_than_allowed(alice, django_assert_max_num_queries):
    slot = make_sitting(make_learner(alice.user), count=1).slots.get()

    with django_assert_max_num_queries(14 + 2):
        give(alice, slot, right(slot))
