"""What learners remember and what they mix up: caches of the answer log, from which they can be made anew."""

from django.db import models

from quizzes.memory.leeches import Stubbornness
from quizzes.memory.states import State
from quizzes.models.answers import AnswerFact
from quizzes.models.bank import Fact
from quizzes.models.learners import Learner
from quizzes.models.sittings import Sitting
from tables.models import Table


class MemoryQuerySet(models.QuerySet["Memory"]):
    """What learners know."""

    def of(self, learner: Learner) -> "MemoryQuerySet":
        """That of one learner; none for somebody who has not begun to learn."""
        return self.filter(learner=learner.pk) if learner.pk else self.none()

    def asked(self) -> "MemoryQuerySet":
        """
        That of facts which questions still ask for: what is hidden, left the document or was set aside counts nowhere.
        """
        return self.filter(fact__is_asked=True).exclude(fact__set_aside__learner=models.F("learner"))

    def answered_here(self) -> "MemoryQuerySet":
        """That whose last answer was given on this site, which is all that others may be told of."""
        taken_in = Sitting.objects.filter(is_taken_in=True).order_by()
        last = AnswerFact.objects.filter(
            learner=models.OuterRef("learner"),
            fact=models.OuterRef("fact"),
            answer__answered_at=models.OuterRef("answered_at"),
            answer__sitting__is_taken_in=False,
        )
        return self.filter(~models.Q(learner__in=taken_in.values("learner")) | models.Exists(last))


class Memory(models.Model):
    """
    What one learner showed of one fact, counted from the answer log and its events: a cache, never the source.

    `stability` (days), `difficulty` (1 to 10) and `last_on` are those of `quizzes.memory.states.State`. `rights_in_row`
    counts the right answers since the last miss; `last_kind` is the kind of question last asked; `is_sure` says that
    the last answer was given as Sure. `misses`, `recent` ("r" and "w", the newest last), `right_days`, `last_right_on`
    and `is_leech` are those of `quizzes.memory.leeches.Stubbornness`.
    """

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="memories")
    fact = models.ForeignKey(Fact, on_delete=models.CASCADE, related_name="memories")
    stability = models.FloatField(default=0, db_default=0)
    difficulty = models.FloatField(default=0, db_default=0)
    last_on = models.DateField(null=True, blank=True)
    asked = models.PositiveIntegerField(default=0)
    missed = models.PositiveIntegerField(default=0)
    is_right = models.BooleanField(help_text="At last sight.")
    rights_in_row = models.PositiveIntegerField(default=0)
    last_kind = models.CharField(max_length=20, blank=True)
    is_sure = models.BooleanField(default=False)
    answered_at = models.DateTimeField(help_text="Of the last answer.")

    misses = models.PositiveIntegerField(default=0, db_default=0)
    recent = models.CharField(max_length=3, default="", db_default="", blank=True)
    right_days = models.PositiveSmallIntegerField(default=0, db_default=0)
    last_right_on = models.DateField(null=True, blank=True)
    is_leech = models.BooleanField(default=False, db_default=False)

    objects = MemoryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "memories"
        constraints = [models.UniqueConstraint(fields=["learner", "fact"], name="memory_of_fact")]

    def __str__(self) -> str:
        return f"{self.learner}: {self.fact}"

    @property
    def state(self) -> State | None:
        """What the memory model keeps of the fact; None for one that was never asked."""
        return State(self.stability, self.difficulty, self.last_on) if self.last_on else None

    @property
    def stubbornness(self) -> Stubbornness:
        """How the fact resists."""
        recent = tuple(each == "r" for each in self.recent)
        return Stubbornness(self.misses, recent, self.right_days, self.last_right_on, self.is_leech)


class SetAside(models.Model):
    """A fact that a learner does not want to be asked for now: it counts in no plan and no forecast of theirs."""

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="set_aside")
    fact = models.ForeignKey(Fact, on_delete=models.CASCADE, related_name="set_aside")

    class Meta:
        verbose_name_plural = "set aside"
        constraints = [models.UniqueConstraint(fields=["learner", "fact"], name="set_aside_once")]

    def __str__(self) -> str:
        return f"{self.learner}: {self.fact}"


class Outdated(models.Model):
    """
    A fact whose value has changed since this learner last answered it. Of no account once they have answered again.
    """

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="outdated")
    fact = models.ForeignKey(Fact, on_delete=models.CASCADE, related_name="outdated")

    class Meta:
        verbose_name_plural = "outdated"
        constraints = [models.UniqueConstraint(fields=["learner", "fact"], name="outdated_once")]

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
