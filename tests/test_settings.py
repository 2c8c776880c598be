import json
import os
import subprocess
import sys
import traceback
from dataclasses import replace
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from studysite import environment
from studysite.environment import (
    PREPARED_AFTER,
    caches,
    database,
    env_is_on,
    env_list,
    env_number,
    mailer,
    site_address,
)
from tables.reader.limits import LIMITS

ROOT = Path(__file__).parent.parent
OURS = {"SECRET_KEY", "DEBUG", "SITE_URL", "ALLOWED_HOSTS", "DATABASE_URL", "CACHE_URL", "EMAIL_URL", "TRUSTED_PROXIES"}
OURS |= {"DJANGO_ALLOW_ASYNC_UNSAFE", "DJANGO_SETTINGS_MODULE"}  # which the tests set for themselves
HOSTED = {
    "SECRET_KEY": "a key as long as one that a host would make, without a pattern 3g9h2kq0",
    "SITE_URL": "https://study.example.org",
    "TRUSTED_PROXIES": "1",
}


def run(*command, **variables):
    """Run Python in a process of its own with these variables and none of the machine's that we read."""
    kept = {name: value for name, value in os.environ.items() if name not in OURS}
    return subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=kept | variables, capture_output=True, text=True, check=False
    )


def settings_with(**variables):
    """All settings as these variables make them, by name."""
    code = "import json; from studysite import settings as s; print(json.dumps(vars(s), default=str))"
    answer = run("-c", code, **variables)
    assert answer.returncode == 0, answer.stderr
    return json.loads(answer.stdout)


def test_without_a_key_nothing_starts_and_the_reason_is_said():
    refused = run("manage.py", "check")

    assert refused.returncode != 0
    assert "SECRET_KEY is not set" in refused.stderr


def test_with_debugging_on_no_key_is_needed():
    assert settings_with(DEBUG="on")["DEBUG"] is True


@pytest.mark.parametrize("mail", ["smtps://ann:secret@mail.example.org", ""])
def test_hosted_site_has_no_warning(mail):
    checked = run("manage.py", "check", "--deploy", "--fail-level", "WARNING", **HOSTED, EMAIL_URL=mail)

    assert checked.returncode == 0, checked.stderr
    assert f"no issues ({0 if mail else 1} silenced)" in checked.stdout


def test_https_address_makes_cookies_secure_and_names_the_host():
    hosted = settings_with(**HOSTED, ALLOWED_HOSTS="study.local")

    assert hosted["SESSION_COOKIE_NAME"] == "__Host-sessionid"
    assert hosted["CSRF_COOKIE_NAME"] == "__Host-csrftoken"
    assert hosted["SESSION_COOKIE_SECURE"] is hosted["CSRF_COOKIE_SECURE"] is hosted["SECURE_SSL_REDIRECT"] is True
    assert hosted["SECURE_HSTS_SECONDS"] >= 365 * 24 * 3600
    assert hosted["ALLOWED_HOSTS"] == ["study.example.org", "study.local"]


def test_https_without_a_trusted_proxy_is_warned_of():
    checked = run("manage.py", "check", "--deploy", **HOSTED | {"TRUSTED_PROXIES": "0"})

    assert checked.returncode == 0
    assert "TRUSTED_PROXIES is 0" in checked.stderr


def test_address_of_the_site_may_be_written_in_any_case():
    hosted = settings_with(**HOSTED | {"SITE_URL": "HTTPS://Study.Example.org:8443/"})

    assert hosted["SITE_URL"] == "https://study.example.org:8443"
    assert hosted["ALLOWED_HOSTS"] == ["study.example.org"]
    assert hosted["SECURE_SSL_REDIRECT"] is True


@pytest.mark.parametrize(
    "url",
    [
        "study.example.org",
        "https://",
        "https://host/path",
        "ftp://host",
        "https://me@host",
        "https://host:x",
        "http://h?",
    ],
)
def test_other_address_of_the_site_is_refused(url):
    with pytest.raises(ImproperlyConfigured, match="SITE_URL is"):
        site_address(url)


