"""Learners report what is wrong with a question, staff decide; while a question is in doubt nobody is asked it."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from quizzes.actions.asking import mark_asked
from quizzes.actions.bank import refresh_bank
from quizzes.actions.memory import recount_facts
from quizzes.actions.sittings import lock
from quizzes.generation.made import QuestionKind
from quizzes.models import Bank, Question, Report, Slot
from tables.models import Row

MOST_A_DAY = 10
DISPUTING = 2
"""So many accounts must say that more than one option is right before the question is hidden: a guest is soon made."""


class TooManyReports(Exception):
    """The learner has reported as much as can be looked at within a day."""


class NothingToPin(ValueError):
    """That text is no wrong option of the question, or the question has none that a pin could speak of."""


@transaction.atomic
def report_question(slot: Slot, reason: Report.Reason, comment: str) -> Report:
    """
    Keep what a learner finds wrong with the question of a slot; hide the question where enough of them dispute it.

    The same reason for the same question stays one report while nobody has decided. Raises TooManyReports.
    """
    lock(slot.learner)
    now = timezone.now()
    mine = Report.objects.of(slot.learner)
    waiting = mine.filter(question=slot.question_id, reason=reason, status=Report.Status.OPEN).first()
    if waiting:
        waiting.comment = comment or waiting.comment
        waiting.save(update_fields=["comment"])
        return waiting
    if mine.filter(created_at__gt=now - timedelta(days=1)).count() >= MOST_A_DAY:
        raise TooManyReports
    report = Report.objects.create(
        learner=slot.learner, question_id=slot.question_id, slot=slot, reason=reason, comment=comment, created_at=now
    )
    settle(report.question_id)
    return report


@transaction.atomic
def decide_report(report: Report, status: Report.Status, reply: str, *, never_offer: str = "") -> None:
    """
    Say what becomes of a report. Of a dispute it is said to everybody who waits with the same one.

    Where it is pinned the option `never_offer` is offered no more. Raises NothingToPin.
    """
    question = Question.objects.select_related("guide", "table", "fact__authored").get(pk=report.question_id)
    if status == Report.Status.PINNED:
        pin_option(question, report.slot, never_offer, reply)
    alike = [report.pk]
    if report.reason == Report.Reason.MORE_RIGHT:
        alike += Report.objects.disputes().filter(question=question).values_list("pk", flat=True)
    decided_at = None if status == Report.Status.OPEN else timezone.now()
    Report.objects.filter(pk__in=alike).update(status=status, reply=reply, decided_at=decided_at)
    settle(question.pk)


def settle(question: int) -> None:
    """
    Hide a question, or ask it again, as its reports have it; whatever is answered while it is hidden moves no memory.

    Where the staff hide it, that goes for all answers since it was first disputed.
    """
    locked = Question.objects.select_for_update().get(pk=question)
    hidden_at = _hidden_since(locked)
    if hidden_at == locked.hidden_at:
        return
    locked.hidden_at = hidden_at
    locked.save(update_fields=["hidden_at"])
    mark_asked(locked.facts.all())
    recount_facts(locked.facts.all())


def _hidden_since(question: Question) -> datetime | None:
    reports = Report.objects.filter(question=question).order_by("created_at")
    confirmed = reports.filter(status=Report.Status.HIDDEN).first()
    if confirmed:
        return confirmed.created_at
    accounts = reports.disputes().exclude(learner__user=None).order_by().values("learner").distinct()
    return (question.hidden_at or timezone.now()) if accounts.count() >= DISPUTING else None


def pin_option(question: Question, slot: Slot | None, text: str, reason: str) -> None:
    """Let the author's pins bar one wrong option from a question, and make the guide's questions anew."""
    bank = Bank.objects.select_for_update().get(guide=question.guide)
    pin = {"kind": "never-offer", "table": question.table.name, **_place_of_pin(question, slot, text), "reason": reason}
    refresh_bank(question.guide, pins={**bank.pins, "pins": [*bank.pins.get("pins", []), pin]})


def pinnable(question: Question, slot: Slot | None) -> list[str]:
    """The wrong options that can be barred from a question: those shown, else all that it could draw."""
    if question.kind not in {QuestionKind.DECISION, QuestionKind.LOOKUP, QuestionKind.FORWARD, QuestionKind.REVERSE}:
        return []
    if slot and slot.options:
        return [option["text"] for option in slot.options if not option["is_right"]]
    return [candidate.text for candidate in question.made.candidates]


def _place_of_pin(question: Question, slot: Slot | None, text: str) -> dict[str, object]:
    """
    How a pin names a question and what it is never to offer.

    Authors' questions go by their text and what they offer by its own; cells by their value and the rows beside them.
    """
    if text not in pinnable(question, slot):
        raise NothingToPin
    if question.fact.authored:
        return {"prompt": question.fact.authored.question, "values": [text]}
    cell = question.fact
    value = cell.row.cell(cell.column).text if cell.row and cell.column else question.answer
    things = [thing for each in question.made.candidates if each.text == text for thing in each.things]
    rows = Row.objects.filter(key__in=[thing.row_key for thing in things if thing.row_key])
    return {"prompt": value, "values": [text, *(row.subject for row in rows)]}
