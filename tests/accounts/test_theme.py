from urllib.parse import urljoin, urlsplit

import pytest
from django.conf import settings

from studysite.accounts.context import chosen_theme


def test_theme_is_kept_in_a_cookie_and_nothing_else_changes(client, db, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.post("/theme/", {"theme": "dark", "next": "/a-guide/?q=x"})

    cookie = response.cookies["theme"]
    assert (response.status_code, response.headers["Location"]) == (303, "/a-guide/?q=x")
    assert (cookie.value, cookie["max-age"], cookie["samesite"]) == ("dark", settings.SESSION_COOKIE_AGE, "Lax")
    assert list(response.cookies) == ["theme"]


def test_theme_needs_no_form_token(db):
    from django.test import Client

    response = Client(enforce_csrf_checks=True).post("/theme/", {"theme": "light"})

    assert (response.status_code, response.headers["Location"]) == (303, "/")


def test_theme_is_changed_by_post_only(client):
    assert client.get("/theme/").status_code == 405


@pytest.mark.parametrize("theme", ["", "pink", "dark; Path=/x"])
def test_unknown_theme_is_refused(client, db, theme):
    response = client.post("/theme/", {"theme": theme})

    assert response.status_code == 400
    assert "theme" not in response.cookies


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://testserver.evil.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_page_of_another_site_cannot_change_the_theme(client, db, headers):
    response = client.post("/theme/", {"theme": "dark"}, headers=headers)

    assert response.status_code == 403
    assert "theme" not in response.cookies


def test_page_of_this_site_can(client, db):
    headers = {"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}

    assert client.post("/theme/", {"theme": "dark"}, headers=headers).status_code == 303


@pytest.mark.parametrize(
    ("origin", "status"),
    [("https://study.example:8443", 303), ("https://study.example:8444", 403), ("https://study.example", 403)],
)
def test_page_of_this_site_can_behind_a_proxy_that_leaves_its_port_out(client, db, settings, origin, status):
    settings.SITE_URL, settings.ALLOWED_HOSTS = "https://study.example:8443", ["study.example", "proxy.example"]
    headers = {"Host": "proxy.example", "Origin": origin, "Sec-Fetch-Site": "same-origin"}

    assert client.post("/theme/", {"theme": "dark"}, headers=headers).status_code == status


@pytest.mark.parametrize(
    "there",
    [
        "https://evil.example/",
        "//evil.example/",
        "///evil.example/",
        "/\\evil.example/",
        "\\\\evil.example",
        "http:evil.example",
        "https:/evil.example",
        "javascript:alert(1)",
        "http://testserver@evil.example/",
        "/\t/evil.example/",
        "/\r\nLocation: https://evil.example/",
        " //evil.example",
        "\x00//evil.example",
    ],
)
def test_way_back_never_leaves_the_site(client, db, there):
    response = client.post("/theme/", {"theme": "dark", "next": there})

    location = response.headers["Location"]
    assert urlsplit(urljoin("http://testserver/theme/", location)).netloc == "testserver"
    assert location.isprintable()


def test_unknown_cookie_means_the_theme_of_the_system(rf):
    request = rf.get("/")
    request.COOKIES = {"theme": "pink"}

    assert chosen_theme(request) == "auto"
