"""What can be asked: facts, and the questions made for them from a guide's tables."""

from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.db.models.lookups import GreaterThan

from quizzes.generation.made import Made
from quizzes.models.learners import Learner
from tables.models import Column, DecisionQuestion, Guide, Keyed, KeyedQuerySet, Row, Table, Topic

BESIDE_MADE = frozenset({"keys", "extras", "notation", "rivals", "leads_to"})
"""What `Question.prepared` holds beside the question as it was made."""


class DaysSince(models.Func):
    """How many days the first of two days lies after the second."""

    arity = 2
    output_field = models.FloatField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """SQLite keeps days as texts."""
        return self.as_sql(
            compiler, connection, template="(julianday(%(expressions)s))", arg_joiner=") - julianday(", **context
        )

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """PostgreSQL has to be told that a text is a day."""
        return self.as_sql(
            compiler, connection, template="(CAST(%(expressions)s AS date))", arg_joiner=" AS date) - CAST(", **context
        )


class FactQuerySet(KeyedQuerySet["Fact"]):
    """The facts of guides."""

    def asked(self) -> "FactQuerySet":
        """Those that a question asks for now: what is hidden or left the document counts nowhere."""
        return self.filter(is_asked=True)

    def asked_of(self, learner: Learner) -> "FactQuerySet":
        """Those that this learner is asked for: without what they have set aside."""
        return self.asked().exclude(set_aside__learner=learner.pk) if learner.pk else self.asked()

    def on_page(self, table: int) -> "FactQuerySet":
        """Those of the table with this id, and of the tables that are shown on its page."""
        return self.filter(table__in=Table.objects.filter(Q(pk=table) | Q(shown_with=table)))

    def wanted_by(self, learner: Any, day: models.Expression, theta: models.Expression) -> "FactQuerySet":
        """
        Those that a learner was never asked, or whose recall is under 90 % that day; without what is set aside.

        `quizzes.memory.fading.is_fading` as the database tells it, with the learner's own theta.
        """
        mine = models.FilteredRelation("memories", condition=Q(memories__learner=learner))
        aside = models.FilteredRelation("set_aside", condition=Q(set_aside__learner=learner))
        days = models.ExpressionWrapper(theta * models.F("mine__stability"), models.FloatField())
        is_fading = GreaterThan(DaysSince(day, models.F("mine__last_on")), days)
        return self.annotate(mine=mine, aside=aside).filter(Q(mine__last_on=None) | is_fading, aside=None)

    def tallied(self, learners: models.QuerySet[Learner], *by: str) -> "models.QuerySet[Fact, dict[str, int]]":
        """
        For each table with facts: {"table", "table__shown_with", "questions", "asked", "right"}; or `by` other fields.

        "questions" counts facts, "right" those right at last sight.
        `learners` finds the one whose memory is counted, within the same query; what they set aside is left out.
        """
        learner = models.Subquery(learners.values("pk"))
        mine = models.FilteredRelation("memories", condition=Q(memories__learner=learner))
        aside = models.FilteredRelation("set_aside", condition=Q(set_aside__learner=learner))
        return (
            self.annotate(mine=mine, aside=aside)
            .filter(aside=None)
            .order_by()
            .values(*(by or ("table", "table__shown_with")))
            .annotate(
                questions=models.Count("pk"),
                asked=models.Count("mine"),
                right=models.Count("mine", filter=Q(mine__is_right=True)),
            )
        )


