"""What learners find wrong with questions, and what became of it."""

from django.db import models

from quizzes.models.bank import Question
from quizzes.models.learners import Learner
from quizzes.models.sittings import Slot


class ReportQuerySet(models.QuerySet["Report"]):
    """Reports, newest first."""

    def of(self, learner: Learner) -> "ReportQuerySet":
        """Those of one learner; none for somebody who has not begun to learn."""
        return self.filter(learner=learner.pk) if learner.pk else self.none()

    def disputes(self) -> "ReportQuerySet":
        """Those that say another option is right as well, and wait for the staff."""
        return self.filter(reason=Report.Reason.MORE_RIGHT, status=Report.Status.OPEN)


class Report(models.Model):
    """
    Something that one learner found wrong with a question.

    `slot` is where they met it, with the options as they were shown; `reply` is what the staff say to the learner.
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
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="reports")
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

    def __str__(self) -> str:
        return self.get_reason_display()
