"""SQLite on a disk that takes nothing: what can be read goes on being read, all else is told to come back."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.factories import PASSWORD
from tests.troubled import heed_permissions

ROOT = Path(__file__).parent.parent


def run(file, word, *wishes):
    """The lines that a site with this file as its database prints."""
    env = {**os.environ, "DATABASE_URL": f"sqlite:///{file}", "SECRET_KEY": "the same for all"}
    ran = subprocess.run(
        [sys.executable, "-m", "tests.troubled", word],
        cwd=ROOT, env=env | {"DJANGO_SETTINGS_MODULE": "studysite.settings"}, input=json.dumps(wishes),
        preexec_fn=heed_permissions, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    return [json.loads(line) for line in ran.stdout.splitlines()]


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A site while all is well: its file, and what can be asked of it."""
    file = tmp_path_factory.mktemp("well") / "db.sqlite3"
    [told] = run(file, "begin")
    return file, told


@pytest.fixture
def file(site, tmp_path):
    """A copy of it in a folder of its own, which a server has open: SQLite's log lies beside it."""
    folder = tmp_path / "site"
    folder.mkdir()
    shutil.copy(site[0], folder)
    with closing(sqlite3.connect(folder / "db.sqlite3")) as server:
        server.execute("SELECT * FROM tables_guide")
        yield folder / "db.sqlite3"
    folder.chmod(0o755)


def full(file):
    """The disk has no room."""


def read_only_file(file):
    """The file may not be written."""
    file.chmod(0o444)


def read_only_disk(file):
    """Neither may its folder."""
    for path in file.parent.iterdir():
        path.chmod(0o444)
    file.parent.chmod(0o555)


def unreadable(file):
    """The file is not the server's to read, as after a restore by somebody else."""
    file.chmod(0o000)


def answers(file, trouble, *wishes):
    """Status, Retry-After and words of what the site says in a trouble."""
    trouble(file)
    return run(file, trouble.__name__, *wishes)


@pytest.mark.parametrize("trouble", [full, read_only_file, read_only_disk])
def test_reading_goes_on_and_what_would_be_kept_is_told_to_come_back(site, file, trouble):
    there, session = site[1], site[1]["session"]
    public = [f"/{there['guide']}/", there["table"], "/search/?q=relu", "/readyz"]
    reading = [("get", path, {}, who) for path in public for who in ("", session)]
    reading += [("get", path, {}, session) for path in ("/guides/", "/accounts/profile/", there["question"])]
    practice = {"guide": there["guide"], "scope": "guide", "count": "all", "order": "shuffled", "token": "t" * 22}
    account = {"login": "alice", "username": "dora", "password": PASSWORD, "password1": PASSWORD}
    keeping = [
        ("post", there["question"], there["answer"], session),
        ("post", "/quiz/", practice, ""),
        ("post", "/accounts/login/", account, ""),
        ("post", "/accounts/signup/", account, ""),
    ]

    given = answers(file, trouble, *reading, *keeping)

    read, kept = given[: len(reading)], given[len(reading) :]
    assert [status for status, _, _ in read] == [200] * len(reading)
    assert [(status, after) for status, after, _ in kept] == [(503, "5")] * len(keeping)
    assert all("Back in a moment" in words for _, _, words in kept)


def test_site_that_cannot_even_read_says_so_in_words(site, file):
    given = answers(file, unreadable, ("get", f"/{site[1]['guide']}/", {}, ""), ("get", "/livez", {}, ""))

    assert [status for status, _, _ in given] == [503, 200]
    assert "Back in a moment" in given[0][2]
