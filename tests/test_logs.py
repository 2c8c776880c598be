import io
import json
import logging

import pytest

from studysite.logs import JsonFormatter, LineFormatter, without_secrets

logger = logging.getLogger("studysite.requests")


@pytest.fixture
def log(monkeypatch):
    """What is written to the log, as JSON."""
    text, handler = io.StringIO(), logging.getHandlerByName("stderr")
    monkeypatch.setattr(handler, "stream", text)
    monkeypatch.setattr(handler, "formatter", JsonFormatter())
    monkeypatch.setattr(logger, "level", logging.INFO)
    logger.manager._clear_cache()
    yield text
    logger.manager._clear_cache()


def entries(log):
    """Each line of the log."""
    return [json.loads(line) for line in log.getvalue().splitlines()]


def test_every_request_is_a_line_of_json_with_the_id_of_its_answer(client, db, log):
    response = client.get("/accounts/login/")

    [entry] = entries(log)
    assert entry["request"] == response.headers["X-Request-ID"]
    assert (entry["method"], entry["route"], entry["status"]) == ("GET", "accounts/login/", 200)
    assert entry["milliseconds"] > 0
    assert entry["time"].endswith("+00:00")


@pytest.mark.parametrize(("proxies", "is_kept"), [(1, True), (0, False)])
def test_only_a_trusted_proxy_may_name_the_request(client, db, settings, proxies, is_kept):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies

    response = client.get("/accounts/login/", headers={"X-Request-ID": "from-the-proxy-1"})

    assert (response.headers["X-Request-ID"] == "from-the-proxy-1") is is_kept


def test_name_that_is_none_is_not_taken_even_from_a_proxy(client, db, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1

    response = client.get("/accounts/login/", headers={"X-Request-ID": 'a" or <b> and more'})

    assert len(response.headers["X-Request-ID"]) == 32


def test_two_requests_have_two_ids(client, db):
    first, second = (client.get("/accounts/login/") for _ in range(2))

    assert first.headers["X-Request-ID"] != second.headers["X-Request-ID"]


def test_link_to_a_new_password_and_what_was_typed_are_not_logged(client, db, log):
    client.get("/accounts/password/reset/key/1-d5x0kq-0d9af8c2ae/?next=/")
    client.post("/accounts/login/", {"login": "alice", "password": "correct horse battery"})

    assert "d5x0kq" not in log.getvalue()
    assert "correct horse" not in log.getvalue()
    assert "accounts/password/reset/key/" in log.getvalue()


@pytest.mark.parametrize(
    "text",
    [
        "Internal Server Error: /accounts/password/reset/key/1-SECRET-x/",
        "Not Found: /accounts/confirm-email/SECRET/",
        "Forbidden: /groups/join/SECRET",
        "Gone: /some/place/aB3SECRETaB3xyzabcdefg_-x/",
        "could not connect to postgres://study:SECRET@db/study",
        "form {'password1': 'SECRET'}",
        "GET /a?token=SECRET&b=1",
        "Authorization: Bearer SECRET",
    ],
)
def test_what_opens_a_door_is_hidden_wherever_it_stands(text):
    assert "SECRET" not in without_secrets(text)
    assert "[hidden]" in without_secrets(text)


@pytest.mark.parametrize(
    "text",
    ["Not Found: /section-6/activation-functions-and-their-derivatives-2/", "waits for 3 migrations", "a: b, 12:30:01"],
)
def test_what_opens_no_door_stays(text):
    assert without_secrets(text) == text


def test_nobody_begins_a_line_of_the_log_by_what_they_send():
    record = logging.LogRecord("x", logging.ERROR, "", 0, "Bad host %s", ("a\r\n2026-01-01 ERROR forged\x1b",), None)

    assert "\n" not in LineFormatter().format(record)
    assert "\\r\\n2026" in LineFormatter().format(record)
    assert "\n" not in JsonFormatter().format(record)


def test_exception_is_part_of_its_line():
    try:
        raise ValueError("password=SECRET")
    except ValueError as error:
        record = logging.LogRecord("x", logging.ERROR, "", 0, "broken", (), (type(error), error, None))

    entry = json.loads(JsonFormatter().format(record))

    assert "ValueError" in entry["exception"]
    assert "SECRET" not in entry["exception"]
