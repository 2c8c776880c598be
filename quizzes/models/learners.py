"""Who learns, and how they want to."""

from datetime import date, datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone

from quizzes.memory.states import study_day
from tables.models import Guide, Topic

LEAST_GOAL, USUAL_GOAL, MOST_GOAL = 1, 20, 200


class Learner(models.Model):
    """
    Who answers: an account, or a guest known by a key in their session. A guest becomes an account's at sign-up.

    This row is locked and written with each answer, so it holds what every answer moves: `pace`, the nine log weights
    of `quizzes.memory.states.Pace` (none: as everybody), and `first_sights`, by the id of a guide the two sums of
    `FirstSights`. `is_stale` says that the log, or what it is read by, changed in the meantime: memory is replayed
    before the learner's next page or answer. `last_move` is what the last answer found, so that it can be withdrawn
    (see `quizzes.actions.memory.Before`), `moved_at` the moment of the last thing in the log that memory knows of.
    The database says `is_stale` of whoever an older version of the site makes.
    """

    class GoalUnit(models.TextChoices):
        ANSWERS = "answers", "answers"
        MINUTES = "minutes", "minutes"

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="learner"
    )
    guest_key = models.UUIDField(null=True, blank=True, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    pace = models.JSONField(default=list, db_default=[], blank=True)
    first_sights = models.JSONField(default=dict, db_default={}, blank=True)
    is_stale = models.BooleanField(default=False, db_default=True)
    last_move = models.JSONField(null=True, blank=True)
    moved_at = models.DateTimeField(null=True, blank=True)
    time_zone = models.CharField(max_length=64, default="", db_default="", blank=True)
    goal = models.PositiveSmallIntegerField(
        default=USUAL_GOAL,
        db_default=USUAL_GOAL,
        validators=[MinValueValidator(LEAST_GOAL), MaxValueValidator(MOST_GOAL)],
        help_text="A day.",
    )
    goal_unit = models.CharField(max_length=10, choices=GoalUnit, default=GoalUnit.ANSWERS, db_default="answers")
    paused_until = models.DateField(null=True, blank=True, help_text="First day with a plan again.")
    returns_missed = models.BooleanField(default=True, db_default=True)

    def __str__(self) -> str:
        return str(self.user) if self.user_id else "a guest"

    @property
    def zone(self) -> tzinfo:
        """Their time zone; the site's own where they chose none, or one that this machine does not know."""
        try:
            return ZoneInfo(self.time_zone) if self.time_zone else timezone.get_default_timezone()
        except (ZoneInfoNotFoundError, ValueError):
            return timezone.get_default_timezone()

    def day_of(self, moment: datetime) -> date:
        """Their study day of a moment: it starts at four in the morning."""
        return study_day(moment, self.zone)

    @property
    def today(self) -> date:
        """Their study day now."""
        return self.day_of(timezone.now())

    @property
    def is_off(self) -> bool:
        """Whether today is one of their days off."""
        return self.paused_until is not None and self.today < self.paused_until


class StudyQuerySet(models.QuerySet["Study"]):
    """What learners want of guides."""

    def of(self, learner: Learner) -> "StudyQuerySet":
        """That of one learner; none for somebody who has not begun to learn."""
        return self.filter(learner=learner.pk) if learner.pk else self.none()


class Study(models.Model):
    """
    How one learner studies one guide.

    `weights` are 0 to 3 by the id of a topic, 1 where none is given; `leading_topic` is met first. When the exam day
    has passed, `exam_on` is moved to `sat_on` until the learner has said how it went: `result` in percent.
    """

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="studies")
    guide = models.ForeignKey(Guide, on_delete=models.CASCADE, related_name="studies")
    exam_on = models.DateField(null=True, blank=True)
    pass_mark = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Percent.")
    weights = models.JSONField(default=dict, blank=True)
    leading_topic = models.ForeignKey(Topic, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    sat_on = models.DateField(null=True, blank=True)
    result = models.PositiveSmallIntegerField(null=True, blank=True)

    objects = StudyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "studies"
        constraints = [models.UniqueConstraint(fields=["learner", "guide"], name="study_of_guide")]

    def __str__(self) -> str:
        return f"{self.learner}: {self.guide}"


class DayPlan(models.Model):
    """
    What one learner is to be asked of one guide on one study day, best first: `facts` by their ids.

    A cache: dropped when facts, weights, dates, goal or zone change, and made anew when next wanted. `version` is that
    of the guide's questions it was made from.
    """

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="plans")
    guide = models.ForeignKey(Guide, on_delete=models.CASCADE, related_name="plans")
    on = models.DateField()
    version = models.PositiveIntegerField(default=0)
    facts = models.JSONField(default=list)
    useful = models.PositiveIntegerField(default=0, help_text="So many of them, from the first, gain enough to matter.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["learner", "guide"], name="plan_of_guide")]

    def __str__(self) -> str:
        return f"{self.learner}, {self.on}: {len(self.facts)}"

    @property
    def helping(self) -> frozenset[int]:
        """The facts that gain enough to matter."""
        return frozenset(self.facts[: self.useful])


class Outlook(models.Model):
    """
    What was forecast for a learner and a guide at the end of a study day: shares, 0 to 1, recalled `for_day`.

    `answers` is how many answers it rests on. Kept, so that it can be laid beside what a mock exam or the exam gave.
    """

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="outlooks")
    guide = models.ForeignKey(Guide, on_delete=models.CASCADE, related_name="outlooks")
    on = models.DateField()
    for_day = models.DateField()
    mean = models.FloatField()
    low = models.FloatField()
    high = models.FloatField()
    now = models.FloatField(help_text="The share recalled on the day of the forecast itself.")
    answers = models.PositiveIntegerField()

    class Meta:
        ordering = ["-on"]
        constraints = [models.UniqueConstraint(fields=["learner", "guide", "on"], name="outlook_of_day")]

    def __str__(self) -> str:
        return f"{self.learner}, {self.on}: {self.mean:.0%}"
