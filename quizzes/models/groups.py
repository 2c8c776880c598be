"""What groups do together: assignments, and the last look at what a group misses."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from quizzes.models.sittings import new_token
from studysite.accounts.models import Group
from tables.models import Guide, Table, Topic


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    """What is to be done, the nearest day first."""

    def of(self, group: Group) -> "AssignmentQuerySet":
        """Those of one group, with what they speak of."""
        return self.filter(group=group).select_related("guide", "topic", "table__guide", "table__topic")


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
