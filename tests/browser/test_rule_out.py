import pytest
from playwright.sync_api import expect

from quizzes.actions.bank import refresh_bank
from quizzes.models import Memory, RuleOut
from tests.browser.accessibility import assert_accessible
from tests.factories import ACTIVATIONS, DECISIONS, make_guide, make_table, make_topic

# Whether what has the focus is not behind the bar at the foot of a phone.
IS_SEEN = """() => {
  const box = document.activeElement.getBoundingClientRect();
  return document.activeElement.contains(document.elementFromPoint(box.x + 30, box.bottom - 5));
}"""


@pytest.fixture
def table(transactional_db):
    guide = make_guide()
    topic = make_topic(guide)
    make_table(topic, title="Activation Functions", grid=ACTIVATIONS)
    table = make_table(topic, title="Which Activation Function?", grid=DECISIONS, kind="decision")
    refresh_bank(guide)
    return table


def begin(page, table):
    page.goto(table.get_absolute_url())
    page.get_by_role("link", name="Rule out", exact=True).click()
    page.get_by_role("button", name="Begin").click()
    page.wait_for_url("**/rule-out/*/")
    return RuleOut.objects.get()


@pytest.mark.parametrize(
    ("width", "color_scheme", "javascript"), [(1280, "light", True), (390, "dark", True), (390, "light", False)]
)
def test_each_wrong_answer_is_struck_by_the_cell_that_decides(open_page, table, width, color_scheme, javascript):
    page = open_page(width=width, color_scheme=color_scheme, javascript=javascript)
    standings = begin(page, table).standings
    wrong = [standing for standing in standings if not standing.is_right]

    for number, standing in enumerate(standings, start=1):
        if standing.is_right:
            continue
        if javascript:
            page.evaluate("scrollTo(0, 0)")  # elsewhere the bar at the foot of a phone may lie over half a field
            assert_accessible(page)
        panel = page.get_by_role("region", name=standing.text, exact=True)
        undecided = next(line.column for line in standing.contrast.lines[1:] if not line.is_same)
        for column in (undecided, standing.deciding.column):
            panel.get_by_role("radio", name=column).focus()
            page.keyboard.press("Space")
            panel.get_by_role("button").focus()
            page.keyboard.press("Enter")
            if column == undecided:
                remark = panel.get_by_role("status")
                expect(remark).to_contain_text("true, but does it decide?")
                expect(remark).to_be_focused()
                if javascript:
                    page.wait_for_function(IS_SEEN)
        if standing is not wrong[-1]:
            expect(page.locator(f"#option-{number}")).to_contain_text("is ruled out")

    answer = next(standing for standing in standings if standing.is_right)
    expect(page.get_by_role("heading", name=f"The answer is {answer.text}")).to_be_visible()
    if javascript:
        assert_accessible(page)
    assert not Memory.objects.exists()
