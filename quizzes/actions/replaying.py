"""
Memory made anew from the answer log and its events.

Always of a whole learner and in the order of time: pace and first sights depend on the path.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from functools import partial
from itertools import batched

from django.db import transaction
from django.db.models import DateTimeField, Exists, ExpressionWrapper, F, Max, OuterRef, Q
from django.db.models.functions import TruncDate
from django.utils import timezone

from quizzes.actions.minds import BATCH, MOVED, Mind, Said
from quizzes.memory.states import DAY_STARTS, Reply, study_day
from quizzes.models import Answer, AnswerFact, Event, Learner, Memory, Outdated, Sitting

type Spoken = tuple[int, int, Said]
"""A fact and its guide, by their ids, with what was said of it."""


@transaction.atomic
def replay(learner: Learner) -> None:
    """
    Make a learner's memory anew. The learner must be locked, and is up to date afterwards.

    About 10 queries, one more for each 500 facts, and 0.1 ms an answer. Grows with the facts, not with the answers.
    """
    _fill_study_days(learner)
    mind, memories = remembered(learner)
    Memory.objects.filter(learner=learner).delete()
    Memory.objects.bulk_create(memories.values(), batch_size=BATCH)
    mind.write_to(learner)
    learner.is_stale, learner.last_move, learner.moved_at = False, None, _last_moment(learner)
    learner.save(update_fields=["pace", "first_sights", "is_stale", "last_move", "moved_at"])


def remembered(learner: Learner) -> tuple[Mind, dict[int, Memory]]:
    """What the log says that a learner remembers, by the ids of facts. Writes nothing."""
    mind = Mind.fresh()
    memories: dict[int, Memory] = {}
    for fact, guide, said in _spoken(learner):
        memory = memories.get(fact)
        if memory is None:
            memory = memories[fact] = Memory(learner_id=learner.pk, fact_id=fact)
        mind.take(memory, guide, said)
    return mind, memories


def refresh(learner: Learner) -> Learner:
    """A learner whose memory is in step with their log: replayed first if something changed it from outside."""
    if not learner.is_stale or not learner.pk:
        return learner
    with transaction.atomic():
        locked = Learner.objects.select_for_update().filter(pk=learner.pk).first()
        if locked is None:
            return learner
        if locked.is_stale:
            replay(locked)
    return locked


def forget_facts(facts: Iterable[int]) -> None:
    """
    Take back at once, from everybody, what is remembered of facts whose value changed or whose answers count otherwise.

    Whoever answered them is replayed when they next come. Only answers to the value of today count then: a changed
    value starts as new, one that returns gets its answers back. 2 queries for each 500 facts, and the first of them
    again after the transaction: for answers that were under way and still saw the facts as they had been.
    """
    wanted = list(facts)
    for some in batched(wanted, BATCH):
        _mark_stale(some)
        Memory.objects.filter(fact__in=some).delete()
    transaction.on_commit(partial(_mark_all_stale, wanted))


def outdate(facts: Iterable[int]) -> None:
    """Note of everybody who remembers one of these facts that its value is another one now. 2 queries for each 500."""
    for some in batched(facts, BATCH):
        remembering = Memory.objects.filter(fact__in=some).values_list("learner", "fact").iterator()
        notes = (Outdated(learner_id=learner, fact_id=fact) for learner, fact in remembering)
        Outdated.objects.bulk_create(notes, ignore_conflicts=True, batch_size=BATCH)


def _mark_all_stale(facts: Iterable[int]) -> None:
    for some in batched(facts, BATCH):
        _mark_stale(some)


def _mark_stale(facts: Iterable[int]) -> None:
    told = AnswerFact.objects.filter(fact__in=facts)
    Learner.objects.filter(pk__in=told.order_by().values("learner"), is_stale=False).update(is_stale=True)


def _spoken(learner: Learner) -> Iterator[Spoken]:
    """All that counts of what a learner answered, in the order of time: one row at a time, however many there are."""
    started_over = StartedOver(learner)
    of_answer = Event.objects.filter(learner=learner, answer=OuterRef("answer"))
    counted, undone = (of_answer.filter(kind=kind) for kind in (Event.Kind.COUNTED_RIGHT, Event.Kind.UNDONE))
    asked_then = Q(answer__question__hidden_at=None) | Q(answer__question__hidden_at__gt=F("answer__answered_at"))
    log = AnswerFact.objects.filter(asked_then, ~Exists(undone), learner=learner, value_hash=F("fact__value_hash"))
    rows = (
        log.annotate(is_counted=Exists(counted))
        .order_by("answer__answered_at", "answer", "pk")
        .values_list(
            "fact", "fact__guide", "fact__table", "is_right", "is_unknown", "guess_chance", "is_counted",
            "answer__confidence", "answer__slot__kind", "answer__sitting__mode", "answer__study_day",
            "answer__answered_at",
        )
    )  # fmt: skip
    for fact, guide, table, is_right, is_unknown, chance, is_counted, sure, kind, mode, day, at in rows.iterator():
        if not started_over.since(guide, table, at):
            reply = reply_of(is_right or is_counted, is_unknown, chance, sure, mode)
            yield fact, guide, Said(reply, kind, day or study_day(at, timezone.get_default_timezone()), at)


class StartedOver:
    """When a learner last started over with each table and guide. 1 query."""

    def __init__(self, learner: Learner) -> None:
        events = Event.objects.filter(learner=learner, kind=Event.Kind.RESET)
        last = events.order_by().values_list("guide", "table").annotate(last=Max("happened_at"))
        self._moments: dict[tuple[int, int | None], datetime] = {(guide, table): at for guide, table, at in last}

    def since(self, guide: int, table: int, at: datetime) -> bool:
        """Whether they did so, with the table or the whole guide, after an answer."""
        return any(at <= self._moments[part] for part in ((guide, None), (guide, table)) if part in self._moments)


def reply_of(is_right: bool, is_unknown: bool, chance: float, confidence: str, mode: str) -> Reply:
    """What the model is told of one fact of an answer in a sitting of this mode."""
    return Reply(
        is_right,
        chance,
        confidence,
        is_unknown=is_unknown and not is_right,
        is_self_graded=mode == Sitting.Mode.COVER,
    )


def _fill_study_days(learner: Learner) -> None:
    """Answers kept before study days were get that of the site's time zone."""
    early = ExpressionWrapper(F("answered_at") - DAY_STARTS, output_field=DateTimeField())
    Answer.objects.filter(learner=learner, study_day=None).update(study_day=TruncDate(early))


