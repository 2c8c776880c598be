import pytest
from playwright.sync_api import expect

from quizzes.models import Sitting
from studysite.accounts.models import Group, Membership
from tests.browser.accessibility import assert_accessible
from tests.browser.width import fits
from tests.factories import PASSWORD, make_user
from tests.groups import make_group, make_invitation
from tests.quizzes.bank import make_asked_guide
from tests.quizzes.lived import live_through
from tests.quizzes.test_group_blind_spots import member, remember


@pytest.fixture
def alice(transactional_db):
    return make_user("alice")


def assert_fits(page):
    assert fits(page)
    assert_accessible(page)


@pytest.mark.parametrize("color_scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_group_is_started_invites_and_is_joined_by_somebody_new(open_page, sign_in, alice, width, color_scheme):
    make_asked_guide(title="Section 6")
    page = open_page(width=width, color_scheme=color_scheme)
    sign_in(page, alice)
    page.goto("/")
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Groups").click()
    page.wait_for_url("**/groups/")
    assert_fits(page)
    page.get_by_role("link", name="Start a group").first.click()
    page.wait_for_url("**/groups/new/")
    assert_fits(page)
    page.get_by_label("Name").fill("MLA Tuesday group")
    page.get_by_role("button", name="Start it").click()
    page.get_by_role("button", name="Make a new link").click()
    link = page.get_by_label("Invitation link").input_value()
    assert_fits(page)

    other = open_page(width=width, color_scheme=color_scheme)
    other.goto(link)
    expect(other.get_by_text("alice invited you to MLA Tuesday group")).to_be_visible()
    assert_fits(other)
    other.get_by_role("link", name="Create an account").click()
    expect(other.get_by_text("alice invited you to MLA Tuesday group")).to_be_visible()
    assert_fits(other)
    other.get_by_label("Name").fill("dora")
    other.get_by_label("Password").fill(PASSWORD)
    other.get_by_role("button", name="Create account").click()
    other.get_by_role("button", name="Join").click()
    expect(other.get_by_role("heading", level=1, name="MLA Tuesday group")).to_be_visible()
    assert Membership.objects.filter(user__username="dora").exists()
    assert_fits(other)


def full_group(alice):
    """A group with a guide, standings, an assignment to come and blind spots."""
    group = make_group(alice, shows_standings=True)
    guide = make_asked_guide(title="Our notes", visibility="group", group=group)
    facts = list(guide.facts.filter(is_asked=True, row__isnull=False).order_by("pk"))
    for number, name in enumerate(("bob", "cleo", "dora")):
        learner = member(group, name, shares_standing=True)
        live_through(learner, guide, 15 + number, rights=(True, False), days=3)
        for fact in facts[:3]:
            remember(learner, fact, is_right=number == 1)
    make_invitation(group)
    return group


@pytest.mark.parametrize("color_scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_group_assigns_a_table_and_its_owner_does_it(open_page, sign_in, alice, width, color_scheme):
    group = full_group(alice)
    page = open_page(width=width, color_scheme=color_scheme)
    sign_in(page, alice)
    page.goto(group.get_absolute_url())
    expect(page.get_by_role("table", name="What the group misses most")).to_be_visible()
    assert_fits(page)
    page.get_by_role("link", name="All time").click()
    expect(page.get_by_role("link", name="All time")).to_have_attribute("aria-current", "true")
    expect(page.get_by_role("link", name="All time")).to_be_focused()
    expect(page.get_by_role("status").get_by_text("Standings of all time")).to_be_attached()
    page.get_by_role("link", name="Assign").click()
    page.wait_for_url("**/assign/")
    assert_fits(page)
    page.get_by_label("What").select_option("Activation Functions")
    page.get_by_label("Questions").fill("2")
    page.get_by_label("Until").fill("2027-01-20")
    page.get_by_role("button", name="Assign it").click()
    page.get_by_role("link", name="0 of 4 done").click()
    page.wait_for_url("**/assignments/*/")
    assert_fits(page)
    page.go_back()
    page.get_by_role("button", name="Start Activation Functions").click()
    page.wait_for_url("**/quiz/*/1/")
    assert Sitting.objects.filter(assignment__group=group, learner__user=alice).exists()

    for path in ("members/", "settings/", "close/", "guides/", "leave/", "questions/", "blind-spots/"):
        page.goto(group.get_absolute_url() + path)
        assert_fits(page)
    page.get_by_role("link", name="Activation Functions").first.click()
    page.wait_for_url("**/map/**")
    assert_fits(page)


def test_whole_group_is_quizzed_on_what_it_misses_without_javascript(open_page, sign_in, alice):
    group = full_group(alice)
    page = open_page(javascript=False)
    sign_in(page, alice)
    page.goto(group.get_absolute_url())
    page.get_by_role("link", name="What most of you miss").click()

    page.get_by_role("button", name="Quiz the group on these").click()
    page.get_by_role("button", name="Start Blind spots: Our notes").click()

    page.wait_for_url("**/quiz/*/1/")
    assert Sitting.objects.filter(assignment__scope="blind-spots").exists()


@pytest.mark.parametrize("width", [1280, 390])
def test_dead_link_is_said_kindly(open_page, transactional_db, width):
    page = open_page(width=width)
    page.expected_statuses.add(404)

    page.goto("/join/1-mistyped/")

    expect(page.get_by_role("heading", name="This link leads nowhere now")).to_be_visible()
    assert_fits(page)
    assert not Group.objects.exists()


@pytest.mark.parametrize("width", [1280, 390])
def test_two_sit_together_and_see_the_solution_when_the_leader_closes_the_question(open_page, sign_in, alice, width):
    bob = make_user("bob")
    group = make_group(alice, bob)
    make_asked_guide(title="Our notes", visibility="group", group=group)
    leads, follows = open_page(width=width), open_page(width=width)
    sign_in(leads, alice)
    sign_in(follows, bob)
    leads.goto(group.get_absolute_url())
    leads.get_by_role("link", name="Sit together").click()
    assert_fits(leads)
    leads.get_by_label("Questions").fill("2")
    leads.get_by_role("button", name="Begin").click()
    leads.wait_for_url("**/together/*/")
    assert_fits(leads)

    follows.goto(group.get_absolute_url())
    follows.get_by_role("link", name="Go there").click()
    follows.get_by_role("button", name="Take part").click()
    follows.get_by_role("radio").first.check()
    follows.get_by_role("button", name="Answer", exact=True).click()
    expect(follows.get_by_text("Your answer is kept. The")).to_be_visible()
    expect(follows.get_by_role("status").get_by_text("Your answer is kept")).to_be_attached()
    expect(follows.get_by_role("heading", level=1)).to_be_focused()
    assert_fits(follows)
    expect(leads.get_by_text("1 of 2 have answered.")).to_be_visible()
    leads.get_by_role("radio").first.check()
    leads.get_by_role("button", name="Close it and show the solution").click()

    for page in (leads, follows):
        expect(page.locator(".verdict")).to_be_visible()
        assert_fits(page)
    leads.get_by_role("button", name="Next question").click()
    expect(follows.get_by_text(": question 2 of 2")).to_be_visible()
    expect(follows.get_by_role("heading", level=1)).to_be_focused()
    expect(follows.get_by_role("status")).to_have_text(["Question 2 of 2", ""])
    leads.get_by_role("button", name="End the sitting").click()
    follows.get_by_role("link", name="Your own report").click()
    follows.wait_for_url("**/report/")
