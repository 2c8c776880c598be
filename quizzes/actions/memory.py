"""Memory: moved by each answer, and counted anew from the log where the log or a value has changed."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import F, QuerySet

from quizzes.models import Answer, AnswerFact, Fact, Learner, Memory

BATCH = 500


def move_memory(answer: Answer, fact: Fact) -> None:
    """Count one more answer to a fact. Its learner must be locked. 2 queries."""
    memory = Memory.objects.filter(learner=answer.learner_id, fact=fact).first() or Memory(
        learner_id=answer.learner_id, fact=fact
    )
    count(memory, answer.is_right)
    memory.answered_at = answer.answered_at
    memory.save()


def count(memory: Memory, is_right: bool) -> None:
    """Count one more answer in, the latest so far."""
    memory.asked += 1
    memory.missed += not is_right
    memory.is_right = is_right


@transaction.atomic
def recount_learner(learner: Learner) -> None:
    """Make all memory of one learner anew from their answers. The learner must be locked."""
    _recount(Memory.objects.of(learner), AnswerFact.objects.filter(learner=learner))


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
    said = log.filter(value_hash=F("fact__value_hash")).order_by("answer__answered_at", "answer")
    fresh: dict[tuple[int, int], Memory] = {}
    for learner, fact, is_right, answered_at in said.values_list(
        "learner", "fact", "is_right", "answer__answered_at"
    ).iterator():
        memory = fresh.setdefault((learner, fact), Memory(learner_id=learner, fact_id=fact))
        count(memory, is_right)
        memory.answered_at = answered_at
    Memory.objects.bulk_create(fresh.values(), batch_size=BATCH)
