"""What a learner said, for good, and what that shows of each fact."""

from django.db import models

from quizzes.marking.rebuilt import paint_table
from quizzes.models.bank import Fact, Question
from quizzes.models.learners import Learner
from quizzes.models.sittings import Sitting
from quizzes.models.slots import Slot
from quizzes.shown import Shown
from tables.models import Guide, Table


class Answer(models.Model):
    """
    One reply to one slot, kept for good.

    `given` is what was given (see `quizzes.marking.replies.Given`), None for "I don't know"; `chosen` is the place of
    the option where one was chosen. `is_right`, `outcome` and `points` are as judged then; what counts now is
    `Slot.points`, for an event may speak of the answer. `contrast` is what the verdict showed (see
    `quizzes.actions.contrasts.stored_verdict`), so that a repeated request, a report and a later look show the same.
    `took` is the time from first sight to answer; `study_day` the learner's day on which it was given, in the time zone
    they had then.
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
    study_day = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["sitting", "position"]
        indexes = [
            models.Index(fields=["learner", "answered_at"], name="answer_of_learner"),
            models.Index(fields=["question", "-answered_at"], name="answer_to_question"),
            models.Index(fields=["learner", "study_day"], name="answer_of_day"),
            models.Index(fields=["learner", "-answered_at"], condition=models.Q(confidence="sure"), name="answer_sure"),
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
    What was said of answers afterwards. The log is never changed: an event stands beside it.

    COUNTED_RIGHT: the learner said that what they typed means the same. UNDONE: the learner withdrew it. Both name the
    answer. RESET: the learner starts over with a table, or a whole guide where none is named, and what was answered
    before is history. SET_ASIDE and BROUGHT_BACK name a fact. A changed value needs no event: each answer keeps the
    hash of the value that it was about. Nor does doubt: a question knows since when it has been in it.
    """

    class Kind(models.TextChoices):
        COUNTED_RIGHT = "counted-right", "Counted as right by the learner"
        UNDONE = "undone", "Withdrawn by the learner"
        RESET = "reset", "Started over"
        SET_ASIDE = "set-aside", "Set aside"
        BROUGHT_BACK = "brought-back", "Brought back"

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="events")
    answer = models.ForeignKey(Answer, null=True, blank=True, on_delete=models.CASCADE, related_name="events")
    guide = models.ForeignKey(Guide, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    table = models.ForeignKey(Table, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    fact = models.ForeignKey(Fact, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
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
    `is_unknown` that the learner said so. `recall` is what memory had predicted, `known` how likely the fact was known
    by the answer, both 0 to 1 and as reckoned when it was given; None where it moved no memory.
    """

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="answer_facts")
    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="facts")
    fact = models.ForeignKey(Fact, on_delete=models.CASCADE, related_name="answers")
    is_right = models.BooleanField()
    is_unknown = models.BooleanField(default=False)
    guess_chance = models.FloatField()
    value_hash = models.CharField(max_length=64)
    recall = models.FloatField(null=True, blank=True)
    known = models.FloatField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["learner", "answer", "fact"], name="answer_fact_once")]

    def __str__(self) -> str:
        return f"{self.fact}: {'right' if self.is_right else 'missed'}"
