from datetime import date
from itertools import pairwise

import pytest
from playwright.sync_api import expect

from quizzes.models import Study
from tests.browser.chromium import find_chromium
from tests.browser.width import fits
from tests.factories import DECISIONS, make_guide, make_learner, make_table, make_topic, make_user

MANY = 40


@pytest.fixture
def guide(transactional_db):
    """A guide whose list of tables is longer than a window is high; the last table decides about the first."""
    guide = make_guide(title="Section 6: Model Training, Tuning, and Evaluation - Comparison Tables")
    topic = make_topic(guide)
    make_table(topic)
    for number in range(MANY):
        make_table(topic, title=f"Table {number + 1}", grid=[("Thing", "Value"), ("a", "b")])
    make_table(topic, title="Which?", grid=DECISIONS, kind="decision")
    return guide


def box(locator):
    return locator.bounding_box()


def too_small(page):
    """What on the page is there to be hit, has no label that can be hit instead, and is not 24 pixels high."""
    targets = page.locator("main :is(a, button, summary, select, label:has(> input))").all()
    return [target.inner_text() for target in targets if target.is_visible() and 1 < box(target)["height"] < 24]


def test_side_list_shows_the_table_that_is_open(page, guide):
    page.goto(guide.tables.last().get_absolute_url())

    expect(page.get_by_role("navigation", name="Tables in this guide").get_by_text("Which?")).to_be_in_viewport()
    assert page.evaluate("scrollY") == 0


@pytest.mark.parametrize("width", [1280, 390])
def test_last_table_leads_back_at_the_left(open_page, guide, width):
    page = open_page(width=width)
    page.goto(guide.tables.last().get_absolute_url())

    link = page.get_by_role("link", name="Previous")
    assert link.evaluate("element => getComputedStyle(element).textAlign") == "start"


@pytest.mark.parametrize("width", [1280, 390])
def test_way_to_the_next_table_stands_clear_of_what_is_above(open_page, guide, width):
    page = open_page(width=width)
    page.goto(guide.tables.first().get_absolute_url())

    questions = box(page.locator("section", has_text="Decision questions").last)
    pager = box(page.get_by_role("navigation", name="Next and previous table"))
    assert pager["y"] - questions["y"] - questions["height"] >= 24


def test_way_back_stands_beside_its_arrow_on_a_phone(phone_page, guide):
    phone_page.goto(guide.get_absolute_url() + "search/?q=relu")

    crumb = phone_page.get_by_role("navigation", name="Breadcrumb").get_by_role("listitem").first
    assert box(crumb.get_by_role("link"))["height"] > box(crumb)["height"] - 10


@pytest.mark.parametrize("width", [1280, 390])
def test_buttons_of_a_report_stand_in_line(open_page, guide, width):
    page = open_page(width=width)
    page.goto(f"/quiz/?guide={guide.slug}&count=5")
    page.get_by_role("button", name="Start").click()
    page.get_by_role("button", name="I don’t know").click()
    page.get_by_role("link", name="Next").click()
    page.get_by_role("button", name="Finish now").click()

    heading = box(page.get_by_role("heading", level=1))
    again, retry = (box(page.get_by_role("button", name=name)) for name in ("Same questions again", "Retry 1 missed"))
    assert again["height"] == retry["height"]
    if again["y"] == retry["y"]:
        assert max(again["x"], retry["x"]) - min(again["x"] + again["width"], retry["x"] + retry["width"]) >= 8
    else:  # a wide font on a phone
        assert (again["x"], again["width"], width) == (retry["x"], retry["width"], 390)
        assert again["y"] - retry["y"] - retry["height"] >= 8
    assert width > 390 or min(again["y"], retry["y"]) - heading["y"] - heading["height"] >= 12


