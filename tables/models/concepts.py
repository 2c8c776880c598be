"""The things that a guide's tables name, made from the tables anew with each version."""

from django.db import models
from django.urls import reverse

from tables.models.guides import Guide
from tables.models.points import DecisionQuestion
from tables.models.tables import Column, Row, Table


class ConceptQuerySet(models.QuerySet["Concept"]):
    """The things of guides, by name."""

    def live(self) -> "ConceptQuerySet":
        """Those that the guide's tables name now."""
        return self.filter(archived_at=None)

    def with_more_than_a_row(self) -> "ConceptQuerySet":
        """Those whose page says more than the row of their name: they have none, or other tables name them too."""
        return self.exclude(row__isnull=False, table_count__lt=2)


class Concept(models.Model):
    """
    One thing that a guide names: a row, a compared column, or what an answer recommends.

    `form` is the compare form of its name, by which it stays itself; its slug is given once. `row` or `column` is its
    own, if it has one. `table_count` counts the tables that call it by a name of its own. Only what was made before
    there were keys has none.
    """

    guide = models.ForeignKey(Guide, on_delete=models.CASCADE, related_name="concepts")
    key = models.UUIDField(null=True, unique=True, editable=False)
    form = models.CharField(max_length=300)
    slug = models.CharField(max_length=80)
    name = models.CharField(max_length=100)
    folded = models.CharField(max_length=300, help_text="The name for sorting, without case and accents.")
    row = models.ForeignKey(Row, null=True, on_delete=models.SET_NULL, related_name="+")
    column = models.ForeignKey(Column, null=True, on_delete=models.SET_NULL, related_name="+")
    table_count = models.PositiveIntegerField(default=0)
    archived_at = models.DateTimeField(null=True)

    objects = ConceptQuerySet.as_manager()

    class Meta:
        ordering = ["guide", "folded", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["guide", "form"], name="concept_form_in_guide"),
            models.UniqueConstraint(fields=["guide", "slug"], name="concept_slug_in_guide"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Address of its page. Costs a query for the guide unless it was fetched along."""
        return reverse("tables:concept", args=[self.guide.slug, self.slug])


class MentionQuerySet(models.QuerySet["Mention"]):
    """Where things are named, in the order of the document."""

    def with_places(self) -> "MentionQuerySet":
        """Each mention with its table, row, column and question: no further query for any of them."""
        return self.select_related("table__guide", "table__shown_with__guide", "row", "column", "question").order_by(
            "table__position", "row__position", "column__position", "question__position", "pk"
        )

    def named(self) -> "MentionQuerySet":
        """Those in cells and headers that call the thing by a name of its own."""
        return self.filter(by_alias=False, column__isnull=False)

    def in_headers(self) -> "MentionQuerySet":
        """Those in column headers, from left to right."""
        return self.filter(row=None, column__isnull=False).order_by("column__position", "pk")


class Mention(models.Model):
    """
    One place that names a thing: a cell (row and column), a header (column), or the answer of a key point (neither).

    `defines` says that the cell or header is the thing's own, `question` whose answer it is, `by_alias` that only the
    author's pins call it so.
    """

    concept = models.ForeignKey(Concept, on_delete=models.CASCADE, related_name="mentions")
    table = models.ForeignKey(Table, on_delete=models.CASCADE, related_name="mentions")
    row = models.ForeignKey(Row, null=True, on_delete=models.CASCADE, related_name="mentions")
    column = models.ForeignKey(Column, null=True, on_delete=models.CASCADE, related_name="mentions")
    question = models.ForeignKey(DecisionQuestion, null=True, on_delete=models.CASCADE, related_name="mentions")
    by_alias = models.BooleanField(default=False)
    defines = models.BooleanField(default=False)

    objects = MentionQuerySet.as_manager()

    def __str__(self) -> str:
        return f"mention {self.pk} of concept {self.concept_id}"
