"""Texts of a table are changed in their places, several at a time, and nothing typed is lost."""

import pytest
from playwright.sync_api import expect

from tables.models import Column, Row
from tests.browser.accessibility import assert_accessible
from tests.browser.width import fits
from tests.factories import make_user
from tests.quizzes.bank import make_asked_guide


@pytest.fixture
def edit_page(transactional_db, open_page, sign_in):
    """A function that opens the page on which alice edits a table."""

    def open_it(**how):
        alice = make_user("alice")
        guide = make_asked_guide(visibility="private", owner=alice)
        page = open_page(**how)
        sign_in(page, alice)
        page.goto(f"/guides/{guide.slug}/edit/{guide.tables.first().slug}/")
        return page

    return open_it


def test_two_cells_are_changed_at_once_and_both_are_kept(edit_page):
    page = edit_page()
    page.get_by_role("link", name="0 to inf").click()
    page.get_by_label("Range of ReLU", exact=True).fill("0 to infinity")
    page.get_by_role("link", name="0 to 1").first.click()
    second = page.get_by_label("Range of Sigmoid")
    expect(second).to_be_focused()
    second.fill("between 0 and 1")
    assert_accessible(page)

    page.locator("form", has=second).get_by_role("button", name="Keep it").click()

    expect(page.get_by_role("link", name="between 0 and 1")).to_be_focused()
    expect(page.get_by_text("Kept. 1 row changed.")).to_be_visible()
    expect(page.get_by_label("Range of ReLU", exact=True)).to_have_value("0 to infinity")
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_role("link", name="0 to infinity")).to_be_focused()
    column = Column.objects.get(table__title="Activation Functions", name="Range")
    kept = {row.cell(column).text for row in Row.objects.filter(table=column.table)}
    assert kept >= {"0 to infinity", "between 0 and 1"}


def test_what_is_left_loses_nothing_of_the_other_and_what_is_refused_stays_as_typed(edit_page):
    page = edit_page()
    page.get_by_role("link", name="0 to inf").click()
    page.get_by_label("Range of ReLU", exact=True).fill("x" * 6000)
    page.get_by_role("link", name="0 to 1").first.click()

    page.expected_statuses.add(422)
    first = page.get_by_label("Range of ReLU", exact=True)
    page.locator("form", has=page.get_by_label("Range of Sigmoid")).get_by_role("link", name="Leave it").click()
    expect(page.get_by_role("link", name="0 to 1").first).to_be_focused()
    page.get_by_role("button", name="Keep it").click()

    expect(page.get_by_text("the limit is")).to_be_visible()
    expect(first).to_have_value("x" * 6000)


@pytest.mark.parametrize("text", ["Range", "0 to inf"])
def test_field_on_a_phone_is_whole_and_lies_over_nothing(edit_page, text):
    page = edit_page(width=390, height=844)

    page.locator(".edits").get_by_role("link", name=text, exact=True).first.click()

    page.get_by_role("button", name="Keep it").wait_for()
    cell = page.locator(".edits :is(th, td):has(textarea)").bounding_box()
    for part in (page.locator("textarea"), page.get_by_role("link", name="Leave it")):
        box = part.bounding_box()
        assert box["x"] + box["width"] <= cell["x"] + cell["width"]
    assert page.get_by_role("button", name="Keep it").evaluate("one => one.clientWidth >= one.scrollWidth")
    assert fits(page)
