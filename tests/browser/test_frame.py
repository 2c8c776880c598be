import pytest
from playwright.sync_api import expect

from tests.browser.accessibility import assert_accessible
from tests.factories import PASSWORD, make_guide, make_table, make_topic, make_user


@pytest.fixture
def address(transactional_db):
    """Where a table is."""
    return make_table(make_topic(make_guide())).get_absolute_url()


def theme_of(page):
    return page.locator("html").get_attribute("data-theme")


def sign_in(page):
    page.goto("/accounts/login/")
    page.get_by_label("Name").fill("alice")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/")


def test_theme_changes_at_once_and_is_kept(page, address):
    page.goto(address)

    with page.expect_response("**/theme/"):
        page.get_by_role("button", name="Switch between").click()
    at_once = theme_of(page)
    page.reload()

    assert (at_once, theme_of(page)) == ("dark", "dark")
    expect(page.get_by_role("button", name="Dark", exact=True)).to_have_attribute("aria-pressed", "true")


def test_theme_changes_without_a_script_and_the_page_stays(no_js_page, address):
    no_js_page.goto(f"{address}?sort=range")

    no_js_page.get_by_role("button", name="Dark", exact=True).click()
    chosen = theme_of(no_js_page)
    no_js_page.get_by_role("button", name="Switch between").click()

    assert (chosen, theme_of(no_js_page)) == ("dark", "light")
    assert no_js_page.url.endswith(f"{address}?sort=range")
    expect(no_js_page.get_by_role("button", name="Keyboard shortcuts")).to_be_hidden()


def test_keys_lead_about_and_can_be_switched_off(page, address):
    page.goto(address)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("g")
    page.keyboard.press("p")
    page.wait_for_url("**/progress/")

    page.get_by_role("button", name="Keyboard shortcuts").click()
    page.get_by_label("Use single-key shortcuts").uncheck()
    page.keyboard.press("Escape")
    page.reload()
    page.keyboard.press("?")

    expect(page.get_by_role("dialog")).to_be_hidden()


def test_keys_are_letters_in_a_field(page, transactional_db):
    page.goto("/accounts/login/")

    page.get_by_label("Name").press_sequentially("g?p")

    expect(page.get_by_label("Name")).to_have_value("g?p")
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_arrow_keys_walk_through_the_cells(page, address):
    page.goto(address)
    page.locator("#grid tbody th").first.focus()

    for key in ("ArrowDown", "ArrowRight", "ArrowRight", "ArrowLeft"):
        page.keyboard.press(key)

    expect(page.locator("#grid :focus")).to_have_text("-inf to inf")
    assert page.locator("#grid [tabindex='0']").count() == 1


def test_menu_closes_by_escape_and_by_a_click_elsewhere(page, address):
    make_user()
    sign_in(page)
    page.goto(address)
    account = page.locator("details.menu", has_text="alice")

    account.locator("summary").click()
    page.keyboard.press("Escape")
    expect(account).not_to_have_attribute("open", "")
    account.locator("summary").click()
    page.get_by_role("heading", level=1).click()

    expect(account).not_to_have_attribute("open", "")


def test_failed_request_says_so_and_can_be_sent_again(browser, live_server, address):
    page = browser.new_page(
        base_url=live_server.url, service_workers="block"
    )  # not one that must be silent: this one has a fault to report
    page.goto(address)
    page.route("**/*q=soft*", lambda route: route.abort())
    page.get_by_role("searchbox", name="Filter").fill("soft")
    toast = page.locator("#toasts")
    expect(toast).to_contain_text("Nothing you entered is lost")

    page.unroute("**/*q=soft*")
    toast.get_by_role("button", name="Try again").click()

    expect(page.locator("#grid tbody th")).to_have_text(["Softmax"])
    expect(page.get_by_role("searchbox", name="Filter")).to_have_value("soft")
    expect(toast).to_be_empty()
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_pages_of_accounts_and_errors_are_accessible(open_page, transactional_db, scheme, width):
    make_user()
    page = open_page(color_scheme=scheme, width=width)
    page.expected_statuses.add(404)

    for path in ("signup", "login", "password/reset"):
        page.goto(f"/accounts/{path}/")
        assert_accessible(page)
    page.goto("/no/such/page/")
    assert_accessible(page)
    sign_in(page)
    for path in ("password/change", "logout"):
        page.goto(f"/accounts/{path}/")
        page.locator("details.menu summary").click()
        assert_accessible(page)
