"""Memory moved by answers, in the transaction that keeps them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from operator import attrgetter
from typing import Any

from django.db.models import F, FilteredRelation, Q, QuerySet

from quizzes.actions.minds import MOVED, Mind, Said, keep_memories
from quizzes.actions.replaying import replay, reply_of
from quizzes.marking.grades import Grade
from quizzes.models import Answer, AnswerFact, Fact, Learner, Memory, Sitting, Slot
from quizzes.shown import Shown
from studysite.prepared import Prepared
from tables.actions.writing import insert, update, values_of
from tables.models import Guide, Table

MOVED_OF_LEARNER = ("pace", "first_sights", "is_stale", "last_move", "moved_at")
NO_GROUP = -1
TOLD = tuple(field.name for field in AnswerFact._meta.concrete_fields if not field.primary_key)
DATES = {"last_on": date, "last_right_on": date, "answered_at": datetime}


class FactsTold:
    """
    The facts that a slot asks for, as they are now, with what its learner showed of them, and their siblings.

    `by_id` has them all, siblings included. 1 query for one fact, whose siblings are those it had when the slot was
    read; 2 for several. The slot's learner must be locked, its sitting have its guide at hand.
    """

    def __init__(self, slot: Slot, shown: Shown) -> None:
        self._slot = slot
        self._asked = shown.facts
        ids = [fact[0] for fact in shown.facts if fact]
        learner, guide = slot.learner_id, slot.question.guide_id
        lead = slot.question.fact
        if ids == [lead.pk]:
            found = _ONE_FACT(learner=learner, guide=guide, fact=lead.pk, group=lead.sibling_group or NO_GROUP)
        else:
            # Not at once: for "these or their siblings" PostgreSQL looks at every fact there is.
            found = list(_told(Fact.objects.filter(pk__in=ids), learner))
            groups = {fact.sibling_group for fact in found} - {None}
            found += _told(_siblings(guide, groups).exclude(pk__in=ids), learner) if groups else []
        found.sort(key=attrgetter("pk"))
        self.siblings = [fact for fact in found if fact.pk not in ids]
        self.by_id = {fact.pk: fact for fact in found}
        for fact in found:
            tell_guide(fact.table, slot.sitting.guide)

    def earlier_values(self) -> list[str]:
        """
        What the facts said when the learner last knew them, of those that say something else since and were asked so.

        No query where none does, else one for each.
        """
        asked = [(self.by_id[fact[0]], fact[1]) for fact in self._asked if fact and fact[0] in self.by_id]
        as_now = [fact for fact, value_hash in asked if fact.value_hash == value_hash]
        changed = [fact for fact in as_now if vars(fact)["is_outdated"] and not vars(fact)["my_asked"]]
        values = (earlier_value(self._slot.learner_id, fact) for fact in changed)
        return [value for value in values if value]

    def tell(self, answer: Answer, grade: Grade[int]) -> None:
        """
        Keep what an answer says of each fact, and move memory. 3 queries.

        Answers to an older value are history, and those to a question in doubt move no memory.
        """
        learner = self._slot.learner
        mind, told, moved = Mind.of(learner), [], []
        before = Before(answer.pk, learner.pace, learner.first_sights, {})
        for each in grade.facts:
            asked = self._asked[each.fact]
            if asked is None or self._is_repeated_in_drill(asked[0], answer):
                continue
            record = AnswerFact(
                learner_id=answer.learner_id,
                answer=answer,
                fact_id=asked[0],
                is_right=each.is_right,
                is_unknown=each.is_unknown,
                guess_chance=each.guess_chance,
                value_hash=asked[1],
            )
            told.append(record)
            known = self.by_id.get(asked[0])
            if known and known.value_hash == asked[1] and not self._slot.question.hidden_at:
                memory = self._memory(known)
                before.facts[str(known.pk)] = as_plain(memory)
                take(mind, memory, known.guide_id, record, self._slot)
                moved.append(memory)
        _log(told)
        keep(learner, mind, moved, answer.answered_at, before)

    def _is_repeated_in_drill(self, fact: int, answer: Answer) -> bool:
        """Whether a drill asks what was asked today already: there only the first answer of a day says something."""
        last = getattr(self.by_id.get(fact), "my_last_on", None)
        is_drill = self._slot.sitting.mode == Sitting.Mode.DRILL
        return is_drill and last is not None and answer.study_day is not None and last >= answer.study_day

    def _memory(self, fact: Fact) -> Memory:
        known = {name: getattr(fact, f"my_{name}") for name in MOVED}
        return Memory(learner_id=self._slot.learner_id, fact_id=fact.pk, **(known if known["asked"] else {}))


def _told(facts: QuerySet[Fact], learner: Any) -> QuerySet[Fact]:
    """These facts, each with what this learner showed of it as `my_...`."""
    mine = FilteredRelation("memories", condition=Q(memories__learner=learner))
    outdated = FilteredRelation("outdated", condition=Q(outdated__learner=learner))
    facts = facts.annotate(mine=mine, mine_once=outdated)
    remembered = {f"my_{name}": F(f"mine__{name}") for name in MOVED}
    facts = facts.annotate(is_outdated=F("mine_once__pk"), **remembered)
    return facts.select_related("table__shown_with", "row", "column", "authored__row").order_by()


def _siblings(guide: Any, groups: Iterable[Any]) -> QuerySet[Fact]:
    """The facts of these groups of a guide that are asked."""
    return Fact.objects.asked().filter(guide=guide, sibling_group__in=groups)


_ONE_FACT = Prepared(
    lambda learner, guide, fact, group: _told(Fact.objects.filter(pk=fact) | _siblings(guide, [group]), learner)
)


def tell_guide(table: Table, guide: Guide) -> None:
    """Let a table of this guide, and the one it is shown with, know the guide: to be joined it would be read again."""
    table.guide = guide
    if table.shown_with:
        table.shown_with.guide = guide


VALUE_IS_ANSWER = ("forward", "typed", "which-of-two", "decision", "lookup")
"""Kinds of question whose right answer is what the fact says."""


def earlier_value(learner: int, fact: Fact) -> str:
    """What a fact said when this learner last answered it with another value; empty where nobody knows."""
    told = AnswerFact.objects.filter(learner=learner, fact=fact, answer__slot__kind__in=VALUE_IS_ANSWER)
    last = told.exclude(value_hash=fact.value_hash).select_related("answer__slot").order_by("-pk").first()
    return last.answer.slot.right_text if last else ""


def earlier_values(learner: Learner, asked: Iterable[Iterable[int]]) -> dict[int, str]:
    """What those of several questions' facts said that say something else since. 1 query, 1 more for each of them."""
    ids = {fact for facts in asked for fact in facts}
    changed = Fact.objects.filter(pk__in=ids, outdated__learner=learner).exclude(memories__learner=learner)
    values = {fact.pk: earlier_value(learner.pk, fact) for fact in changed}
    return {fact: value for fact, value in values.items() if value}


