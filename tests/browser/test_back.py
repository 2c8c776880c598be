import re

import pytest
from playwright.sync_api import expect

from quizzes.actions.bank import refresh_bank
from tests.browser.chromium import find_chromium
from tests.factories import make_guide, make_learner, make_table, make_topic, make_user
from tests.groups import make_group
from tests.quizzes.bank import address, make_sitting
from tests.quizzes.test_kinds import MODELS

NAME, GUIDE, GROUP = "zenobia", "Palmyra by night", "The court of Palmyra"
TOLD = re.compile(f"{NAME}|{GUIDE}|{GROUP}|CNN Architectures", re.IGNORECASE)
"""What only she is shown: her name, her guide and its table, her group."""


@pytest.fixture(scope="module")
def browser(browser):
    """A Chromium that keeps pages whole for Back, as everybody's does and those of tests do not."""
    keeping = browser.browser_type.launch(
        executable_path=find_chromium(), ignore_default_args=["--disable-back-forward-cache"]
    )
    yield keeping
    keeping.close()


@pytest.fixture
def zenobia(transactional_db):
    """Somebody with a private guide, a group and a sitting."""
    return make_user(NAME)


@pytest.fixture
def private_pages(zenobia):
    """Addresses of what is hers alone."""
    guide = make_guide(title=GUIDE, owner=zenobia, visibility="private")
    table = make_table(make_topic(guide), title="CNN Architectures", grid=MODELS)
    refresh_bank(guide)
    slot = make_sitting(make_learner(zenobia), guide, count=2, kinds=("forward",)).slots.first()
    group = make_group(zenobia, name=GROUP)
    return [
        "/progress/",
        "/accounts/profile/",
        "/guides/",
        group.get_absolute_url(),
        guide.get_absolute_url(),
        table.get_absolute_url(),
        address(slot),
    ]


def sign_out(page):
    page.goto("/accounts/logout/")
    page.get_by_role("main").get_by_role("button", name="Sign out").click()
    expect(page.locator("header").get_by_role("link", name="Sign in")).to_be_visible()


def test_this_browser_keeps_a_public_page_for_back(page, transactional_db):
    page.goto("/accounts/login/")
    page.evaluate("() => addEventListener('pageshow', (event) => { window.wasKept = event.persisted; })")
    page.goto("/search/")

    page.evaluate("() => history.back()")

    page.wait_for_function("() => window.wasKept")


@pytest.mark.parametrize("javascript", [True, False])
def test_back_after_signing_out_shows_nothing_private(open_page, sign_in, zenobia, private_pages, javascript):
    page = open_page(javascript=javascript)
    page.expected_statuses.add(404)
    sign_in(page, zenobia)
    for path in private_pages:
        page.goto(path)
        expect(page.locator("body")).to_contain_text(TOLD)
    sign_out(page)

    for path in reversed(private_pages):
        page.go_back()
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        expect(page.locator("body")).not_to_contain_text(TOLD)
        assert not TOLD.search(page.content()), path


def test_back_past_what_htmx_showed_shows_nothing_private(page, sign_in, zenobia, private_pages):
    page.expected_statuses.add(404)
    sign_in(page, zenobia)
    *_, table, question = private_pages
    page.goto(table)
    page.get_by_role("searchbox", name="Filter rows").fill("goog")
    page.wait_for_url("**q=goog*")
    page.goto(question)
    page.keyboard.press("1")
    page.get_by_role("button", name="Check answer").click()
    expect(page.locator("[data-next]")).to_be_visible()
    sign_out(page)

    for _ in range(4):
        page.go_back()
        expect(page.locator("body")).not_to_contain_text(TOLD)
