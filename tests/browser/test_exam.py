from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from quizzes.models import Answer, Sitting
from tests.browser.accessibility import assert_accessible
from tests.quizzes.bank import make_asked_guide


@pytest.fixture
def guide(transactional_db):
    return make_asked_guide()


def begin(page, guide, *, topic="Quick Decision Tables", count="3"):
    """Begin an exam by hand and give its slots in their order."""
    page.goto(f"/quiz/exam/?guide={guide.slug}")
    page.get_by_label("What to be examined on").select_option(label=f"{topic} (5)")
    page.get_by_label("Questions", exact=True).fill(count)
    page.get_by_role("button", name="Begin the exam").click()
    page.wait_for_url("**/1/")
    return list(Sitting.objects.get().slots.all())


def right_texts(slot):
    return [option["text"] for option in slot.options if option["is_right"]]


def wrong_text(slot):
    return next(option["text"] for option in slot.options if not option["is_right"])


def number(slot, text):
    return str([option["text"] for option in slot.options].index(text) + 1)


@pytest.mark.parametrize("color_scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_whole_exam_by_keyboard_alone(open_page, guide, width, color_scheme):
    page = open_page(width=width, color_scheme=color_scheme)
    page.goto(f"/quiz/exam/?guide={guide.slug}")
    assert_accessible(page)
    first, second, third = begin(page, guide)
    expect(page.get_by_role("timer")).to_contain_text("29:")
    assert_accessible(page)

    page.keyboard.press(number(first, wrong_text(first)))
    expect(page.get_by_text("1 answered, 0 flagged, 2 left")).to_be_visible()
    page.keyboard.press("f")
    expect(page.get_by_role("button", name="Flag")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("radio", name=wrong_text(first), exact=True)).to_be_checked()
    page.keyboard.press(number(first, right_texts(first)[0]))
    page.keyboard.press("Enter")
    page.wait_for_url("**/2/")
    expect(page.get_by_role("link", name="Question 1, answered, flagged")).to_be_visible()
    assert_accessible(page)
    page.keyboard.press("Enter")  # nothing chosen: nothing happens
    page.get_by_role("link", name="Question 3, not seen yet").press("Enter")
    page.wait_for_url("**/3/")
    page.keyboard.press(number(third, wrong_text(third)))

    page.get_by_role("link", name="Hand in").press("Enter")
    dialog = page.get_by_role("dialog", name="Hand in?")
    expect(dialog).to_be_visible()
    expect(dialog.get_by_text("2 of 3 answered")).to_be_visible()
    expect(dialog.get_by_role("link", name="Question 2")).to_be_visible()
    assert_accessible(page)
    dialog.get_by_role("button", name="Hand in now").press("Enter")

    page.wait_for_url("**/report/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Not passed yet")
    expect(page.get_by_text("Left empty", exact=True)).to_be_visible()
    assert_accessible(page)
    assert [answer.is_right for answer in Answer.objects.order_by("position")] == [True, False]


def test_exam_without_javascript(no_js_page, guide):
    page = no_js_page
    first, second, third = begin(page, guide)
    expect(page.get_by_role("timer")).to_contain_text("30:00")
    page.get_by_role("radio", name=right_texts(first)[0], exact=True).check()
    page.get_by_role("button", name="Flag").click()
    expect(page.get_by_role("radio", name=right_texts(first)[0], exact=True)).to_be_checked()
    page.get_by_role("button", name="Save and next").click()
    page.wait_for_url("**/2/")
    page.get_by_role("button", name="Save and next").click()
    page.wait_for_url("**/3/")
    page.get_by_role("radio", name=right_texts(third)[0], exact=True).check()
    page.get_by_role("button", name="Save and review").click()

    page.wait_for_url("**/hand-in/")
    expect(page.get_by_text("2 of 3 answered")).to_be_visible()
    page.get_by_role("link", name="Question 2, not answered").click()
    page.get_by_role("radio", name=right_texts(second)[0], exact=True).check()
    page.get_by_role("button", name="Save and next").click()
    page.get_by_role("link", name="Hand in").click()
    page.get_by_role("button", name="Hand in now").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Passed")


def test_time_runs_out_before_the_eyes_of_the_learner(page, guide):
    first, *_ = begin(page, guide)
    page.get_by_role("radio", name=right_texts(first)[0], exact=True).check()
    expect(page.get_by_text("1 answered")).to_be_visible()
    Sitting.objects.update(deadline=timezone.now() + timedelta(seconds=62))
    page.reload()
    expect(page.locator("#time-said")).to_have_text("1 minute left")
    Sitting.objects.update(deadline=timezone.now() + timedelta(seconds=2))
    page.reload()

    page.wait_for_url("**/report/")

    assert Answer.objects.get().is_right


def test_network_cut_in_the_middle_loses_no_choice(browser, live_server, guide):
    page = browser.new_page(
        base_url=live_server.url, service_workers="block"
    )  # not one that must be silent: this one has a fault to report
    first, *_ = begin(page, guide)
    page.route("**/quiz/*/1/", lambda route: route.abort())
    page.get_by_role("radio", name=right_texts(first)[0], exact=True).check()
    expect(page.get_by_text("Not saved yet: no connection.")).to_be_visible()

    page.unroute("**/quiz/*/1/")

    expect(page.get_by_text("1 answered, 0 flagged, 2 left")).to_be_visible()
    expect(page.get_by_text("Not saved yet")).to_be_hidden()
    page.close()


def test_browser_that_believes_itself_without_a_connection_goes_on_where_the_server_is_there(page, guide):
    page.add_init_script("Object.defineProperty(Navigator.prototype, 'onLine', { get: () => false })")
    first, *_ = begin(page, guide)
    page.get_by_role("radio", name=right_texts(first)[0], exact=True).check()
    expect(page.get_by_text("1 answered, 0 flagged, 2 left")).to_be_visible()

    page.get_by_role("button", name="Save and next").click()

    page.wait_for_url("**/2/")
    expect(page.get_by_role("link", name="Question 1, answered")).to_be_visible()


def test_exam_that_asks_how_sure_one_is_and_is_sat_again(page, guide):
    page.goto(f"/quiz/exam/?guide={guide.slug}")
    page.get_by_label("Questions", exact=True).fill("2")
    page.get_by_label("Choices from the tables").uncheck()
    page.get_by_label("Ask me how sure I am").check()
    page.get_by_role("button", name="Begin the exam").click()
    page.wait_for_url("**/1/")
    first, _ = Sitting.objects.get().slots.all()
    page.keyboard.press(number(first, wrong_text(first)))
    page.get_by_label("Sure", exact=True).check()
    expect(page.get_by_text("1 answered, 0 flagged, 1 left")).to_be_visible()
    page.get_by_role("button", name="Save and next").click()
    page.wait_for_url("**/2/")
    page.get_by_role("link", name="Hand in").click()
    page.get_by_role("button", name="Hand in now").click()
    page.wait_for_url("**/report/")
    expect(page.get_by_text("sure, but wrong", exact=True)).to_be_visible()
    assert_accessible(page)

    page.get_by_role("button", name="Sit this exam again").click()

    page.wait_for_url("**/1/")
    expect(page.get_by_role("timer")).to_contain_text("29:")
    assert Answer.objects.get().confidence == "sure"
