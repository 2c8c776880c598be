"""A comparison table with its columns and rows."""

from functools import lru_cache
from typing import Any

from django.db import models
from django.urls import reverse

from tables.address import ROWS_ON_A_PAGE, page_address
from tables.models.guides import Guide
from tables.models.keys import Keyed
from tables.models.topics import PartQuerySet, Topic
from tables.reader.document import Cell, Kind


class TableQuerySet(PartQuerySet["Table"]):
    """Tables of a guide, in document order unless said otherwise."""

    def with_topic(self) -> "TableQuerySet":
        """Each table with its topic and guide: no further query for either."""
        return self.select_related("topic", "guide")


@lru_cache(maxsize=4096)
def _address(guide: str, table: str) -> str:
    """Address of a table's page: a page names dozens of them, and finding one takes Django as long as a small query."""
    return reverse("tables:table", args=[guide, table])


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
    number = models.PositiveSmallIntegerField(default=1, help_text="Counts tables of one name below one heading.")
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
        return _address(self.guide.slug, self.slug)

    @property
    def fits_below(self) -> bool:
        """Whether it is short enough to be shown on another table's page."""
        return self.row_count <= ROWS_ON_A_PAGE

    @property
    def host(self) -> "Table | None":
        """The table on whose page this one is shown; None where it has its own. A query unless fetched along."""
        host = self.shown_with if self.fits_below else None
        return host if host and host.archived_at is None and host.shown_with_id is None else None

    def address_of(self, row: "Row | None" = None, column: "Column | None" = None) -> str:
        """
        Where a cell, a row, a header or the table itself is shown: on which page, which part of it, at which anchor.

        Costs nothing where the table came with its guide, and with the table it is shown with and the guide of that.
        """
        host = self.host
        if host:
            cell = f"-{row.slug}" + (f".{column.slug}" if column else "") if row else ""
            return f"{host.get_absolute_url()}#t-{self.slug}{cell}"
        if row:
            cell = f"{row.slug}.{column.slug}" if column else row.slug
            return f"{self.get_absolute_url()}{page_address(row.position)}#row-{cell}"
        return self.get_absolute_url() + (f"#col-{column.slug}" if column else "")

    def address_of_point(self, point: int) -> str:
        """Where one of its key points is shown, by its id."""
        return f"{(self.host or self).get_absolute_url()}#point-{point}"

    @property
    def name(self) -> str:
        """
        What readers call it: a companion's title carries its label ("Activation Functions: When to Use").

        A second table of that name below one heading is called "... (2)".
        """
        name = f"{self.title}: {self.label}" if self.shown_with_id and self.label else self.title
        return f"{name} ({self.number})" if self.number > 1 else name


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
    `linked` maps keys of columns to the HTML of those cells that name things, with links to the pages of these; it
    holds while the guide `has_concepts`. `folded` is the text of all live cells, made for filtering (see
    `tables.reader.forms.fold`), one cell a line.
    """

    table = models.ForeignKey(Table, on_delete=models.CASCADE, related_name="rows")
    slug = models.CharField(max_length=80)
    subject = models.TextField(blank=True, help_text="Plain text of the first cell.")
    cells = models.JSONField(default=dict)
    linked = models.JSONField(default=dict, editable=False, serialize=False)
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
