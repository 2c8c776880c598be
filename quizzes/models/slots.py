"""The positions of a sitting, each with the question as it was asked."""

from collections import defaultdict

from django.db import models
from django.db.models import Case, Count, Min, OuterRef, Q, Subquery, When
from django.db.models.functions import JSONObject

from quizzes.generation.made import WRITTEN
from quizzes.models.bank import Bank, Question
from quizzes.models.learners import Learner
from quizzes.models.sittings import Sitting, new_token


class SlotQuerySet(models.QuerySet["Slot"]):
    """Positions of sittings."""

    def to_be_answered(self) -> "SlotQuerySet":
        """Each with all that judging it needs (its guide with the sitting alone), and counts of the other slots."""
        others = Slot.objects.filter(sitting=OuterRef("sitting"), is_undone=False).exclude(pk=OuterRef("pk"))
        counts = JSONObject(
            slots=Count("pk"),
            answered=Count("points"),
            first=Count("points", filter=Q(returns=None)),
            right=Count("pk", filter=Q(points=1, returns=None)),
            open=Min("position", filter=Q(points=None)),
            returning=Count("pk", filter=Q(points__lt=1, returns=None, returned=None)),
        )
        others = others.order_by().values("sitting").annotate(counts=counts).values("counts")
        synonyms = Subquery(Bank.objects.filter(guide=OuterRef("question__guide")).values("synonyms"))
        return self.select_related(
            "learner", "sitting__guide", "answer", "question__fact__authored__row", "question__table__shown_with"
        ).annotate(
            others=Subquery(others),
            synonyms=Case(When(kind__in=[kind.value for kind in WRITTEN], then=synonyms)),
        )

    def standing(self) -> "SlotQuerySet":
        """Those that count: not the ones whose answer was withdrawn."""
        return self.filter(is_undone=False)

    def with_cell(self) -> "SlotQuerySet":
        """Each with its question, and with the row and column of the cell that it asks for."""
        return self.select_related("question__table", "question__fact__row", "question__fact__column")

    def of(self, learner: Learner) -> "SlotQuerySet":
        """Those of one learner; none for somebody who has not begun to learn."""
        return self.filter(learner=learner.pk) if learner.pk else self.none()


class Slot(models.Model):
    """
    One position of a sitting: the question as it was asked, whatever becomes of the document.

    `options` are those of `quizzes.generation.options`, in the order shown; `right` is the place of the right one among
    them where one is right. `shown` is all else that is needed to ask and to judge: see `quizzes.shown.Shown`. None of
    it but the `look` at a stubborn fact, nor anything that follows from it, is in a page before the slot is answered.
    `draft` is what is chosen and not handed in (exam: {"given": ..., "took": seconds, "confidence": ...}, beside it
    what came "late", and for what was left empty the "verdict"), or was tried first ({"near": ...} a slip, {"first":
    ...} a wrong first try). `points` is what the slot counts in a score, None until answered or, in an exam, handed in:
    it follows from the answer and the events that speak of it. `returns` is the slot whose missed question comes back
    here, `retakes` the one whose answer was withdrawn, so that it is asked here anew: that one `is_undone`, and counts
    nowhere.
    """

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="slots")
    sitting = models.ForeignKey(Sitting, on_delete=models.CASCADE, related_name="slots")
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="slots")
    position = models.PositiveIntegerField(help_text="Counted from 1.")
    token = models.CharField(max_length=64, default=new_token)
    kind = models.CharField(max_length=20, choices=Question.Kind, default=Question.Kind.DECISION)
    context = models.CharField(max_length=700)
    stem = models.TextField()
    options = models.JSONField(default=list)
    shown = models.JSONField(default=dict)
    draft = models.JSONField(null=True, blank=True)
    value_hash = models.CharField(max_length=64, help_text="Of the leading fact's value as it is asked here.")
    right = models.PositiveSmallIntegerField(null=True, blank=True)
    points = models.FloatField(null=True, blank=True)
    returns = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="returned")
    retakes = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="retaken")
    is_undone = models.BooleanField(default=False, db_default=False)
    is_flagged = models.BooleanField(default=False)
    shown_at = models.DateTimeField(null=True, blank=True)

    # Only on a slot fetched `to_be_answered`; None where nothing is typed, where the sitting has no other slot:
    synonyms: dict[str, list[str]] | None
    others: dict[str, int] | None

    objects = SlotQuerySet.as_manager()

    class Meta:
        ordering = ["sitting", "position"]
        constraints = [
            models.UniqueConstraint(fields=["learner", "sitting", "position"], name="slot_position_once"),
            models.UniqueConstraint(fields=["learner", "token"], name="slot_token_once"),
        ]

    def __str__(self) -> str:
        return self.stem

    @property
    def is_to_be_answered(self) -> bool:
        """Whether it was fetched with all that judging needs."""
        return "others" in vars(self)

    @property
    def sitting_now(self) -> Sitting:
        """Its sitting with progress, as the slot stands now. Needs `to_be_answered`."""
        sitting, is_open, stands = self.sitting, self.points is None, not self.is_undone
        is_first = stands and self.returns_id is None
        others = defaultdict(int, self.others or {})
        sitting.slot_count = others["slots"] + stands
        sitting.answer_count = others["answered"] + (stands and not is_open)
        sitting.first_count = others["first"] + (is_first and not is_open)
        sitting.right_count = others["right"] + (is_first and self.points == 1)
        sitting.next_position = min(filter(None, (others["open"], self.position if is_open else None)), default=None)
        came_back = self.points == 1 or is_open or not is_first
        sitting.returning = others["returning"] + (not came_back)
        return sitting

    def option_text(self, place: int | None) -> str:
        """The option at a place, as shown; empty for None."""
        return "" if place is None else self.options[place]["text"]

    @property
    def right_text(self) -> str:
        """The right answer in words: an option, what is to be typed, all that is to be ticked, or the whole order."""
        if self.right is not None:
            return self.option_text(self.right)
        if self.kind == Question.Kind.SELECT_ALL:
            return ", ".join(option["text"] for option in self.options if option["is_right"])
        if self.kind == Question.Kind.ORDER_BY:
            return ", ".join(self.option_text(place) for place in self.shown.get("order", ()))
        return self.shown.get("answer", "")
