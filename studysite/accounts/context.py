"""What every template knows of the person who looks at it."""

from django.conf import settings
from django.http import HttpRequest

THEMES = ("auto", "light", "dark")


def chosen_theme(request: HttpRequest) -> str:
    """One of THEMES: what the cookie says, "auto" (the system's own) where it says nothing that is known."""
    cookie = request.COOKIES.get(settings.THEME_COOKIE_NAME, "")
    return cookie if cookie in THEMES else "auto"


def theme(request: HttpRequest) -> dict[str, object]:
    """Context processor: `theme`, and `sends_mail` (whether the host can send e-mail). Reads no session."""
    return {"theme": chosen_theme(request), "sends_mail": settings.SENDS_MAIL}
