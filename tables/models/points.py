"""What an author says beside a table's cells: key points and questions."""

from django.db import models

from tables.models.keys import Keyed
from tables.models.tables import Row, Table
from tables.models.topics import PartQuerySet


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
