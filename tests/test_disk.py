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
from django.conf import settings
from django.db import connection

from tests.factories import PASSWORD, make_learner, make_user
from tests.quizzes.bank import address, given_right, make_asked_guide, make_sitting
from tests.troubled import heed_permissions

ROOT = Path(__file__).parent.parent
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("postgres" in os.environ.get("DATABASE_URL", ""), reason="about files of SQLite"),
]


@pytest.fixture
def file(tmp_path):
    """Where a copy of the database of this test is, in a folder of its own."""
    folder = tmp_path / "site"
    folder.mkdir()
    yield folder / "db.sqlite3"
    folder.chmod(0o755)
    shutil.rmtree(folder)


@pytest.fixture
def slot():
    """A question that alice is about to answer."""
    return make_sitting(make_learner(make_user()), make_asked_guide(), count=3).slots.first()


@pytest.fixture
def session(client, slot):
    """The session by which alice is signed in and has her question before her."""
    client.force_login(slot.sitting.learner.user)
    client.get(address(slot))
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def full(file):
    """The disk has no room."""


def read_only_file(file):
    """The file may not be written."""
    file.chmod(0o444)


def read_only_disk(file):
    """Neither may its folder, where SQLite's log lies since the site ran."""
    for path in file.parent.iterdir():
        path.chmod(0o444)
    file.parent.chmod(0o555)


def unreadable(file):
    """The file is not the server's to read, as after a restore by somebody else."""
    read_only_disk(file)
    file.chmod(0o000)


def answers(file, trouble, *wishes):
    """What a site with a copy of this database says in a trouble."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(file)])
    with closing(sqlite3.connect(file)) as kept:  # as a server that was running: its log is there
        kept.execute("PRAGMA journal_mode=WAL")
        kept.execute("CREATE TABLE cache (cache_key varchar(255) PRIMARY KEY, value text, expires datetime)")
        kept.execute("SELECT * FROM tables_guide")
        kept.execute("BEGIN IMMEDIATE").execute("ROLLBACK")
        trouble(file)
        env = {**os.environ, "DATABASE_URL": f"sqlite:///{file}", "SECRET_KEY": settings.SECRET_KEY}
        env |= {"DJANGO_SETTINGS_MODULE": "studysite.settings"}
        ran = subprocess.run(
            [sys.executable, "-m", "tests.troubled", trouble.__name__],
            cwd=ROOT, env=env, input=json.dumps(wishes), preexec_fn=heed_permissions, capture_output=True, text=True,
            check=False,
        )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    return [json.loads(line) for line in ran.stdout.splitlines()]


@pytest.mark.parametrize("trouble", [full, read_only_file, read_only_disk])
def test_reading_goes_on_and_what_would_be_kept_is_told_to_come_back(file, slot, session, trouble):
    guide = slot.sitting.guide
    public = [guide.get_absolute_url(), guide.tables.first().get_absolute_url(), "/search/?q=relu", "/readyz"]
    reading = [("get", path, {}, who) for path in public for who in ("", session)]
    reading += [("get", path, {}, session) for path in ("/guides/", "/accounts/profile/", address(slot))]
    practice = {"guide": guide.slug, "scope": "guide", "count": "all", "order": "shuffled", "token": "t" * 22}
    account = {"login": "alice", "username": "dora", "password": PASSWORD, "password1": PASSWORD}
    keeping = [
        ("post", address(slot), {"token": slot.token, **given_right(slot)}, session),
        ("post", "/quiz/", practice, ""),
        ("post", "/accounts/login/", account, ""),
        ("post", "/accounts/signup/", account, ""),
    ]

    given = answers(file, trouble, *reading, *keeping)

    read, kept = given[: len(reading)], given[len(reading) :]
    assert [status for status, _, _ in read] == [200] * len(reading)
    assert [(status, after) for status, after, _ in kept] == [(503, "5")] * len(keeping)
    assert all("Back in a moment" in words for _, _, words in kept)


def test_site_that_cannot_even_read_says_so_in_words(file, slot):
    given = answers(file, unreadable, ("get", slot.sitting.guide.get_absolute_url(), {}, ""), ("get", "/livez", {}, ""))

    assert [status for status, _, _ in given] == [503, 200]
    assert "Back in a moment" in given[0][2]
