"""What allauth asks of the site: its words, and links in mails that no request can bend."""

import base64
import hashlib
import logging
from smtplib import SMTPRecipientsRefused
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from studysite.accounts.actions.invitations import DeadLink, followed, join_group
from studysite.accounts.actions.people import NameTaken, end_sessions
from studysite.accounts.models import NAME_TAKEN, User

logger = logging.getLogger(__name__)
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
"""What counts as a second factor."""


class AccountAdapter(DefaultAccountAdapter):
    """allauth's own rules, said in our words."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "That address and password do not match. Try again.",
        "enter_current_password": "That is not your password now.",
        "incorrect_password": "That is not your password.",
        "too_many_login_attempts": "Too many tries. Wait five minutes, then try again.",
        "username_blacklisted": "That name cannot be had. Choose another.",
        "username_password_mismatch": "That name and password do not match. Try again.",
        "username_taken": NAME_TAKEN,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Whether whoever asks may make an account: as the host says, with a living invitation or not at all."""
        return settings.SIGN_UP == "open" or (settings.SIGN_UP == "invited" and followed(request.session) is not None)

    @transaction.atomic
    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        """
        Keep a new account. Where accounts are by invitation, it takes up a place of that invitation at once.

        Raises NameTaken or, for the last place, ImmediateHttpResponse when somebody else took it meanwhile.
        """
        try:
            saved = super().save_user(request, user, form, commit)
        except IntegrityError as late:
            raise NameTaken from late
        if settings.SIGN_UP == "invited":
            invitation = followed(request.session)
            try:
                if invitation is None:
                    raise DeadLink
                join_group(invitation, saved)
            except DeadLink as late:
                raise ImmediateHttpResponse(render(request, "account/signup_closed.html")) from late
        return saved

    def format_email_subject(self, subject: str) -> str:
        """The subject alone: who wrote stands in the sender."""
        return subject

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Whoever changes what lets them in again, an address too, proves once more who they are."""
        return True

    def set_password(self, user: User, password: str) -> None:
        """Set a password; whoever is signed in elsewhere is signed out."""
        super().set_password(user, password)
        session = context.request.session if context.request else None
        end_sessions(user, but=session.session_key if session else None)

    def is_safe_url(self, url: str) -> bool:
        """Whether `next` may lead there: to a path alone, which leaves neither the site nor its HTTPS."""
        return url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Under which failed sign-ins of one person count: whatever the Host says, whose port anybody may make up."""
        return str(credentials.get("email", credentials.get("username", ""))).lower()

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """
        Send one mail whose links lead to the configured site, whatever Host the request named.

        Raises ImmediateHttpResponse, a page that says so, when the mail server takes nothing or not to this address.
        """
        links = {name: at_the_site(value) for name, value in context.items() if name.endswith("_url")}
        site = SimpleNamespace(name=settings.SITE_NAME, domain=settings.SITE_URL)
        try:
            super().send_mail(template_prefix, email, {**context, **links, "current_site": site})
        except OSError as fault:  # as every SMTPException is
            names_somebody = isinstance(fault, SMTPRecipientsRefused)
            logger.error("A mail could not be sent: %s", type(fault).__name__ if names_somebody else repr(fault))
            raise ImmediateHttpResponse(render(self.request, "account/mail_away.html", status=503)) from fault

    def send_confirmation_mail(self, request: HttpRequest, emailconfirmation: Any, signup: bool) -> None:
        """Ask for an address to be confirmed. One is kept without that too, and its account: the message says it."""
        try:
            super().send_confirmation_mail(request, emailconfirmation, signup)
        except ImmediateHttpResponse:
            request.is_unsent = True


class SecondFactorAdapter(DefaultMFAAdapter):
    """allauth's rules of second factors, said in our words; their secrets lie encrypted in the database."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": "Whoever runs this site asks its staff for a second factor: keep one.",
        "incorrect_code": "That did not match. Try the next code.",
    }

    def encrypt(self, text: str) -> str:
        """The secret as it is stored: a copy of the database alone gives nobody a code."""
        return _ciphers().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret as it was. Raises InvalidToken where neither SECRET_KEY nor a key before it was used for it."""
        return _ciphers().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Staff who must have a second factor keep the last one; recovery codes are none."""
        user = authenticator.user
        if not (settings.STAFF_MFA and user.is_staff):
            return True
        factors = Authenticator.objects.filter(user=user, type__in=FACTORS)
        return factors.exclude(pk=authenticator.pk).exists()

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:
        """The name a new key has until its owner gives it a better one."""
        count = Authenticator.objects.filter(user=user, type=type).count()
        return f"Key {count + 1}"

    def _get_site_name(self) -> str:
        return settings.SITE_NAME


def _ciphers() -> MultiFernet:
    """What secrets are encrypted with, by the site's key; older keys can still read."""
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    digests = (hashlib.blake2b(key.encode(), digest_size=32, person=b"second factor").digest() for key in keys)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])


def at_the_site(address: str) -> str:
    """The same page at SITE_URL; the address as it is where no SITE_URL is set, as on a laptop."""
    parts = urlsplit(address)
    return settings.SITE_URL + parts._replace(scheme="", netloc="").geturl() if settings.SITE_URL else address
