"""A topic, and what all parts of a guide have in common."""

from django.db import models

from tables.models.guides import Guide
from tables.models.keys import Keyed, KeyedQuerySet


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
