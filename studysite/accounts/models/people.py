"""Who signs in."""

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.db.models.functions import Upper

NAME_TAKEN = "Somebody has that name already. Choose another."


class People(UserManager["User"]):
    """Accounts, found by name as those who sign in are: in whatever case it is written."""

    use_in_migrations = False

    def get_by_natural_key(self, username: str | None) -> "User":
        """The account of this name. Raises User.DoesNotExist."""
        return self.get(username__iexact=username)


class User(AbstractUser):
    """
    An account. The e-mail address may be empty: a laptop or a group without mail needs none.

    `wants_mail` says whether its person wants reminders; what they asked for themselves is sent all the same.
    """

    wants_mail = models.BooleanField(default=False, db_default=False)

    objects = People()

    class Meta(AbstractUser.Meta):
        constraints = [
            models.UniqueConstraint(  # Upper, as `iexact` asks: sign-in finds by this index
                Upper("username"), name="one_name_in_any_case", violation_error_message=NAME_TAKEN
            )
        ]
