"""Learners report what is wrong with a question, staff decide; while a question is in doubt nobody is asked it."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from quizzes.actions.asking import mark_asked, tell_pages
from quizzes.actions.pinning import Wish, add_pins, pins_for
from quizzes.actions.plans import drop_plans_of
from quizzes.actions.replaying import forget_facts
from quizzes.actions.sittings import lock
from quizzes.models import Learner, Question, Report, Slot
from tables.models import Column, Row

MOST_A_DAY = 10
DISPUTING = 2
"""So many accounts must say that more than one option is right before the question is hidden: a guest is soon made."""


OF_CELLS = (Report.Status.OPEN, Report.Status.MENDED, Report.Status.DECLINED)
"""What can become of a report of a cell: no option to bar, no question to hide."""


class TooManyReports(Exception):
    """The learner has reported as much as can be looked at within a day."""


@transaction.atomic
def report_question(slot: Slot, reason: Report.Reason, comment: str) -> Report:
    """
    Keep what a learner finds wrong with the question of a slot; hide the question where enough of them dispute it.

    The same reason for the same question stays one report while nobody has decided. Raises TooManyReports.
    """
    lock(slot.learner)
    report = _keep(
        Report(learner=slot.learner, question_id=slot.question_id, slot=slot, reason=reason, comment=comment)
    )
    settle(slot.question_id)
    return report


@transaction.atomic
def report_cell(learner: Learner, row: Row, column: Column, comment: str) -> Report:
    """
    Keep what a learner finds wrong with a cell, and what stands there now.

    The same cell stays one report while nobody has decided. Raises TooManyReports.
    """
    lock(learner)
    reason, value = Report.Reason.NOTES_WRONG, row.cell(column).text
    return _keep(Report(learner=learner, row=row, column=column, value=value, reason=reason, comment=comment))


def _keep(report: Report) -> Report:
    mine, now = Report.objects.of(report.learner), timezone.now()
    same = {"question": report.question_id, "row": report.row_id, "column": report.column_id, "reason": report.reason}
    waiting = mine.waiting().filter(**same).first()
    if waiting:
        waiting.comment = report.comment or waiting.comment
        waiting.save(update_fields=["comment"])
        return waiting
    if mine.filter(created_at__gt=now - timedelta(days=1)).count() >= MOST_A_DAY:
        raise TooManyReports
    report.created_at = now
    report.save()
    return report


@transaction.atomic
def decide_report(report: Report, status: Report.Status, reply: str, *, never_offer: str = "") -> None:
    """
    Say what becomes of a report. Of a dispute it is said to everybody who waits with the same one.

    Where it is pinned the option `never_offer` is offered no more. Raises NothingToPin, and ValueError for what cannot
    become of a report of a cell.
    """
    decided_at = None if status == Report.Status.OPEN else timezone.now()
    if report.question_id is None:
        if status not in OF_CELLS:
            raise ValueError(status)
        Report.objects.filter(pk=report.pk).update(status=status, reply=reply, decided_at=decided_at)
        return
    question = Question.objects.select_related("guide", "table", "fact__authored").get(pk=report.question_id)
    if status == Report.Status.PINNED:
        add_pins(question.guide, pins_for(question, Wish.NEVER_OFFER, never_offer, reply, slot=report.slot))
    alike = [report.pk]
    if report.reason == Report.Reason.MORE_RIGHT:
        alike += Report.objects.disputes().filter(question=question).values_list("pk", flat=True)
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
    tell_pages(locked.guide_id)
    drop_plans_of(locked.guide_id)
    forget_facts(locked.facts.values_list("pk", flat=True))


def _hidden_since(question: Question) -> datetime | None:
    reports = Report.objects.filter(question=question).order_by("created_at")
    confirmed = reports.filter(status=Report.Status.HIDDEN).first()
    if confirmed:
        return confirmed.created_at
    accounts = reports.disputes().exclude(learner__user=None).order_by().values("learner").distinct()
    return (question.hidden_at or timezone.now()) if accounts.count() >= DISPUTING else None
