"""Note where people sign in, so that they can be shown it."""

from typing import Any

from allauth.usersessions.models import UserSession
from django.http import HttpRequest

from studysite.accounts.actions.people import forget_ended
from studysite.accounts.models import User


def note_session(request: HttpRequest, user: User, **_: Any) -> None:
    """Keep this session among the person's, and drop those that have ended."""
    forget_ended(user)
    UserSession.objects.create_from_request(request)
