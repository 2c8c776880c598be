import re

import pytest
from playwright.sync_api import expect

from tables.actions.concepts import refresh_concepts
from tables.actions.indexing import refresh_entries
from tests.browser.accessibility import assert_accessible
from tests.browser.width import fits
from tests.factories import make_guide, make_table, make_topic


@pytest.fixture
def guide(transactional_db):
    """A guide of one table with a key point."""
    guide = make_guide()
    make_table(make_topic(guide), points=["Swish is for 40 or more layers"])
    refresh_entries(guide)
    return guide


def type_into(page, box, words):
    page.locator(f"#{box}-q").click()
    page.keyboard.type(words)
    expect(page.locator(f"#{box}-hits mark").first).to_be_visible()


def test_best_hits_stand_below_the_box_and_are_reached_by_keys(page, guide):
    page.goto(guide.get_absolute_url())
    type_into(page, "guide", "vanish")
    hits = page.locator("#guide-hits")
    expect(hits.get_by_role("list", name="Cells").get_by_role("listitem")).to_have_count(2)
    expect(page.locator("#guide-said")).to_have_text("2 shown")
    assert_accessible(page)

    page.keyboard.press("ArrowDown")
    expect(hits.get_by_role("link", name="Sigmoid")).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.locator("#guide-q")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(hits.get_by_role("link", name="TanH")).to_be_focused()
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile("#row-tanh.issue$"))


def test_list_closes_by_escape_and_when_one_goes_elsewhere(page, guide):
    page.goto(guide.tables.first().get_absolute_url())
    page.keyboard.press("/")
    page.keyboard.type("swish")
    hits = page.locator("#site-hits")
    expect(hits).to_be_visible()

    page.get_by_role("heading", level=1).click()
    expect(hits).to_be_hidden()
    page.locator("#site-q").focus()
    expect(hits).to_be_visible()
    page.keyboard.press("Escape")

    expect(hits).to_be_hidden()
    expect(page.locator("#site-q")).to_be_focused()


def test_list_closes_when_a_hit_is_on_the_same_page(page, guide):
    page.goto(guide.tables.first().get_absolute_url())
    type_into(page, "site", "swish")

    page.locator("#site-hits").get_by_role("link", name="Swish").first.click()

    expect(page).to_have_url(re.compile("#row-swish$"))
    expect(page.locator("#site-hits")).to_be_hidden()


def test_enter_opens_the_page_and_that_follows_what_is_typed(page, guide):
    page.goto(guide.get_absolute_url())
    type_into(page, "guide", "swi")
    page.locator("#guide-q").press("Enter")
    expect(page.get_by_role("heading", name="Search this guide")).to_be_visible()
    expect(page.get_by_role("heading", name="Key points")).to_be_visible()

    page.locator("#page-q").fill("sigmiod")

    expect(page.get_by_text("Shown instead: “sigmoid”")).to_be_visible()
    expect(page).to_have_url(re.compile(r"/search/\?q=sigmiod$"))
    assert_accessible(page)


COMPARED = [("Aspect", "ReLU", "Sigmoid"), ("Cost", "Low", "High")]


def test_thing_is_found_opened_and_reached_from_a_header(open_page, guide):
    table = make_table(guide.topics.get(), title="ReLU vs Sigmoid", grid=COMPARED, kind="aspect")
    refresh_concepts(guide)
    page = open_page(width=390)
    page.goto(table.get_absolute_url())
    below = page.get_by_text("The columns name ReLU, Sigmoid")
    expect(below).to_be_visible()
    assert fits(page)
    assert_accessible(page)

    below.get_by_role("link", name="ReLU").click()
    expect(page.get_by_role("heading", name="ReLU", exact=True, level=1)).to_be_visible()
    page.goto(guide.get_absolute_url())
    type_into(page, "guide", "sigm")
    concepts = page.locator("#guide-hits").get_by_role("list", name="Concepts")
    expect(concepts.get_by_role("listitem")).to_have_text(re.compile("Sigmoid.*in 2 tables"))
    assert_accessible(page)
    concepts.get_by_role("link").click()

    expect(page).to_have_url(re.compile("/concepts/sigmoid/$"))


@pytest.mark.parametrize("color_scheme", ["light", "dark"])
def test_list_fits_a_phone(open_page, guide, color_scheme):
    page = open_page(color_scheme=color_scheme, width=390)
    page.goto(guide.get_absolute_url())
    type_into(page, "guide", "re")

    assert fits(page)
    assert_accessible(page)
