import gzip

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django_htmx.middleware import HtmxDetails

from studysite import web
from studysite.kept import Kept


@pytest.fixture
def ask(rf):
    """A function that gives the request of a visitor for one address, with headers and cookies."""

    def request_of(path="/", cookies=None, **headers):
        request = rf.get(path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        request.COOKIES = cookies or {}
        request.htmx = HtmxDetails(request)
        return request

    return request_of


@pytest.fixture
def counted():
    """A function that builds a new page each time it is called: "page 1", "page 2", ..."""

    def build():
        build.times += 1
        return HttpResponse(f"page {build.times}")

    build.times = 0
    return build


def render_page(request, monkeypatch):
    monkeypatch.setattr(web, "render", lambda request, name, context, status: HttpResponse(name, status=status))
    return web.render_part(request, "page.html", "rows", {}, status=422)


def test_whole_page_without_htmx(ask, monkeypatch):
    response = render_page(ask(), monkeypatch)

    assert response.content == b"page.html"
    assert response.status_code == 422
    assert response.headers["Vary"] == "HX-Request, HX-Target"


def test_only_the_part_that_htmx_asks_for(ask, monkeypatch):
    response = render_page(ask(HX_Request="true", HX_Target="rows"), monkeypatch)

    assert response.content == b"page.html#rows"
    assert response.headers["Vary"] == "HX-Request, HX-Target"


def test_whole_page_for_another_target(ask, monkeypatch):
    response = render_page(ask(HX_Request="true", HX_Target="main"), monkeypatch)

    assert response.content == b"page.html"


def test_whole_page_when_the_history_is_restored(ask, monkeypatch):
    request = ask(HX_Request="true", HX_Target="rows", HX_History_Restore_Request="true")

    response = render_page(request, monkeypatch)

    assert response.content == b"page.html"


def test_private_page_is_kept_by_nobody(ask):
    view = web.private(lambda request: HttpResponse("mine"))

    response = view(ask())

    assert response.headers["Cache-Control"] == "private, no-store"
    assert response.headers["Vary"] == "Cookie"


def test_public_page_is_built_once(ask, counted):
    first = web.cached_public(ask("/a/"), "v1", counted)
    second = web.cached_public(ask("/a/"), "v1", counted)

    assert first.content == second.content == b"page 1"
    assert second.headers["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert second.headers["Vary"] == "Cookie, Accept-Encoding"


@pytest.mark.parametrize(
    ("path", "key", "cookies", "headers"),
    [
        ("/a/", "v2", {}, {}),
        ("/b/", "v1", {}, {}),
        ("/a/?q=x", "v1", {}, {}),
        ("/a/", "v1", {"theme": "dark"}, {}),
        ("/a/", "v1", {}, {"HX_Request": "true", "HX_Target": "rows"}),
    ],
)
def test_another_version_address_theme_or_part_is_another_page(ask, counted, path, key, cookies, headers):
    web.cached_public(ask("/a/"), "v1", counted)

    response = web.cached_public(ask(path, cookies, **headers), key, counted)

    assert response.content == b"page 2"


def test_who_has_a_session_neither_gets_nor_leaves_a_kept_page(ask, counted):
    web.cached_public(ask(), "v1", counted)

    mine = web.cached_public(ask(cookies={settings.SESSION_COOKIE_NAME: "abc"}), "v1", counted)
    visitors = web.cached_public(ask(), "v1", counted)

    assert mine.content == b"page 2"
    assert mine.headers["Cache-Control"] == "private, no-store"
    assert visitors.content == b"page 1"


def test_page_with_a_form_token_is_not_kept(ask, counted):
    request = ask()

    def build():
        get_token(request)
        return counted()

    response = web.cached_public(request, "v1", build)

    assert response.headers["Cache-Control"] == "private, no-store"
    assert web.cached_public(ask(), "v1", counted).content == b"page 2"


def test_page_that_sets_a_cookie_is_not_kept(ask, counted):
    def build():
        response = counted()
        response.set_cookie("seen", "1")
        return response

    web.cached_public(ask(), "v1", build)

    assert web.cached_public(ask(), "v1", counted).content == b"page 2"


def test_missing_page_is_not_kept(ask, counted):
    response = web.cached_public(ask(), "v1", lambda: HttpResponse("missing", status=404))

    assert response.status_code == 404
    assert web.cached_public(ask(), "v1", counted).content == b"page 1"


def test_browser_that_holds_the_page_gets_304(ask, counted):
    first = web.cached_public(ask(), "v1", counted)

    again = web.cached_public(ask(If_None_Match=first.headers["ETag"]), "v1", counted)

    assert again.status_code == 304
    assert again.content == b""
    assert again.headers["Vary"] == "Cookie, Accept-Encoding"


def test_browser_that_holds_an_old_page_gets_the_new_one(ask, counted):
    first = web.cached_public(ask(), "v1", counted)

    again = web.cached_public(ask(If_None_Match=first.headers["ETag"]), "v2", counted)

    assert again.content == b"page 2"


def test_kept_page_is_sent_compressed_to_who_takes_it(ask, counted):
    web.cached_public(ask(), "v1", counted)

    response = web.cached_public(ask(Accept_Encoding="gzip, br"), "v1", counted)

    assert response.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(response.content) == b"page 1"


def test_room_of_kept_pages_is_bounded(ask, counted, monkeypatch):
    monkeypatch.setattr(web, "_pages", Kept(2))
    for path in ("/1/", "/2/", "/1/", "/3/"):
        web.cached_public(ask(path), "v1", counted)

    assert web.cached_public(ask("/1/"), "v1", counted).content == b"page 1"
    assert web.cached_public(ask("/2/"), "v1", counted).content == b"page 4"
