"""
What readers browse: a guide holds topics, a topic tables, a table columns, rows, points and decision questions.

Every part carries a `key`, minted once at its first import and kept through renames and moves, and a slug, given once.
What a newer version of the document leaves out is archived, never deleted: learners' histories hang on the keys.
"""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.urls import reverse

from studysite.accounts.models import User
from tables.reader.document import Cell, Kind


class KeyedQuerySet[Model: models.Model](models.QuerySet[Model]):
    """Things that fixtures find by the keys they keep in every database."""

    def get_by_natural_key(self, key: str) -> Model:
        """The one of this key. Raises DoesNotExist."""
        return self.get(key=key)


class Keyed(models.Model):
    """A thing whose key outlives the database it stands in."""

    key = models.UUIDField(unique=True, editable=False)

    class Meta:
        abstract = True

    def natural_key(self) -> tuple[UUID]:
        """What a fixture calls it."""
        return (self.key,)


class GuideQuerySet(KeyedQuerySet["Guide"]):
    """The one place that says who may read what."""

    def visible_to(self, user: User | AnonymousUser) -> "GuideQuerySet":
        """Guides this person may read; for everybody else they do not exist."""
        public = Q(visibility=Guide.Visibility.PUBLIC)
        if not user.is_authenticated:
            return self.filter(public)
        return self.filter(public | Q(visibility=Guide.Visibility.SIGNED_IN) | Q(owner=user))

    def public(self) -> "GuideQuerySet":
        """Guides that anybody may read, signed in or not."""
        return self.filter(visibility=Guide.Visibility.PUBLIC)


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
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="guides"
    )
    visibility = models.CharField(max_length=20, choices=Visibility, default=Visibility.PUBLIC)
    version = models.PositiveIntegerField(default=0, help_text="Raised by every change of content; keys all caches.")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = GuideQuerySet.as_manager()

    class Meta:
        ordering = ["title", "pk"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("tables:guide", args=[self.slug])


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


class PartQuerySet[Part: models.Model](KeyedQuerySet[Part]):
    """Parts of a guide, present or archived."""

    def live(self) -> "PartQuerySet[Part]":
        """Parts that the newest version of the document holds."""
        return self.filter(archived_at=None)


class Topic(Keyed):
    """One topic of a guide; its title is empty for tables that stand above any topic heading."""

    guide = models.ForeignKey(Guide, on_delete=models.CASCADE, related_name="topics")
    slug = models.CharField(max_length=80)
    title = models.CharField(max_length=300, blank=True)
    position = models.PositiveIntegerField()
    intro = models.JSONField(default=list, blank=True)
    archived_at = models.DateTimeField(null=True, blank=True)

    objects = PartQuerySet.as_manager()

    class Meta:
        ordering = ["guide", "position"]
        constraints = [models.UniqueConstraint(fields=["guide", "slug"], name="topic_slug_in_guide")]

    def __str__(self) -> str:
        return self.title or "(no topic)"


class TableQuerySet(PartQuerySet["Table"]):
    """Tables of a guide, in document order unless said otherwise."""

    def with_topic(self) -> "TableQuerySet":
        """Each table with its topic and guide: no further query for either."""
        return self.select_related("topic", "guide")


class Table(Keyed):
    """
    One comparison table.

    `row_count` and `column_count` (the key column included) count live parts and are kept by publishing.
    """

    KIND_CHOICES = [(kind.value, kind.value.capitalize()) for kind in Kind]

    guide = models.ForeignKey(Guide, on_delete=models.CASCADE, related_name="tables")
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="tables")
    shown_with = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="companions",
        help_text="The table on whose page this one is shown too.",
    )
    slug = models.CharField(max_length=80)
    title = models.CharField(max_length=300)
    label = models.CharField(max_length=300, blank=True)
    path = models.JSONField(default=list, blank=True, help_text="Headings between topic and title.")
    position = models.PositiveIntegerField(help_text="Place in the document, counted over all topics.")
    kind = models.CharField(max_length=20, choices=KIND_CHOICES)
    kind_reason = models.CharField(max_length=300, blank=True)
    kind_is_set = models.BooleanField(default=False, help_text="An author chose the kind: imports keep it.")
    directive = models.JSONField(default=dict, blank=True)
    intro = models.JSONField(default=list, blank=True)
    notes = models.JSONField(default=list, blank=True)
    points_label = models.CharField(max_length=300, blank=True)
    breaks = models.JSONField(default=list, blank=True, help_text="Positions of rows above which a rule is drawn.")
    first_line = models.PositiveIntegerField(default=0)
    last_line = models.PositiveIntegerField(default=0)
    row_count = models.PositiveIntegerField(default=0)
    column_count = models.PositiveIntegerField(default=0)
    archived_at = models.DateTimeField(null=True, blank=True)

    objects = TableQuerySet.as_manager()

    class Meta:
        ordering = ["guide", "position"]
        constraints = [models.UniqueConstraint(fields=["guide", "slug"], name="table_slug_in_guide")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Address of the table's page. Costs a query for the guide unless it was fetched along."""
        return reverse("tables:table", args=[self.guide.slug, self.slug])

    @property
    def name(self) -> str:
        """What readers call it: a companion's title carries its label ("Activation Functions: When to Use")."""
        return f"{self.title}: {self.label}" if self.shown_with_id and self.label else self.title


class Column(Keyed):
    """One column of a table; the first names the rows."""

    table = models.ForeignKey(Table, on_delete=models.CASCADE, related_name="columns")
    slug = models.CharField(max_length=80)
    name = models.CharField(max_length=300)
    source = models.TextField(blank=True)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    align = models.CharField(max_length=6, blank=True)
    position = models.PositiveIntegerField()
    is_facet = models.BooleanField(default=False, help_text="Its values repeat enough to be offered as chips.")
    archived_at = models.DateTimeField(null=True, blank=True)

    objects = PartQuerySet.as_manager()

    class Meta:
        ordering = ["table", "position"]
        constraints = [models.UniqueConstraint(fields=["table", "slug"], name="column_slug_in_table")]

    def __str__(self) -> str:
        return self.name


class Row(Keyed):
    """
    One row of a table.

    `cells` maps the hex of a column's key to {"source", "text", "html"}: an archived column keeps its cells.
    `folded` is the text of all live cells, made for filtering (see `tables.reader.forms.fold`), one cell a line.
    """

    table = models.ForeignKey(Table, on_delete=models.CASCADE, related_name="rows")
    slug = models.CharField(max_length=80)
    subject = models.TextField(blank=True, help_text="Plain text of the first cell.")
    cells = models.JSONField(default=dict)
    folded = models.TextField(blank=True)
    position = models.PositiveIntegerField()
    line = models.PositiveIntegerField(default=0)
    archived_at = models.DateTimeField(null=True, blank=True)

    objects = PartQuerySet.as_manager()

    class Meta:
        ordering = ["table", "position"]
        constraints = [models.UniqueConstraint(fields=["table", "slug"], name="row_slug_in_table")]

    def __str__(self) -> str:
        return self.subject

    def cell(self, column: Column) -> Cell:
        """The cell under this column; an empty one where the row has none."""
        stored: dict[str, Any] = self.cells.get(column.key.hex, {})
        return Cell(stored.get("source", ""), stored.get("text", ""), stored.get("html", ""))


class Point(Keyed):
    """One item of the list attached to a table: a key point, kept in order."""

    table = models.ForeignKey(Table, on_delete=models.CASCADE, related_name="points")
    source = models.TextField()
    text = models.TextField()
    html = models.TextField()
    position = models.PositiveIntegerField()
    line = models.PositiveIntegerField(default=0)
    archived_at = models.DateTimeField(null=True, blank=True)

    objects = PartQuerySet.as_manager()

    class Meta:
        ordering = ["table", "position"]
        verbose_name = "key point"

    def __str__(self) -> str:
        return self.text


class DecisionQuestion(Keyed):
    """
    One question the author wrote: a row of a decision or lookup table, or a key point that reads as a decision.

    Exactly one of `row` and `point` is set. Texts are plain, as a learner reads them.
    """

    table = models.ForeignKey(Table, on_delete=models.CASCADE, related_name="questions")
    row = models.ForeignKey(Row, null=True, blank=True, on_delete=models.CASCADE, related_name="questions")
    point = models.ForeignKey(Point, null=True, blank=True, on_delete=models.CASCADE, related_name="questions")
    question = models.TextField()
    answer = models.TextField()
    explanation = models.TextField(blank=True)
    position = models.PositiveIntegerField()
    archived_at = models.DateTimeField(null=True, blank=True)

    objects = PartQuerySet.as_manager()

    class Meta:
        ordering = ["table", "position"]

    def __str__(self) -> str:
        return self.question
