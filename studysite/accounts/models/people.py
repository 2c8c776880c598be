"""Who signs in."""

from django.contrib.auth.models import AbstractUser


class User(AbstractUser):
    """An account. The e-mail address may be empty: a laptop or a group without mail needs none."""
