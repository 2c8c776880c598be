"""What every answer of the site carries beyond Django's own headers."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control, patch_vary_headers

from studysite.errors import too_large
from studysite.health import alive, ready
from studysite.metrics import is_asked_by_host, metrics

HEADERS = {
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
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
        if said.isascii() and said.isdigit() and int(said) > limit:
            return too_large(request, limit)
        return get_response(request)

    return with_limit


def belongs_to_one_person(request: HttpRequest, response: HttpResponseBase) -> bool:
    """
    Whether an answer that says nothing of caches may hold somebody's name or form token.

    So it is wherever the browser has a session or a token: error pages, for example, name who is signed in.
    """
    cookies = {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME}
    return not response.has_header("Cache-Control") and not cookies.isdisjoint({*request.COOKIES, *response.cookies})
