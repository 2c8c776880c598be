import io
import logging

import pytest
from django.conf import settings
from django.urls import reverse, reverse_lazy

from tests.factories import make_user


def test_every_answer_carries_the_headers_that_shut_it_in(client, db):
    headers = client.get("/accounts/login/").headers

    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "nonce" not in policy
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


def test_unknown_host_is_refused(client, db):
    assert client.get("/accounts/login/", headers={"host": "evil.example"}).status_code == 400
    assert client.get("/accounts/login/", headers={"X-Forwarded-Host": "evil.example"}).status_code == 200


def test_refused_strangers_leave_one_line_each_in_the_log(client, db, monkeypatch):
    log = io.StringIO()
    monkeypatch.setattr(logging.getHandlerByName("stderr"), "stream", log)

    client.get("/accounts/login/", headers={"host": "evil.example"})
    client.get("/accounts/login/?" + "a=&" * 1500)

    lines = log.getvalue().strip().splitlines()
    assert len(lines) == 2
    assert "evil.example" in lines[0]


def test_admin_signs_in_where_everybody_does(client, db):
    response = client.get("/admin/login/?next=/admin/")

    assert response.status_code == 302
    assert response.headers["Location"].startswith("/accounts/login/")


def test_debugging_is_off():
    assert settings.DEBUG is False


def test_icon_is_found_where_browsers_look_for_it(client):
    response = client.get("/favicon.ico")

    assert (response.status_code, response.headers["Location"]) == (302, "/static/icons/favicon.svg")


def test_visitor_without_a_session_costs_no_query_and_gets_no_session(client, db, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/accounts/login/")

    assert settings.SESSION_COOKIE_NAME not in response.cookies


@pytest.mark.parametrize("address", ["/no/such/page/", reverse_lazy("account_change_password"), "/admin/", "/"])
def test_no_cache_keeps_what_a_person_is_shown(client, db, address):
    client.force_login(make_user(is_staff=True))

    response = client.get(address)

    assert {"private", "no-store"} <= set(response.headers["Cache-Control"].split(", "))
    assert "Cookie" in response.headers["Vary"]


def test_no_cache_keeps_a_page_with_a_form_token(client, db, settings):
    settings.SENDS_MAIL = True
    first = client.get(reverse("account_reset_password"))
    again = client.get(reverse("account_reset_password"))

    assert "no-store" in first.headers["Cache-Control"]
    assert "no-store" in again.headers["Cache-Control"]


def test_a_missing_page_is_the_same_for_every_visitor(client, db):
    response = client.get("/no/such/page/")

    assert "Cache-Control" not in response.headers
    assert not response.cookies


def test_what_sets_headers_stands_before_what_serves_files():
    names = [name.rpartition(".")[2] for name in settings.MIDDLEWARE]
    setting = {"SecurityMiddleware", "more_headers", "ContentSecurityPolicyMiddleware", "XFrameOptionsMiddleware"}

    assert setting <= set(names[: names.index("WhiteNoiseMiddleware")])
