"""Which facts a learner wants to practise."""

from dataclasses import dataclass, field

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from quizzes.actions.dealing import Wanted
from quizzes.models import AnswerFact, Assignment, Fact, Learner, Memory, Question, Sitting, Slot
from tables.models import Guide, Table, Topic


@dataclass(frozen=True, slots=True)
class Plan:
    """
    What somebody wants to practise.

    `topic`, `table` (and of it `pair`: the keys of two rows, or of two columns of an aspect table) where the scope is
    one; `count` questions at most (None: all) of these `kinds` (none: all). `last` is of how many sittings missed and
    flagged ones are wanted (None: all). `facts`, by their ids, are the only ones asked where some are named.
    `assignment` is what a group wants done.
    """

    guide: Guide
    scope: Sitting.Scope = Sitting.Scope.GUIDE
    topic: Topic | None = None
    table: Table | None = None
    pair: tuple[str, ...] = ()
    count: int | None = None
    kinds: tuple[str, ...] = field(default=())
    is_shuffled: bool = True
    returns_missed: bool = True
    tries_first: bool = False
    last: int | None = None
    facts: tuple[int, ...] = ()
    assignment: Assignment | None = None


def facts_in_scope(plan: Plan, learner: Learner) -> list[Wanted]:
    """The facts that a plan speaks of and that one of its kinds can ask for, in the order of the document. 1 query."""
    facts = scoped(plan, learner)
    if plan.kinds:
        ways = Question.objects.asked().filter(kind__in=plan.kinds, facts=OuterRef("pk"))
        facts = facts.filter(Exists(ways))
    facts = facts.order_by(
        "table__position", F("row__position").asc(nulls_last=True), "column__position", "authored__position", "pk"
    )
    return [Wanted(*fact) for fact in facts.values_list("pk", "sibling_group")]


def scoped(plan: Plan, learner: Learner) -> QuerySet[Fact]:
    """The same as a query."""
    facts = Fact.objects.asked_of(learner).filter(guide=plan.guide)
    facts = facts.filter(pk__in=plan.facts) if plan.facts else facts
    mine = Memory.objects.of(learner)
    met = mine if plan.last is None else mine.filter(fact__in=facts_met(learner, plan.guide, plan.last))
    match plan.scope:
        case Sitting.Scope.DECISIONS:
            return facts.filter(authored__isnull=False)
        case Sitting.Scope.TOPIC:
            return facts.filter(table__topic=plan.topic)
        case Sitting.Scope.TABLE if plan.table:
            return facts.filter(pk__in=facts.filter(about(plan.table)).values("pk"))
        case Sitting.Scope.PAIR:
            return facts.filter(Q(row__key__in=plan.pair) | Q(column__key__in=plan.pair), table=plan.table)
        case Sitting.Scope.MISSED:
            return facts.filter(pk__in=met.filter(is_right=False).values("fact"))
        case Sitting.Scope.SURE_WRONG:
            return facts.filter(pk__in=met.filter(is_right=False, is_sure=True).values("fact"))
        case Sitting.Scope.UNSEEN:
            return facts.exclude(pk__in=mine.values("fact"))
        case Sitting.Scope.FLAGGED:
            return facts.filter(pk__in=flagged(learner, plan.guide, plan.last).values("question__fact"))
    return facts


def last_sittings(learner: Learner, guide: Guide, last: int) -> QuerySet[Sitting]:
    """The last so many sittings of a guide in which something was answered."""
    answered = Slot.objects.filter(sitting=OuterRef("pk"), points__isnull=False)
    return Sitting.objects.of(learner).filter(Exists(answered), guide=guide).order_by("-started_at", "-pk")[:last]


def facts_met(learner: Learner, guide: Guide, last: int) -> QuerySet[AnswerFact, int]:
    """The ids of the facts that the last so many sittings of a guide asked."""
    sittings = last_sittings(learner, guide, last).values("pk")
    return AnswerFact.objects.filter(answer__sitting__in=sittings).values_list("fact", flat=True)


def flagged(learner: Learner, guide: Guide, last: int | None) -> QuerySet[Slot]:
    """The slots with a flag in a guide, of the last so many sittings alone if so wished."""
    slots = Slot.objects.of(learner).filter(is_flagged=True, sitting__guide=guide)
    return slots if last is None else slots.filter(sitting__in=last_sittings(learner, guide, last).values("pk"))


def about(table: Table) -> Q:
    """What concerns a table: its facts, those of tables shown with it, and questions whose answers name its rows."""
    return Q(table=table) | Q(table__shown_with=table) | Q(names=table)
