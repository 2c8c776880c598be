"""One question of a sitting: asked, answered, flagged."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from quizzes.actions.answers import SittingIsOver, WrongToken, record_answer
from quizzes.actions.sittings import finish_sitting
from quizzes.cards import Contrast
from quizzes.forms import AnswerForm
from quizzes.middleware import known_learner
from quizzes.models import Answer, Sitting, Slot
from quizzes.views.refusals import refuse_stranger
from studysite.web import private, render_part, wanted_part

PAGE = "quizzes/question.html"


def own_sitting(request: HttpRequest, sitting: int) -> Sitting | None:
    """This sitting with its progress and guide, if it is this learner's."""
    learners = known_learner(request)
    if learners is None:
        return None
    mine = Sitting.objects.filter(learner=learners, pk=sitting)
    return mine.with_progress().select_related("guide", "learner").first()


def own_slot(request: HttpRequest, sitting: int, position: int) -> Slot | None:
    """This slot with its sitting and answer, if it is this learner's."""
    learners = known_learner(request)
    if learners is None:
        return None
    mine = Slot.objects.filter(learner=learners, sitting=sitting, position=position)
    return mine.select_related("learner", "answer").first()


@private
@require_safe
def sitting(request: HttpRequest, sitting: int) -> HttpResponse:
    """Where to go on: the first question not answered yet, or the report."""
    return HttpResponseRedirect(where_next(found(own_sitting(request, sitting))))


def where_next(sitting: Sitting) -> str:
    """Address of the first question that waits for an answer, of the report when none does. Needs `with_progress`."""
    if sitting.finished_at or sitting.next_position is None:
        return reverse("quizzes:report", args=[sitting.pk])
    return reverse("quizzes:question", args=[sitting.pk, sitting.next_position])


def found[Thing](thing: Thing | None) -> Thing:
    """The thing itself. Raises Http404 when there is none."""
    if thing is None:
        raise Http404
    return thing


@private
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, sitting: int, position: int) -> HttpResponse:
    """Ask one question; keep its answer and show why it is right or wrong; show an answered one as it was."""
    if request.method == "POST":
        return answer(request, sitting, position)
    run = found(own_sitting(request, sitting))
    slot = get_object_or_404(run.slots.select_related("answer"), position=position)
    if hasattr(slot, "answer"):
        slot.answer.sitting = run
        return show_verdict(request, slot, slot.answer)
    if run.finished_at:
        return HttpResponseRedirect(where_next(run))
    if slot.shown_at is None:
        Slot.objects.filter(pk=slot.pk, shown_at=None).update(shown_at=timezone.now())
    return ask(request, slot, run)


def answer(request: HttpRequest, sitting: int, position: int) -> HttpResponse:
    """Keep one answer. However often and whatever is sent, the first one stands and is shown."""
    slot = own_slot(request, sitting, position)
    if slot is None:
        return refuse_stranger(request, request.path)
    form = AnswerForm(request.POST)
    if not form.is_valid() and not hasattr(slot, "answer"):
        return ask(request, slot, found(own_sitting(request, sitting)), form=form)
    try:
        kept = record_answer(slot, request.POST.get("token", ""), form.chosen)
    except SittingIsOver:
        context = {"sitting": sitting, "is_part": wanted_part(request) == "main"}
        return render_part(request, "quizzes/over.html", "main", context, status=422)
    except (WrongToken, ValueError):
        form.add_error(None, "This page was out of date. Look at your answer once more and send it again.")
        return ask(request, slot, found(own_sitting(request, sitting)), form=form)
    return show_verdict(request, slot, kept)


def ask(request: HttpRequest, slot: Slot, run: Sitting, *, form: AnswerForm | None = None) -> HttpResponse:
    """The question with its options; nothing in it tells which is right. A form that was sent comes with its faults."""
    given = (request.POST if form else request.GET).get("choice", "")
    context = {"slot": slot, "sitting": run, "options": slot.options, "given": given, "form": form}
    return show(request, context, status=422 if form else 200)


def show_verdict(request: HttpRequest, slot: Slot, kept: Answer) -> HttpResponse:
    """What the stored answer was and why it was right or wrong, made from what is stored and from nothing else."""
    context = {
        "slot": slot,
        "sitting": kept.sitting,
        "answer": kept,
        "verdict": kept.verdict,
        "contrast": Contrast.from_json(kept.contrast),
        "place": kept.contrast["place"],
        "next": where_next(kept.sitting),
    }
    return show(request, context)


def show(request: HttpRequest, context: dict[str, object], *, status: int = 200) -> HttpResponse:
    """The page of a question, or what htmx replaces of it. Its address stays that of the question."""
    slot = context["slot"]
    address = reverse("quizzes:question", args=[slot.sitting_id, slot.position])
    context |= {"address": address, "is_part": wanted_part(request) == "main"}
    return render_part(request, PAGE, "main", context, status=status)


@private
@require_POST
def flag(request: HttpRequest, sitting: int, position: int) -> HttpResponse:
    """Put a flag on a question, or take it off: the button says which, so that pressing it twice is harmless."""
    slot = own_slot(request, sitting, position)
    if slot is None:
        return refuse_stranger(request, reverse("quizzes:question", args=[sitting, position]))
    slot.is_flagged = request.POST.get("flagged") == "1"
    slot.save(update_fields=["is_flagged"])
    if request.htmx:
        return render(request, "quizzes/flag.html", {"slot": slot})
    return HttpResponseRedirect(reverse("quizzes:question", args=[sitting, position]), status=303)


@private
@require_POST
def finish(request: HttpRequest, sitting: int) -> HttpResponse:
    """End a sitting before its last question."""
    run = own_sitting(request, sitting)
    if run is None:
        return refuse_stranger(request, reverse("quizzes:sitting", args=[sitting]))
    finish_sitting(run)
    return HttpResponseRedirect(reverse("quizzes:report", args=[sitting]), status=303)
