"""One document of comparison tables, and its history."""

from datetime import timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Count, Q, Sum
from django.urls import reverse
from django.utils import timezone

from studysite.accounts.models import Group, Membership, User
from tables.models.keys import Keyed, KeyedQuerySet

UNDO = timedelta(days=30)
"""How long after an import it can be undone."""


@lru_cache(maxsize=1024)
def _address(view: str, guide: str) -> str:
    """An address within a guide: each of its pages names some, and finding one takes Django long."""
    return reverse(view, args=[guide])


class GuideQuerySet(KeyedQuerySet["Guide"]):
    """The one place that says who may read what."""

    def visible_to(self, user: User | AnonymousUser) -> "GuideQuerySet":
        """Guides this person may read; for everybody else they do not exist. Archived ones nobody reads."""
        return self.visible_to_account(user.pk) if user.is_authenticated else self.visible_to_visitors()

    def visible_to_visitors(self) -> "GuideQuerySet":
        """Guides that everybody may read."""
        return self.filter(archived_at=None, visibility=Guide.Visibility.PUBLIC)

    def visible_to_account(self, account: Any) -> "GuideQuerySet":
        """Guides that the person of this account may read; it is named by its id."""
        mine = Membership.objects.of_account(account)
        of_group = Q(visibility=Guide.Visibility.GROUP, group__in=mine.values("group"))
        edited = Q(group__in=mine.editing().values("group"))
        open_to_all = Q(visibility__in=(Guide.Visibility.PUBLIC, Guide.Visibility.SIGNED_IN))
        return self.filter(open_to_all | Q(owner=account) | of_group | edited, archived_at=None)

    def editable_by(self, user: User | AnonymousUser) -> "GuideQuerySet":
        """
        Guides this person may edit, archived or not: their own, those of groups where they are the owner or an editor,
        and all for staff who may change guides.
        """
        if not user.is_authenticated:
            return self.none()
        if edits_all(user):
            return self.all()
        return self.filter(_kept_by(user))

    def on_shelf_of(self, user: User) -> "GuideQuerySet":
        """
        Guides, archived or not, that a document of this person's may be a newer version of unasked: their own, those of
        groups where they are the owner or an editor, and the site's public ones for staff who may change guides.
        """
        of_site = Q(owner=None, group=None, visibility=Guide.Visibility.PUBLIC)
        return self.filter(_kept_by(user) | of_site if edits_all(user) else _kept_by(user))

    def studied_by(self, group: Group) -> "GuideQuerySet":
        """What a group studies: its own guides, and those of the site that it chose, as long as it may read them."""
        chosen = Q(study_groups=group, visibility__in=(Guide.Visibility.SIGNED_IN, Guide.Visibility.PUBLIC))
        own = Guide.objects.filter(Q(group=group) | chosen).order_by()
        return self.filter(archived_at=None, pk__in=own.values("pk"))

    def owned_by(self, user: User | AnonymousUser) -> "GuideQuerySet":
        """Guides of this person's own, archived or not."""
        return self.filter(owner=user) if user.is_authenticated else self.none()

    def with_sizes(self) -> "GuideQuerySet":
        """Each guide with how many live tables it has, `table_count`, and how many rows these have, `row_count`."""
        live = Q(tables__archived_at=None, tables__topic__archived_at=None)
        rows = Sum("tables__row_count", filter=live, default=0)
        return self.annotate(table_count=Count("tables", filter=live), row_count=rows)


def _kept_by(user: User) -> Q:
    return Q(owner=user) | Q(group__in=Membership.objects.of(user).editing().values("group"))


def edits_all(user: User | AnonymousUser) -> bool:
    """Whether somebody may edit every guide of the site, and show one to everybody."""
    return user.is_staff and user.has_perm("tables.change_guide")


class Guide(Keyed):
    """One document of comparison tables."""

    class Visibility(models.TextChoices):
        PRIVATE = "private", "Only its owner"
        GROUP = "group", "Its group"
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
    group = models.ForeignKey(
        Group, null=True, blank=True, on_delete=models.PROTECT, related_name="guides",
        help_text="Whose guide it is, where it is no single person's.",
    )  # fmt: skip
    study_groups: "models.ManyToManyField[Group, Studied]" = models.ManyToManyField(
        Group, through="Studied", blank=True, related_name="studies",
        help_text="Groups that study it though it is not theirs.",
    )  # fmt: skip
    visibility = models.CharField(max_length=20, choices=Visibility, default=Visibility.PUBLIC)
    version = models.PositiveIntegerField(default=0, help_text="Raised by every change of content; keys all caches.")
    place = models.PositiveSmallIntegerField(
        default=0, db_default=0, help_text="Place on the shelf, lowest first; equals stand by title."
    )
    archived_at = models.DateTimeField(null=True, blank=True)
    naming = models.JSONField(
        default=dict, blank=True, editable=False, help_text="The author's other names: see tables.concepts.naming."
    )
    concepts_version = models.PositiveIntegerField(
        default=0, editable=False, serialize=False, help_text="The version whose concepts and links were made."
    )
    asked_version = models.PositiveIntegerField(
        default=0, db_default=0, editable=False, serialize=False, help_text="Raised when other questions are asked."
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = GuideQuerySet.as_manager()

    class Meta:
        ordering = ["place", "title", "pk"]
        constraints = [models.CheckConstraint(name="guide_of_owner_or_group", condition=Q(owner=None) | Q(group=None))]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return _address("tables:guide", self.slug)

    @property
    def short_title(self) -> str:
        """The title up to its first colon: all that a trail of links has room for."""
        return self.title.partition(": ")[0]

    @property
    def search_url(self) -> str:
        """Address of the search in this guide alone."""
        return _address("tables:search", self.slug)

    def is_editable_by(self, user: User | AnonymousUser) -> bool:
        """Whether `editable_by` finds it; no query for who is not on the staff, 1 for a guide of a group."""
        if not user.is_authenticated:
            return False
        if self.owner_id == user.pk or edits_all(user):
            return True
        return self.group_id is not None and (
            Membership.objects.of(user).editing().filter(group=self.group_id).exists()
        )

    @property
    def has_concepts(self) -> bool:
        """Whether its concepts, and the links to them in its cells, are those of its present tables."""
        return self.concepts_version == self.version


class Studied(models.Model):
    """A guide of the site that a group chose to study."""

    guide = models.ForeignKey(Guide, on_delete=models.CASCADE)
    group = models.ForeignKey(Group, on_delete=models.CASCADE)

    class Meta:
        verbose_name_plural = "studied"
        constraints = [models.UniqueConstraint(fields=["group", "guide"], name="guide_studied_once")]

    def __str__(self) -> str:
        return f"{self.group}: {self.guide}"


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
