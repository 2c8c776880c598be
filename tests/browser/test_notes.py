import re

import pytest
from playwright.sync_api import expect

from quizzes.models import Dismissal
from tables.models import Guide
from tests.browser.accessibility import assert_accessible
from tests.browser.width import fits
from tests.factories import make_user
from tests.quizzes.bank import make_asked_guide


@pytest.fixture
def guide(transactional_db) -> Guide:
    return make_asked_guide(owner=make_user("alice"))


def assert_fits(page):
    assert fits(page)
    assert_accessible(page)


@pytest.mark.parametrize("color_scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_finding_leads_to_its_cell_and_is_put_aside_and_brought_back(open_page, sign_in, guide, width, color_scheme):
    page = open_page(width=width, color_scheme=color_scheme)
    sign_in(page, guide.owner)
    page.goto(f"/quiz/bank/{guide.slug}/")
    page.get_by_role("link", name="Check the notes").click()
    page.wait_for_url("**/notes/")
    expect(page.get_by_role("heading", name="Notes check")).to_be_visible()
    assert_fits(page)

    page.get_by_role("link", name="Softmax, Issue").first.click()
    expect(page.locator("[id='row-softmax.issue']:target")).to_be_in_viewport()
    page.go_back()

    page.get_by_role("button", name=re.compile("Dismiss.*where Softmax")).click()
    expect(page.get_by_role("status").filter(has_text="Done.")).to_be_visible()
    page.get_by_text("Put aside (1)").click()
    assert_fits(page)
    page.get_by_role("button", name="Bring back").click()

    expect(page.get_by_text("Put aside")).to_have_count(0)
    assert not Dismissal.objects.exists()


def test_same_fact_is_told_apart_by_keyboard_without_javascript(open_page, sign_in, guide):
    page = open_page(width=390, height=844, javascript=False)
    sign_in(page, guide.owner)
    page.goto(f"/quiz/{guide.slug}/notes/")
    buttons = page.get_by_role("button", name="Not the same fact")
    count = buttons.count()

    buttons.first.focus()
    page.keyboard.press("Enter")

    expect(page.get_by_text("Done.")).to_be_visible()
    expect(buttons).to_have_count(count - 1)
