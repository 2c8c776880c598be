"""Documents on their way into a guide."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.utils import timezone

from studysite.accounts.models import Group, User
from tables.models.guides import Guide, Version

SIGN_OF_LIFE = timedelta(seconds=60)


class DraftQuerySet(models.QuerySet["Draft"]):
    """Documents that wait, newest first."""

    def of(self, user: User | AnonymousUser) -> "DraftQuerySet":
        """Those that this person uploaded and did not throw away; nobody else sees them."""
        return self.filter(by=user.pk).exclude(stage=Draft.THROWN_AWAY) if user.is_authenticated else self.none()

    def open(self) -> "DraftQuerySet":
        """Those not published yet."""
        return self.exclude(stage=Draft.Stage.PUBLISHED)

    def to_be_worked_on(self) -> "DraftQuerySet":
        """Those that wait for somebody to work on them, and those whose worker gave no sign of life for a minute."""
        return self.filter(stage__in=Draft.WAITING) | self.lost()

    def lost(self) -> "DraftQuerySet":
        """Those whose worker gave no sign of life for a minute."""
        return self.filter(stage__in=Draft.WORKING, alive_at__lt=timezone.now() - SIGN_OF_LIFE)

    def at_work(self) -> "DraftQuerySet":
        """Those that somebody works on, or was called to and is about to, though they were thrown away meanwhile."""
        stages = (*Draft.WAITING, *Draft.WORKING, Draft.THROWN_AWAY)
        return self.filter(stage__in=stages, alive_at__gte=timezone.now() - SIGN_OF_LIFE)

    def waiting_for_room(self) -> "DraftQuerySet":
        """Those that nobody was called to yet, or in vain a minute ago."""
        is_free = models.Q(alive_at=None) | models.Q(alive_at__lt=timezone.now() - SIGN_OF_LIFE)
        return self.filter(is_free, stage__in=Draft.WAITING)


class Draft(models.Model):
    """
    A document that was handed in and is not published yet. Nothing of it is seen by readers.

    `guide` is the one it becomes a newer version of; without one it makes a new guide, of its author's or of a `group`.
    `choices` are what its author
    decided so far: "kinds" by a table's place, "apart" as hex keys. `checked` is what the page shows of it, made by
    `quizzes.imports.checked_of` from one look at the document. `done` of `total` tables are read while it is worked on.
    """

    class Stage(models.TextChoices):
        TO_CHECK = "to check", "waits to be read"
        CHECKING = "checking", "is being read"
        CHECKED = "checked", "was read"
        TO_PUBLISH = "to publish", "waits to be published"
        PUBLISHING = "publishing", "is being published"
        PUBLISHED = "published", "was published"

    WAITING = (Stage.TO_CHECK, Stage.TO_PUBLISH)
    WORKING = (Stage.CHECKING, Stage.PUBLISHING)
    THROWN_AWAY = "thrown away"  # no stage that anybody sees: its worker has yet to notice, and takes it away then

    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="drafts")
    guide = models.ForeignKey(Guide, null=True, blank=True, on_delete=models.CASCADE, related_name="drafts")
    name = models.CharField(max_length=255, blank=True)
    source = models.BinaryField()
    visibility = models.CharField(max_length=20, choices=Guide.Visibility, default=Guide.Visibility.PRIVATE)
    group = models.ForeignKey(Group, null=True, blank=True, on_delete=models.CASCADE, related_name="drafts")
    choices = models.JSONField(default=dict, blank=True)
    stage = models.CharField(max_length=20, choices=Stage, default=Stage.TO_CHECK)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    alive_at = models.DateTimeField(null=True, blank=True)
    checked = models.JSONField(default=dict, blank=True)
    fault = models.TextField(blank=True, help_text="Why it could not be published when that was last tried.")
    version = models.ForeignKey(Version, null=True, blank=True, on_delete=models.SET_NULL, related_name="drafts")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = DraftQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["by", "-created_at"], name="draft_by")]

    def __str__(self) -> str:
        return self.name or "Pasted text"

    @property
    def is_waiting(self) -> bool:
        """Whether somebody works on it, or is about to."""
        return self.stage in (*self.WAITING, *self.WORKING)

    @property
    def is_lost(self) -> bool:
        """Whether whoever worked on it has given no sign of life for a minute."""
        return self.stage in self.WORKING and self._is_silent

    @property
    def waits_for_room(self) -> bool:
        """Whether nobody was called to it yet, or in vain a minute ago."""
        return self.stage in self.WAITING and self._is_silent

    @property
    def _is_silent(self) -> bool:
        return self.alive_at is None or timezone.now() - self.alive_at > SIGN_OF_LIFE
