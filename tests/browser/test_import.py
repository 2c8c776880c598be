import pytest
from playwright.sync_api import expect

from tables.models import Guide, Row
from tests.browser.accessibility import assert_accessible
from tests.browser.width import fits
from tests.factories import make_user
from tests.quizzes.importers import CHANGED, NOTES, publish_at_once


@pytest.fixture
def author(transactional_db):
    return make_user("alice")


def assert_fits(page):
    assert fits(page)
    assert_accessible(page)


def choose(page, text):
    page.get_by_label("Document").set_input_files(
        {"name": "networks.md", "mimeType": "text/markdown", "buffer": text.encode()}
    )
    page.get_by_role("button", name="Read it").click()
    page.wait_for_url("**/guides/import/*/")


@pytest.mark.parametrize("color_scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_newer_version_is_looked_at_published_and_undone(open_page, sign_in, author, width, color_scheme):
    guide = publish_at_once(author)
    page = open_page(width=width, color_scheme=color_scheme)
    sign_in(page, author)

    page.goto("/guides/")
    assert_fits(page)
    page.get_by_role("link", name="Import a document").click()
    page.wait_for_url("**/guides/import/")
    assert_fits(page)
    choose(page, CHANGED)
    expect(page.get_by_text("Learners keep progress on 8 of 12 facts.")).to_be_visible()
    assert_fits(page)
    page.get_by_role("button", name="Publish 2 changes").click()
    expect(page.get_by_role("heading", name="Published")).to_be_visible()
    assert_fits(page)
    assert Row.objects.live().filter(table__guide=guide).count() == 3

    page.get_by_role("link", name="Versions and settings").click()
    expect(page.get_by_role("heading", name="Networks")).to_be_visible()
    assert_fits(page)
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("status").filter(has_text="Undone.")).to_be_visible()
    assert Row.objects.live().filter(table__guide=guide).count() == 4


@pytest.mark.parametrize("width", [1280, 390])
def test_cell_is_changed_in_its_place(open_page, sign_in, author, width):
    guide = publish_at_once(author)
    page = open_page(width=width)
    sign_in(page, author)
    page.goto(guide.tables.get().get_absolute_url())
    page.get_by_role("link", name="Edit this table").click()
    page.wait_for_url("**/edit/**")
    assert_fits(page)

    page.get_by_role("link", name="8 bytes").click()
    expect(page.get_by_label("Header of UDP")).to_be_focused()
    assert_fits(page)
    page.get_by_label("Header of UDP").fill("nine bytes")
    page.get_by_role("button", name="Keep it").click()

    expect(page.get_by_role("status").filter(has_text="Kept. 1 row changed.")).to_be_visible()
    expect(page.get_by_role("link", name="nine bytes")).to_be_visible()


def test_document_is_imported_without_javascript(open_page, sign_in, author):
    page = open_page(javascript=False)
    sign_in(page, author)
    page.goto("/guides/import/")
    choose(page, NOTES)
    page.get_by_role("button", name="Publish as a new guide").click()
    page.get_by_role("link", name="Open Networks").click()
    page.wait_for_url("**/networks/")

    assert Guide.objects.get().owner == author
