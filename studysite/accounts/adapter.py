"""What allauth asks of the site: its words, and links in mails that no request can bend."""

from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings


class AccountAdapter(DefaultAccountAdapter):
    """allauth's own rules, said in our words."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "That address and password do not match. Try again.",
        "enter_current_password": "That is not your password now.",
        "incorrect_password": "That is not your password.",
        "too_many_login_attempts": "Too many tries. Wait five minutes, then try again.",
        "username_blacklisted": "That name cannot be had. Choose another.",
        "username_password_mismatch": "That name and password do not match. Try again.",
        "username_taken": "Somebody has that name already. Choose another.",
    }

    def format_email_subject(self, subject: str) -> str:
        """The subject alone: who wrote stands in the sender."""
        return subject

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send one mail whose links lead to the configured site, whatever Host the request named."""
        links = {name: at_the_site(value) for name, value in context.items() if name.endswith("_url")}
        site = SimpleNamespace(name="Studysite", domain=settings.SITE_URL)
        super().send_mail(template_prefix, email, {**context, **links, "current_site": site})


def at_the_site(address: str) -> str:
    """The same page at SITE_URL; the address as it is where no SITE_URL is set, as on a laptop."""
    parts = urlsplit(address)
    return settings.SITE_URL + parts._replace(scheme="", netloc="").geturl() if settings.SITE_URL else address
