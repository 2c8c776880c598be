import pytest
from playwright.sync_api import expect

from quizzes.models import Report, Sitting
from tests.browser.accessibility import assert_accessible
from tests.browser.width import fits
from tests.quizzes.bank import make_asked_guide

LINK = "Something is wrong with this question"


@pytest.fixture
def guide(transactional_db):
    return make_asked_guide()


def begin(page, guide):
    page.goto(f"/quiz/?guide={guide.slug}&count=5&kinds=decision&options=none")
    page.get_by_role("button", name="Start").click()
    page.wait_for_url("**/1/")
    return Sitting.objects.get().slots.first()


@pytest.mark.parametrize("color_scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_mistake_is_reported_by_keyboard_alone_and_found_on_the_progress_page(open_page, guide, width, color_scheme):
    page = open_page(width=width, color_scheme=color_scheme)
    page.expected_statuses.add(422)
    begin(page, guide)
    page.keyboard.press("0")
    link = page.get_by_role("link", name=LINK)
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/wrong/")
    assert_accessible(page)

    page.get_by_role("radio", name="More than one is right").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    expect(page.get_by_role("textbox", name="Your comment")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Say in a few words what is wrong")).to_be_visible()
    expect(page.get_by_role("radio", name="The notes are wrong")).to_be_checked()
    assert_accessible(page)

    page.get_by_role("textbox", name="Your comment").fill("Swish has no such range.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="Thank you")).to_be_visible()
    assert fits(page)
    assert_accessible(page)

    page.get_by_role("link", name="Your progress page").click()
    expect(page.get_by_role("region", name="What you reported")).to_contain_text("Swish has no such range.")
    assert fits(page)
    page.evaluate("scrollTo(0, 0)")  # at the report, a button above may lie half under the bar
    assert_accessible(page)


def test_report_works_without_javascript(no_js_page, guide):
    page = no_js_page
    begin(page, guide)
    page.get_by_role("button", name="I don’t know").click()
    page.get_by_role("link", name=LINK).click()
    page.get_by_role("radio", name="More than one is right").check()
    page.get_by_role("button", name="Send").click()

    expect(page.get_by_text("Thank you, it will be looked at")).to_be_visible()
    assert Report.objects.get().reason == "more-right"
