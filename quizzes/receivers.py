"""The one business rule that a signal carries: whoever signs up or in keeps what they did as a guest."""

from typing import Any

from allauth.account.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest

from quizzes.actions.adoption import adopt_guest
from quizzes.middleware import GUEST_KEY
from studysite.accounts.models import User


@receiver(user_logged_in)
def adopt_answers(request: HttpRequest, user: User, **_: Any) -> None:
    """Adopt at sign-in; allauth signs in after a sign-up too, so this is the only place."""
    guest_key = request.session.pop(GUEST_KEY, None)
    if guest_key:
        adopt_guest(guest_key, user)
