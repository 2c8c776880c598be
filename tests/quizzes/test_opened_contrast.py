import pytest

from quizzes.actions.bank import refresh_bank
from quizzes.actions.going_on import go_on
from quizzes.models import Answer
from tests.factories import TECHNIQUES, make_guide, make_table, make_topic
from tests.quizzes.bank import address, give, make_sitting, right

OPEN, FOLDED = '<details class="why" open>', '<details class="why">'


@pytest.fixture
def guide(db):
    guide = make_guide(title="Memory")
    make_table(make_topic(guide), title="Memory Optimization Techniques", grid=TECHNIQUES)
    refresh_bank(guide)
    return guide


@pytest.fixture
def ask(guest, guide):
    """A function that asks the same question once more, in a sitting of its own."""

    def one(**plan):
        sitting = make_sitting(guest.learner, guide, kinds=("reverse",), is_shuffled=False, **plan)
        return sitting.slots.first()

    return one


def miss(client, slot, said=""):
    """Choose a wrong row, that of this key if given, and return its key."""
    wrong = [n for n, option in enumerate(slot.options, 1) if not option["is_right"] and option["things"]]
    place = next(n for n in wrong if said in slot.options[n - 1]["things"][0]["row_key"])
    give(client, slot, str(place))
    return slot.options[place - 1]["things"][0]["row_key"]


def answer_right(client, slot):
    return give(client, slot, right(slot)).content.decode()


def test_right_answer_is_folded_where_nothing_was_mixed_up(guest, ask):
    page = answer_right(guest, ask())

    assert FOLDED in page
    assert OPEN not in page


def test_right_answer_after_a_mix_up_opens_the_contrast_of_those_two_once(guest, ask):
    said = miss(guest, ask())

    first, second = answer_right(guest, ask()), answer_right(guest, ask())

    shown = [answer.contrast["shown"][0]["other"]["thing"]["row_key"] for answer in Answer.objects.order_by("pk")[1:]]
    assert OPEN in first
    assert OPEN not in second
    assert shown == [said, said]


def test_another_mix_up_opens_it_once_more(guest, ask):
    said = miss(guest, ask())
    answer_right(guest, ask())
    miss(guest, ask(), said)

    assert OPEN in answer_right(guest, ask())
    assert OPEN not in answer_right(guest, ask())


def test_later_look_at_the_answer_shows_what_was_shown(guest, ask):
    miss(guest, ask())
    slot = ask()
    answer_right(guest, slot)

    assert OPEN in guest.get(address(slot)).content.decode()


def test_missed_question_that_comes_back_is_laid_beside_the_row_that_was_chosen(guest, ask):
    slot = ask(returns_missed=True, count=1)
    said = miss(guest, slot)
    go_on(slot.sitting)
    returned = slot.sitting.slots.get(returns=slot)

    page = answer_right(guest, returned)

    assert OPEN in page
    assert returned.answer.contrast["shown"][0]["other"]["thing"]["row_key"] == said
