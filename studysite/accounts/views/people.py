"""Pages of the people, beside those that allauth gives."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from allauth.account.forms import SignupForm
from allauth.account.views import SignupView, logout
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from studysite.accounts.actions.people import NameTaken, end_sessions, live_sessions
from studysite.accounts.browsers import browser_of
from studysite.accounts.context import THEMES
from studysite.accounts.models import NAME_TAKEN
from studysite.web import private


class SignUp(SignupView):  # type: ignore[misc]  # the library has no types
    """allauth's, which says of a name taken while the form was on its way what it says of every other that is taken."""

    def form_valid(self, form: SignupForm) -> HttpResponse:
        """Make the account, unless the name is gone."""
        try:
            return super().form_valid(form)
        except NameTaken:
            form.add_error("username", NAME_TAKEN)
            return self.form_invalid(form)


@require_http_methods(["GET", "HEAD", "POST"])
def sign_out(request: HttpRequest) -> HttpResponse:
    """allauth's sign-out, after which the browser drops the pages it kept, so that Back shows nothing private."""
    response = logout(request)
    if request.method == "POST":
        response.headers["Clear-Site-Data"] = '"cache"'
    return response


@private
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def sessions(request: HttpRequest) -> HttpResponse:
    """Where somebody is signed in; a button ends one of these, or all but this one."""
    here, mine = request.session.session_key, live_sessions(request.user)
    if request.method == "POST":
        wanted = request.POST.get("end", "")
        ended = end_sessions(
            request.user, but=here, among=mine if wanted == "others" else mine.filter(pk=number(wanted))
        )
        messages.success(request, "Signed out there." if ended else "Nobody was signed in there any more.")
        return HttpResponseRedirect(reverse("accounts:sessions"), status=303)
    listed = [SignedIn.of(session, here) for session in mine]
    listed.sort(key=lambda each: not each.is_here)
    has_others = any(not each.is_here for each in listed)
    return render(request, "people/sessions.html", {"sessions": listed, "has_others": has_others})


def number(text: str) -> int:
    """A number of the database; 0, which no row has, for any other text."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else 0


@dataclass(frozen=True, slots=True)
class SignedIn:
    """One browser in which somebody is signed in."""

    pk: int
    browser: str
    ip: str
    since: datetime
    is_here: bool

    @classmethod
    def of(cls, session: UserSession, here: str | None) -> "SignedIn":
        """One session; `here` is the key of the one that asks."""
        browser, is_here = browser_of(session.user_agent), session.session_key == here
        return cls(session.pk, browser, session.ip, session.created_at, is_here)


@csrf_exempt
@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Keep the theme a reader chose in a cookie, and nothing else: that is why no token is asked for."""
    if not is_from_here(request):
        raise PermissionDenied
    if request.POST.get("theme") not in THEMES:
        raise BadRequest("There is no such theme.")
    back = request.POST.get("next", "")
    is_safe = url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    response = HttpResponseRedirect(back if is_safe else "/", status=303)
    response.set_cookie(
        settings.THEME_COOKIE_NAME,
        request.POST["theme"],
        max_age=settings.SESSION_COOKIE_AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
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
