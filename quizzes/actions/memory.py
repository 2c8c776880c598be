"""Memory: moved by each answer, and counted anew from the log where the log or a value has changed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, F, FilteredRelation, OuterRef, Q, QuerySet
from django.utils.timezone import localdate

from quizzes.marking.grades import Grade
from quizzes.models import Answer, AnswerFact, Event, Fact, Learner, Memory, Sitting, Slot
from quizzes.shown import Shown

BATCH = 500
COUNTED = ("asked", "missed", "is_right", "rights_in_row", "last_kind", "is_sure", "answered_at")


@dataclass(frozen=True, slots=True)
class Said:
    """What one answer says of one fact: as judged, or as its learner had it counted."""

    is_right: bool
    kind: str
    is_sure: bool
    answered_at: datetime


class FactsTold:
    """
    The facts that a slot asks for, as they are now, with what its learner showed of them, and their siblings.

    1 query. The learner must be locked.
    """

    def __init__(self, slot: Slot, shown: Shown) -> None:
        self._slot = slot
        self._asked = shown.facts
        ids = [fact[0] for fact in shown.facts if fact]
        groups = Fact.objects.filter(pk__in=ids).exclude(sibling_group=None).values("sibling_group")
        wanted = Q(pk__in=ids) | Q(sibling_group__in=groups, guide=slot.question.guide_id, is_asked=True)
        mine = FilteredRelation("memories", condition=Q(memories__learner=slot.learner_id))
        remembered = {f"my_{name}": F(f"mine__{name}") for name in COUNTED}
        facts = Fact.objects.filter(wanted).annotate(mine=mine).annotate(**remembered)
        found = list(
            facts.select_related("table__shown_with__guide", "table__guide", "row", "column", "authored__row").order_by(
                "pk"
            )
        )
        self._facts = {fact.pk: fact for fact in found}
        self.siblings = [fact for fact in found if fact.pk not in ids]

    def tell(self, answer: Answer, grade: Grade[int]) -> None:
        """
        Keep what an answer says of each fact, and count it in. 2 queries.

        Answers to an older value are history, and those to a question in doubt move no memory.
        """
        told, moved = [], []
        for each in grade.facts:
            asked = self._asked[each.fact]
            if asked is None:
                continue
            pk, value_hash = asked
            if self._is_repeated_in_drill(pk, answer.answered_at):
                continue
            told.append(
                AnswerFact(
                    learner_id=answer.learner_id,
                    answer=answer,
                    fact_id=pk,
                    is_right=each.is_right,
                    is_unknown=each.is_unknown,
                    guess_chance=each.guess_chance,
                    value_hash=value_hash,
                )
            )
            known = self._facts.get(pk)
            if known and known.value_hash == value_hash and not self._slot.question.hidden_at:
                is_sure = answer.confidence == Answer.Confidence.SURE
                said = Said(each.is_right, self._slot.kind, is_sure, answer.answered_at)
                moved.append((self._memory(known), said))
        AnswerFact.objects.bulk_create(told)
        move_memory(moved)

    def _is_repeated_in_drill(self, fact: int, now: datetime) -> bool:
        """Whether a drill asks what was asked today already: there only the first answer of a day says something."""
        last = getattr(self._facts.get(fact), "my_answered_at", None)
        return self._slot.sitting.mode == Sitting.Mode.DRILL and bool(last) and localdate(last) == localdate(now)

    def _memory(self, fact: Fact) -> Memory:
        known = {name: getattr(fact, f"my_{name}") for name in COUNTED}
        return Memory(learner_id=self._slot.learner_id, fact_id=fact.pk, **(known if known["asked"] else {}))


def move_memory(memories: Iterable[tuple[Memory, Said]]) -> None:
    """Count one more answer to each fact and keep the result. Their learner must be locked. 1 query."""
    moved = [count(memory, said) for memory, said in memories]
    if moved:
        Memory.objects.bulk_create(
            moved, update_conflicts=True, unique_fields=["learner", "fact"], update_fields=COUNTED
        )


def count(memory: Memory, said: Said) -> Memory:
    """Count one more answer in, the latest so far."""
    memory.asked += 1
    memory.missed += not said.is_right
    memory.is_right = said.is_right
    memory.rights_in_row = memory.rights_in_row + 1 if said.is_right else 0
    memory.last_kind = said.kind
    memory.is_sure = said.is_sure
    memory.answered_at = said.answered_at
    return memory


@transaction.atomic
def recount_learner(learner: Learner) -> None:
    """Make all memory of one learner anew from their answers. The learner must be locked."""
    _recount(Memory.objects.of(learner), AnswerFact.objects.filter(learner=learner))


@transaction.atomic
def recount_answer(answer: Answer) -> None:
    """Make one learner's memory of the facts of an answer anew. The learner must be locked. 3 queries."""
    facts = AnswerFact.objects.filter(answer=answer).values("fact")
    mine = {"learner": answer.learner_id, "fact__in": facts}
    _recount(Memory.objects.filter(**mine), AnswerFact.objects.filter(**mine))


@transaction.atomic
def recount_of(learner: Learner, facts: Iterable[int]) -> None:
    """Make one learner's memory of these facts, by their ids, anew. The learner must be locked. 3 queries."""
    mine = {"learner": learner, "fact__in": list(facts)}
    _recount(Memory.objects.filter(**mine), AnswerFact.objects.filter(**mine))


@transaction.atomic
def recount_facts(facts: Iterable[Fact]) -> None:
    """
    Make the memory of these facts anew from everybody's answers: for facts whose value has changed.

    Only answers to the value of today count: a changed value starts as new, one that returns gets its answers back.
    """
    wanted = [fact.pk for fact in facts]
    for start in range(0, len(wanted), BATCH):
        batch = wanted[start : start + BATCH]
        _recount(Memory.objects.filter(fact__in=batch), AnswerFact.objects.filter(fact__in=batch))


def _recount(memories: QuerySet[Memory], log: QuerySet[AnswerFact]) -> None:
    memories.delete()
    counted = Event.objects.filter(answer=OuterRef("answer"), kind=Event.Kind.COUNTED_RIGHT)
    asked_then = Q(answer__question__hidden_at=None) | Q(answer__question__hidden_at__gt=F("answer__answered_at"))
    said = log.filter(asked_then, value_hash=F("fact__value_hash")).annotate(is_counted=Exists(counted))
    fresh: dict[tuple[int, int], Memory] = {}
    for learner, fact, is_right, is_counted, kind, confidence, answered_at in (
        said.order_by("answer__answered_at", "answer")
        .values_list(
            "learner", "fact", "is_right", "is_counted", "answer__slot__kind", "answer__confidence",
            "answer__answered_at",
        )
        .iterator()
    ):  # fmt: skip
        memory = fresh.setdefault((learner, fact), Memory(learner_id=learner, fact_id=fact))
        is_sure = confidence == Answer.Confidence.SURE
        count(memory, Said(is_right or is_counted, kind, is_sure, answered_at))
    Memory.objects.bulk_create(fresh.values(), batch_size=BATCH)
