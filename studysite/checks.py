"""What `manage.py check --deploy` says of a host's settings beyond Django's own checks."""

from django.conf import settings
from django.core.checks import CheckMessage, Warning


def faults_of_proxies(**kwargs: object) -> list[CheckMessage]:
    """System check: whether a proxy that speaks HTTPS would be believed."""
    if not settings.HTTPS or settings.ALLAUTH_TRUSTED_PROXY_COUNT:
        return []
    reason = "SITE_URL begins with https://, and TRUSTED_PROXIES is 0: behind a proxy every page redirects to itself."
    hint = "Set TRUSTED_PROXIES to how many proxies of yours there are; none if the server itself speaks HTTPS."
    return [Warning(reason, hint=hint, id="studysite.W001")]