def test_way_back_to_a_guide_of_one_letter_can_be_hit(page, transactional_db):
    guide = make_guide(title="T")
    page.goto(make_table(make_topic(guide, title="A")).get_absolute_url())

    for link in page.get_by_role("navigation", name="Breadcrumb").get_by_role("link").all():
        assert min(box(link)["width"], box(link)["height"]) >= 24


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_long_name_of_the_site_leaves_room_for_the_buttons(open_page, guide, settings, width):
    settings.SITE_NAME = "The evening school of machine learning and its friends in Lower Saxony"
    page = open_page(width=width)
    page.goto(guide.get_absolute_url())

    assert fits(page)
    assert (
        box(page.get_by_role("link", name="Sign in"))["x"] + box(page.get_by_role("link", name="Sign in"))["width"]
        <= width
    )
    assert box(page.locator(".brand"))["height"] < 60


def test_links_and_buttons_that_stand_alone_can_be_hit_on_a_phone(phone_page, sign_in, guide):
    page, table, alice = phone_page, guide.tables.first(), make_user("alice")
    Study.objects.create(learner=make_learner(alice), guide=guide, sat_on=date(2026, 1, 1))
    sign_in(page, alice)
    page.goto(f"/quiz/?guide={guide.slug}&count=5")
    page.get_by_role("button", name="Start").click()
    page.get_by_role("button", name="I don’t know").click()
    expect(page.get_by_role("link", name="Next")).to_be_visible()
    assert not too_small(page)

    memory = f"/progress/memory/{guide.slug}/{table.slug}/"
    for address in (guide.get_absolute_url(), memory, f"/progress/?guide={guide.slug}", "/accounts/profile/"):
        page.goto(address)
        assert not too_small(page), address


def test_on_paper_a_table_is_whole_and_nothing_is_left_to_press(open_page, guide):
    page = open_page(width=688)  # what an A4 page leaves between its margins
    page.emulate_media(media="print")
    page.goto(guide.tables.first().get_absolute_url())

    assert box(page.locator("#grid"))["x"] >= 0
    expect(page.locator(".colnav")).to_be_hidden()
    expect(page.locator("main .btn:visible")).to_have_count(0)


def test_worksheet_on_paper_keeps_its_answers_to_itself(open_page, guide):
    page = open_page(width=688)
    page.emulate_media(media="print")
    answer = page.locator(".list .cover b").first

    page.goto(f"{guide.tables.first().get_absolute_url()}?mode=cover")
    expect(answer).to_be_hidden()
    page.goto(guide.tables.first().get_absolute_url())
    expect(answer).to_be_visible()


def test_header_of_a_small_tablet_has_a_sign_for_the_search_that_a_key_presses(open_page, guide):
    page = open_page(width=768, height=1024)
    page.goto(guide.tables.first().get_absolute_url())

    parts = [box(part) for part in page.locator(".top > div > :visible").all()]
    for one, other in pairwise(parts):
        assert one["x"] + one["width"] <= other["x"]
    assert parts[-1]["x"] + parts[-1]["width"] <= 768
    page.keyboard.press("/")
    page.wait_for_url("**/search/")


def test_text_twice_as_large_fits_a_phone(browser, live_server, sign_in, guide):
    large = browser.browser_type.launch(
        executable_path=find_chromium(), args=["--blink-settings=defaultFontSize=32"]
    )  # a setting of the whole browser
    page = large.new_page(base_url=live_server.url, viewport={"width": 390, "height": 844}, service_workers="block")
    table = guide.tables.first().get_absolute_url()

    for address in (table, "/quiz/"):
        page.goto(address)
        assert fits(page), address
        sign = box(page.get_by_role("link", name="Sign in").first)
        assert sign["x"] + sign["width"] <= 390
    sign_in(page, make_user("alice"))
    for address in (guide.get_absolute_url(), table, "/progress/"):
        page.goto(address)
        assert fits(page), address
        tab = page.get_by_role("link", name="Groups").first
        assert box(tab)["x"] + tab.evaluate("tab => tab.scrollWidth") <= 390
    large.close()
