from urllib.parse import urlencode

import pytest
from playwright.sync_api import expect

from quizzes.actions.bank import refresh_bank
from quizzes.models import Answer
from tests.factories import PASSWORD, make_guide, make_learner, make_table, make_topic, make_user
from tests.quizzes.bank import address, given_right, make_exam, make_sitting
from tests.quizzes.test_kinds import MODELS

KINDS = ["forward", "select-all", "order-by", "typed"]


@pytest.fixture
def guide(transactional_db):
    guide = make_guide(title="Networks")
    make_table(make_topic(guide), title="CNN Architectures", grid=MODELS)
    refresh_bank(guide)
    return guide


@pytest.fixture
def alice(guide):
    return make_user("alice")


def lose_session(page, sign_in, alice, slot):
    sign_in(page, alice)
    page.goto(address(slot))
    page.context.clear_cookies(name="sessionid")


def fill(page, fields):
    """Give what a form sends, by hand."""
    for name, values in fields.items():
        for value in values if isinstance(values, list) else [values]:
            control = page.locator(f'.q [name="{name}"]')
            if name == "text":
                control.fill(str(value))
            elif name.startswith("place-"):
                control.select_option(str(value))
            else:
                page.locator(f'.q [name="{name}"][value="{value}"]').check()


@pytest.mark.parametrize("javascript", [True, False])
@pytest.mark.parametrize("kind", KINDS)
def test_whatever_was_answered_without_a_session_is_kept_once_after_signing_in(
    open_page, sign_in, alice, guide, kind, javascript
):
    page = open_page(javascript=javascript)
    page.expected_statuses.add(401)
    slot = make_sitting(make_learner(alice), guide, kinds=(kind,)).slots.first()
    lose_session(page, sign_in, alice, slot)
    fill(page, given_right(slot) | {"confidence": "sure"})
    page.get_by_role("button", name="Check answer").click()

    page.locator("main").get_by_role("link", name="Sign in").click()
    page.get_by_label("Name").fill("alice")
    page.get_by_label("Password").fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Sign in").click()
    if not javascript:
        page.get_by_role("button", name="Check answer").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("Right, ")
    answer = Answer.objects.get()
    assert answer.confidence == "sure"
    page.reload()
    assert Answer.objects.get() == answer


def test_i_do_not_know_is_sent_once_its_sender_is_back(page, sign_in, alice, guide):
    page.expected_statuses.add(401)
    slot = make_sitting(make_learner(alice), guide, kinds=("typed",)).slots.first()
    lose_session(page, sign_in, alice, slot)
    page.get_by_role("button", name="I don’t know").click()
    expect(page.get_by_text("You are not signed in any more")).to_be_visible()

    sign_in(page, alice)
    page.goto(f"{address(slot)}?{urlencode({'choice': 'unknown'})}")

    expect(page.locator("[data-next]")).to_be_visible()
    assert Answer.objects.get().outcome == "unknown"


def test_choice_of_an_exam_is_saved_once_its_sender_is_back_at_the_question(page, sign_in, alice, guide):
    page.expected_statuses.add(401)
    slot = make_exam(make_learner(alice), guide).slots.first()
    lose_session(page, sign_in, alice, slot)
    page.keyboard.press("1")
    expect(page.get_by_text("You are not signed in any more")).to_be_visible()

    sign_in(page, alice)
    page.goto(address(slot))

    expect(page.get_by_text("1 answered, 0 flagged")).to_be_visible()
    slot.refresh_from_db()
    assert slot.draft["given"] in ({"choice": 0}, {"ticked": [0]})
