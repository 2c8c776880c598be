import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from studysite import environment
from studysite.environment import cache, database, env_is_on, env_list, env_number, mailer

ROOT = Path(__file__).parent.parent
OURS = {"SECRET_KEY", "DEBUG", "SITE_URL", "ALLOWED_HOSTS", "DATABASE_URL", "CACHE_URL", "EMAIL_URL", "TRUSTED_PROXIES"}
OURS |= {"DJANGO_ALLOW_ASYNC_UNSAFE", "DJANGO_SETTINGS_MODULE"}  # which the tests set for themselves
HOSTED = {
    "SECRET_KEY": "a key as long as one that a host would make, without a pattern 3g9h2kq0",
    "SITE_URL": "https://study.example.org",
    "TRUSTED_PROXIES": "1",
}


def manage(*arguments, **variables):
    """Run manage.py in a process of its own with these variables and none of the machine's that we read."""
    kept = {name: value for name, value in os.environ.items() if name not in OURS}
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, cwd=ROOT, env=kept | variables, capture_output=True, text=True, check=False)


def setting(name, **variables):
    """What one setting is with these variables, as text."""
    code = f"from django.conf import settings; print(settings.{name})"
    return manage("shell", "--no-imports", "-c", code, **variables).stdout.strip()


def test_without_a_key_nothing_starts_and_the_reason_is_said():
    run = manage("check")

    assert run.returncode != 0
    assert "SECRET_KEY is not set" in run.stderr


def test_with_debugging_on_no_key_is_needed():
    assert manage("check", DEBUG="on").returncode == 0


@pytest.mark.parametrize("mail", ["smtps://ann:secret@mail.example.org", ""])
def test_hosted_site_has_no_warning(mail):
    run = manage("check", "--deploy", "--fail-level", "WARNING", **HOSTED, EMAIL_URL=mail)

    assert run.returncode == 0, run.stderr
    assert f"no issues ({0 if mail else 1} silenced)" in run.stdout


def test_https_address_makes_cookies_secure_and_names_the_host():
    assert setting("SESSION_COOKIE_NAME", **HOSTED) == "__Host-sessionid"
    assert setting("CSRF_COOKIE_SECURE", **HOSTED) == "True"
    assert setting("SECURE_SSL_REDIRECT", **HOSTED) == "True"
    assert setting("ALLOWED_HOSTS[0]", **HOSTED) == "study.example.org"


def test_laptop_needs_no_https():
    assert setting("SECURE_SSL_REDIRECT", SECRET_KEY="x") == "False"
    assert setting("SESSION_COOKIE_NAME", SECRET_KEY="x") == "sessionid"
    assert setting("DEBUG", SECRET_KEY="x") == "False"


def test_sign_up_asks_for_mail_only_where_mail_can_be_sent():
    assert "email" not in setting("ACCOUNT_SIGNUP_FIELDS", SECRET_KEY="x")
    assert "email" in setting("ACCOUNT_SIGNUP_FIELDS", SECRET_KEY="x", EMAIL_URL="smtp://mail.example.org")


def test_proxies_are_believed_only_when_they_are_counted():
    assert setting("SECURE_PROXY_SSL_HEADER", SECRET_KEY="x") == "None"
    assert "HTTP_X_FORWARDED_PROTO" in setting("SECURE_PROXY_SSL_HEADER", SECRET_KEY="x", TRUSTED_PROXIES="1")


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


def test_postgres_may_be_a_socket_folder():
    entry = database("postgres://ann@/study?host=/run/postgresql")

    assert (entry["HOST"], entry["PORT"]) == ("/run/postgresql", "")


@pytest.mark.parametrize("url", ["mysql://db/study", "postgres://db", "sqlite://", "study.db", "sqlite://host/file"])
def test_other_database_address_is_refused(url):
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL"):
        database(url)


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


def test_cache_is_the_database_or_redis(monkeypatch):
    monkeypatch.setattr(environment, "find_spec", lambda name: name)

    assert cache("")["BACKEND"].endswith("DatabaseCache")
    assert cache("valkey://localhost:6379/1")["LOCATION"] == "redis://localhost:6379/1"


def test_redis_without_its_package_is_refused(monkeypatch):
    monkeypatch.setattr(environment, "find_spec", lambda name: None)

    with pytest.raises(ImproperlyConfigured, match="pip install redis"):
        cache("redis://localhost:6379/1")


def test_hosted_site_answers_to_its_own_name_and_those_added():
    assert setting("ALLOWED_HOSTS", **HOSTED, ALLOWED_HOSTS="study.local") == "['study.example.org', 'study.local']"
    assert "localhost" in setting("ALLOWED_HOSTS", SECRET_KEY="x")


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
