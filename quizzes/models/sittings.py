"""How questions are put to a learner: sittings and their slots."""

import secrets

from django.db import models
from django.db.models import Q

from quizzes.models.bank import Question
from quizzes.models.learners import Learner
from tables.models import Guide, Table, Topic


def new_token() -> str:
    """256 bits nobody can guess: the ticket that lets one answer be given once."""
    return secrets.token_urlsafe(32)


class SittingQuerySet(models.QuerySet["Sitting"]):
    """Sittings, newest first."""

    def of(self, learner: Learner) -> "SittingQuerySet":
        """Those of one learner; none for somebody who has not begun to learn."""
        return self.filter(learner=learner.pk) if learner.pk else self.none()

    def unfinished(self) -> "SittingQuerySet":
        """Sittings that can be taken up again."""
        return self.filter(finished_at=None)

    def with_progress(self) -> "SittingQuerySet":
        """Each with `slot_count`, `answer_count`, `right_count` and `next_position`: the first one not answered."""
        newest_first = self.order_by("-started_at", "-pk")  # grouped queries have no order of the model's own
        return newest_first.annotate(
            slot_count=models.Count("slots"),
            answer_count=models.Count("slots__answer"),
            right_count=models.Count("slots", filter=Q(slots__answer__is_right=True)),
            next_position=models.Min("slots__position", filter=Q(slots__answer=None)),
        )


class Sitting(models.Model):
    """
    One run through questions.

    `seed` makes the order and the options the same at every look. `token` comes from the form that started it: the same
    form sent twice starts one sitting.
    """

    class Scope(models.TextChoices):
        GUIDE = "guide", "All decision questions"
        TOPIC = "topic", "One topic"
        TABLE = "table", "One table"
        MISSED = "missed", "Missed ones"

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="sittings")
    guide = models.ForeignKey(Guide, on_delete=models.CASCADE, related_name="sittings")
    scope = models.CharField(max_length=20, choices=Scope)
    topic = models.ForeignKey(Topic, null=True, blank=True, on_delete=models.SET_NULL)
    table = models.ForeignKey(Table, null=True, blank=True, on_delete=models.SET_NULL)
    retry_of = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="retries")
    token = models.CharField(max_length=64, default=new_token)
    seed = models.BigIntegerField()
    is_shuffled = models.BooleanField(default=True)
    started_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    # Only on a sitting fetched `with_progress`:
    slot_count: int
    answer_count: int
    right_count: int
    next_position: int | None

    objects = SittingQuerySet.as_manager()

    class Meta:
        ordering = ["-started_at", "-pk"]
        indexes = [models.Index(fields=["learner", "-started_at"], name="sitting_of_learner")]
        constraints = [models.UniqueConstraint(fields=["learner", "token"], name="sitting_started_once")]

    def __str__(self) -> str:
        return f"sitting {self.pk}"

    @property
    def name(self) -> str:
        """What was practised, in the learner's words. Needs topic and table."""
        name = self.get_scope_display()
        if self.scope == self.Scope.TOPIC and self.topic:
            name = self.topic.title
        if self.scope == self.Scope.TABLE and self.table:
            name = self.table.name
        return f"Retry: {name}" if self.retry_of_id else name


class SlotQuerySet(models.QuerySet["Slot"]):
    """Positions of sittings."""

    def of(self, learner: Learner) -> "SlotQuerySet":
        """Those of one learner; none for somebody who has not begun to learn."""
        return self.filter(learner=learner.pk) if learner.pk else self.none()


class Slot(models.Model):
    """
    One position of a sitting: the question as it was asked, whatever becomes of the document.

    `options` are those of `quizzes.generation.options`, in the order shown; `right` is the place of the right one among
    them, and neither it nor anything that follows from it is in a page before the slot is answered.
    """

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="slots")
    sitting = models.ForeignKey(Sitting, on_delete=models.CASCADE, related_name="slots")
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="slots")
    position = models.PositiveIntegerField(help_text="Counted from 1.")
    token = models.CharField(max_length=64, default=new_token)
    context = models.CharField(max_length=700)
    stem = models.TextField()
    options = models.JSONField()
    value_hash = models.CharField(max_length=64, help_text="Of the fact's value as it is asked here.")
    right = models.PositiveSmallIntegerField()
    is_flagged = models.BooleanField(default=False)
    shown_at = models.DateTimeField(null=True, blank=True)

    objects = SlotQuerySet.as_manager()

    class Meta:
        ordering = ["sitting", "position"]
        constraints = [
            models.UniqueConstraint(fields=["learner", "sitting", "position"], name="slot_position_once"),
            models.UniqueConstraint(fields=["learner", "token"], name="slot_token_once"),
        ]

    def __str__(self) -> str:
        return self.stem

    def option_text(self, place: int | None) -> str:
        """The option at a place, as shown; empty for None."""
        return "" if place is None else self.options[place]["text"]

    @property
    def right_text(self) -> str:
        """The right answer."""
        return self.option_text(self.right)
