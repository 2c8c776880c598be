"""How questions are put to a learner, some at a time."""

import secrets
from datetime import datetime

from django.db import models
from django.db.models import Count, Expression, Min, Q
from django.utils import timezone

from quizzes.exams import earliest_open, is_time_up
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
        """Sittings that their learner can take up again alone."""
        return self.filter(finished_at=None).exclude(mode=Sitting.Mode.TOGETHER)

    def to_go_on_with(self, since: datetime | Expression | None = None) -> "SittingQuerySet":
        """
        The unfinished ones that still take answers: an exam whose time was up before `since` waits for its report.

        Unless said otherwise that is now, but for the grace.
        """
        return self.unfinished().filter(Q(deadline=None) | Q(deadline__gte=since or earliest_open(timezone.now())))

    def mocks(self) -> "SittingQuerySet":
        """Exams of a whole guide that are over."""
        return self.filter(mode=Sitting.Mode.EXAM, scope=Sitting.Scope.GUIDE).exclude(finished_at=None)

    def with_progress(self) -> "SittingQuerySet":
        """
        Each with counts of its slots: `slot_count`, `answer_count`, and without those that came back `first_count`
        answered and `right_count`; `next_position`, the first one not answered; `returning`, those still to come back.
        """
        newest_first = self.order_by("-started_at", "-pk")  # grouped queries have no order of the model's own
        stands = Q(slots__is_undone=False)
        return newest_first.annotate(
            slot_count=Count("slots", filter=stands),
            answer_count=Count("slots__points", filter=stands),
            first_count=Count("slots__points", filter=stands & Q(slots__returns=None)),
            right_count=Count("slots", filter=stands & Q(slots__points=1, slots__returns=None)),
            next_position=Min("slots__position", filter=Q(slots__points=None)),
            returning=Count("slots", filter=stands & Q(slots__points__lt=1, slots__returns=None, slots__returned=None)),
        )


class Sitting(models.Model):
    """
    One run through questions.

    `seed` makes the order and the options the same at every look. `token` comes from the form that started it: the same
    form sent twice starts one sitting. `kinds` are the kinds of question wanted, none for all; `pair` the two things
    (as in `quizzes.generation.sources.Thing`) of a sitting about two rows. In practice missed ones come back once at
    the end (`returns_missed`), and with `tries_first` a wrong first try is told and tried again before the answer
    counts. `minutes`, `deadline` and `pass_mark` (percent) are those of an exam, which asks how sure one is only where
    that was wished (`asks_confidence`). `assignment` is what it was begun for, if it was; `meeting` the
    one of a group that it is this learner's part of. What `is_taken_in` came with a file that anybody can write: it
    tells its learner alone, and counts in nothing that others see.
    """

    class Mode(models.TextChoices):
        PRACTICE = "practice", "Practice"
        EXAM = "exam", "Exam"
        DRILL = "drill", "Pair drill"
        REBUILD = "rebuild", "Rebuild the table"
        COVER = "cover", "Covered cells"
        TODAY = "today", "Today"
        TOGETHER = "together", "Together"

    class Scope(models.TextChoices):
        GUIDE = "guide", "The whole guide"
        DECISIONS = "decisions", "All decision questions"
        TOPIC = "topic", "One topic"
        TABLE = "table", "One table"
        PAIR = "pair", "Two rows"
        MISSED = "missed", "Missed ones"
        FLAGGED = "flagged", "Flagged ones"
        UNSEEN = "unseen", "Not seen yet"
        SURE_WRONG = "sure-wrong", "Sure, but wrong"
        BLIND_SPOTS = "blind-spots", "What the group misses"

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="sittings")
    guide = models.ForeignKey(Guide, on_delete=models.CASCADE, related_name="sittings")
    mode = models.CharField(max_length=20, choices=Mode, default=Mode.PRACTICE)
    scope = models.CharField(max_length=20, choices=Scope)
    topic = models.ForeignKey(Topic, null=True, blank=True, on_delete=models.SET_NULL)
    table = models.ForeignKey(Table, null=True, blank=True, on_delete=models.SET_NULL)
    assignment = models.ForeignKey(
        "quizzes.Assignment", null=True, blank=True, on_delete=models.SET_NULL, related_name="sittings"
    )
    meeting = models.ForeignKey(
        "quizzes.Meeting", null=True, blank=True, on_delete=models.SET_NULL, related_name="sittings"
    )
    retry_of = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="retries")
    token = models.CharField(max_length=64, default=new_token)
    seed = models.BigIntegerField()
    is_shuffled = models.BooleanField(default=True)
    kinds = models.JSONField(default=list, blank=True)
    pair = models.JSONField(default=list, blank=True)
    returns_missed = models.BooleanField(default=True)
    tries_first = models.BooleanField(default=False)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    deadline = models.DateTimeField(null=True, blank=True)
    pass_mark = models.PositiveSmallIntegerField(null=True, blank=True)
    asks_confidence = models.BooleanField(default=False)
    started_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    is_taken_in = models.BooleanField(default=False, db_default=False)

    # Only on a sitting fetched `with_progress`:
    slot_count: int
    answer_count: int
    first_count: int
    right_count: int
    next_position: int | None
    returning: int

    objects = SittingQuerySet.as_manager()

    class Meta:
        ordering = ["-started_at", "-pk"]
        indexes = [
            models.Index(fields=["learner", "-started_at"], name="sitting_of_learner"),
            models.Index(fields=["learner"], condition=Q(is_taken_in=True), name="sitting_taken_in"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["learner", "token"], name="sitting_started_once"),
            models.UniqueConstraint(fields=["learner", "meeting"], name="sitting_of_meeting_once"),
        ]

    def __str__(self) -> str:
        return f"sitting {self.pk}"

    @property
    def is_exam_under_way(self) -> bool:
        """Whether this is an exam that is not handed in yet."""
        return self.mode == self.Mode.EXAM and self.finished_at is None

    @property
    def is_time_up(self) -> bool:
        """Whether this is an exam that takes no more answers, though nobody has looked at it since to hand it in."""
        return self.finished_at is None and is_time_up(self.deadline, timezone.now())

    @property
    def brings_back(self) -> bool:
        """Whether more is to be asked though all is answered: missed ones, more of a drill. Needs `with_progress`."""
        if self.finished_at or self.next_position:
            return False
        wants = self.mode == self.Mode.PRACTICE and self.returns_missed and self.returning > 0
        return wants or self.mode in {self.Mode.DRILL, self.Mode.TODAY}

    @property
    def is_through(self) -> bool:
        """Whether nothing is left to be asked. Needs `with_progress`."""
        return self.next_position is None and not self.brings_back

    @property
    def name(self) -> str:
        """What was practised, in the learner's words. Needs topic and table."""
        if self.mode == self.Mode.COVER and self.table:
            return f"Covered cells: {self.table.name}"
        if self.mode == self.Mode.TODAY:
            return "Today's questions"
        name = "Pair drill" if self.mode == self.Mode.DRILL else self.get_scope_display()
        if self.scope == self.Scope.PAIR and self.mode != self.Mode.DRILL and len(self.pair) != 2:
            name = "One row" if len(self.pair) == 1 else f"{len(self.pair)} rows"
        if self.scope == self.Scope.TOPIC and self.topic:
            name = self.topic.title
        if self.scope == self.Scope.TABLE and self.table:
            name = self.table.name
        if self.mode == self.Mode.EXAM:
            return f"Mock exam: {name}"
        if self.mode == self.Mode.REBUILD:
            name = f"Rebuild: {name}"
        return f"Retry: {name}" if self.retry_of_id else name
