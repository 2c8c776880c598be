import sys
from types import SimpleNamespace

import pytest
from django.core.exceptions import ImproperlyConfigured

from studysite import reporting
from studysite.reporting import report_errors, stripped

EVENT = {
    "exception": {"values": [{"type": "ValueError", "value": "token=SECRET"}]},
    "logentry": {"message": "Internal Server Error: /accounts/confirm-email/SECRET/", "params": ["SECRET"]},
    "request": {"method": "POST", "url": "https://x/join/SECRET", "cookies": "SECRET", "data": "SECRET", "headers": {}},
    "user": {"id": 7, "name": "SECRET"},
    "extra": {"sys.argv": "SECRET"},
    "tags": {"a": "b"},
}


def test_nothing_is_reported_where_no_service_is_named():
    assert report_errors("") is None


def test_service_without_its_package_is_refused(monkeypatch):
    monkeypatch.setattr(reporting, "find_spec", lambda name: None)

    with pytest.raises(ImproperlyConfigured, match="pip install sentry-sdk"):
        report_errors("https://key@errors.example.org/1")


def test_service_is_told_without_people(monkeypatch):
    calls = []
    monkeypatch.setattr(reporting, "find_spec", lambda name: name)
    monkeypatch.setitem(sys.modules, "sentry_sdk", SimpleNamespace(init=lambda **options: calls.append(options)))

    report_errors("https://key@errors.example.org/1")

    [options] = calls
    assert options["dsn"] == "https://key@errors.example.org/1"
    assert options["send_default_pii"] is options["include_local_variables"] is False


def test_event_holds_neither_secrets_nor_the_person():
    event = stripped(EVENT)

    assert "SECRET" not in str(event)
    assert event["request"] == {"method": "POST"}
    assert event["exception"]["values"][0]["type"] == "ValueError"
    assert set(event["tags"]) == {"a", "request_id"}
