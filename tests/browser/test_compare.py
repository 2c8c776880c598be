import re

import pytest
from playwright.sync_api import expect

from quizzes.actions.bank import refresh_bank
from tests.browser.accessibility import assert_accessible
from tests.browser.width import fits
from tests.factories import DECISIONS, make_guide, make_table, make_topic


@pytest.fixture
def address(transactional_db):
    """Where a table is whose things have pages."""
    guide = make_guide(title="Section 6: Model Training")
    topic = make_topic(guide)
    table = make_table(topic, facets=["Issue"])
    make_table(topic, title="Which?", grid=DECISIONS, kind="decision")
    refresh_bank(guide)
    return table.get_absolute_url()


def compare_button(page):
    return page.get_by_role("form", name="Compare the ticked rows").get_by_role("button", name="Compare")


def test_rows_are_ticked_while_the_table_is_filtered_and_then_compared(page, address):
    page.goto(address)
    page.get_by_role("link", name="Compare rows").click()
    expect(compare_button(page)).to_be_disabled()
    page.get_by_role("checkbox", name="Compare ReLU", exact=True).check()
    expect(page.get_by_text("ReLU: one more to compare.")).to_be_visible()
    page.get_by_role("searchbox", name="Filter rows").fill("swish")
    expect(page.locator("#grid tbody th")).to_have_text(["Swish"])
    page.get_by_role("checkbox", name="Compare Swish").check()
    page.get_by_role("searchbox", name="Filter rows").fill("")
    expect(page.get_by_role("checkbox", name="Compare ReLU", exact=True)).to_be_checked()
    assert_accessible(page)
    compare_button(page).click()

    expect(page.get_by_role("heading", level=1)).to_have_text("ReLU and Swish")
    expect(page).to_have_url(re.compile(r"compare/\?rows=[^,&]+\.relu,[^,&]+\.swish$"))
    expect(page.get_by_text("No for both")).to_be_visible()
    assert_accessible(page)


def test_row_is_added_and_differences_alone_are_shown_at_an_address_to_share(page, address):
    slug = address.rstrip("/").rpartition("/")[2]
    page.goto(f"{address}../compare/?rows={slug}.relu,{slug}.swish")
    page.get_by_label("Add a row").select_option("Leaky ReLU")
    expect(page.get_by_role("heading", level=1)).to_have_text("ReLU, Swish and Leaky ReLU")
    page.get_by_label("Only differences").check()
    expect(page.get_by_text("No for all three")).to_be_hidden()
    expect(page.get_by_label("Only differences")).to_be_focused()
    expect(page).to_have_url(re.compile(rf"\?rows={slug}\.relu,{slug}\.swish,{slug}\.leaky-relu&diff=1$"))
    page.get_by_role("link", name="Remove Swish").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("ReLU and Leaky ReLU")
    expect(page.get_by_label("Only differences")).to_be_checked()


def test_x_ticks_the_row_of_the_focused_cell(page, address):
    page.goto(address)
    page.locator("[id='row-relu.function']").focus()
    for key in ("ArrowDown", "ArrowDown", "ArrowRight", "x"):
        page.keyboard.press(key)
    expect(page.get_by_role("checkbox", name="Compare Sigmoid")).to_be_checked()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("x")
    expect(page.get_by_role("checkbox", name="Compare TanH")).to_be_checked()
    page.keyboard.press("x")
    expect(page.get_by_role("checkbox", name="Compare TanH")).not_to_be_checked()
    expect(page.get_by_text("Sigmoid: one more to compare.")).to_be_visible()
    page.get_by_role("button", name="Clear").click()

    expect(page.get_by_text("Tick two to four rows.")).to_be_visible()
    expect(page.get_by_role("checkbox", name="Compare Sigmoid")).not_to_be_checked()


def test_rows_are_compared_without_a_script(no_js_page, address):
    no_js_page.goto(address)
    no_js_page.get_by_role("link", name="Compare rows").click()
    for name in ("Sigmoid", "TanH"):
        no_js_page.get_by_role("checkbox", name=f"Compare {name}").check()
    compare_button(no_js_page).click()
    expect(no_js_page.get_by_role("heading", level=1)).to_have_text("Sigmoid and TanH")
    no_js_page.get_by_label("Add a row").select_option("Swish")
    no_js_page.get_by_label("Only differences").check()
    no_js_page.get_by_role("button", name="Apply").click()

    expect(no_js_page.get_by_role("heading", level=1)).to_have_text("Sigmoid, TanH and Swish")
    expect(no_js_page.get_by_role("row", name=re.compile("Range"))).to_contain_text("-1 to 1")


def test_name_in_a_cell_leads_to_the_thing_and_on_to_its_places(page, address):
    page.goto(address)
    page.get_by_role("cell", name="When ReLU fails").get_by_role("link", name="ReLU").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("ReLU")
    assert_accessible(page)
    page.get_by_role("link", name="Concepts", exact=True).click()
    expect(page.get_by_text("6 things that the tables name")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("link", name="Leaky ReLU").click()
    page.get_by_role("link", name="Activation Functions").click()

    expect(page.locator("[id='row-leaky-relu.function']")).to_be_in_viewport()


@pytest.mark.parametrize("width", [320, 390])
def test_four_rows_fit_a_phone_without_moving_the_page(open_page, address, width):
    slug = address.rstrip("/").rpartition("/")[2]
    phone = open_page(width=width, height=844, color_scheme="dark")
    rows = ",".join(f"{slug}.{name}" for name in ("relu", "leaky-relu", "sigmoid", "softmax"))
    for path in (f"{address}../compare/?rows={rows}", f"{address}?mode=select", f"{address}../concepts/relu/"):
        phone.goto(path)
        assert fits(phone)
        assert_accessible(phone)
