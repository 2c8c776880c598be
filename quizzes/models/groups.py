"""What groups do together: assignments, meetings, and the last looks at what a group misses."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from quizzes.models.learners import Learner
from quizzes.models.sittings import Sitting, SittingQuerySet, new_token
from quizzes.models.slots import Slot
from studysite.accounts.models import Group
from tables.models import Guide, Table, Topic


def sittings_done(sittings: SittingQuerySet) -> SittingQuerySet:
    """Those with every question answered, whether or not the missed ones came back or are still to."""
    left = Slot.objects.standing().filter(sitting=models.OuterRef("pk"), points=None, returns=None)
    return sittings.filter(~models.Exists(left))


def sittings_told(sittings: SittingQuerySet) -> SittingQuerySet:
    """Without those of meetings under way: what was right in them is shown on no page yet."""
    return sittings.filter(Q(meeting=None) | Q(meeting__finished_at__isnull=False))


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    """What is to be done, the nearest day first."""

    def of(self, group: Group) -> "AssignmentQuerySet":
        """Those of one group, with what they speak of."""
        return self.filter(group=group).select_related("guide", "topic", "table__guide", "table__topic")

    def seen_by(self, learner: Learner) -> "AssignmentQuerySet":
        """Each with the id of this learner's sitting `under_way`, and whether one of theirs is through (`is_done`)."""
        mine = Sitting.objects.of(learner).filter(assignment=models.OuterRef("pk"))
        return self.annotate(
            under_way=models.Subquery(mine.unfinished().values("pk")[:1]), is_done=models.Exists(sittings_done(mine))
        )


class Assignment(models.Model):
    """
    Questions for everybody in a group until a day. Each member answers them in an ordinary sitting of their own.

    `count` is how many questions (None: all there are). `facts` are those asked where the group's blind spots are
    assigned. `token` comes from the form: the same form sent twice assigns once.
    """

    class Scope(models.TextChoices):
        GUIDE = "guide", "The whole guide"
        TOPIC = "topic", "One topic"
        TABLE = "table", "One table"
        BLIND_SPOTS = "blind-spots", "What the group misses most"

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="assignments")
    guide = models.ForeignKey(Guide, on_delete=models.CASCADE, related_name="assignments")
    scope = models.CharField(max_length=20, choices=Scope, default=Scope.GUIDE)
    topic = models.ForeignKey(Topic, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    table = models.ForeignKey(Table, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    facts = models.JSONField(default=list, blank=True)
    count = models.PositiveSmallIntegerField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    token = models.CharField(max_length=64, default=new_token)
    made_at = models.DateTimeField(auto_now_add=True)

    # Only on an assignment fetched as `seen_by` a learner:
    under_way: int | None
    is_done: bool

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        ordering = [models.F("due_on").asc(nulls_last=True), "pk"]
        constraints = [
            models.UniqueConstraint(fields=["group", "token"], name="assignment_made_once"),
            models.CheckConstraint(
                name="assignment_names_its_scope",
                condition=(~Q(scope="topic") | Q(topic__isnull=False)) & (~Q(scope="table") | Q(table__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """What is asked. Needs what it speaks of."""
        if self.scope == self.Scope.BLIND_SPOTS:
            return f"Blind spots: {self.guide.title}"
        return str(self.table.name if self.table else self.topic.title if self.topic else self.guide.title)


class Reminder(models.Model):
    """
    That somebody was reminded of an assignment by mail, so that nobody is twice.

    The database does not hold on to either: a version of the site that does not know of reminders can delete both.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reminders", db_constraint=False
    )
    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="reminders", db_constraint=False)
    sent_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "assignment"], name="reminded_once")]

    def __str__(self) -> str:
        return f"{self.user}: {self.assignment_id}"


class MeetingQuerySet(models.QuerySet["Meeting"]):
    """Sittings of a whole group, the newest first."""

    def under_way(self) -> "MeetingQuerySet":
        """Those not ended."""
        return self.filter(finished_at=None)


class Meeting(models.Model):
    """
    A group that sits together: the same questions in the same order for all, one of them leads.

    `position` is that of the question all are at, counted from 1. While it `is_closed`, its solution is shown and it
    takes no more answers; before that nobody is shown whether they were right. `by` leads. Each who takes part has a
    sitting of their own. `token` comes from the form: the same form sent twice begins one.
    """

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="meetings")
    guide = models.ForeignKey(Guide, on_delete=models.CASCADE, related_name="meetings")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    count = models.PositiveSmallIntegerField()
    position = models.PositiveSmallIntegerField(default=1)
    is_closed = models.BooleanField(default=False)
    token = models.CharField(max_length=64, default=new_token)
    started_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["group", "token"], name="meeting_begun_once"),
            models.UniqueConstraint(
                fields=["group"], condition=Q(finished_at=None), name="one_meeting_of_a_group_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group}, {self.started_at:%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        return reverse("quizzes:meeting", args=[self.group_id, self.pk])

    @property
    def is_at_the_end(self) -> bool:
        """Whether no question follows the one all are at."""
        return self.position >= self.count


class Look(models.Model):
    """
    The last look at what a group misses: a cache, but one that its next look needs (see `quizzes.blind_spots`).

    `cells` are figures by the id of a fact, `pairs` by the id of a table and two keys; `tables` the ids of tables that
    nobody has practised. `learners` are those counted.
    """

    group = models.OneToOneField(Group, on_delete=models.CASCADE, related_name="look")
    looked_at = models.DateTimeField()
    learners = models.JSONField(default=list)
    cells = models.JSONField(default=dict)
    pairs = models.JSONField(default=dict)
    tables = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"{self.group}, {self.looked_at:%Y-%m-%d %H:%M}"


class Analysis(models.Model):
    """
    The last look at how the questions of a group do: a cache that its next look needs, like `Look`.

    `questions` are figures (`quizzes.analysis.QuestionFigure`) by the id of a question, `learners` those counted. The
    database does not hold on to the group: a version of the site that does not know of this can delete one.
    """

    group = models.OneToOneField(Group, on_delete=models.CASCADE, related_name="analysis", db_constraint=False)
    looked_at = models.DateTimeField()
    learners = models.JSONField(default=list)
    questions = models.JSONField(default=dict)

    class Meta:
        verbose_name_plural = "analyses"

    def __str__(self) -> str:
        return f"{self.group}, {self.looked_at:%Y-%m-%d %H:%M}"
