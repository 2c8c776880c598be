"""What can be asked: facts, and the questions made for them from a guide's tables."""

from uuid import UUID

from django.db import models
from django.db.models import Q

from quizzes.models.learners import Learner
from tables.models import Column, DecisionQuestion, Guide, Keyed, KeyedQuerySet, Row, Table, Topic


class Fact(Keyed):
    """
    One thing to know: a value cell (row and column) or one authored question. Memory is kept for facts.

    `key` follows from the keys of its parts (decisions on identity: see docs/identity.md) and is used in every export.
    `value_hash` is that of the value's compare form: memory follows the value, not the place alone.
    """

    guide = models.ForeignKey(Guide, on_delete=models.CASCADE, related_name="facts")
    table = models.ForeignKey(Table, on_delete=models.CASCADE, related_name="facts")
    row = models.ForeignKey(Row, null=True, blank=True, on_delete=models.CASCADE, related_name="facts")
    column = models.ForeignKey(Column, null=True, blank=True, on_delete=models.CASCADE, related_name="facts")
    authored = models.ForeignKey(
        DecisionQuestion, null=True, blank=True, on_delete=models.CASCADE, related_name="facts"
    )
    value_hash = models.CharField(max_length=64)
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = KeyedQuerySet["Fact"].as_manager()

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


class QuestionQuerySet(KeyedQuerySet["Question"]):
    """Questions made from the guides' tables."""

    def asked(self) -> "QuestionQuerySet":
        """Questions that may be asked now: neither retired with their part of the document nor hidden."""
        return self.filter(retired_at=None)

    def tallied(self, learners: models.QuerySet[Learner]) -> "models.QuerySet[Question, dict[str, int]]":
        """
        For each table with questions: {"table", "table__shown_with", "questions", "asked", "right"}.

        "right" counts those right at last sight, "questions" and "asked" count facts.
        `learners` finds the one whose memory is counted, within the same query.
        """
        learner = models.Subquery(learners.values("pk"))
        mine = models.FilteredRelation("fact__memories", condition=Q(fact__memories__learner=learner))
        return (
            self.annotate(mine=mine)
            .order_by()
            .values("table", "table__shown_with")
            .annotate(
                questions=models.Count("fact", distinct=True),
                asked=models.Count("mine__fact", distinct=True),
                right=models.Count("mine__fact", distinct=True, filter=Q(mine__is_right=True)),
            )
        )


class Question(Keyed):
    """
    One way of asking one fact, made from the document and remade when it changes.

    `context` is the line above the stem (the table's name). `candidates` are the safe wrong options, best first, as
    `quizzes.generation` prepared them; the options of a sitting are drawn from them when it starts.
    `prepared` also holds the keys of the rows that the right answer names.
    """

    class Kind(models.TextChoices):
        DECISION = "decision", "Decision question"
        LOOKUP = "lookup", "Lookup question"

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


class BankQuerySet(models.QuerySet["Bank"]):
    """The banks of guides."""

    def get_by_natural_key(self, guide_key: str) -> "Bank":
        """That of the guide with this key. Raises DoesNotExist."""
        return self.get(guide__key=guide_key)


class Bank(models.Model):
    """For which version of a guide its questions were last made; a newer guide makes them anew before asking."""

    guide = models.OneToOneField(Guide, on_delete=models.CASCADE, related_name="bank")
    version = models.PositiveIntegerField(default=0)
    pins = models.JSONField(
        default=dict, blank=True, help_text='The author\'s decisions over the rules, as in a pin file: {"pins": [...]}.'
    )
    skips = models.JSONField(default=list, help_text="The ledger: what is not asked or not offered, and why.")

    objects = BankQuerySet.as_manager()

    def __str__(self) -> str:
        return f"questions of {self.guide}"

    def natural_key(self) -> tuple[UUID]:
        """What a fixture calls it."""
        return (self.guide.key,)
