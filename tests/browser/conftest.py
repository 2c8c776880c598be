"""A real browser for the journeys: any Chromium of the machine, one clean context for each test, a silent console."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.chromium import NO_CHROMIUM, find_chromium

if TYPE_CHECKING:  # models cannot be imported before Django is set up, which comes after this file
    from studysite.accounts.models import User

type OpenPage = Callable[..., Page]
BLOCKED = "Service Worker registration blocked by Playwright"
LOST = ("ERR_INTERNET_DISCONNECTED", "htmx:sendError", "htmx:afterRequest")
LEFT = ("htmx:sendAbort", "htmx:afterRequest")
"""What htmx says of a request that was under way when the page was left; any other failure says more than these."""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all journeys; skips them, or fails them with CI=true, where there is none."""
    path = find_chromium()
    if path is None:
        pytest.skip(NO_CHROMIUM)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path)
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser: Browser, live_server: Any) -> Iterator[OpenPage]:
    """
    A function that opens a page of its own at the site: `open_page(color_scheme="dark", javascript=False, width=390)`.

    Nothing glides or fades: what is looked at stands still. Without `worker=True` the site's service worker does not
    start, so that every request is the page's own.

    At the end of the test each page must have been silent: no console error or warning, no failed script, nothing
    refused by the content security policy. A page expects an answer of 4xx or 5xx, which browsers report in the
    console, by `page.expected_statuses.add(422)`, and a loss of the connection by `page.loses_connection = True`.
    """
    opened: list[tuple[Page, list[str]]] = []

    def open_one(
        *,
        color_scheme: str = "light",
        javascript: bool = True,
        width: int = 1280,
        height: int = 800,
        worker: bool = False,
    ) -> Page:
        context = browser.new_context(
            base_url=live_server.url,
            color_scheme=color_scheme,
            reduced_motion="reduce",
            java_script_enabled=javascript,
            viewport={"width": width, "height": height},
            service_workers="allow" if worker else "block",
        )
        context.set_default_timeout(10_000)
        page = context.new_page()
        opened.append((page, listen(page)))
        return page

    yield open_one
    noise = [line for _, lines in opened for line in lines]
    for page, _ in opened:
        page.context.close()
    assert not noise, "The console was not empty:\n" + "\n".join(noise)


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    """A page 1280 pixels wide, light, with JavaScript."""
    return open_page()


@pytest.fixture
def phone_page(open_page: OpenPage) -> Page:
    """A page 390 pixels wide."""
    return open_page(width=390, height=844)


@pytest.fixture
def no_js_page(open_page: OpenPage) -> Page:
    """A page without JavaScript."""
    return open_page(javascript=False)


@pytest.fixture
def sign_in(live_server: Any) -> "Callable[[Page, User], None]":
    """A function that signs a user in by a session of the server, without the sign-in page."""

    def sign_in_as(page: Page, user: "User") -> None:
        client = Client()
        client.force_login(user)
        name = settings.SESSION_COOKIE_NAME
        page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])

    return sign_in_as


def listen(page: Page) -> list[str]:
    """The list that fills with what the page says in its console, its script errors and requests that failed."""
    noise: list[str] = []
    page.expected_statuses = set()  # type: ignore[attr-defined]
    page.loses_connection = False  # type: ignore[attr-defined]

    def on_console(message: Any) -> None:
        expected = any(f"status of {status}" in message.text for status in page.expected_statuses)  # type: ignore[attr-defined]
        expected |= page.loses_connection and any(words in message.text for words in LOST)  # type: ignore[attr-defined]
        expected |= message.text.startswith(LEFT)
        if message.type in {"error", "warning"} and not expected and BLOCKED not in message.text:
            noise.append(f"{message.type} at {page.url}: {message.text}")

    page.on("console", on_console)
    page.on("pageerror", lambda error: noise.append(f"script error at {page.url}: {error}"))
    return noise
