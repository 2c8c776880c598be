"""What a search looks through: one entry for each guide, topic, table, row, key point and question."""

from django.db import connections, models
from django.db.models.expressions import RawSQL

from tables.full_text import Search, candidates
from tables.models.guides import Guide
from tables.models.tables import Table


class EntryQuerySet(models.QuerySet["Entry"]):
    """Entries, found by the full text index of the database."""

    def found_by(self, search: Search) -> "EntryQuerySet":
        """The candidates of a search (see `tables.full_text`), in one query, unordered."""
        if not (search.guides and search.terms):
            return self.none()
        sql, parameters = candidates(search, vendor=connections[self.db].vendor)
        return self.filter(pk__in=RawSQL(sql, parameters))


class Entry(models.Model):
    """
    One thing that can be found. `key` is that of the part of the guide for which it stands.

    `name` and `body` are prepared texts (see `tables.searching`); the body holds the name too. `scope` says guide and
    kind as words, for the index of SQLite. Migration 0002 makes both indexes, the databases keep them.
    """

    class Kind(models.TextChoices):
        GUIDE = "guide", "Guide"
        TOPIC = "topic", "Topic"
        TABLE = "table", "Table"
        ROW = "row", "Row"
        QUESTION = "question", "Question"
        POINT = "point", "Key point"

    key = models.UUIDField(unique=True, editable=False)
    guide = models.ForeignKey(Guide, on_delete=models.CASCADE, related_name="entries", db_index=False)
    table = models.ForeignKey(Table, null=True, on_delete=models.CASCADE, related_name="entries")
    kind = models.CharField(max_length=10, choices=Kind)
    scope = models.CharField(max_length=40)
    name = models.TextField(blank=True)
    body = models.TextField(blank=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "entries"
        indexes = [models.Index(fields=["guide", "kind"], name="entry_kinds_of_guide")]

    def __str__(self) -> str:
        return self.name.strip()


class SearchIndex(models.Model):
    """For which version of a guide its entries were last written."""

    guide = models.OneToOneField(Guide, on_delete=models.CASCADE, related_name="search_index")
    version = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name_plural = "search indexes"

    def __str__(self) -> str:
        return f"entries of {self.guide}"
