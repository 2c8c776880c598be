import pytest
from playwright.sync_api import expect

from quizzes.actions.bank import refresh_bank
from quizzes.models import Sitting
from tests.browser.accessibility import assert_accessible
from tests.browser.width import fits
from tests.factories import make_guide, make_table, make_topic


@pytest.fixture
def table(transactional_db):
    guide = make_guide()
    table = make_table(make_topic(guide))
    refresh_bank(guide)
    return table


def begin(page, table, taken="Range (6 cells)"):
    page.goto(table.get_absolute_url())
    page.get_by_role("link", name="Rebuild it").click()
    page.get_by_label("What is taken out").select_option(taken)
    page.get_by_role("button", name="Start").click()
    page.wait_for_url("**/1/")
    return Sitting.objects.get().slots.get()


def holes(slot):
    return [hole["row"] for hole in slot.shown["holes"]]


def label(row):
    return f"{row['column']} of {row['name']}"


def chip(page, text):
    return page.get_by_role("group", name="Values to put back").get_by_role("button", name=text, exact=True)


@pytest.mark.parametrize(("width", "color_scheme"), [(1280, "light"), (390, "dark"), (390, "light"), (1280, "dark")])
def test_column_is_put_back_by_keyboard_alone(open_page, table, width, color_scheme):
    page = open_page(width=width, color_scheme=color_scheme)
    page.goto("/quiz/rebuild/")
    assert_accessible(page)
    slot = begin(page, table)
    assert_accessible(page)

    for row in holes(slot):
        chip(page, row["value"]).focus()
        page.keyboard.press("Enter")
        expect(chip(page, row["value"])).to_have_attribute("aria-pressed", "true")
        page.get_by_label(label(row), exact=True).focus()
        page.keyboard.press("Enter")
        expect(chip(page, row["value"])).to_have_attribute("aria-disabled", "true")
    assert_accessible(page)
    page.get_by_role("button", name="Check the table").focus()
    page.keyboard.press("Enter")

    verdict = page.get_by_role("heading", level=1)
    expect(verdict).to_have_text("All 6 cells right")
    expect(verdict).to_be_focused()
    assert_accessible(page)
    page.keyboard.press("Enter")
    page.wait_for_url("**/report/")
    assert_accessible(page)


def test_picking_goes_to_the_first_empty_cell_and_escape_drops_what_is_picked(page, table):
    slot = begin(page, table)
    first, second = holes(slot)[:2]

    chip(page, second["value"]).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label(label(first), exact=True)).to_be_focused()
    page.keyboard.press("Escape")

    expect(page.locator(".blank-cell.open")).to_have_count(0)
    expect(page).to_have_url(f"{page.url.split('/quiz/')[0]}/quiz/{slot.sitting_id}/1/")


@pytest.mark.parametrize("width", [1280, 390])
def test_values_are_picked_and_put_down_by_mouse_or_touch_and_the_result_is_painted(open_page, table, width):
    page = open_page(width=width)
    slot = begin(page, table)
    rows = holes(slot)
    put = [rows[1], rows[0], *rows[2:-1]]

    for row, value in zip(rows, put, strict=False):
        chip(page, value["value"]).click()
        page.get_by_role("cell").filter(has=page.get_by_label(label(row), exact=True)).click()
    page.get_by_role("button", name="Check the table").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("3 of 6 cells right")
    expect(page.locator(".painted .misses s")).to_have_text([rows[1]["value"], rows[0]["value"]])
    expect(page.locator(".painted .left")).to_have_count(1)
    assert fits(page)
    assert_accessible(page)
    page.get_by_role("link", name="See the report").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("3 of 6 cells right")
    assert_accessible(page)
    page.get_by_role("button", name="Rebuild it again").click()
    expect(page.locator(".blank-cell select")).to_have_count(6)


def test_row_is_put_back_without_javascript(no_js_page, table):
    page = no_js_page
    slot = begin(page, table, "ReLU (4 cells)")

    expect(page.get_by_role("group", name="Values to put back")).to_be_hidden()
    for row in holes(slot):
        page.get_by_label(label(row), exact=True).select_option(row["value"])
    page.get_by_role("button", name="Check the table").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("All 4 cells right")


def test_nothing_put_back_is_said_and_the_page_stays(page, table):
    page.expected_statuses.add(422)
    begin(page, table)

    page.get_by_role("button", name="Check the table").click()

    expect(page.get_by_role("alert")).to_contain_text("Put at least one value back")
    assert_accessible(page)
