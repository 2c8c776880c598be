"""What has the keyboard's focus can be seen: no bar that stays in the window lies over it."""

import pytest
from playwright.sync_api import expect

from tests.factories import make_learner, make_user
from tests.quizzes.bank import address, make_asked_guide, make_exam, make_sitting

MOST_STOPS = 90
HIDDEN = """
() => {
  const stop = document.activeElement;
  if (stop === document.body || stop.dataset.passed) return null;
  stop.dataset.passed = "yes";
  const box = (stop.closest("label") ?? stop).getBoundingClientRect();
  const parts = [.05, .25, .5, .75, .95];
  const isSeen = parts.some((down) => parts.some((across) => {
    const top = document.elementFromPoint(box.left + box.width * across, box.top + box.height * down);
    return top && (top === stop || stop.contains(top) || stop.closest("label")?.contains(top) || top.contains(stop));
  }));
  return isSeen ? "" : stop.outerHTML.slice(0, 120);
}
"""
"""Of what has the focus, "" if some of it can be seen, else its markup; null once the page has been gone through."""


@pytest.fixture
def alice(transactional_db):
    return make_user("alice")


def hidden_stops(page):
    """The stops of the Tab key of which nothing can be seen, going through a page from its start to its end."""
    hidden = []
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        found = page.evaluate(HIDDEN)
        if found is None:
            break
        if found:
            hidden.append(found)
    return hidden


@pytest.mark.parametrize(
    ("way", "size"),
    [
        ("guide", (410, 600)), ("table", (640, 400)), ("two rows to compare", (410, 600)), ("form", (640, 400)),
        ("question", (640, 400)), ("verdict", (410, 600)), ("exam", (410, 600)),
    ],
)  # fmt: skip
def test_no_bar_hides_what_has_the_focus(open_page, sign_in, alice, way, size):
    guide = make_asked_guide()
    table = guide.tables.first().get_absolute_url()
    slot = make_sitting(make_learner(alice), guide).slots.first()
    ways = {
        "guide": guide.get_absolute_url,
        "table": lambda: table,
        "two rows to compare": lambda: table,
        "form": lambda: f"/quiz/exam/?guide={guide.slug}",
        "question": lambda: address(slot),
        "verdict": lambda: address(slot),
        "exam": lambda: address(make_exam(slot.learner, guide).slots.first()),
    }
    page = open_page(width=size[0], height=size[1])
    sign_in(page, alice)
    page.goto(ways[way]())
    if way == "verdict":
        page.get_by_role("button", name="I don’t know").click()
        page.locator(".verdict").wait_for()
    if way == "two rows to compare":
        for box in page.get_by_role("checkbox").all()[:2]:
            box.check()
        page.evaluate("() => { document.activeElement.blur(); scrollTo(0, 0) }")

    assert not hidden_stops(page)


def test_focus_stays_on_what_was_pressed_or_goes_to_what_came(page, sign_in, alice):
    slot = make_sitting(make_learner(alice), make_asked_guide()).slots.first()
    sign_in(page, alice)
    page.goto(address(slot))
    flag = page.get_by_role("button", name="Flag this question")

    flag.press("Enter")
    expect(page.locator("#flag [aria-pressed=true]")).to_be_focused()

    page.get_by_role("button", name="I don’t know").click()
    page.get_by_role("link", name="How others answered").press("Enter")
    expect(page.get_by_role("heading", name="How others answered")).to_be_focused()