class Fact(Keyed):
    """
    One thing to know: a value cell (row and column) or one authored question. Memory is kept for facts.

    `key` follows from the keys of its parts (decisions on identity: see docs/identity.md) and is used in every export.
    `value_hash` is that of the value's compare form: memory follows the value, not the place alone.
    `is_asked` says whether a question asks for it now. Facts with the same `sibling_group` of a guide teach the same
    thing in several places. `names` are the tables of whose rows the answer to an authored question speaks.
    """

    guide = models.ForeignKey(Guide, on_delete=models.CASCADE, related_name="facts")
    table = models.ForeignKey(Table, on_delete=models.CASCADE, related_name="facts")
    row = models.ForeignKey(Row, null=True, blank=True, on_delete=models.CASCADE, related_name="facts")
    column = models.ForeignKey(Column, null=True, blank=True, on_delete=models.CASCADE, related_name="facts")
    authored = models.ForeignKey(
        DecisionQuestion, null=True, blank=True, on_delete=models.CASCADE, related_name="facts"
    )
    names = models.ManyToManyField(Table, blank=True, related_name="named_by")
    value_hash = models.CharField(max_length=64)
    is_asked = models.BooleanField(default=False)
    sibling_group = models.PositiveIntegerField(null=True, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = FactQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["guide", "is_asked", "table"], name="fact_asked_of_guide"),
            models.Index(fields=["guide", "sibling_group"], name="fact_siblings"),
        ]
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
        return self.filter(retired_at=None, hidden_at=None)


class Question(Keyed):
    """
    One way of asking one or more facts, made from the document and remade when it changes.

    `fact` is the leading one of `facts`, which hold all that memory is kept for. `context` is the line above the stem
    (the table's name). `prepared` is the `quizzes.generation.made.Made` without what the other fields say, and also has
    "keys" (those of its facts, in order), of what is typed "extras", "notation" and "rivals" (options that would answer
    another question), of a reversed question what it "leads_to": asking and judging look nothing up in the guide. The
    options of a sitting are drawn from it when the sitting starts.
    """

    class Kind(models.TextChoices):
        FORWARD = "forward", "Value of a row"
        REVERSE = "reverse", "Row of a value"
        WHICH_OF_TWO = "which-of-two", "One of two"
        SELECT_ALL = "select-all", "Select all"
        ORDER_BY = "order-by", "Put in order"
        TYPED = "typed", "Typed values"
        TYPED_NAME = "typed-name", "Typed names"
        DECISION = "decision", "Decision questions"
        LOOKUP = "lookup", "Lookup questions"
        REVERSED = "reversed", "Question of an answer"
        REBUILD = "rebuild", "Rebuild the table"

    guide = models.ForeignKey(Guide, on_delete=models.CASCADE, related_name="questions")
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="questions")
    table = models.ForeignKey(Table, on_delete=models.CASCADE, related_name="bank")
    fact = models.ForeignKey(Fact, on_delete=models.CASCADE, related_name="questions")
    facts = models.ManyToManyField(Fact, related_name="asked_by")
    kind = models.CharField(max_length=20, choices=Kind)
    context = models.CharField(max_length=700)
    stem = models.TextField()
    answer = models.TextField(blank=True)
    prepared = models.JSONField(default=dict)
    position = models.PositiveIntegerField(help_text="Place in the guide's document.")
    retired_at = models.DateTimeField(null=True, blank=True)
    hidden_at = models.DateTimeField(null=True, blank=True, help_text="Since when it is in doubt, or found wrong.")

    objects = QuestionQuerySet.as_manager()

    class Meta:
        ordering = ["guide", "position"]
        indexes = [models.Index(fields=["guide", "kind", "retired_at"], name="question_kinds_of_guide")]

    def __str__(self) -> str:
        return self.stem

    @property
    def made(self) -> Made:
        """The question as `quizzes.generation` made it."""
        own = {"kind": self.kind, "table_key": self.prepared["table_key"], "context": self.context, "stem": self.stem}
        stored = {name: value for name, value in self.prepared.items() if name not in BESIDE_MADE}
        return Made.from_json({**stored, **own, "answer": self.answer})


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
    synonyms = models.JSONField(default=dict, help_text="Texts that mean the same when typed, by comparable form.")
    skips = models.JSONField(default=list, help_text="The ledger: what is not asked or not offered, and why.")

    objects = BankQuerySet.as_manager()

    def __str__(self) -> str:
        return f"questions of {self.guide}"

    def natural_key(self) -> tuple[UUID]:
        """What a fixture calls it."""
        return (self.guide.key,)