@dataclass(frozen=True, slots=True)
class Before:
    """
    What the last answer found, as plain values, so that it can be withdrawn: `Learner.last_move`.

    `facts` holds each memory that it moved, by the id of its fact; None for a fact never asked before.
    """

    answer: int
    pace: list[float]
    first_sights: dict[str, list[float]]
    facts: dict[str, dict[str, Any] | None]

    @classmethod
    def of(cls, learner: Learner, answer: Answer) -> "Before | None":
        """What this answer found, if it is the last that moved the learner's memory."""
        kept = learner.last_move
        return cls(**kept) if kept and kept["answer"] == answer.pk else None

    def to_json(self) -> dict[str, Any]:
        """As it is stored."""
        return {name: getattr(self, name) for name in self.__slots__}

    def memories(self, learner: Learner) -> dict[int, Memory]:
        """The memories as they were, unsaved."""
        return {
            int(fact): Memory(learner_id=learner.pk, fact_id=int(fact), **from_plain(values))
            for fact, values in self.facts.items()
        }


def as_plain(memory: Memory) -> dict[str, Any] | None:
    """A memory as values that a JSON field keeps; None for that of a fact never asked."""
    if memory.state is None:
        return None
    values = {name: getattr(memory, name) for name in MOVED}
    return {name: value.isoformat() if name in DATES and value else value for name, value in values.items()}


def from_plain(values: dict[str, Any] | None) -> dict[str, Any]:
    """The same as the fields of a memory again."""
    return {
        name: DATES[name].fromisoformat(value) if name in DATES and value else value
        for name, value in (values or {}).items()
    }