def _last_moment(learner: Learner) -> datetime | None:
    """That of the last answer, or the moment after the last event: an answer of that very moment comes before it."""
    answered = Answer.objects.filter(learner=learner).aggregate(last=Max("answered_at"))["last"]
    said = Event.objects.filter(learner=learner).aggregate(last=Max("happened_at"))["last"]
    moments = [answered, said + timedelta(microseconds=1) if said else None]
    return max(filter(None, moments), default=None)


def differences(learner: Learner) -> list[str]:
    """Where what is kept of a learner is not what their log says, in words; of one who is stale nothing can be said."""
    if learner.is_stale:
        return []
    mind, memories = remembered(learner)
    kept = {memory.fact_id: memory for memory in Memory.objects.filter(learner=learner)}
    found = [f"fact {fact}: kept, but not in the log" for fact in sorted(kept.keys() - memories.keys())]
    found += [f"fact {fact}: in the log, but not kept" for fact in sorted(memories.keys() - kept.keys())]
    for fact in sorted(kept.keys() & memories.keys()):
        both = {name: (getattr(kept[fact], name), getattr(memories[fact], name)) for name in MOVED}
        found += [
            f"fact {fact}: {name} is {lived}, by the log {made}"
            for name, (lived, made) in both.items()
            if not _agree(lived, made)
        ]
    lived = Mind.of(learner)
    if not all(map(_agree, lived.pace.log_weights, mind.pace.log_weights)):
        found.append("the pace is another one")
    if not _agree_on_first_sights(lived, mind):
        found.append("first sights are others")
    return found


def _agree_on_first_sights(one: Mind, other: Mind) -> bool:
    guides = one.guides | other.guides
    pairs = ((one.first_of(guide), other.first_of(guide)) for guide in guides)
    return all(_agree(a.rights, b.rights) and _agree(a.tries, b.tries) for a, b in pairs)


def _agree(one: object, other: object) -> bool:
    if isinstance(one, float) and isinstance(other, float):
        return abs(one - other) <= 1e-9 * max(1.0, abs(one))
    return one == other
