"""axe-core on a page: no violation of WCAG 2.2 A and AA, nor of axe's best practices."""

from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@cache
def axe() -> str:
    """The script of axe-core, which is under the Mozilla Public License 2.0."""
    return (Path(__file__).parent / "axe.min.js").read_text(encoding="utf-8")


def assert_accessible(page: Page) -> None:
    """
    Fail with each broken rule and the elements that break it. The page needs JavaScript for this.

    A page that is still arriving is waited for: half of it would pass, and none of it makes axe-core stumble.
    """
    page.wait_for_load_state()
    page.evaluate(axe())
    assert_kept(page, RULES)


def assert_contrast(page: Page) -> None:
    """The same for contrast alone, on a page that was found accessible before and is now in other colours."""
    assert_kept(page, {"type": "rule", "values": ["color-contrast"]})


def assert_kept(page: Page, rules: object) -> None:
    """Fail with each of these rules that is broken. The script must have been run on the page."""
    result = page.evaluate("rules => axe.run({ runOnly: rules, resultTypes: ['violations'] })", rules)
    assert not result["violations"], f"{page.url}\n" + "\n".join(map(sentence, result["violations"]))


def sentence(violation: dict[str, Any]) -> str:
    """One broken rule: its name, what it asks, and up to five elements with what is wrong there."""
    nodes = [f"    {node['html'][:200]}\n      {node['failureSummary']}" for node in violation["nodes"][:5]]
    return "\n".join([f"{violation['id']}: {violation['help']} ({len(violation['nodes'])} places)", *nodes])
