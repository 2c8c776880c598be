"""How many queries each page takes, counted within one process."""

from pathlib import Path
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from studysite.web import _pages
from tests.bench.pages import ANSWER, PAGES, Page


def queries_of(cast: dict[str, Any], folder: Path) -> dict[str, int]:
    """By the name of a page: its queries when it is asked for the second time and nothing is kept."""
    counted = {page.name: _count(page, cast) for page in PAGES if not page.has_tag}
    for line in (folder / "answers.tsv").read_text().split("\n")[-2:]:  # Django asks a new SQLite whether it knows JSON
        counted[ANSWER.name] = _count_answer(line)
    return counted


def _count(page: Page, cast: dict[str, Any]) -> int:
    client = Client(SERVER_NAME="127.0.0.1")
    headers = {"Cookie": cast["cookies"][page.reader]}
    if page.part:
        headers |= {"HX-Request": "true", "HX-Target": page.part}
    path = page.path.format(**cast, n=1)
    for _ in range(2):
        _pages.forget()
        with CaptureQueriesContext(connection) as queries:
            response = client.get(path, headers=headers)
        assert response.status_code == 200, f"{path}: {response.status_code}"
    return len(queries)


def _count_answer(line: str) -> int:
    path, cookie, form = line.split("\t")
    client = Client(SERVER_NAME="127.0.0.1")
    with CaptureQueriesContext(connection) as queries:
        response = client.post(
            path,
            form,
            content_type="application/x-www-form-urlencoded",
            headers={"Cookie": cookie, "HX-Request": "true", "HX-Target": "main"},
        )
    assert response.status_code == 200, f"{path}: {response.status_code}"
    assert b"verdict" in response.content
    return len(queries)
