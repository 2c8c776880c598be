import csv
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.accessibility import assert_accessible
from tests.browser.width import fits
from tests.quizzes.bank import make_asked_guide


@pytest.fixture
def guide(transactional_db):
    """A guide with questions."""
    return make_asked_guide()


@pytest.fixture
def table(guide):
    """Its first table."""
    return guide.tables.first()


def cells(path):
    with Path(path).open(encoding="utf-8-sig", newline="") as file:
        return [row[0] for row in csv.reader(file)]


def test_what_is_filtered_on_the_page_is_what_the_file_holds(page, table):
    page.goto(table.get_absolute_url())
    page.get_by_role("searchbox", name="Filter rows").fill("vanishing")
    expect(page.locator("#count")).to_have_text("2 of 6 rows")
    page.locator("summary", has_text="Export").click()

    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()

    assert download.value.suggested_filename == f"{table.slug}.csv"
    assert cells(download.value.path()) == ["Function", "Sigmoid", "TanH"]


def test_export_works_by_keyboard_and_without_javascript(no_js_page, table):
    page = no_js_page
    page.goto(f"{table.get_absolute_url()}?q=vanishing")
    page.locator("summary", has_text="Export").press("Enter")

    with page.expect_download() as download:
        page.get_by_role("link", name="TSV").press("Enter")

    assert len(cells(download.value.path())) == 3


@pytest.mark.parametrize(("width", "color_scheme"), [(1280, "light"), (390, "dark")])
def test_menu_and_page_are_accessible_and_fit(open_page, guide, table, width, color_scheme):
    page = open_page(width=width, color_scheme=color_scheme)
    for address in (guide.get_absolute_url(), table.get_absolute_url()):
        page.goto(address)
        page.locator("summary", has_text="Export").click()
        expect(page.get_by_role("link", name="JSON")).to_be_in_viewport()
        assert_accessible(page)

    page.get_by_role("link", name="Anki, Moodle, GIFT, Aiken").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Export")
    assert fits(page)
    assert_accessible(page)


def test_a_deck_of_the_table_is_a_press_away(page, table):
    page.goto(table.get_absolute_url())
    page.locator("summary", has_text="Export").click()

    with page.expect_download() as download:
        page.get_by_role("link", name="Anki deck").click()

    assert download.value.suggested_filename == f"{table.slug}.apkg"
