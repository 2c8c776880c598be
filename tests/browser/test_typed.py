import pytest
from playwright.sync_api import expect

from quizzes.actions.bank import refresh_bank
from quizzes.models import Answer
from tests.browser.accessibility import assert_accessible
from tests.factories import make_guide, make_learner, make_table, make_topic, make_user
from tests.quizzes.bank import address, make_sitting
from tests.quizzes.test_place_and_symbols import RANGES


@pytest.fixture
def alice(transactional_db):
    return make_user("alice")


@pytest.fixture
def slot(alice):
    guide = make_guide(title="Networks")
    make_table(make_topic(guide), title="Activation Functions", grid=RANGES)
    refresh_bank(guide)
    slots = make_sitting(make_learner(alice), guide, kinds=("typed",)).slots.all()
    return next(slot for slot in slots if slot.right_text == "0 to inf")


@pytest.mark.parametrize("color_scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_signs_are_put_at_the_caret_beside_a_map_with_a_hole(open_page, sign_in, alice, slot, width, color_scheme):
    page = open_page(width=width, color_scheme=color_scheme)
    sign_in(page, alice)
    page.goto(address(slot))
    expect(page.get_by_role("img", name="The cell asked for: row 1 of 4, column 1 of 2")).to_be_visible()
    assert_accessible(page)

    field = page.get_by_role("textbox")
    field.fill("0 to ")
    page.get_by_role("button", name="infinity").click()
    expect(field).to_have_value("0 to ∞")
    expect(field).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_contain_text("Right, it is 0 to inf")
    assert Answer.objects.get().given == {"text": "0 to ∞"}


def test_without_javascript_there_are_no_buttons_for_signs(no_js_page, sign_in, alice, slot):
    sign_in(no_js_page, alice)
    no_js_page.goto(address(slot))

    expect(no_js_page.get_by_role("textbox")).to_be_visible()
    expect(no_js_page.get_by_role("button", name="infinity")).to_be_hidden()
