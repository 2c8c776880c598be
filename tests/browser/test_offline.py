import pytest
from playwright.sync_api import expect

from quizzes.models import Answer, Slot
from tests.browser.accessibility import assert_accessible
from tests.factories import make_learner, make_user
from tests.quizzes.bank import address, make_asked_guide, make_exam, make_sitting, right, wrong

UNSENT = "Your answer is kept on this device"


@pytest.fixture
def guide(transactional_db):
    return make_asked_guide()


@pytest.fixture
def page(open_page):
    """A page whose service worker runs. What fails for want of a connection is not noise."""
    page = open_page(worker=True)
    page.loses_connection = True
    return page


def start_worker(page):
    """Open a page, and wait until the worker is in charge of those that follow."""
    page.goto("/accounts/signup/")
    page.evaluate("navigator.serviceWorker.ready")
    page.wait_for_function("() => navigator.serviceWorker.controller")


def kept(page, cache):
    """The paths of what the worker keeps."""
    return page.evaluate(
        "async name => (await (await caches.open(name)).keys()).map(({ url }) => new URL(url).pathname)", cache
    )


def wait_until_kept(page, cache, path):
    for _ in range(200):
        if path in kept(page, cache):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"{path} is not kept.")


@pytest.fixture
def alice(guide):
    return make_user("alice")


def test_public_page_that_was_open_is_read_without_a_connection_and_another_is_honestly_missing(page, guide):
    first, *_, last = guide.tables.all()
    start_worker(page)
    page.goto(first.get_absolute_url())
    wait_until_kept(page, "pages", first.get_absolute_url())

    page.context.set_offline(True)
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text(first.name)
    expect(page.locator("#toasts")).to_contain_text("shown as it was kept on this device")
    expect(page.locator("body")).not_to_have_css("font-family", "serif")

    page.goto(last.get_absolute_url())
    expect(page.get_by_role("heading", level=1)).to_have_text("No connection")
    assert_accessible(page)
    page.get_by_role("region", name="Kept on this device").get_by_role("link", name=first.name).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(first.name)


def test_of_a_signed_in_reader_only_what_everybody_may_see_is_kept(page, guide, sign_in, alice):
    mine = make_asked_guide(title="Mine", owner=alice, visibility="private")
    sign_in(page, alice)
    start_worker(page)

    for path in (mine.get_absolute_url(), "/progress/", "/accounts/profile/", guide.get_absolute_url()):
        page.goto(path)
    wait_until_kept(page, "pages", guide.get_absolute_url())

    assert kept(page, "pages") == [guide.get_absolute_url()]
    assert "alice" not in page.evaluate(
        "async path => (await caches.match(path, { ignoreVary: true })).text()", guide.get_absolute_url()
    )


def test_practice_goes_on_without_a_connection_and_each_answer_is_sent_once(page, guide, sign_in, alice):
    first, second, *_ = slots = list(make_sitting(make_learner(alice), guide, count=5).slots.all())
    sign_in(page, alice)
    start_worker(page)
    page.goto(address(first))
    for ahead in slots[1:4]:
        wait_until_kept(page, "sitting", address(ahead))
    assert Slot.objects.get(pk=second.pk).shown_at is None

    page.context.set_offline(True)
    page.keyboard.press(wrong(first))
    page.keyboard.press("Enter")
    expect(page.get_by_text(UNSENT)).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(second.stem)
    page.keyboard.press(right(second))
    page.keyboard.press("Enter")
    expect(page.get_by_text(UNSENT)).to_be_visible()
    assert not Answer.objects.exists()

    page.context.set_offline(False)
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"Right, it is {second.right_text}")
    assert list(Answer.objects.order_by("position").values_list("position", "is_right")) == [(1, False), (2, True)]
    page.reload()
    assert Answer.objects.count() == 2
    assert page.evaluate("JSON.parse(localStorage.getItem('unsent-answers'))") == []


def test_practice_whose_next_question_is_not_kept_says_so_and_goes_on_with_the_connection(page, guide, sign_in, alice):
    slot, after = make_sitting(make_learner(alice), guide, count=2).slots.all()
    sign_in(page, alice)
    start_worker(page)
    page.goto(address(slot))
    wait_until_kept(page, "sitting", address(after))
    page.evaluate("async path => (await caches.open('sitting')).delete(path, { ignoreVary: true })", address(after))

    page.context.set_offline(True)
    page.keyboard.press(right(slot))
    page.keyboard.press("Enter")
    expect(page.get_by_text(UNSENT)).to_contain_text("What comes next is not on this device")
    assert_accessible(page)

    page.context.set_offline(False)
    page.get_by_role("link", name="Next").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(after.stem)


def test_signing_out_takes_the_sitting_and_what_waits_to_be_sent_along(page, guide, sign_in, alice):
    slot = make_sitting(make_learner(alice), guide, count=2).slots.first()
    sign_in(page, alice)
    start_worker(page)
    page.goto(address(slot))
    wait_until_kept(page, "sitting", address(slot))
    page.evaluate("localStorage.setItem('unsent-answers', '[]')")

    page.goto("/accounts/logout/")
    page.get_by_role("main").get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/")

    assert kept(page, "sitting") == []
    assert page.evaluate("localStorage.getItem('unsent-answers')") is None


def test_exam_is_not_kept_and_says_that_it_needs_the_connection(page, guide, sign_in, alice):
    slot = make_exam(make_learner(alice), guide).slots.first()
    sign_in(page, alice)
    start_worker(page)
    page.goto(address(slot))

    page.context.set_offline(True)
    page.keyboard.press("1")
    expect(page.get_by_text("Not saved yet: no connection")).to_be_visible()

    page.context.set_offline(False)
    expect(page.get_by_text("1 answered, 0 flagged")).to_be_visible()
    assert kept(page, "sitting") == []


@pytest.mark.parametrize(("role", "name"), [("button", "Save and next"), ("link", "Question 2, not seen yet")])
def test_way_on_from_an_exam_question_waits_until_its_choice_is_saved(page, guide, sign_in, alice, role, name):
    slot, after, *_ = make_exam(make_learner(alice), guide).slots.all()
    sign_in(page, alice)
    start_worker(page)
    page.goto(address(slot))

    page.context.set_offline(True)
    page.keyboard.press("1")
    expect(page.get_by_text("Not saved yet: no connection")).to_be_visible()
    page.get_by_role(role, name=name).click()
    expect(page.get_by_text("You go on as soon as there is a connection.")).to_be_visible()
    assert_accessible(page)

    page.context.set_offline(False)
    page.wait_for_url(f"**{address(after)}")
    expect(page.get_by_text("1 answered, 0 flagged")).to_be_visible()


def test_handing_in_waits_for_the_connection_too(page, guide, sign_in, alice):
    slot = make_exam(make_learner(alice), guide).slots.first()
    sign_in(page, alice)
    start_worker(page)
    page.goto(address(slot))
    page.keyboard.press("1")
    expect(page.get_by_text("1 answered, 0 flagged")).to_be_visible()
    page.get_by_role("link", name="Hand in").click()

    page.context.set_offline(True)
    page.get_by_role("button", name="Hand in now").click()
    expect(page.get_by_text("You go on as soon as there is a connection.")).to_be_visible()
    expect(page.get_by_text("Not saved yet")).to_be_hidden()

    page.context.set_offline(False)
    page.wait_for_url("**/report/")
    assert Answer.objects.count() == 1
