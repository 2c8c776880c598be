"""Attacks that belong to no single page. docs/security.md names the test of each attack, these among them."""

import random
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.cache import caches
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from studysite.web import as_file
from tables.models import Guide
from tables.reader.names import make_slug
from tests.accounts.people import sign_in
from tests.factories import PASSWORD, make_learner, make_user
from tests.quizzes.bank import give, make_asked_guide, make_sitting, right

BIGGEST = "x" * 1_000_000


@pytest.mark.parametrize(
    "query",
    [
        f"q={BIGGEST}",
        f"c-range={BIGGEST}",
        f"rows={BIGGEST}",
        "&".join(f"c-range=v{number}" for number in range(1000)),
        "&".join(f"x{number}=v" for number in range(1001)),
        "&".join(f"rows=activation-functions-0.r{number}" for number in range(1000)),
        "sort=range&" * 900,
        "page=99999999999999999999",
        "page=-1",
        "page=last",
    ],
    ids=lambda query: f"{query[:12]} {len(query)}",
)
@pytest.mark.parametrize("place", ["", "search/", "compare/", "concepts/", "activation-functions-0/"])
def test_address_of_any_length_is_answered_soon(client, db, place, query):
    guide = make_asked_guide()
    begun = time.process_time()

    response = client.get(f"{guide.get_absolute_url()}{place}", QUERY_STRING=query)

    assert response.status_code in {200, 302, 400, 404}
    assert time.process_time() - begun < 2


def test_unknown_name_takes_as_long_as_a_wrong_password(client, db, monkeypatch):
    made = []
    encode = MD5PasswordHasher.encode
    monkeypatch.setattr(MD5PasswordHasher, "encode", lambda *given: made.append(given) or encode(*given))
    make_user()
    made.clear()

    sign_in(client, "alice", "not the password")
    for_wrong = len(made)
    sign_in(client, "alicf", "not the password")

    assert (for_wrong, len(made)) == (1, 2)


@pytest.mark.parametrize("others", [1, 0])
def test_address_that_a_client_names_itself_gives_no_further_tries(client, db, settings, others):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    make_user()
    form = {"login": "alice", "password": PASSWORD}

    for attempt in range(10):
        forged = {"X-Forwarded-For": f"198.51.100.{attempt}, 203.0.113.7"}
        client.post(reverse("account_login"), {"login": f"name{attempt}", "password": "x"}, headers=forged)
    last = {"X-Forwarded-For": "198.51.100.99, 203.0.113.8" if others else "198.51.100.99, 203.0.113.7"}
    response = client.post(reverse("account_login"), form, headers=last)

    assert ("Too many tries" in response.content.decode()) is not bool(others)


def test_tries_are_counted_for_all_processes_together(client, caches_in_tables):
    make_user()

    for attempt in range(5):
        sign_in(client, password=f"guess {attempt}")
        del caches["default"]  # as another process, which remembers nothing
    refused = sign_in(Client())

    assert "Too many tries" in refused.content.decode()


@pytest.mark.django_db(transaction=True)
def test_nobody_is_ever_shown_the_page_of_another():
    public = make_asked_guide(title="Public")
    marks = [f"zz-mark-{number}-zz" for number in range(4)]
    browsers = [browser_of(mark, public) for mark in marks] + [(None, Client())]
    paths = ["/", "/progress/", "/guides/", "/accounts/profile/", public.get_absolute_url(), "/search/?q=mark"]
    turns = [(mark, path, client) for mark, client in browsers for path in paths]
    random.Random(1).shuffle(turns)

    def look(turn):
        mark, path, client = turn
        try:
            browser = Client()
            browser.cookies = client.cookies
            page = browser.get(path, follow=True).content.decode()
            return [other for other in marks if other in page and other != mark], bool(mark and mark in page)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        seen = list(threads.map(look, turns))

    assert [foreign for foreign, _ in seen if foreign] == []
    assert sum(own for _, own in seen) > len(seen) / 2


def browser_of(mark: str, public: Guide) -> tuple[str, Client]:
    """Somebody whose name and guide bear a mark, in the middle of a sitting."""
    user, client = make_user(mark), Client()
    make_asked_guide(title=mark, visibility="private", owner=user)
    client.force_login(user)
    slot = make_sitting(make_learner(user), public, count=2).slots.first()
    give(client, slot, right(slot))
    return mark, client


@given(title=st.text(max_size=40))
def test_no_title_gets_out_of_the_name_of_a_file(title):
    header = as_file(HttpResponse(), f"{make_slug(title, 'guide')}.csv").headers["Content-Disposition"]

    name, _, extended = header.removeprefix('attachment; filename="').partition('"')
    assert header.isascii()
    assert not {*'/\\";\r\n\0'} & {*name}
    assert not {*'/\\"\r\n\0 '} & {*extended.removeprefix("; filename*=")}


FILES = ("/.git/config", "/.env", "/var/db.sqlite3", "/static/../manage.py", "/static/%2e%2e/manage.py", "/static/",
         "/static//etc/passwd", "/static/css/../../manage.py")  # fmt: skip


@pytest.mark.parametrize("path", FILES)
def test_no_file_of_the_project_is_given_away(client, db, path):
    assert client.get(path, follow=True).status_code == 404


def test_upload_is_refused_by_what_it_says_before_it_is_read(client, db):
    client.force_login(make_user())

    response = client.generic("POST", "/guides/import/", b"", CONTENT_LENGTH=str(50 * 1024**2))

    assert response.status_code == 413
