"""Hand an exam in: its drafts become answers, which move memory and confusions, all in one transaction and once."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from quizzes.actions.answers import asked_of
from quizzes.actions.confusions import all_tallies, keep_tallies
from quizzes.actions.contrasts import stored_verdict
from quizzes.actions.memory import Told, earlier_values, tell_all
from quizzes.actions.replaying import replay
from quizzes.actions.tables_at_hand import TablesAtHand, fetch_tables
from quizzes.confusions import Tallies, after_mix_ups, after_right, mix_ups_of
from quizzes.contrasts.cards import Contrast
from quizzes.contrasts.verdicts import contrasts_of, other_things, thing_asked, things_of
from quizzes.marking.grades import Grade, Mark, grade_unanswered
from quizzes.marking.judging import Asked, Judged, judge
from quizzes.marking.replies import Given
from quizzes.models import Answer, AnswerFact, Fact, Learner, Sitting, Slot

TRIES = 2


@dataclass(frozen=True, slots=True)
class Marked:
    """One question of an exam as judged; of one left empty `is_empty`, and no points."""

    slot: Slot
    asked: Asked
    given: Given | None
    judged: Judged
    is_empty: bool

    @property
    def grade(self) -> Grade[int]:
        """What it is worth; choices and ticks can always be judged."""
        return self.judged.grade or Grade(Mark.WRONG, ())


@transaction.atomic
def hand_in(sitting: Sitting) -> None:
    """End an exam and count it. Handed in twice, or by two at once, it counts once. Bounded queries: about 20."""
    exam = lock_sitting(sitting.pk)
    count_exam(exam, timezone.now())


def lock_sitting(sitting_id: int) -> Sitting:
    """
    This sitting as it is now, with its learner locked and their memory in step with their log.

    2 queries, unless memory must be replayed. Raises Learner.DoesNotExist.
    """
    for _ in range(TRIES):
        learner = Learner.objects.select_for_update(of=("self",)).filter(sittings=sitting_id).first()
        sitting = Sitting.objects.select_related("learner").get(pk=sitting_id)
        if learner and learner.pk == sitting.learner_id:
            if learner.is_stale:
                replay(learner)
            sitting.learner = learner
            return sitting
    raise Learner.DoesNotExist  # a guest's sitting went to an account twice within this request


def count_exam(exam: Sitting, now: datetime) -> None:
    """Count an exam that is not handed in yet. The learner must be locked."""
    if exam.finished_at:
        return
    at = min(now, exam.deadline) if exam.deadline else now
    marked = [mark(slot) for slot in _slots(exam)]
    at_hand = fetch_tables({thing for each in marked for thing in things_of(each.asked, each.judged.chosen)})
    shown = [
        contrasts_of(each.asked, each.given, each.judged.chosen, at_hand.tables, is_right=each.grade.is_right)
        for each in marked
    ]
    siblings, earlier = Siblings(marked), earlier_values(exam.learner, (facts_in(each) for each in marked))
    verdicts = [
        stored_verdict(
            each.slot, each.asked, pairs, at_hand, siblings.of(each.asked), each.judged.missing, siblings.by_id
        )
        | {"changed": [earlier[fact] for fact in facts_in(each) if fact in earlier], "opens": False}
        for each, pairs in zip(marked, shown, strict=True)
    ]
    _store(exam, marked, verdicts, at)
    _move_confusions(exam.learner, marked, shown, at_hand, at)
    exam.finished_at = at
    exam.save(update_fields=["finished_at"])


def _slots(exam: Sitting) -> Iterator[Slot]:
    for slot in exam.slots.select_related(
        "question__fact__authored__row", "question__table__guide", "question__table__shown_with__guide"
    ):
        slot.synonyms = None  # which only typed answers need
        yield slot


def facts_in(marked: Marked) -> list[int]:
    """The ids of the facts that a question asks for."""
    return [fact[0] for fact in marked.asked.shown.facts if fact]


def mark(slot: Slot) -> Marked:
    """Judge the draft of one slot."""
    asked = asked_of(slot)
    draft = slot.draft or {}
    if "given" not in draft:
        return Marked(slot, asked, None, Judged(grade_unanswered()), is_empty=True)
    return Marked(slot, asked, draft["given"], judge(asked, draft["given"]), is_empty=False)


class Siblings:
    """The facts of an exam and those that teach the same, `by_id` all of them. 1 query."""

    def __init__(self, marked: Iterable[Marked]) -> None:
        asked = [each.slot.question for each in marked]
        ids = [fact for each in marked for fact in facts_in(each)]
        groups = Fact.objects.filter(pk__in=ids).exclude(sibling_group=None).values("sibling_group")
        guides = {question.guide_id for question in asked}
        beside = Q(sibling_group__in=groups, guide__in=guides, is_asked=True)
        facts = Fact.objects.filter(Q(pk__in=ids) | beside)
        self.by_id: dict[int, Fact] = {}
        self._group_of: dict[int, int] = {}
        self._groups: dict[int, list[Fact]] = defaultdict(list)
        for fact in facts.select_related(
            "table__shown_with__guide", "table__guide", "row", "column", "authored__row"
        ).order_by("pk"):
            self.by_id[fact.pk] = fact
            if fact.sibling_group is not None:
                self._group_of[fact.pk] = fact.sibling_group
                self._groups[fact.sibling_group].append(fact)

    def of(self, asked: Asked) -> list[Fact]:
        """Those beside what one question asks."""
        own = {fact[0] for fact in asked.shown.facts if fact}
        groups = {self._group_of[pk] for pk in own if pk in self._group_of}
        return [
            fact for group in sorted(groups) for fact in self._groups[group] if fact.is_asked and fact.pk not in own
        ]


def _store(exam: Sitting, marked: Iterable[Marked], verdicts: Iterable[dict[str, Any]], at: datetime) -> None:
    points: dict[float, list[int]] = defaultdict(list)
    answered, answers, empty = [], [], []
    for each, verdict in zip(marked, verdicts, strict=True):
        points[each.grade.points].append(each.slot.pk)
        if each.is_empty:
            each.slot.draft = {**(each.slot.draft or {}), "verdict": verdict}
            empty.append(each.slot)
        else:
            answered.append(each)
            answers.append(_answer(exam, each, verdict, at))
    for worth, slots in points.items():
        Slot.objects.filter(pk__in=slots).update(points=worth)
    Slot.objects.bulk_update(empty, ["draft"])
    Answer.objects.bulk_create(answers)
    told = [
        Told(fact, each.slot) for each, answer in zip(answered, answers, strict=True) for fact in _told(each, answer)
    ]
    tell_all(exam.learner, told, at)


def _answer(exam: Sitting, each: Marked, verdict: dict[str, Any], at: datetime) -> Answer:
    slot, took = each.slot, (each.slot.draft or {}).get("took")
    return Answer(
        learner_id=exam.learner_id,
        sitting=exam,
        slot=slot,
        question=slot.question,
        position=slot.position,
        token=slot.token,
        chosen=(each.given or {}).get("choice"),
        given=each.given,
        is_right=each.grade.is_right,
        outcome=Answer.Outcome.UNKNOWN if each.given is None else each.grade.mark.value,
        points=each.grade.points,
        confidence=(slot.draft or {}).get("confidence", ""),
        contrast=verdict,
        answered_at=at,
        took=None if took is None else timedelta(seconds=took),
        study_day=exam.learner.day_of(at),
    )


def _told(each: Marked, answer: Answer) -> Iterator[AnswerFact]:
    for told in each.grade.facts:
        fact = each.asked.shown.facts[told.fact]
        if fact is not None:
            yield AnswerFact(
                learner_id=answer.learner_id,
                answer=answer,
                fact_id=fact[0],
                is_right=told.is_right,
                is_unknown=told.is_unknown,
                guess_chance=told.guess_chance,
                value_hash=fact[1],
            )


def _move_confusions(
    learner: Learner, marked: Iterable[Marked], shown: Iterable[Iterable[Contrast]], at_hand: TablesAtHand, at: datetime
) -> None:
    before = all_tallies(learner, at_hand)
    after: Tallies = before
    for each, pairs in zip(marked, shown, strict=True):
        if not each.is_empty and each.slot.question.hidden_at is None:
            after = _after(after, each, pairs, learner.day_of(at))
    keep_tallies(learner, at_hand, _changed(before, after))


def _after(tallies: Tallies, each: Marked, pairs: Iterable[Contrast], on: date) -> Tallies:
    right = thing_asked(each.asked)
    if each.grade.is_right and right:
        return after_right(tallies, right, others=other_things(each.asked), on=on)
    return after_mix_ups(tallies, mix_ups_of(pairs))


def _changed(before: Tallies, after: Tallies) -> Tallies:
    changed: Mapping[Any, Any] = {pair: tally for pair, tally in after.items() if tally != before.get(pair)}
    return changed
