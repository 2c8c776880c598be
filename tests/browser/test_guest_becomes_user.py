import pytest
from playwright.sync_api import expect

from quizzes.models import Answer, Learner, Sitting
from tests.factories import PASSWORD, make_learner, make_user
from tests.quizzes.bank import address, make_asked_guide, make_sitting, right, wrong


@pytest.fixture
def guide(transactional_db):
    return make_asked_guide()


def sign_in(page, name="alice"):
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Sign in").click()


def test_guest_answers_signs_up_and_finds_it_all_there_after_signing_in_again(page, guide):
    page.goto(guide.get_absolute_url())
    page.get_by_role("link", name="Try 5 questions").click()
    page.goto(f"{page.url}&kinds=decision")
    page.get_by_role("button", name="Start").click()
    page.wait_for_url("**/1/")
    sitting = Sitting.objects.get()
    for slot in sitting.slots.all()[:2]:
        page.wait_for_url(f"**/{slot.position}/")
        page.keyboard.press(right(slot) if slot.position == 1 else wrong(slot))
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_be_focused()
        page.keyboard.press("Enter")
    page.wait_for_url("**/3/")

    page.goto("/progress/")
    page.get_by_role("link", name="Keep it").click()
    page.get_by_label("Name").fill("dora")
    page.get_by_label("Password").fill(PASSWORD)
    page.locator("main").get_by_role("button").click()
    page.wait_for_url("**/progress/")
    expect(page.get_by_text("1 of 27 right at last sight")).to_be_visible()
    expect(page.get_by_text("2 of 5 answered")).to_be_visible()

    page.locator("summary", has_text="account of dora").click()
    page.get_by_role("button", name="Sign out").click()
    page.goto("/progress/")
    expect(page.get_by_text("Nothing answered yet")).to_be_visible()

    page.goto("/accounts/login/?next=/progress/")
    sign_in(page, "dora")
    expect(page.get_by_text("1 of 27 right at last sight")).to_be_visible()
    page.get_by_role("link", name="The whole guide").click()
    page.wait_for_url("**/3/")
    assert Learner.objects.get().user.username == "dora"


@pytest.fixture
def slot(guide):
    """A question of alice's that waits for her answer."""
    return make_sitting(make_learner(make_user("alice")), guide, count=5).slots.first()


def lose_session(page, slot):
    """Sign in, look at a question, and have the session end meanwhile."""
    page.goto(f"/accounts/login/?next={address(slot)}")
    sign_in(page)
    page.wait_for_url(f"**{address(slot)}")
    page.context.clear_cookies(name="sessionid")


def test_answer_of_somebody_signed_out_is_sent_once_they_are_back(page, slot):
    page.expected_statuses.add(401)
    lose_session(page, slot)
    page.keyboard.press(wrong(slot))
    page.keyboard.press("Enter")
    expect(page.get_by_text("You are not signed in any more")).to_be_visible()
    expect(page.locator(".opts :checked")).to_have_count(1)
    assert not Answer.objects.exists()

    page.locator("#problem").get_by_role("link", name="Sign in").click()
    sign_in(page)

    expect(page.get_by_role("heading", level=1)).to_contain_text(f"It is {slot.right_text}, not")
    assert Answer.objects.get().chosen == int(wrong(slot)) - 1
    page.reload()
    assert Answer.objects.count() == 1


def test_answer_of_somebody_signed_out_is_dropped_when_somebody_else_signs_in(page, slot):
    page.expected_statuses |= {401, 404}
    make_user("bob")
    lose_session(page, slot)
    page.keyboard.press(right(slot))
    page.keyboard.press("Enter")
    page.locator("#problem").get_by_role("link", name="Sign in").click()

    sign_in(page, "bob")

    expect(page.get_by_role("heading", level=1)).to_have_text("This cell is empty")
    assert not Answer.objects.exists()


def test_answer_refused_after_signing_in_in_another_tab_is_sent_again_by_one_click(page, guide):
    page.expected_statuses.add(403)
    make_user("alice")
    page.goto(f"/quiz/?guide={guide.slug}&count=5&kinds=decision")
    page.get_by_role("button", name="Start").click()
    page.wait_for_url("**/1/")
    slot = Sitting.objects.get().slots.first()
    other = page.context.new_page()
    other.goto("/accounts/login/")
    sign_in(other)
    other.wait_for_url("**/")

    page.keyboard.press(wrong(slot))
    page.keyboard.press("Enter")
    expect(page.get_by_text("This page was open too long")).to_be_visible()
    page.get_by_role("button", name="send it again").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text(f"It is {slot.right_text}, not")
    assert Answer.objects.get().learner.user.username == "alice"
