import pytest
from playwright.sync_api import expect

from quizzes.actions.bank import refresh_bank
from quizzes.models import Answer, Sitting
from tests.browser.accessibility import assert_accessible
from tests.factories import TECHNIQUES, make_guide, make_table, make_topic
from tests.quizzes.test_kinds import MODELS


@pytest.fixture
def guide(transactional_db):
    guide = make_guide(title="Networks and memory")
    topic = make_topic(guide)
    make_table(topic, title="CNN Architectures", grid=MODELS)
    make_table(topic, title="Memory Optimization Techniques", grid=TECHNIQUES)
    refresh_bank(guide)
    return guide


def begin(page, guide, query):
    page.goto(f"/quiz/?guide={guide.slug}&options=none&order=document&{query}")
    page.get_by_role("button", name="Start").click()
    page.wait_for_url("**/1/")
    return list(Sitting.objects.first().slots.all())


@pytest.mark.parametrize(("width", "color_scheme"), [(1280, "light"), (390, "dark")])
def test_ticks_and_an_order_by_keyboard(open_page, guide, width, color_scheme):
    page = open_page(width=width, color_scheme=color_scheme)
    slots = begin(page, guide, "kinds=several")
    verdict = page.get_by_role("heading", level=1)

    for slot in slots:
        assert_accessible(page)
        if slot.kind == "select-all":
            page.keyboard.press("1")
            page.keyboard.press("2")
            expect(page.get_by_role("checkbox", checked=True)).to_have_count(2)
            page.keyboard.press("2")
            expect(page.get_by_role("checkbox", checked=True)).to_have_count(1)
        else:
            for number, place in enumerate(slot.shown["order"], start=1):
                page.get_by_label(slot.option_text(place), exact=True).select_option(str(number))
        page.get_by_role("group", name="How sure are you? Optional").get_by_label("Sure", exact=True).check()
        page.get_by_role("button", name="Check answer").click()
        expect(verdict).to_be_focused()
        assert_accessible(page)
        page.keyboard.press("Enter")
        expect(page.locator("[data-next]")).to_have_count(0)

    assert {answer.confidence for answer in Answer.objects.all()} == {"sure"}
    assert {slot.kind for slot in slots} == {"select-all", "order-by"}


@pytest.mark.parametrize(("width", "color_scheme"), [(390, "light"), (1280, "dark")])
def test_pair_that_was_mixed_up_in_writing_is_found_compared_and_drilled(open_page, guide, width, color_scheme):
    page = open_page(width=width, color_scheme=color_scheme)
    table = guide.tables.get(title="Memory Optimization Techniques")
    verdict = page.get_by_role("heading", level=1)
    for _ in range(2):
        slots = begin(page, guide, f"kinds=typed&table={table.slug}&count=20")
        slot = next(slot for slot in slots if slot.right_text in TECHNIQUES[1][:2] and "How" in slot.shown["column"])
        place = TECHNIQUES[1].index(slot.right_text)  # the name, or how it works
        page.goto(f"/quiz/{slot.sitting_id}/{slot.position}/")
        assert_accessible(page)
        page.get_by_role("textbox").fill(TECHNIQUES[3][place])
        page.keyboard.press("Enter")
        expect(verdict).to_have_text(f"It is {TECHNIQUES[1][place]}, not {TECHNIQUES[3][place]}")
        assert_accessible(page)

    page.goto("/progress/")
    assert_accessible(page)
    page.get_by_role("link", name="All mix-ups of Memory Optimization Techniques").click()
    expect(verdict).to_have_text("Mixed up in Memory Optimization Techniques")
    assert_accessible(page)
    page.get_by_role("link", name="2 times Gradient Checkpointing for Activation Checkpointing").click()
    expect(page.get_by_text("They differ only in")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Drill these two").click()
    page.wait_for_url("**/1/")
    assert_accessible(page)


def test_every_kind_can_be_answered_without_javascript(no_js_page, guide):
    page = no_js_page
    for slot in begin(page, guide, "count=20"):
        page.goto(f"/quiz/{slot.sitting_id}/{slot.position}/")
        if slot.kind.startswith("typed"):
            page.get_by_role("textbox").fill(slot.right_text)
        elif slot.kind == "select-all":
            for option in slot.options:
                if option["is_right"]:
                    page.get_by_role("checkbox", name=option["text"], exact=True).check()
        elif slot.kind == "order-by":
            for number, place in enumerate(slot.shown["order"], start=1):
                page.get_by_label(slot.option_text(place), exact=True).select_option(str(number))
        else:
            page.get_by_role("radio", name=slot.right_text, exact=True).check()
        page.get_by_role("button", name="Check answer").click()
        expect(page.locator("[data-next]")).to_be_visible()

    assert set(Answer.objects.values_list("is_right", flat=True)) == {True}
    assert Answer.objects.count() == 20
