import pytest
from playwright.sync_api import expect

from quizzes.models import Bank, Question, Report
from studysite.accounts.models import User
from tables.models import Guide
from tests.browser.accessibility import assert_accessible
from tests.browser.width import fits
from tests.factories import make_user
from tests.quizzes.bank import make_asked_guide


@pytest.fixture
def owner(transactional_db) -> User:
    return make_user("alice")


@pytest.fixture
def guide(owner) -> Guide:
    return make_asked_guide(owner=owner)


def assert_fits(page):
    assert fits(page)
    assert_accessible(page)


@pytest.mark.parametrize("color_scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_cell_is_reported_and_the_owner_decides(open_page, sign_in, owner, guide, width, color_scheme):
    reader = open_page(width=width, color_scheme=color_scheme)
    reader.expected_statuses.add(422)
    table = guide.tables.get(kind="entity")
    reader.goto(table.get_absolute_url())
    reader.get_by_role("link", name="Report a mistake in this table").click()
    reader.wait_for_url("**/quiz/wrong/**")
    assert_fits(reader)
    reader.get_by_role("link", name="0 to inf").click()
    reader.get_by_role("button", name="Send").click()
    expect(reader.get_by_text("Say in a few words what is wrong")).to_be_visible()
    assert_fits(reader)
    reader.get_by_role("textbox").fill("It has no upper end.")
    reader.get_by_role("button", name="Send").click()
    expect(reader.get_by_role("status").filter(has_text="Thank you")).to_be_visible()

    page = open_page(width=width, color_scheme=color_scheme)
    sign_in(page, owner)
    page.goto(guide.get_absolute_url())
    page.get_by_role("link", name="What is asked of this guide").click()
    page.wait_for_url("**/quiz/bank/**")
    expect(page.get_by_text("It has no upper end.")).to_be_visible()
    assert_fits(page)
    page.get_by_label("What becomes of it").select_option("The notes are mended")
    page.get_by_label("Your reply to the reporter").fill("Thank you.")
    page.get_by_role("button", name="Decide").click()
    expect(page.get_by_role("status").filter(has_text="Done.")).to_be_visible()
    assert Report.objects.get().status == "mended"

    reader.get_by_role("link", name="Your progress page").click()
    reader.wait_for_url("**/progress/**")
    expect(reader.get_by_role("region", name="What you reported")).to_contain_text("Reply: Thank you.")
    assert_fits(reader)
    reader.get_by_role("link", name="ReLU, Range").first.click()
    expect(reader.locator("[id='row-relu.range']:target")).to_be_in_viewport()


@pytest.mark.parametrize("javascript", [True, False])
def test_owner_bars_an_option_by_keyboard_and_takes_the_pin_away(open_page, sign_in, owner, guide, javascript):
    page = open_page(width=390, height=844, javascript=javascript)
    sign_in(page, owner)
    table = guide.tables.get(kind="decision")
    page.goto(f"/quiz/bank/{guide.slug}/{table.slug}/")
    page.get_by_role("button", name="Never offer").first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="Done.")).to_be_visible()
    if javascript:
        assert_fits(page)
    page.get_by_role("link", name="What is asked, and what is not").click()
    page.wait_for_url("**/bank/*/")
    expect(page.get_by_role("button", name="Take away")).to_have_count(1)
    if javascript:
        assert_fits(page)
    page.get_by_role("button", name="Take away").click()

    expect(page.get_by_text("None: the rules alone decide.")).to_be_visible()
    assert Bank.objects.get().pins == {"pins": []}
    assert Question.objects.asked().filter(table=table).exists()
