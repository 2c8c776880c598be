"""Staff without a second factor, where the host asks for one, come no further than to where they make one."""

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse

from studysite.accounts.adapter import FACTORS

OPEN = ("/accounts/2fa/", "/accounts/reauthenticate/", "/accounts/logout/", "/admin/logout/", "/theme/", "/static/")
"""Beginnings of addresses that they need on the way."""


def ask_staff_for_second_factor(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware: send staff to the page of second factors, on every other page, until they have one. 1 query."""

    def asking(request: HttpRequest) -> HttpResponseBase:
        if not must_make_one(request):
            return get_response(request)
        messages.warning(request, "The staff of this site sign in with a second factor: add one to go on.")
        return HttpResponseRedirect(reverse("mfa_index"))

    return asking


def must_make_one(request: HttpRequest) -> bool:
    """Whether this request is of staff who lack a second factor. Reads no session of visitors who have none."""
    if not settings.STAFF_MFA or request.path.startswith(OPEN) or settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return False
    return request.user.is_authenticated and request.user.is_staff and not is_mfa_enabled(request.user, FACTORS)
