"""Every request has an id, which its lines in the log and its answer share, and is counted."""

import logging
import re
import uuid
from collections.abc import Callable
from time import perf_counter

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from studysite.logs import REQUEST_ID
from studysite.metrics import count_request

FIT = re.compile(r"[A-Za-z0-9._-]{8,64}")
logger = logging.getLogger("studysite.requests")


def traced(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware: give the request an id, say it in the answer, count and log the answer and how long it took."""

    def with_id(request: HttpRequest) -> HttpResponseBase:
        began, token = perf_counter(), REQUEST_ID.set(request_id(request))
        try:
            response = get_response(request)
            response.headers["X-Request-ID"] = REQUEST_ID.get()
            record(request, response, perf_counter() - began)
            return response
        finally:
            REQUEST_ID.reset(token)

    return with_id


def request_id(request: HttpRequest) -> str:
    """The id that a proxy of the host's own gave, else a new one: visitors have no say in what the log holds."""
    said = request.headers.get("X-Request-ID", "")
    return said if settings.ALLAUTH_TRUSTED_PROXY_COUNT and FIT.fullmatch(said) else uuid.uuid4().hex


def record(request: HttpRequest, response: HttpResponseBase, seconds: float) -> None:
    """Count and log one answer, by the pattern of its address: what stands in an address may open a door."""
    method, status = request.method or "", response.status_code
    count_request(method, status, seconds)
    route = request.resolver_match.route if request.resolver_match else ""
    known = {"method": method, "route": route, "status": status, "milliseconds": round(seconds * 1000, 1)}
    logger.info("%s /%s %s", method, route, status, extra=known)
