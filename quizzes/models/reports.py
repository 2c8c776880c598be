"""What learners find wrong with questions and cells, and what became of it."""

from django.db import models

from quizzes.models.bank import Question
from quizzes.models.learners import Learner
from quizzes.models.slots import Slot
from tables.models import Column, Guide, Row


class ReportQuerySet(models.QuerySet["Report"]):
    """Reports, newest first."""

    def of(self, learner: Learner) -> "ReportQuerySet":
        """Those of one learner; none for somebody who has not begun to learn."""
        return self.filter(learner=learner.pk) if learner.pk else self.none()

    def about(self, guide: Guide) -> "ReportQuerySet":
        """Those of questions and cells of one guide."""
        return self.filter(models.Q(question__guide=guide) | models.Q(row__table__guide=guide))

    def waiting(self) -> "ReportQuerySet":
        """Those that nobody has looked at."""
        return self.filter(status=Report.Status.OPEN)

    def with_places(self) -> "ReportQuerySet":
        """Each with what it is about and where that stands: no further query for either."""
        return self.select_related(
            "question__table__guide", "question__fact__row", "question__fact__column", "question__fact__authored",
            "row__table__guide", "row__table__shown_with__guide", "column", "slot", "learner__user",
        )  # fmt: skip

    def disputes(self) -> "ReportQuerySet":
        """Those that say another option is right as well, and wait for the staff."""
        return self.filter(reason=Report.Reason.MORE_RIGHT, status=Report.Status.OPEN)


class Report(models.Model):
    """
    Something that one learner found wrong with a question, or with a cell: then `row`, `column` and `value` say which.

    `slot` is where they met the question, with the options as they were shown; `value` is what stood in the cell.
    `reply` is what whoever decides says to the learner.
    """

    class Reason(models.TextChoices):
        MORE_RIGHT = "more-right", "More than one is right"
        NOTES_WRONG = "notes-wrong", "The notes are wrong"
        ELSE = "else", "Something else"

    class Status(models.TextChoices):
        OPEN = "open", "Not looked at yet"
        PINNED = "pinned", "That answer is no longer offered"
        HIDDEN = "hidden", "The question is no longer asked"
        MENDED = "mended", "The notes are mended"
        DECLINED = "declined", "The question stays as it is"

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="reports")
    question = models.ForeignKey(Question, null=True, blank=True, on_delete=models.CASCADE, related_name="reports")
    row = models.ForeignKey(Row, null=True, blank=True, on_delete=models.CASCADE, related_name="reports")
    column = models.ForeignKey(Column, null=True, blank=True, on_delete=models.CASCADE, related_name="reports")
    value = models.TextField(blank=True)
    slot = models.ForeignKey(Slot, null=True, blank=True, on_delete=models.SET_NULL, related_name="reports")
    reason = models.CharField(max_length=20, choices=Reason)
    comment = models.TextField(blank=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.OPEN)
    reply = models.TextField(blank=True)
    created_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["learner", "-created_at"], name="report_of_learner")]
        constraints = [
            models.CheckConstraint(
                name="report_of_question_or_cell",
                condition=models.Q(question__isnull=False, row=None, column=None)
                | models.Q(question=None, row__isnull=False, column__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.get_reason_display()

    @property
    def subject(self) -> str:
        """What it is about, in words: the question, or the cell with what stood there. Needs `with_places`."""
        if self.question:
            return self.question.stem
        said = f"“{self.value}”" if self.value else "no value"
        return f"{self.row}, {self.column}: {said}"

    @property
    def place(self) -> str:
        """Address of the cell, or of the question's table. Needs `with_places`."""
        if self.row:
            return self.row.table.address_of(self.row, self.column)
        return self.question.table.get_absolute_url() if self.question else ""