def test_laptop_needs_no_https_no_mail_and_believes_no_proxy():
    laptop = settings_with(SECRET_KEY="x")

    assert laptop["DEBUG"] is laptop["SECURE_SSL_REDIRECT"] is laptop["SESSION_COOKIE_SECURE"] is False
    assert laptop["SESSION_COOKIE_NAME"] == "sessionid"
    assert laptop["ALLOWED_HOSTS"] == ["localhost", "127.0.0.1", "[::1]"]
    assert laptop["ACCOUNT_SIGNUP_FIELDS"] == ["username*", "password1*"]
    assert laptop["SECURE_PROXY_SSL_HEADER"] is None


def test_sign_up_asks_for_mail_where_mail_can_be_sent():
    assert "email" in settings_with(SECRET_KEY="x", EMAIL_URL="smtp://mail.example.org")["ACCOUNT_SIGNUP_FIELDS"]


def test_proxies_are_believed_when_they_are_counted():
    behind_one = settings_with(SECRET_KEY="x", TRUSTED_PROXIES="1")

    assert behind_one["SECURE_PROXY_SSL_HEADER"] == ["HTTP_X_FORWARDED_PROTO", "https"]
    assert behind_one["ALLAUTH_TRUSTED_PROXY_COUNT"] == 1


def test_sqlite_waits_for_writers_and_keeps_what_it_confirmed():
    entry = database("sqlite:////srv/my%20notes.sqlite3")

    assert entry["NAME"] == "/srv/my notes.sqlite3"
    assert entry["CONN_MAX_AGE"] is None
    assert entry["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "synchronous=FULL" in entry["OPTIONS"]["init_command"]


def test_postgres_address_is_read_whole():
    entry = database("postgresql://ann:p%40ss@db.example.org:6432/study?sslmode=require")

    assert (entry["NAME"], entry["USER"], entry["PASSWORD"]) == ("study", "ann", "p@ss")
    assert (entry["HOST"], entry["PORT"]) == ("db.example.org", "6432")
    assert entry["CONN_MAX_AGE"] == 0
    assert entry["OPTIONS"]["sslmode"] == "require"
    assert entry["OPTIONS"]["pool"]["min_size"] == 1


def test_postgres_plans_what_is_asked_often_only_once_unless_a_pooler_cannot(monkeypatch):
    assert database("postgres://ann@db/study")["OPTIONS"]["prepare_threshold"] == PREPARED_AFTER

    monkeypatch.setenv("DATABASE_PREPARES", "off")

    assert database("postgres://ann@db/study")["OPTIONS"]["prepare_threshold"] is None


def test_postgres_may_be_a_socket_folder():
    entry = database("postgres://ann@/study?host=/run/postgresql")

    assert (entry["HOST"], entry["PORT"]) == ("/run/postgresql", "")


@pytest.mark.parametrize("url", ["mysql://db/study", "postgres://db", "sqlite://", "study.db", "sqlite://host/file"])
def test_other_database_address_is_refused(url):
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL"):
        database(url)


@pytest.mark.parametrize(
    "rest", ["topsecret/@db:5432/study", "1234/topsecret@db/study", "topsecret@db:port/study", "[topsecret@db/s"]
)
@pytest.mark.parametrize(
    ("reads", "start", "named"),
    [(database, "postgres://ann:", "DATABASE_URL"), (mailer, "smtp://ann:", "EMAIL_URL")],
)
def test_address_that_cannot_be_taken_apart_is_refused_without_a_word_of_its_password(reads, start, named, rest):
    with pytest.raises(ImproperlyConfigured, match=named) as refused:
        reads(start + rest)

    assert "topsecret" not in "".join(traceback.format_exception(refused.value, limit=0))
    assert "%2F" in str(refused.value)


def test_mail_is_encrypted_unless_it_is_switched_off():
    options = mailer("smtp://ann%40x.org:secret@mail.example.org")["OPTIONS"]

    assert (options["host"], options["port"], options["username"]) == ("mail.example.org", 587, "ann@x.org")
    assert options["use_tls"]
    assert mailer("smtps://mail.example.org")["OPTIONS"]["use_ssl"]
    assert not mailer("smtp://localhost:25?tls=off")["OPTIONS"]["use_tls"]


def test_without_mail_messages_go_nowhere():
    assert mailer("")["BACKEND"].endswith("dummy.EmailBackend")
    assert mailer("console:")["BACKEND"].endswith("console.EmailBackend")


def test_other_mail_address_is_refused():
    with pytest.raises(ImproperlyConfigured, match="EMAIL_URL"):
        mailer("mail.example.org")


def test_caches_are_two_tables_or_redis(monkeypatch):
    monkeypatch.setattr(environment, "find_spec", lambda name: name)

    tables, redis = caches(""), caches("redis://localhost:6379/1")
    assert [(name, entry["LOCATION"]) for name, entry in tables.items()] == [
        ("default", "cache"),
        ("forecasts", "forecasts"),
    ]
    assert tables["default"]["BACKEND"].endswith("CountedTries")
    assert {entry["OPTIONS"]["MAX_ENTRIES"] for entry in tables.values()} == {100_000}
    assert [redis[name]["BACKEND"].rpartition(".")[2] for name in tables] == ["RedisCache", "RedisCache"]


@pytest.mark.parametrize(
    ("url", "location"),
    [
        ("redis://localhost:6379/1", "redis://localhost:6379/1"),
        ("valkey://localhost:6379/1", "redis://localhost:6379/1"),
        ("valkeys://valkey.example.org:6379/1", "rediss://valkey.example.org:6379/1"),
        ("redis://valkey:6379/1", "redis://valkey:6379/1"),
    ],
)
def test_valkey_is_spoken_to_as_redis_under_its_own_host_name(monkeypatch, url, location):
    monkeypatch.setattr(environment, "find_spec", lambda name: name)

    assert {entry["LOCATION"] for entry in caches(url).values()} == {location}


@pytest.mark.parametrize("url", ["foo://bar", "localhost:6379", "redis://:pa/ss@localhost:6379"])
def test_other_cache_address_is_refused_without_its_password(url):
    with pytest.raises(ImproperlyConfigured, match="CACHE_URL must read") as refused:
        caches(url)

    assert "pa/ss" not in str(refused.value)


def test_redis_without_its_package_is_refused(monkeypatch):
    monkeypatch.setattr(environment, "find_spec", lambda name: None)

    with pytest.raises(ImproperlyConfigured, match="pip install redis"):
        caches("redis://localhost:6379/1")


def test_switches_numbers_and_lists_are_read_or_refused(monkeypatch):
    monkeypatch.setenv("SWITCH", "Yes")
    monkeypatch.setenv("NUMBER", "two")
    monkeypatch.setenv("LIST", "a.org, b.org c.org")

    assert env_is_on("SWITCH")
    assert env_list("LIST") == ["a.org", "b.org", "c.org"]
    with pytest.raises(ImproperlyConfigured, match="NUMBER is 'two'"):
        env_number("NUMBER", 0)
    with pytest.raises(ImproperlyConfigured, match="LIST is"):
        env_is_on("LIST")


def test_host_may_raise_what_a_document_may_hold():
    larger = settings_with(SECRET_KEY="x", DOCUMENT_MB="20", DOCUMENT_ROWS="100000")
    usual = settings_with(SECRET_KEY="x")

    assert replace(LIMITS, **usual["READER_LIMITS"]) == LIMITS
    assert larger["READER_LIMITS"]["size"] == 20_000_000
    assert larger["READER_LIMITS"]["lines"] > larger["READER_LIMITS"]["rows_of_document"] == 100_000
    assert larger["LARGEST_REQUEST"] == larger["DATA_UPLOAD_MAX_MEMORY_SIZE"] == 21 * 1024**2


def test_name_and_older_keys_are_read():
    named = settings_with(SECRET_KEY="x", SITE_NAME=" Night\nschool ", SECRET_KEY_FALLBACKS="old, older")

    assert (named["SITE_NAME"], named["MFA_TOTP_ISSUER"]) == ("Night school", "Night school")
    assert named["SECRET_KEY_FALLBACKS"] == ["old", "older"]
    assert named["DEFAULT_FROM_EMAIL"] == "Night school <no-reply@localhost>"
