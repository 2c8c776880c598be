from datetime import timedelta

import pytest
from playwright.sync_api import expect

from quizzes.actions.bank import refresh_bank
from quizzes.actions.planning import plan_of
from quizzes.models import DayPlan, Learner, Memory, Question
from tests.browser.accessibility import assert_accessible
from tests.browser.width import fits
from tests.factories import ACTIVATIONS, make_guide, make_learner, make_table, make_topic, make_user


@pytest.fixture
def alice(transactional_db):
    """Alice, whose plan begins with a fact that she has missed again and again."""
    alice, guide = make_user("alice"), make_guide()
    make_table(make_topic(guide), title="Activation Functions", grid=ACTIVATIONS)
    make_table(make_topic(guide, title="Networks"), title="More Functions", grid=ACTIVATIONS)
    refresh_bank(guide)
    learner = make_learner(alice)
    Learner.objects.filter(pk=learner.pk).update(goal=1)
    fact = Question.objects.filter(guide=guide, kind="forward").first().fact
    Memory.objects.create(
        learner=learner, fact=fact, stability=1, difficulty=8, last_on=learner.today - timedelta(days=9), asked=6,
        missed=5, is_right=False, misses=4, is_leech=True, last_kind="forward",
        answered_at=learner.created_at - timedelta(days=9),
    )  # fmt: skip
    plan_of(Learner.objects.get(), guide)
    DayPlan.objects.update(facts=[fact.pk])
    alice.guide = guide
    return alice


@pytest.mark.parametrize(("width", "color_scheme"), [(1280, "light"), (390, "dark")])
def test_continue_looks_at_what_is_stubborn_asks_it_and_says_when_it_is_enough(
    open_page, alice, sign_in, width, color_scheme
):
    page = open_page(width=width, color_scheme=color_scheme)
    sign_in(page, alice)
    page.goto(alice.guide.get_absolute_url())

    page.keyboard.press("c")
    expect(page.get_by_role("heading", level=1)).to_contain_text("You have missed this 5 times")
    assert_accessible(page)
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Check answer")).to_be_visible()
    assert_accessible(page)
    page.keyboard.press("0")
    page.get_by_role("link", name="Next").click()
    expect(page.get_by_role("button", name="Check answer")).to_be_visible()
    page.keyboard.press("0")
    page.get_by_role("link", name="Next").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("That was your goal for today")
    assert_accessible(page)
    page.get_by_role("link", name="Go on").click()
    expect(page.get_by_role("button", name="Check answer")).to_be_visible()


@pytest.mark.parametrize(("width", "color_scheme"), [(1280, "light"), (390, "dark")])
def test_a_plan_is_made_without_a_script_and_within_the_window(open_page, alice, sign_in, width, color_scheme):
    page = open_page(width=width, color_scheme=color_scheme)
    sign_in(page, alice)
    page.goto(f"/progress/plan/{alice.guide.slug}/")
    page.get_by_text("How much each topic counts").click()

    page.get_by_label("Networks", exact=True).select_option("three times as much")
    assert_accessible(page)
    assert fits(page)
    page.get_by_role("button", name="Keep this plan").click()

    expect(page.get_by_text("Your plan is kept.")).to_be_visible()
