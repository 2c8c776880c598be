"""How a sitting went, and the way to do it again."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from quizzes.actions.bank import refresh_bank
from quizzes.actions.confusions import Confused, confused_by
from quizzes.actions.contrasts import contrasts_kept
from quizzes.actions.drills import start_drill
from quizzes.actions.exams import sit_again
from quizzes.actions.rebuild import rebuild_again
from quizzes.actions.sittings import NothingToAsk, retry_sitting
from quizzes.contrasts.cards import Contrast
from quizzes.exams import Result
from quizzes.forms.practice import TokenForm
from quizzes.generation.sources import Thing
from quizzes.marking.rebuilt import paint_table
from quizzes.models import Answer, Sitting, Slot
from quizzes.scores import Reply, Report, make_report
from quizzes.shown import Shown
from quizzes.views.question import found, own_sitting, where_next
from quizzes.views.refusals import refuse_stranger
from studysite.web import private

SLOWEST = 3


@private
@require_safe
def report(request: HttpRequest, sitting: int) -> HttpResponse:
    """The report of a finished sitting; of one that goes on there is none yet."""
    run = found(own_sitting(request, sitting))
    if not has_report(run):
        return HttpResponseRedirect(where_next(run))
    return show_report(request, run, TokenForm())


def has_report(run: Sitting) -> bool:
    """Whether a sitting is over, and was one of questions: cells that were uncovered have no report and no retry."""
    return run.finished_at is not None and run.mode != Sitting.Mode.COVER


def show_report(request: HttpRequest, run: Sitting, form: TokenForm, *, status: int = 200) -> HttpResponse:
    """The figures, and each missed question with the contrast that was shown."""
    slots = list(
        run.slots.standing().filter(returns=None).select_related("answer", "question__topic", "question__table")
    )
    figures = make_report(reply_of(slot) for slot in slots)
    last = before(run)
    context = {
        "sitting": run,
        "report": figures,
        "missed": worst_first(missed_of(slots), confused_by(run.learner, run.guide)),
        "sure_wrong": sum(is_sure_wrong(slot) for slot in slots),
        "flagged": [slot for slot in slots if slot.is_flagged],
        "before": last,
        "form": form,
    }
    context |= rebuilt(slots) if run.mode == Sitting.Mode.REBUILD else {}
    context |= exam_figures(run, slots, figures, last) if run.mode == Sitting.Mode.EXAM else {}
    return render(request, "quizzes/report.html", context, status=status)


def rebuilt(slots: list[Slot]) -> dict[str, object]:
    """The table that was rebuilt, as it was judged; nothing where it was left before."""
    for slot in slots:
        if hasattr(slot, "answer"):
            return {"slot": slot, "grid": paint_table(Shown.from_json(slot.shown), slot.answer.given)}
    return {}


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


@dataclass(frozen=True, slots=True)
class Missed:
    """A question that was not answered right, as its verdict showed it; `answer` is None for one left empty."""

    slot: Slot
    answer: Answer | None
    contrasts: list[Contrast]
    place: str
    is_sure: bool
    outdated: list[dict[str, str]]


def missed_of(slots: Iterable[Slot]) -> Iterable[Missed]:
    """Each missed question as the verdict showed it, in the order of the sitting."""
    for slot in slots:
        if slot.points is not None and slot.points != 1:
            answer = getattr(slot, "answer", None)
            verdict = answer.contrast if answer else slot.draft["verdict"]
            outdated = verdict.get("outdated", [])
            yield Missed(slot, answer, contrasts_kept(verdict), verdict["place"], is_sure_wrong(slot), outdated)


def is_sure_wrong(slot: Slot) -> bool:
    """Whether its learner was sure of what was not right."""
    answer = getattr(slot, "answer", None)
    return answer is not None and slot.points != 1 and answer.confidence == Answer.Confidence.SURE


def worst_first(missed: Iterable[Missed], confused: Confused) -> list[Missed]:
    """What somebody was sure of first; then by how often the two rows side by side were mixed up, the most first."""
    count = confused_in(confused)
    return sorted(missed, key=lambda miss: (not miss.is_sure, -max(map(count, miss.contrasts), default=0)))


def confused_in(confused: Confused) -> Callable[[Contrast], float]:
    """A function that says how often the two rows of a contrast were mixed up; 0 where there are no two."""

    def count(contrast: Contrast) -> float:
        one, other = contrast.right, contrast.other
        return confused.get(frozenset((one.thing.row_key, other.thing.row_key)), 0.0) if one and other else 0.0

    return count


def before(run: Sitting) -> Sitting | None:
    """
    The last finished sitting of the same kind before this one, with progress; None for a first one or a retry.

    An exam that was sat again is compared with the one that it repeats.
    """
    if run.retry_of_id:
        is_exam = run.mode == Sitting.Mode.EXAM
        repeated = Sitting.objects.filter(pk=run.retry_of_id, finished_at__lt=run.finished_at, mode=run.mode)
        return repeated.with_progress().first() if is_exam else None
    same = Sitting.objects.filter(
        learner=run.learner_id, guide=run.guide_id, mode=run.mode, scope=run.scope, topic=run.topic_id,
        table=run.table_id, retry_of=None, finished_at__lt=run.finished_at,
    )  # fmt: skip
    return same.with_progress().filter(first_count__gt=0).order_by("-finished_at").first()


def begin_again(run: Sitting, token: str, wanted: str) -> Sitting:
    """
    The same once more: an exam as an "exam" if so wanted, a drill as a drill of its pair. Raises NothingToAsk.

    Of a drill that was taken in from a file its pair is not known.
    """
    if run.mode == Sitting.Mode.EXAM and wanted == "exam":
        return sit_again(run, token)
    if run.mode == Sitting.Mode.DRILL and run.table and run.pair:
        one, other = (Thing(**thing) for thing in run.pair)
        return start_drill(run.learner, run.table, (one, other), token)
    if run.mode == Sitting.Mode.REBUILD:
        return rebuild_again(run, token)
    return retry_sitting(run, token, only_missed=wanted == "missed")


@private
@require_POST
def retry(request: HttpRequest, sitting: int) -> HttpResponse:
    """Begin again with the same questions, or with the missed ones alone."""
    run = own_sitting(request, sitting)
    if run is None:
        return refuse_stranger(request, reverse("quizzes:report", args=[sitting]))
    if not has_report(run):
        return HttpResponseRedirect(where_next(run), status=303)
    refresh_bank(run.guide)
    form = TokenForm(request.POST)
    try:
        if form.is_valid():
            again = begin_again(run, form.cleaned_data["token"], request.POST.get("only", ""))
            return HttpResponseRedirect(reverse("quizzes:question", args=[again.pk, 1]), status=303)
    except NothingToAsk:
        form.add_error(None, "Those questions are no longer in the guide.")
    return show_report(request, run, form, status=422)
