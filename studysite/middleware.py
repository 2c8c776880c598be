"""What every answer of the site carries beyond Django's own headers."""

from collections.abc import Callable
from contextlib import suppress

from django.conf import settings
from django.http import HttpRequest, QueryDict, UnreadablePostError
from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control, patch_vary_headers

from studysite.errors import too_large
from studysite.health import alive, ready
from studysite.metrics import is_asked_by_host, metrics

HEADERS = {
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
NUL = "\0"
PROBES = {"/livez": alive, "/readyz": ready}


def probes_first(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """
    Middleware: answer a host's probes before anything else is looked at.

    They come by plain HTTP and by number instead of name, which the site would redirect or refuse, and want no session.
    """

    def with_probes(request: HttpRequest) -> HttpResponseBase:
        if request.path == "/metrics" and is_asked_by_host(request):
            return metrics(request)
        probe = PROBES.get(request.path)
        return probe(request) if probe else get_response(request)

    return with_probes


def more_headers(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware: add the headers for which Django has no setting, and keep what is one person's out of all caches."""

    def with_headers(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if belongs_to_one_person(request, response):
            patch_cache_control(response, private=True, no_store=True)
            patch_vary_headers(response, ["Cookie"])
        return response

    return with_headers


def refuse_large(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware: refuse what says of itself that it is too large, before anything of it is read."""

    def with_limit(request: HttpRequest) -> HttpResponseBase:
        said = request.META.get("CONTENT_LENGTH") or "0"
        limit = settings.LARGEST_REQUESTS.get(request.path, settings.LARGEST_REQUEST)
        if said.isascii() and said.isdigit() and int(said[:20]) > limit:
            return too_large(request, limit)
        return get_response(request)

    return with_limit


class ReplaceNul:
    """
    Middleware: NUL, which PostgreSQL cannot even look for, becomes U+FFFD in what was sent, as browsers show it.

    Cookies that hold one are dropped: they are none of ours.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.COOKIES = {name: value for name, value in request.COOKIES.items() if NUL not in value}
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: object) -> None:
        """Look through the fields of an address and of a form, once the address is known to be one of ours."""
        request.GET = without_nul(request.GET)
        with suppress(UnreadablePostError):  # whoever reads it next is told
            request.POST = without_nul(request.POST)


def without_nul(sent: QueryDict) -> QueryDict:
    """The same fields, with U+FFFD for each NUL; usually there is none."""
    if not any(NUL in value for values in sent.lists() for value in values[1]):
        return sent
    clean = sent.copy()
    for name, values in sent.lists():
        clean.setlist(name, [value.replace(NUL, "\N{REPLACEMENT CHARACTER}") for value in values])
    return clean


def belongs_to_one_person(request: HttpRequest, response: HttpResponseBase) -> bool:
    """
    Whether an answer that says nothing of caches may hold somebody's name or form token.

    So it is wherever the browser has a session or a token: error pages, for example, name who is signed in.
    """
    cookies = {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME}
    return not response.has_header("Cache-Control") and not cookies.isdisjoint({*request.COOKIES, *response.cookies})
