"""What learners rule out. It is kept apart from sittings: nothing of it counts as an answer."""

from django.db import models

from quizzes.models.bank import Question
from quizzes.models.learners import Learner
from quizzes.rule_out import Standing


class RuleOutQuerySet(models.QuerySet["RuleOut"]):
    """Questions that were ruled out, newest first."""

    def of(self, learner: Learner) -> "RuleOutQuerySet":
        """Those of one learner; none for somebody who has not begun to learn."""
        return self.filter(learner=learner.pk) if learner.pk else self.none()


class RuleOut(models.Model):
    """
    One question whose wrong options a learner strikes, each by the cell that excludes it.

    `stem`, `context` and `options` (as `quizzes.rule_out.Standing`) are kept as they were shown. `struck` has the
    places of the options that are out, from 0; `tried` what was tried last: its "place" and "column". `token` comes
    from the form that began it: the same form sent twice begins one.
    """

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="rule_outs")
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="rule_outs")
    token = models.CharField(max_length=64)
    context = models.CharField(max_length=700)
    stem = models.TextField()
    options = models.JSONField()
    struck = models.JSONField(default=list, blank=True)
    tried = models.JSONField(null=True, blank=True)
    started_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = RuleOutQuerySet.as_manager()

    class Meta:
        ordering = ["-started_at", "-pk"]
        indexes = [models.Index(fields=["learner", "-started_at"], name="rule_out_of_learner")]
        constraints = [models.UniqueConstraint(fields=["learner", "token"], name="rule_out_begun_once")]

    def __str__(self) -> str:
        return self.stem

    @property
    def standings(self) -> list[Standing]:
        """The options with their rows, in the order shown."""
        return [Standing.from_json(option) for option in self.options]
