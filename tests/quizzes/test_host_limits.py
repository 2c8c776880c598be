import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.factories import make_user

DOCUMENT = b"# T\n\n| a | b |\n|---|---|\n" + b"| 1 | 2 |\n" * 4


@pytest.fixture
def author(client, db):
    client.force_login(make_user())
    return client


def hand_in(client, source=DOCUMENT):
    """Send a file and follow to the page that says what was read."""
    file = SimpleUploadedFile("notes.md", source)
    return client.post("/guides/import/", {"file": file, "visibility": "private"}, follow=True).content.decode()


def test_rows_above_what_the_host_lets_are_named(author, settings):
    settings.READER_LIMITS = {"rows_of_table": 3}

    assert "The table “T” has more than 3 rows." in hand_in(author)


def test_file_above_what_the_host_lets_is_refused_with_that_number(author, settings):
    settings.READER_LIMITS = {"size": 2_000_000}

    page = hand_in(author, b"x" * 2_100_000)

    assert "The file is 2.1 MB; the limit is 2 MB." in page
    assert "Markdown, up to 2 MB" in page
