import pytest
from playwright.sync_api import expect

from quizzes.actions.bank import refresh_bank
from quizzes.models import Answer, Learner, Memory, SetAside, Sitting, Study
from tests.browser.accessibility import assert_accessible
from tests.factories import ACTIVATIONS, make_guide, make_table, make_topic


@pytest.fixture
def table(transactional_db):
    guide = make_guide()
    table = make_table(make_topic(guide), title="Activation Functions", grid=ACTIVATIONS)
    refresh_bank(guide)
    return table


def begin(page, table):
    """Answer one question, so that there is somebody to remember for."""
    page.goto(f"/quiz/?guide={table.guide.slug}&kinds=choice&count=5")
    page.get_by_role("button", name="Start").click()
    page.wait_for_url("**/1/")
    page.get_by_role("button", name="I don’t know").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("It is")


@pytest.mark.parametrize(("width", "color_scheme"), [(1280, "light"), (390, "dark")])
def test_a_learner_goes_on_takes_back_and_sees_what_is_remembered(open_page, table, width, color_scheme):
    page = open_page(width=width, color_scheme=color_scheme)
    begin(page, table)
    assert_accessible(page)

    page.get_by_role("button", name="I slipped: take it back").click()
    expect(page.get_by_role("button", name="Check answer")).to_be_visible()
    assert not Memory.objects.exists()
    page.goto(table.get_absolute_url())
    page.keyboard.press("c")
    page.wait_for_url("**/1/")
    assert Sitting.objects.filter(mode="today").count() == 1
    page.get_by_role("button", name="I don’t know").click()
    expect(page.get_by_role("link", name="Next")).to_be_visible()
    page.goto(table.get_absolute_url())
    page.keyboard.press("m")
    page.wait_for_url("**/progress/memory/**")

    expect(page.get_by_role("main")).to_contain_text("You remember")
    assert_accessible(page)


@pytest.mark.parametrize(("width", "javascript"), [(1280, True), (390, False)])
def test_a_covered_cell_is_judged_and_a_cell_set_aside(open_page, table, width, javascript):
    page = open_page(width=width, javascript=javascript)
    begin(page, table)
    page.goto(f"/progress/cover/{table.guide.slug}/{table.slug}/")
    cell = page.get_by_role("cell").filter(has_text="Range of Swish")

    cell.locator("summary").click()
    expect(cell).to_contain_text("~-0.3 to inf")
    cell.get_by_role("button", name="Knew it").click()
    if javascript:
        expect(cell.get_by_role("status")).to_have_text("Knew it")
        assert_accessible(page)
    else:
        expect(cell.locator("details")).not_to_have_attribute("open", "")
    assert Answer.objects.filter(sitting__mode="cover", is_right=True).count() == 1

    page.goto(f"/progress/memory/{table.guide.slug}/{table.slug}/")
    page.get_by_role("link", name="Set cells aside").click()
    page.get_by_label("Set aside Range of TanH").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("1 set aside.")).to_be_visible()
    assert SetAside.objects.get().fact.row.subject == "TanH"


def test_a_plan_is_made_and_data_taken_out(open_page, table):
    page = open_page(width=390, color_scheme="dark")
    begin(page, table)
    page.goto(f"/progress/plan/{table.guide.slug}/")
    assert_accessible(page)

    page.get_by_label("Daily goal").fill("5")
    page.get_by_label("Exam date").fill("2099-01-01")
    page.get_by_role("button", name="Keep this plan").click()

    expect(page.get_by_text("Your plan is kept.")).to_be_visible()
    assert Learner.objects.get().goal == 5
    assert Study.objects.get().exam_on.year == 2099
    page.get_by_role("link", name="Your data, out and in").click()
    assert_accessible(page)
    with page.expect_download() as out:
        page.get_by_role("link", name="Everything, as JSON").click()
    page.get_by_label("JSON file from this site").set_input_files(out.value.path())
    page.get_by_role("button", name="Take it in").click()
    expect(page.get_by_text("were here already")).to_be_visible()
