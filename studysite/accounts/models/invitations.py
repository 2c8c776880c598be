"""Links by which people come into a group. A link is reckoned, never stored, so it can be shown again at will."""

import base64

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from studysite.accounts.models.groups import Group, Membership
from studysite.numbers import number_in

SALT = "studysite.accounts.invitation"
BYTES_OF_MAC = 24


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Invitations, newest first."""

    def living(self) -> "InvitationQuerySet":
        """Those by which somebody can still come in."""
        return self.filter(revoked_at=None, group__closed_at=None, expires_at__gt=timezone.now(), uses_left__gt=0)

    def standing(self) -> "InvitationQuerySet":
        """Those that were not taken back, used up and expired ones too: they can be renewed."""
        return self.filter(revoked_at=None)

    def of_token(self, token: str) -> "Invitation | None":
        """The one that a link names with its group and inviter, living or not; None for a link nobody made. 1 query."""
        pk = number_in(token.partition("-")[0])
        found = self.select_related("group", "by").filter(pk=pk).first() if pk else None
        return found if found and found.is_named_by(token) else None

    def followed(self, kept: list[int] | None) -> "Invitation | None":
        """The one that a session says was followed (see `Invitation.kept`), living or not. 1 query."""
        if kept is None:
            return None
        number, generation = kept
        return self.select_related("group", "by").filter(pk=number, generation=generation).first()


class Invitation(models.Model):
    """
    A link into a group: until `expires_at`, for `uses` people of whom `uses_left` may still come, who get `role`.

    Its token is made from the site's secret, its id and `generation`: renewing raises the generation, and the old link
    is dead.
    """

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="invitations")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="invitations"
    )
    role = models.CharField(max_length=10, choices=Membership.Role, default=Membership.Role.MEMBER)
    expires_at = models.DateTimeField()
    uses = models.PositiveSmallIntegerField(default=10)
    uses_left = models.PositiveSmallIntegerField(default=10)
    generation = models.PositiveIntegerField(default=1)
    revoked_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"invitation to {self.group}"

    @property
    def token(self) -> str:
        """What stands in the link: the id, then 192 bits that only this site can reckon."""
        return self._token(settings.SECRET_KEY)

    def is_named_by(self, token: str) -> bool:
        """Whether a token is this one's, made with the site's secret or with one that it had before."""
        secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
        return any([constant_time_compare(self._token(secret), token) for secret in secrets])

    def _token(self, secret: str) -> str:
        said = f"{self.pk}/{self.generation}"
        mac = salted_hmac(SALT, said, secret=secret, algorithm="sha256").digest()[:BYTES_OF_MAC]
        return f"{self.pk}-{base64.urlsafe_b64encode(mac).decode()}"

    @property
    def kept(self) -> list[int]:
        """What a session remembers of a link that was followed: not the link itself."""
        return [self.pk, self.generation]

    @property
    def path(self) -> str:
        """The link without the site's name."""
        return reverse("accounts:join", args=[self.token])

    @property
    def used(self) -> int:
        """How many people came by it."""
        return self.uses - self.uses_left

    @property
    def is_living(self) -> bool:
        """Whether somebody can still come in by it. Needs the group."""
        is_over = self.revoked_at or self.group.closed_at or self.expires_at <= timezone.now()
        return not is_over and self.uses_left > 0
