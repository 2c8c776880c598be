"""Columns chosen, ordered and kept by the keyboard alone; without JavaScript; on a phone."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.accessibility import assert_accessible
from tests.browser.width import fits
from tests.factories import make_guide, make_table, make_topic


@pytest.fixture
def address(transactional_db):
    """Where a table of four value columns is."""
    return make_table(make_topic(make_guide()), facets=["Output Layer", "Issue"]).get_absolute_url()


def expect_columns(page, names):
    expect(page.locator("#grid thead th")).to_have_text(names)


def focus_on(page, locator):
    """Press Tab until the focus is there."""
    for _ in range(80):
        if locator.count() and locator.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not lead to {locator}")


def press(page, locator, key="Enter"):
    focus_on(page, locator)
    page.keyboard.press(key)


def open_list(page):
    press(page, page.locator("summary").filter(has_text=re.compile("^Columns$")))


def test_columns_are_chosen_ordered_and_kept_by_the_keyboard_on_a_phone(phone_page, address):
    page = phone_page
    page.goto(f"{address}?q=relu")
    open_list(page)
    press(page, page.get_by_role("checkbox", name="Hidden Layer"), "Space")
    expect_columns(page, ["Function", "Range", "Output Layer", "Issue"])
    expect(page.get_by_role("checkbox", name="Hidden Layer")).to_be_focused()
    earlier = page.get_by_role("button", name="Move Issue earlier")
    press(page, earlier)
    expect_columns(page, ["Function", "Range", "Issue", "Output Layer"])
    expect(earlier).to_be_focused()
    page.keyboard.press("Enter")
    expect_columns(page, ["Function", "Issue", "Range", "Output Layer"])

    expect(earlier).to_be_focused()
    expect(page).to_have_url(re.compile(r"\?q=relu&column=issue&column=range&column=output-layer$"))
    expect(page.get_by_text("Columns: 3 of 4.")).to_be_visible()
    strip = page.get_by_role("navigation", name="Jump to column").get_by_role("link")
    expect(strip).to_have_text(["Issue", "Range", "Output Layer"])
    for target in page.locator("#columns :is(label, button), .fold > summary").all():
        assert target.bounding_box()["height"] >= 44
    assert_accessible(page)
    assert fits(page)

    press(page, page.get_by_role("button", name="Keep for this table"))
    forget = page.get_by_role("button", name="Forget what I keep for this table")
    expect(forget).to_be_focused()
    expect(page.get_by_text("Columns: 3 of 4, as kept for this table.")).to_be_visible()
    page.goto(address)
    expect_columns(page, ["Function", "Issue", "Range", "Output Layer"])
    open_list(page)
    press(page, forget)
    expect(page.get_by_role("button", name="Keep for this table")).to_be_focused()
    press(page, page.get_by_role("button", name="All columns, as in the document"))
    expect_columns(page, ["Function", "Range", "Hidden Layer", "Output Layer", "Issue"])
    expect(page).to_have_url(re.compile(f"{address}$"))


def test_filter_of_this_moment_is_kept_while_columns_are_chosen(page, address):
    page.goto(address)
    page.get_by_text("Columns", exact=True).click()
    page.get_by_label("Filter rows").fill("inf")
    expect(page.locator("#count")).to_have_text("3 of 6 rows")
    page.get_by_role("checkbox", name="No 3").check()
    expect(page).to_have_url(re.compile("c-output-layer=No"))
    page.get_by_role("checkbox", name="Range").uncheck()
    expect_columns(page, ["Function", "Hidden Layer", "Output Layer", "Issue"])
    page.get_by_role("checkbox", name="No 3").uncheck()
    expect(page).not_to_have_url(re.compile("c-output-layer=No"))
    page.get_by_role("button", name="Move Issue earlier").click()
    expect_columns(page, ["Function", "Hidden Layer", "Issue", "Output Layer"])
    expect(page.get_by_role("checkbox", name="No 3")).not_to_be_checked()
    expect(page).to_have_url(re.compile(r"\?q=inf&column=hidden-layer&column=issue&column=output-layer$"))
    page.get_by_role("link", name="Function", exact=True).click()

    expect(page.locator("#grid tbody th")).to_have_text(["Leaky ReLU", "ReLU", "Swish"])
    expect_columns(page, ["Function", "Hidden Layer", "Issue", "Output Layer"])
    page.go_back()
    expect(page.locator("#grid tbody th")).to_have_text(["ReLU", "Leaky ReLU", "Swish"])
    page.go_back()
    expect_columns(page, ["Function", "Hidden Layer", "Output Layer", "Issue"])


def test_column_that_comes_back_in_cover_mode_comes_covered(page, address):
    page.goto(f"{address}?column=range&mode=cover&cover=")
    page.get_by_text("Columns", exact=True).click()
    page.get_by_role("group", name="After Function").get_by_role("checkbox", name="Issue").check()

    expect(page.locator("#grid details.cover")).to_have_count(6)
    expect(page.get_by_role("group", name="Cover").get_by_label("Issue")).to_be_checked()


def test_link_to_a_cell_whose_column_is_not_shown_leads_to_it(page, address):
    page.goto(f"{address}?column=range#row-relu.issue")

    expect(page).to_have_url(re.compile(f"{address}#row-relu.issue$"))
    expect(page.locator("#row-relu\\.issue")).to_be_visible()
    page.goto(f"{address}?column=range&q=relu#row-relu.range")
    expect_columns(page, ["Function", "Range"])


def test_columns_are_chosen_ordered_and_kept_without_javascript(no_js_page, address):
    page = no_js_page
    page.goto(f"{address}?q=relu")
    page.get_by_text("Columns", exact=True).click()
    page.get_by_role("checkbox", name="Hidden Layer").uncheck()
    page.get_by_role("button", name="Show these").click()
    expect_columns(page, ["Function", "Range", "Output Layer", "Issue"])
    page.get_by_role("button", name="Move Issue earlier").click()
    expect_columns(page, ["Function", "Range", "Issue", "Output Layer"])
    page.get_by_role("checkbox", name="Range").uncheck()
    page.get_by_role("button", name="Keep for this table").click()

    expect(page.get_by_text("Columns: 2 of 4, as kept for this table.")).to_be_visible()
    expect_columns(page, ["Function", "Issue", "Output Layer"])
    expect(page.locator("#count")).to_have_text("2 of 6 rows")
    page.goto(address)
    expect_columns(page, ["Function", "Issue", "Output Layer"])
    page.get_by_role("link", name="All columns, as in the document").click()
    expect_columns(page, ["Function", "Range", "Hidden Layer", "Output Layer", "Issue"])
    page.get_by_text("Columns", exact=True).click()
    page.get_by_role("button", name="Forget what I keep for this table").click()
    page.goto(address)
    expect_columns(page, ["Function", "Range", "Hidden Layer", "Output Layer", "Issue"])
