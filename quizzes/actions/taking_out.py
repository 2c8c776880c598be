"""A learner's history and memory out, as plain values; see docs/data.md for the shape. Everything is streamed."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from quizzes.actions.minds import Mind
from quizzes.exports import FORMAT
from quizzes.memory.states import rating, recall
from quizzes.models import (
    Answer,
    AnswerFact,
    Event,
    Fact,
    Learner,
    Memory,
    Outlook,
    Report,
    RuleOut,
    SetAside,
    Sitting,
    SittingQuerySet,
    Study,
    sittings_told,
)
from studysite.accounts.actions.people import account_of
from studysite.accounts.models import Membership
from tables.models import Topic

CHUNK = 500
ANSWER_COLUMNS = (
    "answered at", "study day", "guide", "table", "question", "kind", "given", "right answer", "outcome", "counts",
    "confidence", "seconds", "id",
)  # fmt: skip
MEMORY_COLUMNS = ("guide", "table", "fact", "asked", "missed", "last asked", "recall today in percent", "id")


def head_of(learner: Learner) -> dict[str, Any]:
    """What says what the file is, whose, and how this learner wants to study."""
    return {
        "studysite": FORMAT,
        "made_at": timezone.now().isoformat(),
        "account": account_of(learner.user) if learner.user else None,
        "learner": {
            "goal": learner.goal, "goal_unit": learner.goal_unit, "time_zone": learner.time_zone,
            "paused_until": _day(learner.paused_until), "returns_missed": learner.returns_missed,
        },
    }  # fmt: skip


def lists_of(learner: Learner) -> dict[str, Iterator[dict[str, Any]]]:
    """All lists of the file, none of them read yet. Of who has not begun to learn, only the groups they are in."""
    groups = {"memberships": _memberships(learner)}
    if not learner.pk:
        return groups
    return groups | {
        "studies": _studies(learner),
        "sittings": _sittings(learner),
        "answers": _answers(learner),
        "events": _events(learner),
        "set_aside": _set_aside(learner),
        "outlooks": _outlooks(learner),
        "rule_outs": _rule_outs(learner),
        "reports": _reports(learner),
        "memory": _memory(learner),
    }


def _memberships(learner: Learner) -> Iterator[dict[str, Any]]:
    mine = Membership.objects.filter(user=learner.user_id, user__isnull=False).select_related("group")
    for membership in mine.order_by("pk"):
        yield {
            "group": membership.group.name,
            "role": membership.role,
            "joined_at": membership.joined_at.isoformat(),
            "shares_standing": membership.shares_standing,
            "counts_in_aggregates": membership.counts_in_aggregates,
            "closed_at": membership.group.closed_at.isoformat() if membership.group.closed_at else None,
        }


def _studies(learner: Learner) -> Iterator[dict[str, Any]]:
    mine = list(Study.objects.of(learner).select_related("guide", "leading_topic"))
    topics = Topic.objects.in_bulk({int(topic) for study in mine for topic in study.weights})
    for study in mine:
        weights = ((topics.get(int(topic)), weight) for topic, weight in study.weights.items())
        yield {
            "guide": study.guide.key.hex,
            "exam_on": _day(study.exam_on),
            "pass_mark": study.pass_mark,
            "leading_topic": study.leading_topic.key.hex if study.leading_topic else None,
            "weights": {topic.key.hex: weight for topic, weight in weights if topic},
            "sat_on": _day(study.sat_on),
            "result": study.result,
        }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _sittings(learner: Learner) -> Iterator[dict[str, Any]]:
    mine = _told_sittings(learner).exclude(answers=None).select_related("guide", "table")
    for sitting in mine.order_by("pk").distinct().iterator(chunk_size=CHUNK):
        yield {
            "token": sitting.token,
            "guide": sitting.guide.key.hex,
            "table": sitting.table.key.hex if sitting.table else None,
            "mode": sitting.mode,
            "scope": sitting.scope,
            "started_at": sitting.started_at.isoformat(),
            "finished_at": sitting.finished_at.isoformat() if sitting.finished_at else None,
            "minutes": sitting.minutes,
            "pass_mark": sitting.pass_mark,
        }


def _answers_told(learner: Learner) -> QuerySet[Answer]:
    """All but those given in a meeting under way: what is right there is told to nobody yet."""
    return Answer.objects.filter(learner=learner.pk, sitting__in=_told_sittings(learner).values("pk"))


def _memories_told(learner: Learner) -> QuerySet[Memory]:
    """All but those of facts that a meeting under way has asked."""
    untold = Sitting.objects.of(learner).exclude(pk__in=_told_sittings(learner).values("pk"))
    asked = AnswerFact.objects.filter(learner=learner.pk, answer__sitting__in=untold.order_by().values("pk"))
    return Memory.objects.of(learner).exclude(fact__in=asked.values("fact"))


def _told_sittings(learner: Learner) -> SittingQuerySet:
    return sittings_told(Sitting.objects.of(learner)).order_by()


def _answers(learner: Learner) -> Iterator[dict[str, Any]]:
    mine = _answers_told(learner).select_related("slot", "sitting", "question")
    for answer in mine.prefetch_related("facts__fact").order_by("pk").iterator(chunk_size=CHUNK):
        slot = answer.slot
        yield {
            "token": answer.token,
            "sitting": answer.sitting.token,
            "position": answer.position,
            "question": answer.question.key.hex,
            "slot": {
                "kind": slot.kind, "context": slot.context, "stem": slot.stem, "options": slot.options,
                "shown": _portable(slot.shown, answer), "value_hash": slot.value_hash, "right": slot.right,
                "points": slot.points, "is_flagged": slot.is_flagged, "is_undone": slot.is_undone,
            },
            "chosen": answer.chosen,
            "given": answer.given,
            "is_right": answer.is_right,
            "outcome": answer.outcome,
            "points": answer.points,
            "confidence": answer.confidence,
            "contrast": answer.contrast,
            "answered_at": answer.answered_at.isoformat(),
            "study_day": str(answer.study_day) if answer.study_day else None,
            "seconds": answer.took.total_seconds() if answer.took is not None else None,
            "facts": [_told(told) for told in sorted(answer.facts.all(), key=lambda told: told.pk)],
        }  # fmt: skip


def _portable(shown: dict[str, Any], answer: Answer) -> dict[str, Any]:
    """What a slot keeps of its question, with the keys of facts in place of their ids here."""
    keys = {told.fact_id: told.fact.key.hex for told in answer.facts.all()}
    facts = [[keys[fact[0]], fact[1]] if fact and fact[0] in keys else None for fact in shown.get("facts", ())]
    return {**shown, "facts": facts} if "facts" in shown else shown


def _told(told: AnswerFact) -> dict[str, Any]:
    return {
        "fact": told.fact.key.hex,
        "is_right": told.is_right,
        "is_unknown": told.is_unknown,
        "guess_chance": told.guess_chance,
        "value_hash": told.value_hash,
        "rating": None if told.known is None else rating(told.known),
    }


def _events(learner: Learner) -> Iterator[dict[str, Any]]:
    mine = Event.objects.filter(learner=learner).select_related("answer", "guide", "table", "fact")
    for event in mine.order_by("pk").iterator(chunk_size=CHUNK):
        yield {
            "kind": event.kind,
            "happened_at": event.happened_at.isoformat(),
            "answer": event.answer.token if event.answer else None,
            "guide": event.guide.key.hex if event.guide else None,
            "table": event.table.key.hex if event.table else None,
            "fact": event.fact.key.hex if event.fact else None,
        }


def _set_aside(learner: Learner) -> Iterator[dict[str, Any]]:
    for key in SetAside.objects.filter(learner=learner).order_by("pk").values_list("fact__key", flat=True).iterator():
        yield {"fact": key.hex}


def _outlooks(learner: Learner) -> Iterator[dict[str, Any]]:
    mine = Outlook.objects.filter(learner=learner).select_related("guide").order_by("pk")
    for outlook in mine.iterator(chunk_size=CHUNK):
        yield {
            "guide": outlook.guide.key.hex,
            "on": outlook.on.isoformat(),
            "for_day": outlook.for_day.isoformat(),
            "mean": outlook.mean,
            "low": outlook.low,
            "high": outlook.high,
            "now": outlook.now,
            "answers": outlook.answers,
        }


def _rule_outs(learner: Learner) -> Iterator[dict[str, Any]]:
    for each in RuleOut.objects.of(learner).select_related("question").order_by("pk").iterator(chunk_size=CHUNK):
        yield {
            "token": each.token,
            "question": each.question.key.hex,
            "context": each.context,
            "stem": each.stem,
            "options": each.options,
            "struck": each.struck,
            "started_at": each.started_at.isoformat(),
            "finished_at": each.finished_at.isoformat() if each.finished_at else None,
        }


def _reports(learner: Learner) -> Iterator[dict[str, Any]]:
    for report in Report.objects.of(learner).select_related("question", "row", "column").iterator(chunk_size=CHUNK):
        yield {
            "question": report.question.key.hex if report.question else None,
            "row": report.row.key.hex if report.row else None,
            "column": report.column.key.hex if report.column else None,
            "value": report.value,
            "reason": report.reason,
            "comment": report.comment,
            "status": report.status,
            "reply": report.reply,
            "created_at": report.created_at.isoformat(),
        }


def _memory(learner: Learner) -> Iterator[dict[str, Any]]:
    mine = _memories_told(learner).select_related("fact")
    for memory in mine.order_by("pk").iterator(chunk_size=CHUNK):
        yield {
            "fact": memory.fact.key.hex,
            "stability": memory.stability,
            "difficulty": memory.difficulty,
            "last_on": str(memory.last_on) if memory.last_on else None,
            "asked": memory.asked,
            "missed": memory.missed,
        }


def answer_rows(learner: Learner) -> Iterator[tuple[object, ...]]:
    """One row for each answer, oldest first: see ANSWER_COLUMNS."""
    mine = _answers_told(learner).select_related("slot", "question__guide", "question__table")
    for answer in mine.order_by("pk").iterator(chunk_size=CHUNK):
        yield (
            answer.answered_at.isoformat(), answer.study_day or "", answer.question.guide.title,
            answer.question.table.name, answer.slot.stem, answer.slot.get_kind_display(), answer.chosen_text,
            answer.slot.right_text, answer.outcome, _counts(answer), answer.confidence,
            round(answer.took.total_seconds(), 1) if answer.took is not None else "", answer.question.key.hex,
        )  # fmt: skip


def _counts(answer: Answer) -> str:
    if answer.slot.is_undone:
        return "no, taken back"
    return "as right" if answer.is_counted_right else "yes"


def memory_rows(learner: Learner) -> Iterator[tuple[object, ...]]:
    """One row for each fact asked so far: see MEMORY_COLUMNS."""
    theta, today = Mind.of(learner).pace.theta, learner.today
    mine = _memories_told(learner).select_related(
        "fact__guide", "fact__table", "fact__row", "fact__column", "fact__authored"
    )
    for memory in mine.order_by("fact__guide", "fact").iterator(chunk_size=CHUNK):
        state = memory.state
        chance = round(100 * recall(state, max(today, state.last_on), theta)) if state else ""
        yield (
            memory.fact.guide.title, memory.fact.table.name, name_of(memory.fact), memory.asked, memory.missed,
            memory.last_on or "", chance, memory.fact.key.hex,
        )  # fmt: skip


def name_of(fact: Fact) -> str:
    """What a fact is about, in words. Needs row, column and authored question."""
    if fact.row and fact.column:
        return f"{fact.column.name} of {fact.row.subject}"
    return fact.authored.question if fact.authored else str(fact)
