import pytest
from playwright.sync_api import expect

from quizzes.actions.bank import refresh_bank
from quizzes.models import Answer
from tests.factories import make_guide, make_learner, make_table, make_topic, make_user
from tests.quizzes.bank import address, make_sitting
from tests.quizzes.test_kinds import MODELS

KINDS = ["forward", "reverse", "select-all", "order-by", "typed", "typed-name"]


@pytest.fixture
def alice(transactional_db):
    return make_user("alice")


@pytest.fixture
def ask(alice, sign_in):
    """A function that opens a question of one kind and gives its slot: `ask(page, "typed")`."""

    def open_question(page, kind):
        guide = make_guide(title="Networks")
        make_table(make_topic(guide), title="CNN Architectures", grid=MODELS)
        refresh_bank(guide)
        slot = make_sitting(make_learner(alice), guide, kinds=(kind,)).slots.first()
        sign_in(page, alice)
        page.goto(address(slot))
        return slot

    return open_question


def answer_right(page, slot):
    """Give the right answer by keys alone."""
    if slot.kind.startswith("typed"):
        page.keyboard.press("Enter")
        page.keyboard.type(slot.right_text)
    elif slot.kind == "order-by":
        for number, place in enumerate(slot.shown["order"], start=1):
            page.locator("h1").click()
            page.keyboard.press(str(place + 1))
            expect(page.locator("select").nth(place)).to_be_focused()
            page.keyboard.type(str(number))
            page.locator("select").nth(place).blur()
    else:
        for number, option in enumerate(slot.options, start=1):
            if option["is_right"]:
                page.keyboard.press(str(number))
    page.keyboard.press("Enter")


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_answered_by_keys_alone(page, ask, kind):
    slot = ask(page, kind)

    answer_right(page, slot)

    expect(page.get_by_role("heading", level=1)).to_contain_text("Right, ")
    page.keyboard.press("Enter")
    expect(page.locator("[data-next]")).to_have_count(0)
    assert Answer.objects.get().is_right


@pytest.mark.parametrize("kind", KINDS)
def test_flag_and_i_do_not_know_and_leaving_have_a_key_for_every_kind(page, ask, kind):
    slot = ask(page, kind)

    page.keyboard.press("f")
    expect(page.get_by_role("button", name="Flag this question")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("0")
    expect(page.locator("[data-next]")).to_be_visible()
    page.keyboard.press("Escape")
    page.wait_for_url(f"**{slot.sitting.guide.get_absolute_url()}")

    slot.refresh_from_db()
    assert slot.is_flagged
    assert Answer.objects.get().outcome == "unknown"


def test_keys_are_letters_while_an_answer_is_typed(page, ask):
    ask(page, "typed")
    field = page.get_by_role("textbox")
    page.keyboard.press("1")
    expect(field).to_be_focused()
    expect(field).to_have_value("")

    page.keyboard.type("f0?")

    expect(field).to_have_value("f0?")
    assert not Answer.objects.exists()


def test_enter_goes_to_what_is_still_empty_before_it_checks(page, ask):
    ask(page, "order-by")
    page.keyboard.press("Enter")

    expect(page.locator("select").first).to_be_focused()
    assert not Answer.objects.exists()
