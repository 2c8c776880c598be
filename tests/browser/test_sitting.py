import pytest
from playwright.sync_api import expect

from quizzes.models import Answer, Sitting
from tests.browser.accessibility import assert_accessible
from tests.browser.width import fits
from tests.quizzes.bank import make_asked_guide, right, wrong


@pytest.fixture
def guide(transactional_db):
    return make_asked_guide()


def begin(page, guide, count="5"):
    """Start a sitting by hand and give its slots in their order."""
    page.goto(f"/quiz/?guide={guide.slug}&count={count}&kinds=decision&options=none")
    page.get_by_role("button", name="Start").click()
    page.wait_for_url("**/1/")
    return list(Sitting.objects.get().slots.all())


def text(slot, number):
    return slot.options[int(number) - 1]["text"]


@pytest.mark.parametrize("color_scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_whole_sitting_by_keyboard_alone(open_page, guide, width, color_scheme):
    page = open_page(width=width, color_scheme=color_scheme)
    first, second, third, *_ = slots = begin(page, guide)
    assert_accessible(page)

    page.keyboard.press(wrong(first))
    expect(page.get_by_role("radio", name=text(first, wrong(first)), exact=True)).to_be_checked()
    page.keyboard.press("f")
    expect(page.get_by_role("button", name="Flag this question")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press(wrong(first))
    page.keyboard.press("Enter")
    verdict = page.get_by_role("heading", level=1)
    expect(verdict).to_be_focused()
    expect(verdict).to_have_text(f"It is {first.right_text}, not {text(first, wrong(first))}")
    expect(page.get_by_role("table")).to_be_visible()
    expect(page).to_have_title(f"It is {first.right_text}, not {text(first, wrong(first))} · Studysite")
    assert_accessible(page)

    page.keyboard.press("Enter")
    page.wait_for_url("**/2/")
    page.keyboard.press(right(second))
    page.keyboard.press("Enter")
    expect(verdict).to_have_text(f"Right, it is {second.right_text}")
    assert_accessible(page)

    page.keyboard.press("Enter")
    page.wait_for_url("**/3/")
    page.keyboard.press("0")
    expect(verdict).to_have_text(f"It is {third.right_text}")

    for slot in slots[3:]:
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/{slot.position}/")
        page.keyboard.press(right(slot))
        page.keyboard.press("Enter")
        expect(verdict).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/report/")
    expect(verdict).to_have_text("3 right, 2 to look at again")
    assert_accessible(page)


def test_sitting_by_mouse_with_leaving_and_going_on_and_retrying_the_missed(page, guide):
    first, second, *_ = begin(page, guide, count="10")
    page.get_by_role("radio", name=text(first, wrong(first)), exact=True).check()
    page.get_by_role("button", name="Check answer").click()
    expect(page.get_by_role("heading", level=1)).to_be_focused()

    page.get_by_role("link", name="Leave the quiz").click()
    page.get_by_role("link", name="Go on with: The whole guide").click()
    page.wait_for_url("**/2/")
    page.get_by_role("radio", name=text(second, right(second)), exact=True).check()
    page.get_by_role("button", name="Check answer").click()
    page.get_by_role("link", name="Next").click()
    page.get_by_role("button", name="Finish now").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("1 right, 1 to look at again")

    page.get_by_role("button", name="Retry 1 missed").click()
    page.wait_for_url("**/1/")
    expect(page.get_by_role("heading", level=1)).to_have_text(first.stem)
    expect(page.get_by_text("1 of 1", exact=True).first).to_be_visible()


def test_escape_leaves_and_everything_is_kept(page, guide):
    first, *_ = begin(page, guide)
    page.keyboard.press(right(first))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_be_focused()

    page.keyboard.press("Escape")

    expect(page.get_by_role("link", name="Go on with: The whole guide")).to_be_visible()
    assert Answer.objects.count() == 1


def test_back_button_and_another_choice_show_the_stored_verdict(page, guide):
    first, *_ = begin(page, guide)
    page.keyboard.press(wrong(first))
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Next").click()
    page.wait_for_url("**/2/")

    page.go_back()

    expect(page.get_by_role("heading", level=1)).to_contain_text(f"It is {first.right_text}, not")
    assert Answer.objects.count() == 1


def test_without_javascript_a_sitting_works_from_start_to_report(no_js_page, guide):
    page = no_js_page
    slots = begin(page, guide)
    heading = page.get_by_role("heading", level=1)

    page.get_by_role("button", name="Flag this question").click()
    expect(page.get_by_role("button", name="Flag this question")).to_have_attribute("aria-pressed", "true")
    for slot in slots:
        expect(heading).to_have_text(slot.stem)
        if slot.position == 1:
            page.get_by_role("button", name="I don’t know").click()
        else:
            page.get_by_role("radio", name=slot.right_text, exact=True).check()
            page.get_by_role("button", name="Check answer").click()
        page.locator("[data-next]").click()

    expect(heading).to_have_text("4 right, 1 to look at again")
    page.get_by_role("link", name="Your progress").click()
    expect(page.get_by_text("4 of 27 right at last sight")).to_be_visible()


@pytest.mark.parametrize("color_scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_pages_around_a_sitting_are_accessible_and_fit(open_page, guide, width, color_scheme):
    page = open_page(width=width, color_scheme=color_scheme)
    page.goto("/progress/")
    assert_fits(page)
    first, *_ = begin(page, guide)
    page.keyboard.press(wrong(first))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_be_focused()

    for path in ("/quiz/", "/progress/", guide.get_absolute_url()):
        page.goto(path)
        assert_fits(page)


def assert_fits(page):
    assert_accessible(page)
    assert fits(page)
