"""One document of comparison tables, and its history."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from studysite.accounts.models import User
from tables.models.keys import Keyed, KeyedQuerySet

UNDO = timedelta(days=30)
"""How long after an import it can be undone."""


class GuideQuerySet(KeyedQuerySet["Guide"]):
    """The one place that says who may read what."""

    def visible_to(self, user: User | AnonymousUser) -> "GuideQuerySet":
        """Guides this person may read; for everybody else they do not exist. Archived ones nobody reads."""
        standing, public = self.filter(archived_at=None), Q(visibility=Guide.Visibility.PUBLIC)
        if not user.is_authenticated:
            return standing.filter(public)
        return standing.filter(public | Q(visibility=Guide.Visibility.SIGNED_IN) | Q(owner=user))

    def editable_by(self, user: User | AnonymousUser) -> "GuideQuerySet":
        """Guides this person may edit, archived or not: their own, and all for staff who may change guides."""
        if not user.is_authenticated:
            return self.none()
        return self.all() if edits_all(user) else self.filter(owner=user)

    def owned_by(self, user: User | AnonymousUser) -> "GuideQuerySet":
        """Guides of this person's own, archived or not."""
        return self.filter(owner=user) if user.is_authenticated else self.none()

    def public(self) -> "GuideQuerySet":
        """Guides that anybody may read, signed in or not."""
        return self.filter(visibility=Guide.Visibility.PUBLIC)


def edits_all(user: User | AnonymousUser) -> bool:
    """Whether somebody may edit every guide of the site, and show one to everybody."""
    return user.is_staff and user.has_perm("tables.change_guide")


class Guide(Keyed):
    """One document of comparison tables."""

    class Visibility(models.TextChoices):
        PRIVATE = "private", "Only its owner"
        SIGNED_IN = "signed-in", "Everyone signed in"
        PUBLIC = "public", "Everyone"

    slug = models.CharField(max_length=80, unique=True)
    title = models.CharField(max_length=300)
    document_id = models.CharField(max_length=200, blank=True, help_text="The id of the document's front matter.")
    front_matter = models.JSONField(default=dict, blank=True)
    intro = models.JSONField(default=list, blank=True, help_text="Prose above the first topic: source, text, html.")
    links = models.JSONField(default=dict, blank=True, help_text="Link definitions: label to address and title.")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="guides"
    )
    visibility = models.CharField(max_length=20, choices=Visibility, default=Visibility.PUBLIC)
    version = models.PositiveIntegerField(default=0, help_text="Raised by every change of content; keys all caches.")
    place = models.PositiveSmallIntegerField(
        default=0, db_default=0, help_text="Place on the shelf, lowest first; equals stand by title."
    )
    archived_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = GuideQuerySet.as_manager()

    class Meta:
        ordering = ["place", "title", "pk"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("tables:guide", args=[self.slug])

    def is_editable_by(self, user: User | AnonymousUser) -> bool:
        """Whether `editable_by` finds it, without a query for whoever is not on the staff."""
        return user.is_authenticated and (self.owner_id == user.pk or edits_all(user))


class VersionQuerySet(models.QuerySet["Version"]):
    """The history of guides."""

    def get_by_natural_key(self, guide_key: str, number: int) -> "Version":
        """The import that made this version of the guide, not a later one that changed nothing. Raises DoesNotExist."""
        return self.filter(guide__key=guide_key, number=number).earliest("pk")


class Version(models.Model):
    """One published state of a guide's document, byte for byte, or one import that changed nothing."""

    guide = models.ForeignKey(Guide, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(help_text="The guide's version after this import.")
    name = models.CharField(max_length=255, blank=True)
    source = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    summary = models.TextField(blank=True)
    imported_at = models.DateTimeField(auto_now_add=True)
    imported_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL)

    objects = VersionQuerySet.as_manager()

    class Meta:
        ordering = ["guide", "-pk"]

    def __str__(self) -> str:
        return f"{self.guide} v{self.number}"

    def natural_key(self) -> tuple[UUID, int]:
        """What a fixture calls it."""
        return (self.guide.key, self.number)

    @property
    def may_be_undone(self) -> bool:
        """Whether it came in so lately that its import can be undone at once."""
        return timezone.now() - self.imported_at < UNDO
