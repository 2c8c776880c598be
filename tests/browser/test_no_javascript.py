import re

import pytest
from playwright.sync_api import expect

from tables.actions.indexing import refresh_entries
from tests.factories import make_guide, make_table, make_topic


@pytest.fixture
def guide(transactional_db):
    """A guide of one table with chips."""
    guide = make_guide()
    make_table(make_topic(guide), facets=["Output Layer", "Issue"])
    refresh_entries(guide)
    return guide


@pytest.fixture
def address(guide):
    """Where the table is."""
    return guide.tables.first().get_absolute_url()


def expect_rows(page, names):
    expect(page.locator("#grid tbody th")).to_have_text(names)


def test_rows_are_filtered_and_sorted_by_form_and_links(no_js_page, address):
    page = no_js_page
    page.goto(address)
    page.get_by_role("searchbox", name="Filter rows").fill("inf")
    page.get_by_role("checkbox", name="No 4").check()
    page.get_by_role("button", name="Apply").click()

    expect(page.locator("#count")).to_have_text("3 of 6 rows")
    page.get_by_role("link", name="Function", exact=True).click()
    page.get_by_role("link", name="Function", exact=True).click()
    expect_rows(page, ["Swish", "ReLU", "Leaky ReLU"])
    page.get_by_role("searchbox", name="Filter rows").fill("leaky")
    page.keyboard.press("Enter")
    expect_rows(page, ["Leaky ReLU"])
    expect(page.locator("#col-function")).to_have_attribute("aria-sort", "descending")


def test_rows_are_filtered_by_columns_one_condition_after_the_other(no_js_page, address):
    page = no_js_page
    page.goto(address)
    for column, how, text in (("Output Layer", "is", "no"), ("Issue", "has no value", "")):
        if not page.get_by_label("Column", exact=True).is_visible():
            page.get_by_text("Filter by column").click()
        page.get_by_label("Column", exact=True).select_option(column)
        page.get_by_label("How", exact=True).select_option(how)
        page.get_by_label("Text or number").fill(text)
        page.get_by_role("button", name="Add").click()

    expect(page.locator("#grid tbody th")).to_have_text(["Leaky ReLU", "Swish"])


def test_cells_are_covered_and_revealed(no_js_page, address):
    page = no_js_page
    page.goto(address)
    page.get_by_role("link", name="Cover", exact=True).click()
    expect(page.locator("#grid details.cover")).to_have_count(24)
    page.locator("#row-relu summary").first.click()
    expect(page.locator("#row-relu").get_by_text("0 to inf")).to_be_visible()

    page.get_by_role("checkbox", name="Issue").uncheck()
    page.get_by_role("button", name="Apply").click()
    expect(page.locator("#grid details.cover")).to_have_count(18)
    page.locator("#row-relu summary").first.click()
    page.get_by_role("link", name="Cover everything again").click()
    expect(page.locator("#row-relu").get_by_text("0 to inf")).to_be_hidden()
    page.get_by_role("link", name="Cover Issue").click()
    expect(page.locator("#grid details.cover")).to_have_count(24)


def test_what_only_a_script_can_do_is_not_offered(no_js_page, address):
    no_js_page.goto(f"{address}?mode=cover")

    expect(no_js_page.get_by_role("button", name="Print")).to_be_hidden()
    expect(no_js_page.locator("button.eye").first).to_be_hidden()


def test_guide_is_searched(no_js_page, guide):
    no_js_page.goto(guide.get_absolute_url())
    no_js_page.get_by_role("searchbox", name="Search every table, row and cell").fill("dying")
    no_js_page.keyboard.press("Enter")

    no_js_page.get_by_role("link", name="ReLU").first.click()
    expect(no_js_page).to_have_url(re.compile("#row-relu.issue$"))
