"""The people: who signs in. What they learn hangs on `quizzes.models.Learner`, not here."""

from django.contrib.auth.models import AbstractUser


class User(AbstractUser):
    """An account. The e-mail address may be empty: a laptop or a group without mail needs none."""
