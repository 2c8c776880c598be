"""What happens to accounts and their sessions."""

from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from studysite.accounts.models import User
from studysite.tries import forget_tries_of


class NameTaken(Exception):
    """Somebody else took the name in the meantime."""


def account_of(user: User) -> dict[str, Any]:
    """What is kept of a person's account, as plain values for themselves; never a secret. 1 query."""
    sessions = UserSession.objects.filter(user=user).order_by("pk")
    return {
        "name": user.username,
        "email": user.email,
        "wants_mail": user.wants_mail,
        "joined_at": user.date_joined.isoformat(),
        "last_sign_in_at": user.last_login.isoformat() if user.last_login else None,
        "sessions": [
            {"since": session.created_at.isoformat(), "from": session.ip, "browser": session.user_agent}
            for session in sessions
        ],
    }


def live_sessions(user: User) -> QuerySet[UserSession]:
    """Where somebody is signed in, the newest first."""
    living = Session.objects.filter(expire_date__gt=timezone.now())
    mine: QuerySet[UserSession] = UserSession.objects.filter(user=user, session_key__in=living.values("session_key"))
    return mine.order_by("-created_at")


def forget_ended(user: User) -> None:
    """Drop what is noted of sessions that are over. 2 queries."""
    UserSession.objects.filter(user=user).exclude(pk__in=live_sessions(user).values("pk")).delete()


@transaction.atomic
def end_sessions(user: User, *, but: str | None, among: QuerySet[UserSession] | None = None) -> int:
    """
    Sign somebody out everywhere, or in these sessions `among` theirs, `but` in the one with this key.

    Gives how many were ended. 3 queries however many.
    """
    ending = UserSession.objects.filter(user=user) if among is None else among
    keys = list(ending.exclude(session_key=but or "").values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    UserSession.objects.filter(user=user, session_key__in=keys).delete()
    return len(keys)


def reset_path(user: User) -> str:
    """Where somebody sets a new password: works once, until they sign in or PASSWORD_RESET_TIMEOUT is over."""
    key = default_token_generator.make_token(user)
    return reverse("account_reset_password_from_key", args=[user_pk_to_url_str(user), key])


def drop_second_factor(user: User) -> None:
    """Take away every second factor of somebody who has lost theirs: their password alone lets them in."""
    Authenticator.objects.filter(user=user).delete()


@transaction.atomic
def delete_user(user: User) -> None:
    """
    Delete an account, with its sessions, what hangs on it, its counted tries and what the admin's log says of it.

    What the person did themselves in the admin is no longer said there either.
    """
    end_sessions(user, but=None)
    about = ContentType.objects.get_for_model(User)
    LogEntry.objects.filter(content_type=about, object_id=str(user.pk)).delete()
    forget_tries_of(user.pk)
    user.delete()
