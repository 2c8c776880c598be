import re

import pytest
from playwright.sync_api import expect

from tables.actions.indexing import refresh_entries
from tests.browser.accessibility import assert_accessible
from tests.browser.width import fits
from tests.factories import DECISIONS, make_guide, make_table, make_topic

WHEN_TO_USE = [("Scenario", "Recommended"), ("Multi-class output", "Softmax"), ("ReLU not working", "Leaky ReLU")]
CNNS = [
    ("Architecture", "Year", "Innovation"),
    ("LeNet-5", "1998", "Early CNN"),
    ("AlexNet", "2012", "Deeper, GPU"),
    ("ResNet", "2015", "Skip connections"),
]
FACETS = ["Output Layer", "Issue"]
ROWS = ["ReLU", "Leaky ReLU", "Sigmoid", "TanH", "Softmax", "Swish"]


@pytest.fixture
def guide(transactional_db):
    """A guide of four tables, one of them shown with another."""
    guide = make_guide(title="Section 6: Model Training")
    topic = make_topic(guide)
    activations = make_table(topic, facets=FACETS)
    make_table(topic, label="When to Use", grid=WHEN_TO_USE, kind="lookup", shown_with=activations)
    make_table(topic, title="CNN Architectures", grid=CNNS, points=["Skip connections help very deep networks"])
    make_table(make_topic(guide, title="Quick Decision Tables"), title="Which?", grid=DECISIONS, kind="decision")
    refresh_entries(guide)
    return guide


@pytest.fixture
def address(guide):
    """Where the first table is."""
    return guide.tables.first().get_absolute_url()


def expect_rows(page, names):
    expect(page.locator("#grid tbody th")).to_have_text(names)


def test_reader_goes_from_the_overview_to_a_table_and_on_to_the_next(page, guide):
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Model Training")
    expect(page.get_by_text("4 tables")).to_be_visible()
    page.get_by_role("link", name="Activation Functions").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Activation Functions")
    expect(page.get_by_role("heading", name="When to Use")).to_be_visible()
    page.get_by_role("link", name="Next CNN Architectures").click()

    expect(page.get_by_text("Skip connections help very deep networks")).to_be_visible()
    page.get_by_role("navigation", name="Breadcrumb").get_by_role("link", name="Section 6").click()
    expect(page).to_have_url(re.compile(f"{guide.get_absolute_url()}$"))


def test_rows_are_filtered_while_one_types_and_the_address_follows(page, address):
    page.goto(address)
    page.keyboard.press("f")
    page.keyboard.type("vanishing")

    expect(page.get_by_role("status").filter(has_text="2 of 6 rows")).to_be_visible()
    expect(page).to_have_url(re.compile(r"\?q=vanishing$"))
    expect_rows(page, ["Sigmoid", "TanH"])
    expect(page.get_by_role("searchbox", name="Filter rows")).to_be_focused()
    expect(page.get_by_role("checkbox", name="No 1")).to_be_visible()


def test_chips_sort_and_query_work_together_and_the_view_can_be_shared(page, open_page, address):
    page.goto(address)
    page.get_by_role("checkbox", name="No 4").check()
    expect(page.locator("#count")).to_have_text("4 of 6 rows")
    page.get_by_role("link", name="Function", exact=True).click()
    expect(page.get_by_role("columnheader", name="Function")).to_have_attribute("aria-sort", "ascending")
    page.get_by_role("searchbox", name="Filter rows").fill("inf")
    expect(page.locator("#count")).to_have_text("3 of 6 rows")

    other = open_page()
    other.goto(page.url)

    expect_rows(page, ["Leaky ReLU", "ReLU", "Swish"])
    expect_rows(other, ["Leaky ReLU", "ReLU", "Swish"])
    expect(other.get_by_role("checkbox", name="No 3")).to_be_checked()
    expect(other.get_by_role("searchbox", name="Filter rows")).to_have_value("inf")


def ask_of_a_column(page, column, how, text):
    page.get_by_text("Filter by column").click()
    page.get_by_label("Column", exact=True).select_option(column)
    page.get_by_label("How", exact=True).select_option(how)
    page.get_by_label("Text or number").fill(text)
    page.keyboard.press("Enter")


@pytest.mark.parametrize("width", [390, 1280])
def test_rows_are_filtered_by_a_column_and_the_condition_is_taken_back(open_page, guide, width):
    page = open_page(width=width)
    page.goto(guide.tables.get(title="CNN Architectures").get_absolute_url())
    ask_of_a_column(page, "Year", "is more than", "2000")

    expect_rows(page, ["AlexNet", "ResNet"])
    expect(page).to_have_url(re.compile(r"/\?f-year=over%3A2000$"))
    condition = page.get_by_role("checkbox", name="Year is more than 2000")
    expect(condition).to_be_checked()
    assert_accessible(page)
    assert fits(page)
    page.get_by_label("Filter rows").fill("skip")
    expect_rows(page, ["ResNet"])
    condition.uncheck()
    page.get_by_label("Filter rows").fill("")
    expect_rows(page, ["LeNet-5", "AlexNet", "ResNet"])


def test_a_condition_taken_back_does_not_come_back_with_the_next_one(page, guide):
    page.goto(guide.tables.get(title="CNN Architectures").get_absolute_url())
    ask_of_a_column(page, "Year", "is more than", "2000")
    page.get_by_role("checkbox", name="Year is more than 2000").uncheck()
    expect(page.locator("#count")).to_have_text("3 rows")
    page.get_by_label("Column", exact=True).select_option("Year")
    page.get_by_label("How", exact=True).select_option("is less than")
    page.get_by_label("Text or number").fill("2014")
    page.keyboard.press("Enter")

    expect_rows(page, ["LeNet-5", "AlexNet"])


