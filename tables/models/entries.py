"""What a search looks through: one entry for each guide, topic, table, row, thing, key point and question."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

from django.db import connections, models, transaction

from tables.full_text import (
    LOW_THRESHOLD,
    NAMES_POSTGRESQL,
    NAMES_SQLITE,
    TRIGRAMS_ARE_THERE,
    FoundEntry,
    Search,
    Statement,
    candidates,
    closer_candidates,
)
from tables.models.guides import Guide
from tables.models.tables import Table


class EntryQuerySet(models.QuerySet["Entry"]):
    """Entries, found by the full text index of the database."""

    def found_by(self, search: Search) -> list[FoundEntry]:
        """The candidates of a search (see `tables.full_text`), unordered. One query, a second for common words."""
        if not (search.guides and search.terms):
            return []
        found = self._look(search, candidates)
        held = Counter(entry.kind for entry in found.values())
        full = [kinds for kinds in search.groups if sum(held[kind] for kind in kinds) >= search.most]
        if full:
            found |= self._look(replace(search, groups=full), closer_candidates)
        return list(found.values())

    def _look(self, search: Search, by: Callable[..., Statement]) -> dict[int, FoundEntry]:
        connection = connections[self.db]
        with connection.cursor() as cursor:
            cursor.execute(*by(search, vendor=connection.vendor))
            rows = cursor.fetchall()
        # SQLite keeps a key as its 32 digits.
        return {pk: FoundEntry(pk, key if isinstance(key, UUID) else UUID(key), *rest) for pk, key, *rest in rows}

    def words_like(self, word: str) -> set[str]:
        """
        Words of names that look like this one, those of guides included that a reader may not see.

        Empty on a PostgreSQL without the extension pg_trgm. SQLite knows only those with the same first letter.
        """
        connection = connections[self.db]
        with transaction.atomic(self.db), connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                limits = [len(word) - 2, len(word) + 2]
                cursor.execute(NAMES_SQLITE, [word[0], chr(ord(word[0]) + 1), *limits])
            else:
                cursor.execute(TRIGRAMS_ARE_THERE)
                if not cursor.fetchone():
                    return set()
                cursor.execute(LOW_THRESHOLD)
                cursor.execute(NAMES_POSTGRESQL, [word, word])
            return {each for (name,) in cursor.fetchall() for each in name.split()}


class Entry(models.Model):
    """
    One thing that can be found. `key` is that of the part of the guide for which it stands.

    `name`, `body` and `context` are prepared texts (see `tables.searching`): the body is all that it says, its name
    too; the context what it stands under, the names of its table and columns. `scope` says guide and kind as words, for
    the index of SQLite. Migration 0002 makes both indexes, the databases keep them.
    """

    class Kind(models.TextChoices):
        GUIDE = "guide", "Guide"
        TOPIC = "topic", "Topic"
        TABLE = "table", "Table"
        ROW = "row", "Row"
        CONCEPT = "concept", "Concept"
        QUESTION = "question", "Question"
        POINT = "point", "Key point"

    key = models.UUIDField(unique=True, editable=False)
    guide = models.ForeignKey(Guide, on_delete=models.CASCADE, related_name="entries", db_index=False)
    table = models.ForeignKey(Table, null=True, on_delete=models.CASCADE, related_name="entries")
    kind = models.CharField(max_length=10, choices=Kind)
    scope = models.CharField(max_length=40)
    name = models.TextField(blank=True)
    body = models.TextField(blank=True)
    context = models.TextField(blank=True)

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
