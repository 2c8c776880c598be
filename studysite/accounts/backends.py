"""Who signs in, and who is signed in: every page of people signed in begins with that query, whose SQL is made once."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.models import EmailAddress
from django.conf import settings
from django.http import HttpRequest

from studysite.accounts.models import User
from studysite.prepared import Prepared

_BY_ID = Prepared(lambda user: User.objects.filter(pk=user))


class AccountBackend(AuthenticationBackend):  # type: ignore[misc]  # the library has no types
    """Allauth's own, but for how somebody is found."""

    def get_user(self, user_id: int) -> User | None:
        """The user of this id; None where there is none, or their account was closed."""
        user = _BY_ID.first(user=user_id)
        return user if user and self.user_can_authenticate(user) else None

    def _authenticate(self, request: HttpRequest | None, **credentials: Any) -> User | None:
        """Try the password once: how long that takes does not tell whether anybody has a name or an address."""
        said = credentials.get("username") or credentials.get("email") or ""
        user: User | None = self._check_password(who_is_meant(said), credentials["password"])
        return user


def who_is_meant(said: str) -> User | None:
    """
    Whose name this is, in any case: they have no other. Else who confirmed this address; else who gave it first.

    1 query for a name, up to 3 for an address.
    """
    named = User.objects.filter(username__iexact=said).first()
    if named or "email" not in settings.ACCOUNT_LOGIN_METHODS:
        return named
    address = said.lower()
    given = EmailAddress.objects.filter(email=address).select_related("user").order_by("-verified", "pk").first()
    return given.user if given else User.objects.filter(email=address).order_by("pk").first()
