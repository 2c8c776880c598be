from datetime import timedelta

import pytest
from playwright.sync_api import expect

from quizzes.models import Confusion, Study
from tests.browser.accessibility import assert_accessible
from tests.browser.width import fits
from tests.factories import make_learner, make_user
from tests.quizzes.bank import make_asked_guide
from tests.quizzes.lived import live_through

INNER_A4 = {"width": 688, "height": 1017}
"""Two pages of A4 inside their margins of 14 mm are twice as high as this, in CSS pixels."""


@pytest.fixture
def alice(transactional_db):
    """Alice, who has answered ninety times, mixes two rows up and has an exam in twelve days."""
    alice, guide = make_user("alice"), make_asked_guide()
    learner, table = make_learner(alice), guide.tables.first()
    live_through(learner, guide, 90, rights=(True, False, True), confidence="sure", days=20)
    relu, leaky = table.rows.all()[:2]
    Confusion.objects.create(learner=learner, table=table, asked=relu.key, said=leaky.key, count=3)
    Study.objects.create(learner=learner, guide=guide, exam_on=learner.today + timedelta(12), pass_mark=72)
    alice.guide = guide
    return alice


@pytest.mark.parametrize(("width", "color_scheme"), [(1280, "light"), (390, "dark")])
def test_dashboard_is_told_in_words_and_opens_its_tables(open_page, alice, sign_in, width, color_scheme):
    page = open_page(width=width, color_scheme=color_scheme)
    sign_in(page, alice)
    page.goto("/progress/")

    expect(page.get_by_role("img", name="Today: about")).to_be_visible()
    expect(page.get_by_role("img", name="Fading over the next 7 days")).to_be_visible()
    expect(page.get_by_role("img", name="Study calendar: answers on")).to_be_visible()
    for summary in page.get_by_text("As a table").all():
        summary.click()
    expect(page.get_by_role("table", name="Answers by day")).to_be_visible()
    assert fits(page)
    assert_accessible(page)
    page.set_viewport_size({"width": 320, "height": 800})
    assert fits(page)


def test_answers_a_day_come_into_the_page_when_asked_for(page, alice, sign_in):
    sign_in(page, alice)
    page.goto("/progress/")

    page.get_by_role("link", name="How many answers a day for 90%?").click()

    expect(page.locator("#effort")).to_contain_text("answers a day")
    expect(page).to_have_url(f"{page.url.split('/progress/')[0]}/progress/")
    assert_accessible(page)


def test_answers_a_day_are_a_page_of_their_own_without_javascript(no_js_page, alice, sign_in):
    sign_in(no_js_page, alice)
    no_js_page.goto("/progress/")

    no_js_page.get_by_role("link", name="How many answers a day for 90%?").click()

    expect(no_js_page.get_by_role("heading", name="Answers a day for 90%")).to_be_visible()


def test_pair_is_drilled_from_the_dashboard(page, alice, sign_in):
    sign_in(page, alice)
    page.goto("/progress/")

    page.get_by_role("link", name="Drill ReLU and Leaky ReLU").click()
    page.get_by_role("button", name="Drill these two").click()

    page.wait_for_url("**/1/")


@pytest.mark.parametrize("letters", [1, 40])
def test_last_night_sheet_fits_two_printed_pages_and_breaks_no_row(page, alice, sign_in, letters):
    for row in alice.guide.tables.first().rows.all():
        for cell in row.cells.values():
            cell["text"] = " ".join([cell["text"]] * letters)
        row.subject = " ".join([row.subject] * letters)
        row.save()
    sign_in(page, alice)
    page.goto(f"/progress/last-night/{alice.guide.slug}/")
    assert_accessible(page)

    page.set_viewport_size(INNER_A4)
    page.emulate_media(media="print")
    pages = page.pdf(format="A4", prefer_css_page_size=True).count(b"/Type /Page\n")

    assert 1 <= pages <= 2
    assert page.locator(".night").bounding_box()["height"] <= 2 * INNER_A4["height"]
    assert page.evaluate("getComputedStyle(document.querySelector('.sheet tr')).breakInside") == "avoid"
