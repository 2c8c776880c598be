"""Whether a page fits its window from left to right."""

from playwright.sync_api import Page


def fits(page: Page) -> bool:
    """Whether nothing is wider than the window. Waits for the body of a page that is still arriving."""
    return bool(page.locator("body").evaluate("() => document.documentElement.scrollWidth <= innerWidth"))
