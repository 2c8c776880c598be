import pytest
from django.urls import reverse

from quizzes.models import Slot
from tests.factories import make_learner
from tests.quizzes.bank import HTMX, address, give, make_asked_guide, make_sitting, right, wrong


def test_question_shows_its_table_its_stem_and_its_options_in_order(guest, theirs):
    slot = theirs.slots.first()

    page = guest.get(address(slot)).content.decode()

    assert f'<h1 class="ask">{slot.stem}</h1>' in page
    assert slot.context in page
    places = [page.index(f"<span>{option['text']}</span>") for option in slot.options]
    assert places == sorted(places)
    assert "1 of 5" in page


def test_nothing_but_the_options_tells_the_right_one_from_the_wrong_ones(guest, theirs):
    slot = theirs.slots.first()
    before = page_of(guest, slot)

    slot.options = [*slot.options[1:], slot.options[0]]
    slot.right = (slot.right - 1) % len(slot.options)
    slot.save()

    assert without_options(before, slot) == without_options(page_of(guest, slot), slot)
    assert "right" not in before.split("<main")[1]
    for key in ("is_right", "has_own_row", "things", "answer_to", "row_key"):
        assert key not in before


def page_of(client, slot):
    return client.get(address(slot)).content.decode()


def without_options(page, slot):
    """The page of a question without the texts of its options and without tokens of forms."""
    for option in slot.options:
        page = page.replace(f"<span>{option['text']}</span>", "")
    return [line for line in page.splitlines() if "csrfmiddlewaretoken" not in line]


def test_a_second_look_shows_the_same(guest, theirs):
    slot = theirs.slots.first()

    assert without_options(page_of(guest, slot), slot) == without_options(page_of(guest, slot), slot)


def test_what_a_question_leaves_unsaid_stands_beside_its_table(guest):
    guide = make_asked_guide()
    question = guide.questions.get(stem="RNN?")
    question.prepared["antecedent"] = "recurrent networks"
    question.save()
    slot = make_sitting(guest.learner, guide).slots.get(question=question)

    assert "Which Activation Function? (recurrent networks)" in page_of(guest, slot)


def test_time_runs_from_the_first_sight(guest, theirs):
    slot = theirs.slots.first()
    guest.get(address(slot))
    first = Slot.objects.get(pk=slot.pk).shown_at

    guest.get(address(slot))

    assert first is not None
    assert Slot.objects.get(pk=slot.pk).shown_at == first


def test_question_fetched_ahead_for_want_of_a_connection_is_not_seen_yet(guest, theirs):
    slot = theirs.slots.first()

    response = guest.get(address(slot), headers={"X-Read-Ahead": "1"})

    assert slot.stem in response.content.decode()
    assert Slot.objects.get(pk=slot.pk).shown_at is None


def test_answered_question_shows_its_verdict_again(guest, theirs):
    slot = theirs.slots.first()
    told = give(guest, slot, wrong(slot)).content.decode()

    again = guest.get(address(slot)).content.decode()

    assert "It is " in told
    assert [line for line in told.splitlines() if "csrf" not in line] == [
        line for line in again.splitlines() if "csrf" not in line
    ]


def test_choice_of_the_address_is_chosen_already(guest, theirs):
    page = guest.get(address(theirs.slots.first()) + "?choice=2").content.decode()

    assert 'value="2" required checked' in page
    assert page.split("<dialog")[0].count(" checked") == 1


@pytest.mark.parametrize("choice", ["9", "unknown", "<b>", ""])
def test_choice_that_is_none_chooses_nothing(guest, theirs, choice):
    page = guest.get(address(theirs.slots.first()), {"choice": choice}).content.decode()

    assert " checked" not in page.split("<dialog")[0]
    assert "<b>" not in page


def test_sitting_leads_to_the_first_question_without_an_answer(guest, theirs):
    for slot in theirs.slots.all()[:2]:
        give(guest, slot, right(slot))

    response = guest.get(reverse("quizzes:sitting", args=[theirs.pk]))

    assert response.headers["Location"] == f"/quiz/{theirs.pk}/3/"


def test_question_left_out_of_a_finished_sitting_leads_to_the_report(guest, theirs):
    guest.post(reverse("quizzes:finish", args=[theirs.pk]))

    response = guest.get(address(theirs.slots.first()))

    assert response.headers["Location"] == reverse("quizzes:report", args=[theirs.pk])


@pytest.mark.parametrize(
    "path", ["/quiz/{}/6/", "/quiz/{}/0/", "/quiz/99999/1/", f"/quiz/{10**30}/1/", f"/quiz/{{}}/{10**30}/"]
)
def test_place_that_is_not_there_is_not_found(guest, theirs, path):
    assert guest.get(path.format(theirs.pk)).status_code == 404


def test_page_is_private_and_two_shapes_are_told_apart(guest, theirs):
    response = guest.get(address(theirs.slots.first()))

    assert response.headers["Cache-Control"] == "private, no-store"
    assert {"Cookie", "HX-Request", "HX-Target"} <= {name.strip() for name in response.headers["Vary"].split(",")}


def test_htmx_gets_the_question_with_a_fresh_bar_and_no_frame(guest, theirs):
    page = guest.get(address(theirs.slots.first()), headers=HTMX).content.decode()

    assert "<html" not in page
    assert 'id="bar" hx-swap-oob="true"' in page
    assert "<title>Question 1 of 5 · Studysite</title>" in page


@pytest.mark.parametrize("method", ["put", "delete", "patch", "options", "trace"])
def test_other_methods_are_refused(guest, theirs, method):
    assert getattr(guest, method)(address(theirs.slots.first())).status_code == 405


@pytest.mark.parametrize("count", [2, 10])
def test_number_of_queries_does_not_grow(alice, count, django_assert_max_num_queries):
    sitting = make_sitting(make_learner(alice.user), make_asked_guide(), count=count)

    with django_assert_max_num_queries(6):
        alice.get(address(sitting.slots.first()))
