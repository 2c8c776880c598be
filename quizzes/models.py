"""
What learners do: a learner sits through slots, gives one answer to each, and the answers move the memory of facts.

Every table begins its keys and indexes with the learner. The answer log is never changed; memory can be made from it.
"""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q

from tables.models import Column, DecisionQuestion, Guide, Row, Table, Topic


def new_token() -> str:
    """256 bits nobody can guess: the ticket that lets one answer be given once."""
    return secrets.token_urlsafe(32)


class Learner(models.Model):
    """Who answers: an account, or a guest known by a key in their session. A guest becomes an account's at sign-up."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="learner"
    )
    guest_key = models.UUIDField(null=True, blank=True, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return str(self.user) if self.user_id else "a guest"


class Fact(models.Model):
    """
    One thing to know: a value cell (row and column) or one authored question. Memory is kept for facts.

    `key` follows from the keys of its parts (decisions on identity: see docs/identity.md) and is used in every export.
    `value_hash` is that of the value's compare form: memory follows the value, not the place alone.
    """

    key = models.UUIDField(unique=True, editable=False)
    guide = models.ForeignKey(Guide, on_delete=models.CASCADE, related_name="facts")
    table = models.ForeignKey(Table, on_delete=models.CASCADE, related_name="facts")
    row = models.ForeignKey(Row, null=True, blank=True, on_delete=models.CASCADE, related_name="facts")
    column = models.ForeignKey(Column, null=True, blank=True, on_delete=models.CASCADE, related_name="facts")
    authored = models.ForeignKey(
        DecisionQuestion, null=True, blank=True, on_delete=models.CASCADE, related_name="facts"
    )
    value_hash = models.CharField(max_length=64)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="fact_is_cell_or_question",
                condition=Q(authored=None, row__isnull=False, column__isnull=False)
                | Q(authored__isnull=False, row=None, column=None),
            )
        ]

    def __str__(self) -> str:
        return str(self.key)


class QuestionQuerySet(models.QuerySet["Question"]):
    """Questions made from the guides' tables."""

    def asked(self) -> "QuestionQuerySet":
        """Questions that may be asked now: neither retired with their part of the document nor hidden."""
        return self.filter(retired_at=None)

    def tallied(self, learners: "models.QuerySet[Learner]") -> "models.QuerySet[Question, dict[str, int]]":
        """
        For each table with questions: {"table", "questions", "asked", "right"}, the last at last sight.

        `learners` finds the one whose memory is counted, within the same query.
        """
        mine = models.FilteredRelation("fact__memories", condition=Q(fact__memories__learner=learners))
        return (
            self.annotate(mine=mine)
            .order_by()
            .values("table")
            .annotate(
                questions=models.Count("fact", distinct=True),
                asked=models.Count("mine__fact", distinct=True),
                right=models.Count("mine__fact", distinct=True, filter=Q(mine__is_right=True)),
            )
        )


class Question(models.Model):
    """
    One way of asking one fact, made from the document and remade when it changes.

    `context` is the line above the stem (the table's name). `candidates` are the safe wrong options, best first, as
    `quizzes.generation` prepared them; the options of a sitting are drawn from them when it starts.
    `prepared` also holds the keys of the rows that the right answer names.
    """

    class Kind(models.TextChoices):
        DECISION = "decision", "Decision question"
        LOOKUP = "lookup", "Lookup question"

    key = models.UUIDField(unique=True, editable=False)
    guide = models.ForeignKey(Guide, on_delete=models.CASCADE, related_name="questions")
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="questions")
    table = models.ForeignKey(Table, on_delete=models.CASCADE, related_name="bank")
    fact = models.ForeignKey(Fact, on_delete=models.CASCADE, related_name="questions")
    kind = models.CharField(max_length=20, choices=Kind)
    context = models.CharField(max_length=700)
    stem = models.TextField()
    answer = models.TextField()
    prepared = models.JSONField(default=dict)
    position = models.PositiveIntegerField(help_text="Place in the guide's document.")
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        ordering = ["guide", "position"]

    def __str__(self) -> str:
        return self.stem


class Bank(models.Model):
    """For which version of a guide its questions were last made; a newer guide makes them anew before asking."""

    guide = models.OneToOneField(Guide, on_delete=models.CASCADE, related_name="bank")
    version = models.PositiveIntegerField(default=0)
    skips = models.JSONField(default=list, help_text="The ledger: what is not asked or not offered, and why.")

    def __str__(self) -> str:
        return f"questions of {self.guide}"


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
        return self.annotate(
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

    objects = SittingQuerySet.as_manager()

    class Meta:
        ordering = ["-started_at", "-pk"]
        indexes = [models.Index(fields=["learner", "-started_at"], name="sitting_of_learner")]
        constraints = [models.UniqueConstraint(fields=["learner", "token"], name="sitting_started_once")]

    def __str__(self) -> str:
        return f"sitting {self.pk}"


class SlotQuerySet(models.QuerySet["Slot"]):
    """Positions of sittings."""

    def of(self, learner: Learner) -> "SlotQuerySet":
        """Those of one learner; none for somebody who has not begun to learn."""
        return self.filter(learner=learner.pk) if learner.pk else self.none()


class Slot(models.Model):
    """
    One position of a sitting: the question as it was asked, whatever becomes of the document.

    `options` lists {"text", "rows", "table"} in the order shown; `right` is the place of the right one among them, and
    neither it nor anything that follows from it is in a page before the slot is answered.
    """

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="slots")
    sitting = models.ForeignKey(Sitting, on_delete=models.CASCADE, related_name="slots")
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="slots")
    position = models.PositiveIntegerField(help_text="Counted from 1.")
    token = models.CharField(max_length=64, default=new_token)
    context = models.CharField(max_length=700)
    stem = models.TextField()
    options = models.JSONField()
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
