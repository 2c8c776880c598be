"""Errors told to a service that speaks Sentry's protocol, where the host names one. Nothing of a person goes there."""

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from studysite.logs import REQUEST_ID, without_secrets

KEPT = {"method"}


def report_errors(dsn: str) -> None:
    """
    Tell errors to the service at `dsn`; without one nothing is told.

    Raises ImproperlyConfigured when the package that speaks to it is not installed: most hosts do without.
    """
    if not dsn:
        return
    if not find_spec("sentry_sdk"):
        raise ImproperlyConfigured("SENTRY_DSN needs the Python package sentry-sdk: pip install sentry-sdk")
    import_module("sentry_sdk").init(
        dsn=dsn,
        send_default_pii=False,
        include_local_variables=False,
        max_request_body_size="never",
        before_send=stripped,
        before_breadcrumb=lambda crumb, hint: None,
    )


def stripped(event: dict[str, Any], hint: dict[str, Any] | None = None) -> dict[str, Any]:
    """The event without address, cookies, headers, form and person, with the id by which the log knows the request."""
    request = {name: value for name, value in event.get("request", {}).items() if name in KEPT}
    kept = {name: value for name, value in event.items() if name not in {"user", "request", "extra"}}
    for found in kept.get("exception", {}).get("values", []):
        found["value"] = without_secrets(str(found.get("value", "")))
    if "logentry" in kept:
        kept["logentry"] = {"message": without_secrets(str(kept["logentry"].get("message", "")))}
    return {**kept, "request": request, "tags": {**kept.get("tags", {}), "request_id": REQUEST_ID.get()}}
