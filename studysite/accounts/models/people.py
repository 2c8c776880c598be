"""Who signs in."""

from django.contrib.auth.models import AbstractUser
from django.db import models


class User(AbstractUser):
    """
    An account. The e-mail address may be empty: a laptop or a group without mail needs none.

    `wants_mail` says whether its person wants reminders; what they asked for themselves is sent all the same.
    """

    wants_mail = models.BooleanField(default=False, db_default=False)
