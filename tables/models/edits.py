"""Who changed what on the site itself."""

from django.conf import settings
from django.db import models

from tables.models.guides import Guide
from tables.models.tables import Table


class EditQuerySet(models.QuerySet["Edit"]):
    """Changes made on the site, newest first."""


class Edit(models.Model):
    """
    One change of a table that an editor made on the site.

    `sentences` say it in words, one for each thing that changed. `forward` and `back` are what was done and what takes
    it back, as `tables.versions.editing.TableEdit.to_json` gives it. `number` is the guide's version after it.
    """

    guide = models.ForeignKey(Guide, on_delete=models.CASCADE, related_name="edits")
    table = models.ForeignKey(Table, on_delete=models.CASCADE, related_name="edits")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL)
    at = models.DateTimeField(auto_now_add=True)
    number = models.PositiveIntegerField()
    sentences = models.JSONField(default=list)
    forward = models.JSONField(default=dict)
    back = models.JSONField(default=dict)
    reverts = models.OneToOneField("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="reverted_by")

    objects = EditQuerySet.as_manager()

    class Meta:
        ordering = ["guide", "-pk"]
        indexes = [models.Index(fields=["guide", "-id"], name="edit_of_guide")]

    def __str__(self) -> str:
        return "; ".join(self.sentences)
