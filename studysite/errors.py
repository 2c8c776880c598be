"""
What is said when a request cannot be answered: 400, 403, 404, 503 while the database is away, 500 for our own fault.

None of it looks at the form that was sent, as Django's own answers do: that may be what could not be read.
"""

import sys

from django.db import InterfaceError, InternalError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader

RETRY_AFTER_SECONDS = "5"
READ_ONLY = "25006"  # what PostgreSQL says of a write where only reading is possible, as on a standby not yet promoted
REDIS_AWAY = {"redis.exceptions.ConnectionError", "redis.exceptions.TimeoutError"}  # by name: few hosts install it


def not_understood(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page for an address or a form that could not be read."""
    return HttpResponse(loader.render_to_string("400.html"), status=400)


def too_large(request: HttpRequest, limit: int) -> HttpResponse:
    """The page for what says of itself that it is larger than `limit` bytes. None of it is read."""
    megabytes = limit // 1024**2 - 1  # what surrounds a file in a form counts too
    text = loader.render_to_string("413.html", {"megabytes": megabytes})
    return HttpResponse(text, status=413, headers={"Connection": "close"})


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page for what this person may not do; the reason is said if there is one."""
    return render(request, "403.html", {"exception": str(exception)}, status=403)


def missing(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page for what is not there, alike for every address."""
    return render(request, "404.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """
    The page for an exception that no view caught, which is the one being handled now.

    While the database is away, restarts, is full, locked or only to be read, or Redis is away: 503 and a word on when
    to try again. htmx gets that as a notice beside the page, so that what was chosen or typed stays where it is.
    """
    if not will_pass(sys.exception()):
        return HttpResponse(loader.render_to_string("500.html"), status=500)
    by_htmx = request.headers.get("HX-Request") == "true"
    text = loader.render_to_string("503.html#notice" if by_htmx else "503.html")
    response = HttpResponse(text, status=503, headers={"Retry-After": RETRY_AFTER_SECONDS, "Cache-Control": "no-store"})
    if by_htmx:
        response.headers["HX-Retarget"], response.headers["HX-Reswap"] = "#toasts", "innerHTML"
    return response


def will_pass(fault: BaseException | None) -> bool:
    """Whether an exception says that the database or the cache is not fit just now, which time or the host mends."""
    if isinstance(fault, InternalError):
        return getattr(fault.__cause__, "sqlstate", None) == READ_ONLY
    if any(f"{kind.__module__}.{kind.__name__}" in REDIS_AWAY for kind in type(fault).__mro__):
        return True
    return isinstance(fault, OperationalError | InterfaceError)
