"""What is said when something broke: 503 while the database is away, 500 for what is our fault."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.views.defaults import server_error

RETRY_AFTER_SECONDS = "5"


def broken(request: HttpRequest) -> HttpResponse:
    """
    The page for an exception that no view caught, which is the one being handled now.

    While the database is away, restarts, is full or locked: 503 and a word on when to try again. htmx gets that as a
    notice beside the page, so that what was chosen or typed stays where it is.
    """
    if not isinstance(sys.exception(), OperationalError | InterfaceError):
        return server_error(request)
    by_htmx = request.headers.get("HX-Request") == "true"
    text = loader.render_to_string("503.html#notice" if by_htmx else "503.html")
    response = HttpResponse(text, status=503, headers={"Retry-After": RETRY_AFTER_SECONDS, "Cache-Control": "no-store"})
    if by_htmx:
        response.headers["HX-Retarget"], response.headers["HX-Reswap"] = "#toasts", "innerHTML"
    return response
