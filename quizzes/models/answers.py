"""What a learner said, for good, and what that shows of each fact."""

from django.db import models

from quizzes.models.bank import Fact, Question
from quizzes.models.learners import Learner
from quizzes.models.sittings import Sitting, Slot


class Answer(models.Model):
    """
    One reply to one slot, kept for good.

    `chosen` is the place of the chosen option, None for "I don't know". `contrast` is what the verdict showed, so that
    a repeated request, a report and a later look show the same. `took` is the time from first sight to answer.
    """

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="answers")
    sitting = models.ForeignKey(Sitting, on_delete=models.CASCADE, related_name="answers")
    slot = models.OneToOneField(Slot, on_delete=models.CASCADE, related_name="answer")
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="answers")
    position = models.PositiveIntegerField()
    token = models.CharField(max_length=64)
    chosen = models.PositiveSmallIntegerField(null=True, blank=True)
    is_right = models.BooleanField()
    contrast = models.JSONField(null=True, blank=True)
    answered_at = models.DateTimeField()
    took = models.DurationField(null=True, blank=True)

    class Meta:
        ordering = ["sitting", "position"]
        indexes = [models.Index(fields=["learner", "answered_at"], name="answer_of_learner")]
        constraints = [
            models.UniqueConstraint(fields=["learner", "token"], name="answer_token_once"),
            models.UniqueConstraint(fields=["learner", "sitting", "position"], name="answer_position_once"),
        ]

    def __str__(self) -> str:
        return "right" if self.is_right else "missed"

    @property
    def chosen_text(self) -> str:
        """The option that was chosen; empty for "I don't know". Needs the slot."""
        return self.slot.option_text(self.chosen)

    @property
    def verdict(self) -> str:
        """What the learner is told, in one short sentence. Needs the slot."""
        right = self.slot.right_text
        if self.is_right:
            return f"Right, it is {right}"
        return f"It is {right}, not {self.chosen_text}" if self.chosen_text else f"It is {right}"


class AnswerFact(models.Model):
    """
    What one answer says about one fact.

    `guess_chance` is the chance of being right without knowing, 0 to 1; `value_hash` the value that was asked.
    """

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="answer_facts")
    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="facts")
    fact = models.ForeignKey(Fact, on_delete=models.CASCADE, related_name="answers")
    is_right = models.BooleanField()
    guess_chance = models.FloatField()
    value_hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["learner", "answer", "fact"], name="answer_fact_once")]

    def __str__(self) -> str:
        return f"{self.fact}: {'right' if self.is_right else 'missed'}"


class MemoryQuerySet(models.QuerySet["Memory"]):
    """What learners know."""

    def of(self, learner: Learner) -> "MemoryQuerySet":
        """That of one learner; none for somebody who has not begun to learn."""
        return self.filter(learner=learner.pk) if learner.pk else self.none()

    def asked(self) -> "MemoryQuerySet":
        """That of facts which questions still ask for: what is hidden or left the document counts nowhere."""
        return self.filter(fact__in=Question.objects.asked().values("fact"))


class Memory(models.Model):
    """What one learner showed of one fact, counted from the answer log: a cache of it, never its source."""

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="memories")
    fact = models.ForeignKey(Fact, on_delete=models.CASCADE, related_name="memories")
    asked = models.PositiveIntegerField(default=0)
    missed = models.PositiveIntegerField(default=0)
    is_right = models.BooleanField(help_text="At last sight.")
    answered_at = models.DateTimeField(help_text="Of the last answer.")

    objects = MemoryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "memories"
        constraints = [models.UniqueConstraint(fields=["learner", "fact"], name="memory_of_fact")]

    def __str__(self) -> str:
        return f"{self.learner}: {self.fact}"