def test_a_condition_that_is_no_number_says_so(page, address):
    page.goto(address)
    ask_of_a_column(page, "Range", "is less than", "much")

    expect(page.get_by_text("“much” is no number: nothing is more or less than that.")).to_be_visible()
    expect_rows(page, ROWS)


def test_third_press_on_a_header_brings_back_the_order_of_the_document_and_the_focus_stays(page, address):
    page.goto(address)
    header, link = page.locator("#col-function"), page.locator("#sort-function")
    link.focus()
    for order in ("ascending", "descending"):
        page.keyboard.press("Enter")
        expect(header).to_have_attribute("aria-sort", order)
        expect(link).to_be_focused()
    page.keyboard.press("Enter")

    expect(header).not_to_have_attribute("aria-sort", re.compile("."))
    expect(link).to_be_focused()
    expect_rows(page, ROWS)
    expect(page).to_have_url(re.compile(f"{address}$"))


def test_back_returns_to_what_was_shown_before(page, address):
    page.goto(address)
    page.get_by_role("checkbox", name="Vanishing gradient 2").check()
    expect(page.locator("#count")).to_have_text("2 of 6 rows")
    page.go_back()

    expect(page.locator("#count")).to_have_text("6 rows")
    expect(page.get_by_role("checkbox", name="Vanishing gradient 2")).not_to_be_checked()
    page.go_forward()
    expect(page.locator("#count")).to_have_text("2 of 6 rows")
    expect(page.get_by_role("checkbox", name="Vanishing gradient 2")).to_be_checked()


def test_filter_without_a_match_says_so_and_can_be_cleared(page, address):
    page.goto(address)
    page.get_by_role("searchbox", name="Filter rows").fill("gelu")

    expect(page.get_by_role("heading", name="No row matches “gelu”")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("link", name="Clear the filter").click()
    expect(page.locator("#count")).to_have_text("6 rows")
    expect(page.get_by_role("searchbox", name="Filter rows")).to_have_value("")


def test_cover_mode_hides_chosen_columns_and_keys_reveal_cells(page, address):
    page.goto(f"{address}?q=relu")
    page.keyboard.press("v")
    expect(page).to_have_url(re.compile(r"\?q=relu&mode=cover$"))
    expect(page.locator("#grid details.cover")).to_have_count(8)
    page.get_by_role("checkbox", name="Issue").uncheck()
    expect(page.locator("#grid details.cover")).to_have_count(6)

    page.locator("#row-relu th").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    expect(page.locator("#row-relu").get_by_text("0 to inf")).to_be_visible()
    page.get_by_role("button", name="Cover Range").click()
    expect(page.locator("#row-leaky-relu").get_by_text("-inf to inf")).to_be_visible()
    page.get_by_role("link", name="Cover everything again").click()
    expect(page.locator("#row-relu").get_by_text("0 to inf")).to_be_hidden()

    page.get_by_role("link", name="Cover Issue").click()
    expect(page.locator("#grid details.cover")).to_have_count(8)
    page.keyboard.press("v")
    expect(page.locator("#grid details.cover")).to_have_count(0)
    expect_rows(page, ["ReLU", "Leaky ReLU"])


def test_every_column_can_be_shown_in_cover_mode(page, address):
    page.goto(f"{address}?mode=cover&cover=range")
    page.get_by_role("checkbox", name="Range").uncheck()

    expect(page.locator("#grid details.cover")).to_have_count(0)
    page.reload()
    expect(page.locator("#grid details.cover")).to_have_count(0)
    expect(page.get_by_role("checkbox", name="Range")).not_to_be_checked()


def test_phone_has_a_strip_of_columns_and_row_cards(phone_page, address):
    phone_page.goto(address)
    strip = phone_page.get_by_role("navigation", name="Jump to column")
    strip.get_by_role("link", name="Issue").click()
    expect(strip.get_by_role("link", name="Issue")).to_have_attribute("aria-current", "true")
    phone_page.get_by_label("Row cards").check()

    expect(phone_page.locator(".tbox.cards")).to_have_count(1)
    phone_page.get_by_role("searchbox", name="Filter rows").fill("swish")
    expect(phone_page.locator("#count")).to_have_text("1 of 6 rows")
    expect(phone_page.locator(".tbox.cards")).to_have_count(1)
    assert_accessible(phone_page)


def test_search_finds_a_row_and_leads_to_it(page, guide):
    page.goto(guide.get_absolute_url())
    page.keyboard.press("/")
    page.keyboard.type("skip conn")
    page.keyboard.press("Enter")

    expect(page.locator("mark").first).to_be_visible()
    assert_accessible(page)
    page.get_by_role("link", name="ResNet").click()
    expect(page).to_have_url(re.compile(r"#row-resnet\.innovation$"))


@pytest.mark.parametrize("color_scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_pages_are_accessible_and_no_wider_than_the_window(open_page, guide, address, color_scheme, width):
    page = open_page(color_scheme=color_scheme, width=width)
    home = guide.get_absolute_url()
    make_guide(title="Section 7")
    for path in ("/", home, address, f"{address}?mode=cover", f"{home}search/?q=relu", f"{home}search/?q="):
        page.goto(path)

        assert_accessible(page)
        assert fits(page), path
