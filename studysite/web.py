"""What the views share: parts of pages for htmx, public pages kept for visitors, forms that need no token."""

import gzip
import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import wraps
from typing import Any
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django_htmx.middleware import HtmxDetails

from studysite.kept import Kept

PAGES_KEPT = 16 * 1024 * 1024
"""Bytes."""
COMPRESSION = 4
"""Of 1 to 9: from here on a page gets about a twentieth smaller, and takes two to four times as long."""
CHUNK = 32_768


def wanted_part(request: HttpRequest) -> str:
    """The element id that htmx wants replaced; empty for a whole page, as when the history is restored."""
    htmx: HtmxDetails = request.htmx  # type: ignore[attr-defined]  # which its middleware sets
    return htmx.target or "" if htmx and not htmx.history_restore_request else ""


def render_part(
    request: HttpRequest, template: str, part: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """The partial `part` of a template where htmx asks for the element of that id, else the whole page."""
    name = f"{template}#{part}" if wanted_part(request) == part else template
    response = render(request, name, context, status=status)
    patch_vary_headers(response, ["HX-Request", "HX-Target"])
    return response


def private[**P](view: Callable[P, HttpResponse]) -> Callable[P, HttpResponse]:
    """Decorator of a view whose pages belong to one person: no browser or proxy may keep them."""

    @wraps(view)
    def private_view(*args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        return as_private(view(*args, **kwargs))

    return private_view


def as_private[Response: HttpResponseBase](response: Response) -> Response:
    """The same answer, marked as belonging to one person."""
    patch_cache_control(response, private=True, no_store=True)
    patch_vary_headers(response, ["Cookie"])
    return response


def is_from_here(request: HttpRequest) -> bool:
    """
    Whether the browser says that a page of this site sent the request. One that says nothing is believed.

    SITE_URL knows the port also where a proxy names the host without it.
    """
    origin = request.headers.get("Origin", "")
    if origin and origin != settings.SITE_URL and urlsplit(origin).netloc != request.get_host():
        return False
    return request.headers.get("Sec-Fetch-Site", "same-origin") in {"same-origin", "none"}


@dataclass(frozen=True, slots=True)
class Page:
    """A public page as it was first answered, plain and gzipped, with the tag that names this very content."""

    body: bytes
    gzipped: bytes
    etag: str
    headers: dict[str, str]

    @property
    def size(self) -> int:
        """Bytes that it takes to keep it, about."""
        return len(self.body) + len(self.gzipped) + 2048

    def answer(self, request: HttpRequest) -> HttpResponse:
        """This page for one visitor: 304 without a body if their browser holds it already."""
        takes_gzip = "gzip" in request.headers.get("Accept-Encoding", "")
        response = HttpResponse(self.gzipped if takes_gzip else self.body, headers=self.headers)
        if takes_gzip:
            response.headers["Content-Encoding"] = "gzip"
        return get_conditional_response(request, etag=self.etag, response=response) or response


_pages = Kept[Page](PAGES_KEPT, lambda page: page.size)


def cached_public(request: HttpRequest, key: str, build: Callable[[], HttpResponse]) -> HttpResponse:
    """
    The page that `build` makes, made once in a process for all visitors who ask for the same address, part and theme.

    `key` names the version of what is shown: a new version is a new key. The page must be the same for everybody
    without a session. Whoever has a session gets a page of their own, as does one who was handed a form token.
    """
    if settings.SESSION_COOKIE_NAME in request.COOKIES:
        return as_private(build())
    theme = request.COOKIES.get(settings.THEME_COOKIE_NAME, "")
    full_key = (key, request.get_full_path(), wanted_part(request), theme)
    page = _pages.find(full_key)
    if page is None:
        response = build()
        if request.META.get("CSRF_COOKIE_NEEDS_UPDATE") or response.cookies:
            return as_private(response)
        if response.status_code != 200:
            return response
        page = _pages.keep(full_key, _made(response))
    return page.answer(request)


def streamed_public(request: HttpRequest, key: str, build: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """
    A public answer too large to be kept: made anew each time, but not for a browser that holds it already.

    `key` names the version of what is shown, as for `cached_public`.
    """
    if settings.SESSION_COOKIE_NAME in request.COOKIES:
        return as_private(build())
    etag = f'W/"{hashlib.blake2b(f"{key} {request.get_full_path()}".encode(), digest_size=16).hexdigest()}"'
    response = get_conditional_response(request, etag=etag) or build()
    if response.status_code not in (200, 304):
        return response
    response.headers["ETag"] = etag
    patch_cache_control(response, public=True, max_age=0, must_revalidate=True)
    patch_vary_headers(response, ["Cookie"])
    return response


def streamed(pieces: Iterable[str], content_type: str) -> StreamingHttpResponse:
    """Text that is sent as it is made, in chunks of at least `CHUNK` characters."""
    return StreamingHttpResponse(_in_chunks(pieces), content_type=f"{content_type}; charset=utf-8")


def _in_chunks(pieces: Iterable[str]) -> Iterator[str]:
    held: list[str] = []
    size = 0
    for piece in pieces:
        held.append(piece)
        size += len(piece)
        if size >= CHUNK:
            yield "".join(held)
            held, size = [], 0
    yield "".join(held)


def as_file[Response: HttpResponseBase](response: Response, name: str, *, is_kept: bool = True) -> Response:
    """
    The same answer under a file name; `is_kept` asks the browser to keep it instead of showing it.

    Old browsers get what is ASCII of the name. A name never holds more than letters, digits, hyphens and full stops.
    """
    plain = "".join(letter if letter.isascii() else "_" for letter in name)
    extended = "" if name.isascii() else f"; filename*=utf-8''{quote(name)}"
    response.headers["Content-Disposition"] = f'{"attachment" if is_kept else "inline"}; filename="{plain}"{extended}'
    return response


def _made(response: HttpResponse) -> Page:
    patch_cache_control(response, public=True, max_age=0, must_revalidate=True)
    patch_vary_headers(response, ["Cookie", "Accept-Encoding"])
    gzipped = gzip.compress(response.content, COMPRESSION, mtime=0)
    etag = hashlib.blake2b(gzipped, digest_size=16).hexdigest()
    response.headers["ETag"] = f'W/"{etag}"'
    return Page(response.content, gzipped, f'W/"{etag}"', dict(response.headers))