def take(mind: Mind, memory: Memory, guide: int, told: AnswerFact, slot: Slot) -> None:
    """Count what an answer says of a fact in, and note what had been predicted and how likely the fact was known."""
    answer = told.answer
    reply = reply_of(told.is_right, told.is_unknown, told.guess_chance, answer.confidence, slot.sitting.mode)
    moved = mind.take(memory, guide, Said(reply, slot.kind, _day_of(answer), answer.answered_at))
    told.recall, told.known = moved.recall, moved.known


def keep(learner: Learner, mind: Mind, moved: Iterable[Memory], at: datetime, before: Before | None) -> None:
    """
    Store what an answer of this moment moved. 2 queries.

    An answer that comes later than it counts (an exam whose time was up long ago, a clock put back) is put in its place
    among the others: then all is replayed.
    """
    if learner.moved_at and at < learner.moved_at:
        replay(learner)
        return
    memories = list(moved)
    if memories:
        keep_memories(memories)
        mind.write_to(learner)
    learner.last_move, learner.moved_at = before.to_json() if before else None, at
    _keep_learner(learner)


def _keep_learner(learner: Learner) -> None:
    update(Learner, MOVED_OF_LEARNER, [values_of(learner, (*MOVED_OF_LEARNER, "pk"))])


def _log(records: Iterable[AnswerFact]) -> None:
    insert(AnswerFact, TOLD, (values_of(record, TOLD) for record in records))


@dataclass(frozen=True, slots=True)
class Told:
    """What one answer of several handed in together says of one fact, unsaved, with its slot."""

    record: AnswerFact
    slot: Slot


def tell_all(learner: Learner, told: Iterable[Told], at: datetime) -> None:
    """
    Keep what several answers of one moment say, in their order, and move memory. The learner must be locked.

    4 queries, and 1 more for each further 500 facts.
    """
    told = list(told)
    ids = {each.record.fact_id for each in told}
    facts = Fact.objects.in_bulk(ids)
    memories = {memory.fact_id: memory for memory in Memory.objects.filter(learner=learner, fact__in=ids)}
    mind, moved = Mind.of(learner), {}
    for each in told:
        record, fact = each.record, facts.get(each.record.fact_id)
        if fact is None or fact.value_hash != record.value_hash or each.slot.question.hidden_at:
            continue
        memory = memories.setdefault(fact.pk, Memory(learner_id=learner.pk, fact_id=fact.pk))
        take(mind, memory, fact.guide_id, record, each.slot)
        moved[fact.pk] = memory
    _log(each.record for each in told)
    keep(learner, mind, moved.values(), at, before=None)


def take_back(learner: Learner, answer: Answer, now: datetime) -> None:
    """
    Let memory be as it was before an answer, which the log says is withdrawn now. The learner must be locked.

    4 queries for the last answer; any other takes a replay.
    """
    before = Before.of(learner, answer)
    if before is None:
        replay(learner)
        return
    memories = before.memories(learner)
    new = [fact for fact, memory in memories.items() if memory.state is None]
    Memory.objects.filter(learner=learner, fact__in=new).delete()
    keep_memories(memory for memory in memories.values() if memory.state)
    learner.pace, learner.first_sights, learner.last_move = before.pace, before.first_sights, None
    _happened(learner, now)
    _keep_learner(learner)


def count_in_as_right(learner: Learner, answer: Answer, now: datetime) -> None:
    """
    Let memory be as if an answer had been right, which the log says now. The learner must be locked; needs the slot.

    4 queries for the last answer; any other takes a replay.
    """
    before = Before.of(learner, answer)
    if before is None:
        replay(learner)
        return
    memories = before.memories(learner)
    learner.pace, learner.first_sights = before.pace, before.first_sights
    mind = Mind.of(learner)
    for told in answer.facts.filter(fact__in=memories).select_related("fact").order_by("pk"):
        reply = reply_of(True, told.is_unknown, told.guess_chance, answer.confidence, answer.slot.sitting.mode)
        said = Said(reply, answer.slot.kind, _day_of(answer), answer.answered_at)
        mind.take(memories[told.fact_id], told.fact.guide_id, said)
    keep_memories(memories.values())
    mind.write_to(learner)
    _happened(learner, now)
    _keep_learner(learner)


def _day_of(answer: Answer) -> date:
    return answer.study_day or answer.learner.day_of(answer.answered_at)


def _happened(learner: Learner, now: datetime) -> None:
    learner.moved_at = max(now, learner.moved_at or now)
