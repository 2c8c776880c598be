"""Who is signed in, found by a query whose SQL is made once: pages of people signed in begin with it."""

from allauth.account.auth_backends import AuthenticationBackend

from studysite.accounts.models import User
from studysite.prepared import Prepared

_BY_ID = Prepared(lambda user: User.objects.filter(pk=user))


class AccountBackend(AuthenticationBackend):  # type: ignore[misc]  # the library has no types
    """Allauth's own, but for how the user of a session is found."""

    def get_user(self, user_id: int) -> User | None:
        """The user of this id; None where there is none, or their account was closed."""
        user = _BY_ID.first(user=user_id)
        return user if user and self.user_can_authenticate(user) else None
