"""What a learner said, for good, and what that shows of each fact."""

from django.db import models

from quizzes.marking.rebuilt import paint_table
from quizzes.models.bank import Fact, Question
from quizzes.models.learners import Learner
from quizzes.models.sittings import Sitting, Slot
from quizzes.shown import Shown
from tables.models import Table


class Answer(models.Model):
    """
    One reply to one slot, kept for good.

    `given` is what was given (see `quizzes.marking.replies.Given`), None for "I don't know"; `chosen` is the place of
    the option where one was chosen. `is_right`, `outcome` and `points` are as judged then; what counts now is
    `Slot.points`, for an event may speak of the answer. `contrast` is what the verdict showed (see
    `quizzes.actions.contrasts.stored_verdict`), so that a repeated request, a report and a later look show the same.
    `took` is the time from first sight to answer.
    """

    class Outcome(models.TextChoices):
        RIGHT = "right", "Right"
        PARTLY = "partly", "Partly right"
        WRONG = "wrong", "Wrong"
        UNKNOWN = "unknown", "Not known"

    class Confidence(models.TextChoices):
        SURE = "sure", "Sure"
        THINK_SO = "think-so", "Think so"
        GUESS = "guess", "Guess"

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="answers")
    sitting = models.ForeignKey(Sitting, on_delete=models.CASCADE, related_name="answers")
    slot = models.OneToOneField(Slot, on_delete=models.CASCADE, related_name="answer")
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="answers")
    position = models.PositiveIntegerField()
    token = models.CharField(max_length=64)
    chosen = models.PositiveSmallIntegerField(null=True, blank=True)
    given = models.JSONField(null=True, blank=True)
    is_right = models.BooleanField()
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.WRONG)
    points = models.FloatField(default=0)
    confidence = models.CharField(max_length=10, choices=Confidence, blank=True)
    contrast = models.JSONField(null=True, blank=True)
    answered_at = models.DateTimeField()
    took = models.DurationField(null=True, blank=True)

    class Meta:
        ordering = ["sitting", "position"]
        indexes = [
            models.Index(fields=["learner", "answered_at"], name="answer_of_learner"),
            models.Index(fields=["question", "-answered_at"], name="answer_to_question"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["learner", "token"], name="answer_token_once"),
            models.UniqueConstraint(fields=["learner", "sitting", "position"], name="answer_position_once"),
        ]

    def __str__(self) -> str:
        return "right" if self.is_right else "missed"

    @property
    def chosen_text(self) -> str:
        """What was given, in words; empty for "I don't know". Needs the slot."""
        given = self.given or {}
        if "text" in given:
            return given["text"]
        places = given.get("ticked") or given.get("order") or ([] if self.chosen is None else [self.chosen])
        return ", ".join(self.slot.option_text(place) for place in places)

    @property
    def verdict(self) -> str:
        """What the learner is told, in one short sentence. Needs the slot."""
        if self.slot.kind == Question.Kind.REBUILD:
            return paint_table(Shown.from_json(self.slot.shown), self.given).verdict
        said, kind = self.chosen_text, self.slot.kind
        lead = {Question.Kind.SELECT_ALL: "all of them:", Question.Kind.ORDER_BY: "in order:"}.get(kind, "it is")
        right = f"{lead} {self.slot.right_text}"
        if self.is_right:
            return f"Right, {right}"
        if self.is_counted_right:
            return f"Counted as right: {right}"
        if self.outcome == self.Outcome.PARTLY:
            return f"Partly right: {right}"
        right = right[0].upper() + right[1:]
        return f"{right}, not {said}" if said and lead == "it is" else right

    @property
    def is_counted_right(self) -> bool:
        """Whether it was judged otherwise and its learner had it counted as right. Needs the slot."""
        return not self.is_right and self.slot.points == 1

    @property
    def may_be_counted(self) -> bool:
        """Whether the learner may say that what they typed means the same. Needs the slot."""
        return "text" in (self.given or {}) and not self.is_right and not self.is_counted_right


class Event(models.Model):
    """
    What was said of an answer afterwards. The log is never changed: an event stands beside it.

    COUNTED_RIGHT: the learner said that what they typed means the same.
    """

    class Kind(models.TextChoices):
        COUNTED_RIGHT = "counted-right", "Counted as right by the learner"

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="events")
    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=20, choices=Kind)
    happened_at = models.DateTimeField()

    class Meta:
        ordering = ["happened_at"]
        constraints = [models.UniqueConstraint(fields=["learner", "answer", "kind"], name="event_once")]

    def __str__(self) -> str:
        return self.get_kind_display()


class AnswerFact(models.Model):
    """
    What one answer says about one fact.

    `guess_chance` is the chance of being right without knowing, 0 to 1; `value_hash` the value that was asked;
    `is_unknown` that the learner said so.
    """

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="answer_facts")
    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="facts")
    fact = models.ForeignKey(Fact, on_delete=models.CASCADE, related_name="answers")
    is_right = models.BooleanField()
    is_unknown = models.BooleanField(default=False)
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
        return self.filter(fact__is_asked=True)


class Memory(models.Model):
    """
    What one learner showed of one fact, counted from the answer log and its events: a cache, never the source.

    `rights_in_row` counts the right answers since the last miss; `last_kind` is the kind of question last asked;
    `is_sure` says that the last answer was given as Sure.
    """

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="memories")
    fact = models.ForeignKey(Fact, on_delete=models.CASCADE, related_name="memories")
    asked = models.PositiveIntegerField(default=0)
    missed = models.PositiveIntegerField(default=0)
    is_right = models.BooleanField(help_text="At last sight.")
    rights_in_row = models.PositiveIntegerField(default=0)
    last_kind = models.CharField(max_length=20, blank=True)
    is_sure = models.BooleanField(default=False)
    answered_at = models.DateTimeField(help_text="Of the last answer.")

    objects = MemoryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "memories"
        constraints = [models.UniqueConstraint(fields=["learner", "fact"], name="memory_of_fact")]

    def __str__(self) -> str:
        return f"{self.learner}: {self.fact}"


class Confusion(models.Model):
    """
    How often a learner took one thing of a table for another, in one direction.

    `asked` and `said` are keys of rows, or of columns where the table's columns are its things. See
    `quizzes.confusions.Tally` for the counts.
    """

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="confusions")
    table = models.ForeignKey(Table, on_delete=models.CASCADE, related_name="confusions")
    asked = models.UUIDField()
    said = models.UUIDField()
    count = models.FloatField(default=0)
    right_days = models.PositiveSmallIntegerField(default=0)
    last_right_on = models.DateField(null=True, blank=True)
    is_told = models.BooleanField(default=False)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["learner", "table", "asked", "said"], name="confusion_of_pair")]

    def __str__(self) -> str:
        return f"{self.learner}: {self.count:g}"
