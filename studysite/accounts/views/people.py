"""Pages of the people, beside those that allauth gives."""

from urllib.parse import urlsplit

from allauth.account.views import logout
from django.conf import settings
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from studysite.accounts.context import THEMES


@require_http_methods(["GET", "HEAD", "POST"])
def sign_out(request: HttpRequest) -> HttpResponse:
    """allauth's sign-out, after which the browser drops the pages it kept, so that Back shows nothing private."""
    response = logout(request)
    if request.method == "POST":
        response.headers["Clear-Site-Data"] = '"cache"'
    return response


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
    """Whether the browser says that a page of this site sent the request. One that says nothing is believed."""
    origin = request.headers.get("Origin", "")
    if origin and urlsplit(origin).netloc != request.get_host():
        return False
    return request.headers.get("Sec-Fetch-Site", "same-origin") in {"same-origin", "none"}
