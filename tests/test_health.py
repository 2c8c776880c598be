import pytest
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder

from studysite import health


def test_alive_asks_no_database(client):
    response = client.get("/livez")

    assert (response.status_code, response.content) == (200, b"ok\n")
    assert "no-store" in response.headers["Cache-Control"]


def test_ready_when_every_migration_is_there(client, db):
    response = client.get("/readyz")

    assert (response.status_code, response.content) == (200, b"ok\n")
    assert "no-store" in response.headers["Cache-Control"]
    assert not response.cookies


def test_not_ready_before_a_migration_is_applied(client, db):
    MigrationRecorder(connection).record_unapplied("quizzes", "0001_initial")

    response = client.get("/readyz")

    assert response.status_code == 503
    assert response.content == b"waits for 1 migrations, first quizzes.0001_initial\n"


def test_ready_for_the_old_version_while_the_new_one_has_migrated(client, db):
    MigrationRecorder(connection).record_applied("quizzes", "9999_of_a_newer_version")

    assert client.get("/readyz").status_code == 200


def test_not_ready_while_the_database_is_away(client, monkeypatch):
    def away():
        raise OperationalError("no connection to db.example.org as study")

    monkeypatch.setattr(health, "waiting_migrations", away)

    response = client.get("/readyz")

    assert (response.status_code, response.content) == (503, b"the database is away\n")


@pytest.mark.parametrize("path", ["/livez", "/readyz"])
def test_probes_come_by_number_and_without_https(client, db, settings, path):
    settings.SECURE_SSL_REDIRECT = True

    response = client.get(path, headers={"host": "10.0.0.7:8000"})
    assert response.status_code == 200
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert client.get("/accounts/login/").status_code == 301


def test_asking_whether_it_is_ready_takes_two_queries(client, db, django_assert_max_num_queries):
    with django_assert_max_num_queries(2):
        client.get("/readyz")
