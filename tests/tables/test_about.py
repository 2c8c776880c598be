import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError

from tables.about import read_page

IMPRINT = """# Who runs this

Ann Example, [write to us](mailto:ann@example.org), or read our [privacy](/about/privacy/).

| What | Kept |
|---|---|
| logs | 7 days |
"""


@pytest.fixture
def folder(tmp_path, settings):
    """A folder with one good page."""
    settings.LEGAL_DIR = str(tmp_path)
    (tmp_path / "imprint.md").write_text(IMPRINT)
    return tmp_path


def test_page_of_the_host_is_shown_under_its_first_heading(client, db, folder):
    response = client.get("/about/imprint/")

    page = response.content.decode()
    assert response.status_code == 200
    assert "<h1>Who runs this</h1>" in page
    assert "<title>Who runs this · " in page
    assert '<a href="/about/privacy/" rel=' in page
    assert "<td>7 days</td>" in page
    assert response.headers["Cache-Control"].startswith("public")


@pytest.mark.parametrize("path", ["/search/", "/accounts/login/", "/no/such/page/", "/about/imprint/"])
def test_every_page_leads_to_it(client, db, folder, path):
    assert '<a href="/about/imprint/" dir="auto">Who runs this</a>' in client.get(path).content.decode()


@pytest.mark.parametrize("name", ["privacy", "..", "imprint.md", "IMPRINT"])
def test_what_the_host_did_not_write_is_not_there(client, db, folder, name):
    assert client.get(f"/about/{name}/").status_code == 404


def test_what_could_do_harm_is_left_out():
    page = read_page("terms-of-use", "<script>alert(1)</script>\n\nHello <b onclick=x>you</b> [x](javascript:x)")

    assert page.title == "Terms of use"
    assert "script" not in page.html
    assert "onclick" not in page.html
    assert page.html.startswith("<h1>Terms of use</h1>")


def test_good_folder_passes_the_check(db, folder):
    call_command("check")


def test_site_goes_on_without_what_cannot_be_shown_and_the_check_names_it(client, db, folder):
    (folder / "Über uns.md").write_text("# Us")
    (folder / "latin.md").write_bytes(b"# \xfc")
    (folder / "notes.txt").write_text("not a page")

    with pytest.raises(SystemCheckError) as faults:
        call_command("check")

    assert "latin.md cannot be read" in str(faults.value)
    assert "Über uns.md cannot be an address" in str(faults.value)
    assert "notes.txt" not in str(faults.value)
    assert client.get("/about/imprint/").status_code == 200
    assert client.get("/about/latin/").status_code == 404


def test_missing_folder_is_named_by_the_check_and_breaks_nothing(client, db, settings, tmp_path):
    settings.LEGAL_DIR = str(tmp_path / "gone")

    with pytest.raises(SystemCheckError, match="LEGAL_DIR .*gone. cannot be read"):
        call_command("check")
    assert client.get("/search/").status_code == 200


def test_empty_folder_is_warned_of(db, settings, tmp_path, capsys):
    settings.LEGAL_DIR = str(tmp_path)

    call_command("check")

    assert "holds no Markdown file" in capsys.readouterr().err
