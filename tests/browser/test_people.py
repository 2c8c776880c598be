import pytest
from playwright.sync_api import expect

from studysite.accounts.models import User
from tests.browser.accessibility import assert_accessible
from tests.browser.width import fits
from tests.factories import PASSWORD, make_learner, make_user
from tests.quizzes.bank import make_asked_guide, make_sitting

PAGES = [
    "/accounts/profile/",
    "/accounts/delete/",
    "/accounts/sessions/",
    "/accounts/2fa/",
    "/accounts/2fa/webauthn/",
    "/progress/data/",
]


@pytest.fixture
def alice(transactional_db):
    """Somebody who studies a guide of nobody's, and has one of her own."""
    user = make_user()
    make_sitting(make_learner(user), make_asked_guide(), count=3)
    make_asked_guide(title="Mine", owner=user, visibility="private")
    return user


def come_in(page, **pressing):
    page.goto("/accounts/login/?next=/accounts/profile/")
    page.get_by_label("Name").fill("alice")
    page.get_by_label("Password").fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Sign in").click(**pressing)


def confirm(page):
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_pages_are_accessible(open_page, alice, width, scheme):
    page = open_page(width=width, color_scheme=scheme)
    page.goto("/accounts/login/")
    assert_accessible(page)
    come_in(page)
    page.wait_for_url("**/profile/")

    for path in PAGES:
        page.goto(path)
        assert fits(page), path
        assert_accessible(page)


def test_app_is_set_up_and_asked_for(open_page, alice):
    page = open_page(width=390)
    come_in(page)
    page.wait_for_url("**/profile/")

    page.get_by_role("link", name="Second factor and passkeys").click()
    page.get_by_role("link", name="Set it up").click()
    assert_accessible(page)
    confirm(page)
    expect(page.get_by_role("img", name="The key below as a picture")).to_be_visible()
    assert page.locator(".qr").evaluate("image => image.naturalWidth > 0")
    assert_accessible(page)


def test_passkey_is_added_and_lets_in_alone(page, alice):
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    device = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    device |= {"isUserVerified": True, "automaticPresenceSimulation": True}
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": device})
    come_in(page)
    page.wait_for_url("**/profile/")

    page.goto("/accounts/2fa/webauthn/add/")
    confirm(page)
    page.get_by_label("Name of the key").fill("My laptop")
    page.get_by_label("Sign in with it alone").check()
    assert_accessible(page)
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_role("list", name="Your codes").get_by_role("listitem")).to_have_count(10)
    assert_accessible(page)
    page.goto("/accounts/2fa/webauthn/")
    expect(page.get_by_text("My laptop").first).to_be_visible()
    page.locator("summary", has_text="account of alice").click()
    page.get_by_role("button", name="Sign out").click()

    page.goto("/accounts/login/?next=/accounts/profile/")
    page.get_by_role("button", name="Use a passkey instead").click()
    page.wait_for_url("**/profile/")

    page.locator("summary", has_text="account of alice").click()
    page.get_by_role("button", name="Sign out").click()
    come_in(page)
    page.wait_for_url("**/2fa/authenticate/")
    assert_accessible(page)
    page.get_by_role("button", name="Use a passkey or security key").click()
    page.wait_for_url("**/profile/")


def test_without_a_passkey_it_is_said_beside_the_button(page, alice):
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    device = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": device | {"isUserVerified": True}})

    page.goto("/accounts/login/")
    page.get_by_role("button", name="Use a passkey instead").click()

    expect(page.get_by_role("alert").filter(has_text="did not vouch for you")).to_be_visible()


def test_shortcuts_are_switched_off_on_the_profile_and_stay_off(page, alice):
    come_in(page)
    page.wait_for_url("**/profile/")
    box = page.locator("main").get_by_label("Use single-key shortcuts")

    expect(box).to_be_checked()
    box.uncheck()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.reload()

    expect(box).not_to_be_checked()


def test_theme_is_chosen_on_the_profile(page, alice):
    come_in(page)
    page.wait_for_url("**/profile/")

    page.locator("main").get_by_role("button", name="Dark").click()

    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    expect(page.locator("main").get_by_role("button", name="Dark")).to_have_attribute("aria-pressed", "true")


def test_account_is_deleted_by_keyboard_without_javascript(no_js_page, alice):
    page = no_js_page
    come_in(page)
    page.get_by_role("link", name="Delete your account").click()
    page.get_by_label("Leave them to everybody").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type("alice")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="Your account is deleted")).to_be_visible()
    assert not User.objects.exists()
