"""
What follows from coming in and going: where people are signed in is noted, and the log tells of it.

The log knows people by number. It writes no name, of those refused least of all: some type their password into the
wrong field.
"""

import logging
from collections.abc import Callable
from functools import partial
from typing import Any

from allauth.account import signals as account
from allauth.mfa import signals as factors
from allauth.usersessions.models import UserSession
from django.contrib.auth import signals as auth
from django.dispatch import Signal
from django.http import HttpRequest

from studysite.accounts.actions.people import forget_ended
from studysite.accounts.models import User

logger = logging.getLogger("studysite.people")
TOLD: dict[Signal, str] = {
    auth.user_logged_in: "signed in",
    auth.user_logged_out: "signed out",
    account.user_signed_up: "signed up",
    account.password_changed: "changed their password",
    account.password_set: "set a password",
    account.password_reset: "set a new password by a link",
    account.email_added: "added an email address",
    account.email_changed: "changed their email address",
    account.email_removed: "removed an email address",
    factors.authenticator_added: "added a second factor",
    factors.authenticator_removed: "removed a second factor",
    factors.authenticator_reset: "made their recovery codes anew",
}


def begin_journal() -> None:
    """Let the log say of accounts what TOLD lists, from now on."""
    for signal, words in TOLD.items():
        signal.connect(writer(words), weak=False, dispatch_uid=f"journal: {words}")
    auth.user_login_failed.connect(refused, dispatch_uid="journal: refused")


def writer(words: str) -> Callable[..., None]:
    """A receiver that says this of whoever it concerns."""
    return partial(told, words)


def told(words: str, user: User | None = None, **_: Any) -> None:
    """One line of the log; none where nobody was signed in."""
    if user is not None and user.pk:
        logger.info("User %s %s.", user.pk, words)


def refused(**_: Any) -> None:
    """A password, or a name, was wrong."""
    logger.info("A sign-in was refused.")


def note_session(request: HttpRequest, user: User, **_: Any) -> None:
    """Keep this session among the person's, and drop those that have ended."""
    forget_ended(user)
    UserSession.objects.create_from_request(request)
