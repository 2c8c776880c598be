"""What an author has seen in the check of the notes and wants to see no more."""

from django.conf import settings
from django.db import models

from tables.models import Guide


class Dismissal(models.Model):
    """
    One finding of the notes check that an editor put aside.

    `finding_key` is that of `quizzes.notes_check.findings.Finding`: when a cell of the finding changes it is another
    one, and the dismissal speaks of nothing any more.
    """

    guide = models.ForeignKey(Guide, on_delete=models.CASCADE, related_name="dismissals")
    finding_key = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["guide", "-at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["guide", "finding_key"], name="finding_dismissed_once")]

    def __str__(self) -> str:
        return f"{self.guide}: {self.finding_key}"
