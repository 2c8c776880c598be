"""Edges of what is pressed and states of what was done can be seen in every colour scheme."""

import pytest
from playwright.sync_api import expect

from tests.factories import make_learner, make_user
from tests.quizzes.bank import address, make_asked_guide, make_exam, make_sitting

EDGE = """
([edge, ground]) => {
  const light = (colour) => {
    const parts = colour.match(/[\\d.]+/g).slice(0, 3).map((part) => part / 255);
    const [r, g, b] = parts.map((part) => part <= .04045 ? part / 12.92 : ((part + .055) / 1.055) ** 2.4);
    return .2126 * r + .7152 * g + .0722 * b + .05;
  };
  const both = [light(getComputedStyle(edge).borderTopColor), light(getComputedStyle(ground).backgroundColor)];
  return Math.max(...both) / Math.min(...both);
}
"""


def contrast(page, selector):
    """How much the border of an element differs from the page behind it, by WCAG; 3 is enough for a control."""
    return page.evaluate(f"selector => ({EDGE})([document.querySelector(selector), document.body])", selector)


@pytest.mark.parametrize("color_scheme", ["light", "dark"])
def test_edges_of_options_and_of_the_search_box_can_be_seen(open_page, transactional_db, sign_in, color_scheme):
    guide = make_asked_guide()
    page = open_page(color_scheme=color_scheme)
    page.goto(guide.tables.first().get_absolute_url())
    assert contrast(page, "#site-q") >= 3

    alice = make_user("alice")
    sign_in(page, alice)
    page.goto(address(make_sitting(make_learner(alice), guide).slots.first()))
    assert contrast(page, ".opts label") >= 3


def test_answered_and_open_questions_of_an_exam_differ_in_forced_colours(page, transactional_db, sign_in):
    alice = make_user("alice")
    slot = make_exam(make_learner(alice), make_asked_guide()).slots.first()
    sign_in(page, alice)
    page.emulate_media(forced_colors="active")
    page.goto(address(slot))
    page.get_by_role("radio").first.check()
    expect(page.locator(".palette .done")).to_have_count(1)

    widths = [
        link.evaluate("one => getComputedStyle(one).borderBottomWidth") for link in page.locator(".palette a").all()
    ]
    assert widths[0] > widths[1]
