"""How a sitting went, and the way to do it again."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from quizzes.actions.bank import refresh_bank
from quizzes.actions.contrasts import contrasts_kept
from quizzes.actions.drills import start_drill
from quizzes.actions.sittings import NothingToAsk, retry_sitting
from quizzes.exams import Result
from quizzes.forms import TokenForm
from quizzes.generation.sources import Thing
from quizzes.models import Sitting, Slot
from quizzes.scores import Reply, Report, make_report
from quizzes.views.question import found, own_sitting, where_next
from quizzes.views.refusals import refuse_stranger
from studysite.web import private

SLOWEST = 3


@private
@require_safe
def report(request: HttpRequest, sitting: int) -> HttpResponse:
    """The report of a finished sitting; of one that goes on there is none yet."""
    run = found(own_sitting(request, sitting))
    if run.finished_at is None:
        return HttpResponseRedirect(where_next(run))
    return show_report(request, run, TokenForm())


def show_report(request: HttpRequest, run: Sitting, form: TokenForm, *, status: int = 200) -> HttpResponse:
    """The figures, and each missed question with the contrast that was shown."""
    slots = list(run.slots.filter(returns=None).select_related("answer", "question__topic"))
    figures = make_report(reply_of(slot) for slot in slots)
    last = before(run)
    context = {"sitting": run, "report": figures, "missed": list(missed_of(slots)), "before": last, "form": form}
    context |= exam_figures(run, slots, figures, last) if run.mode == Sitting.Mode.EXAM else {}
    return render(request, "quizzes/report.html", context, status=status)


def exam_figures(run: Sitting, slots: list[Slot], figures: Report, last: Sitting | None) -> dict[str, object]:
    """What only an exam has: its pass mark, the last one of its kind, the slowest questions, what came too late."""
    timed = [slot for slot in slots if hasattr(slot, "answer") and slot.answer.took is not None]
    return {
        "result": result_of(run),
        "last": result_of(last) if last else None,
        "weak": sum(topic.is_weak for topic in figures.topics),
        "slowest": sorted(timed, key=lambda slot: slot.answer.took, reverse=True)[:SLOWEST],
        "empty": sum(not hasattr(slot, "answer") for slot in slots),
        "late": sum("late" in (slot.draft or {}) for slot in slots),
    }


def result_of(exam: Sitting) -> Result:
    """How a finished exam went. Needs `with_progress`."""
    return Result(exam.right_count, exam.slot_count, exam.pass_mark or 0)


def reply_of(slot: Slot) -> Reply:
    """What the report counts of one slot. What was left empty in an exam has points, but no answer."""
    answer = getattr(slot, "answer", None)
    return Reply(
        topic=slot.question.topic.title,
        kind=slot.get_kind_display(),
        is_right=None if slot.points is None else slot.points == 1,
        is_flagged=slot.is_flagged,
        took=answer.took if answer else None,
    )


def missed_of(slots: Iterable[Slot]) -> Iterable[dict[str, object]]:
    """Each missed question as the verdict showed it, in the order of the sitting."""
    for slot in slots:
        if slot.points is not None and slot.points != 1:
            answer = getattr(slot, "answer", None)
            verdict = answer.contrast if answer else slot.draft["verdict"]
            yield {"slot": slot, "answer": answer, "contrasts": contrasts_kept(verdict), "place": verdict["place"]}


def before(run: Sitting) -> Sitting | None:
    """The last finished sitting of the same kind before this one, with progress; None for a first one or a retry."""
    if run.retry_of_id:
        return None
    same = Sitting.objects.filter(
        learner=run.learner_id, guide=run.guide_id, mode=run.mode, scope=run.scope, topic=run.topic_id,
        table=run.table_id, retry_of=None, finished_at__lt=run.finished_at,
    )  # fmt: skip
    return same.with_progress().filter(first_count__gt=0).order_by("-finished_at").first()


def begin_again(run: Sitting, token: str, *, only_missed: bool) -> Sitting:
    """The same once more: a drill as a drill of its pair. Raises NothingToAsk."""
    if run.mode == Sitting.Mode.DRILL and run.table:
        one, other = (Thing(**thing) for thing in run.pair)
        return start_drill(run.learner, run.table, (one, other), token)
    return retry_sitting(run, token, only_missed=only_missed)


@private
@require_POST
def retry(request: HttpRequest, sitting: int) -> HttpResponse:
    """Begin again with the same questions, or with the missed ones alone."""
    run = own_sitting(request, sitting)
    if run is None:
        return refuse_stranger(request, reverse("quizzes:report", args=[sitting]))
    if run.finished_at is None:
        return HttpResponseRedirect(where_next(run), status=303)
    refresh_bank(run.guide)
    form = TokenForm(request.POST)
    try:
        if form.is_valid():
            again = begin_again(run, form.cleaned_data["token"], only_missed=request.POST.get("only") == "missed")
            return HttpResponseRedirect(reverse("quizzes:question", args=[again.pk, 1]), status=303)
    except NothingToAsk:
        form.add_error(None, "Those questions are no longer in the guide.")
    return show_report(request, run, form, status=422)
