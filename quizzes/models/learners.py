"""Who learns."""

from django.conf import settings
from django.db import models


class Learner(models.Model):
    """Who answers: an account, or a guest known by a key in their session. A guest becomes an account's at sign-up."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="learner"
    )
    guest_key = models.UUIDField(null=True, blank=True, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return str(self.user) if self.user_id else "a guest"
