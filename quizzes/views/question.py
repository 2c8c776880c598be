"""One question of a sitting: asked, answered, flagged."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from quizzes.actions.answers import Reply, SittingIsOver, TryAgain, WrongToken, record_answer
from quizzes.actions.contrasts import contrasts_kept
from quizzes.actions.counting import count_as_right
from quizzes.actions.forecasts import prospect_now
from quizzes.actions.going_on import go_on
from quizzes.actions.hand_in import hand_in
from quizzes.actions.places import place_map_of
from quizzes.actions.planning import goal_left
from quizzes.actions.sittings import finish_sitting
from quizzes.actions.today import EnoughForToday
from quizzes.actions.undoing import may_undo
from quizzes.contrasts.cards import Contrast
from quizzes.generation.made import ONE_CHOICE, WRITTEN, QuestionKind
from quizzes.generation.symbols import spoken
from quizzes.marking.rebuilt import paint_table, tray_of
from quizzes.marking.replies import Given, Unreadable, read_reply
from quizzes.marking.typed import LONGEST
from quizzes.models import Answer, Sitting, Slot
from quizzes.shown import Shown
from quizzes.views import exam
from quizzes.views.own import found, own_sitting, own_slot, own_slot_to_answer
from quizzes.views.refusals import refuse_stranger
from studysite.prepared import Prepared
from studysite.web import private, render_part, wanted_part

PAGE = "quizzes/question.html"
READ_AHEAD = "X-Read-Ahead"
"""A browser that fetches a question so as to have it without a connection says so: nobody has seen it yet."""
BEYOND = "beyond_today"
"""In the session: the sitting of the day that goes on though it was enough."""
OUT_OF_DATE = "This page was out of date. Look at your answer once more and send it again."


@private
@require_safe
def sitting(request: HttpRequest, sitting: int) -> HttpResponse:
    """Where to go on: the first question not answered yet, the first missed one that comes back, or the report."""
    run = found(own_sitting(request, sitting))
    if run.is_exam_under_way:
        return exam.resume(run)
    if run.brings_back:
        try:
            go_on(run, is_beyond=goes_beyond(request, run))
        except EnoughForToday:
            return enough(request, run)
        run = found(own_sitting(request, sitting))
    return HttpResponseRedirect(where_next(run))


def goes_beyond(request: HttpRequest, run: Sitting) -> bool:
    """Whether it was told that this is enough for today, and the learner wants more: it is told once."""
    if request.GET.get("more"):
        request.session[BEYOND] = run.pk
    return request.session.get(BEYOND) == run.pk


def enough(request: HttpRequest, run: Sitting) -> HttpResponse:
    """That this is enough for today, with the way to go on."""
    prospect_now(run.learner, run.guide)
    context = {"sitting": run, "left": goal_left(run.learner), "is_day_off": run.learner.is_off}
    return render(request, "quizzes/enough.html", context)


def where_next(sitting: Sitting) -> str:
    """
    Address of the first question that waits for an answer, of the report when none does. Needs `with_progress`.

    Where missed ones are still to come back it is that of the sitting, which brings them.
    """
    if sitting.mode == Sitting.Mode.COVER:
        guide, table = sitting.guide, sitting.table
        return reverse("quizzes:cover", args=[guide.slug, table.slug]) if table else guide.get_absolute_url()
    if sitting.finished_at:
        return reverse("quizzes:report", args=[sitting.pk])
    if sitting.next_position:
        return reverse("quizzes:question", args=[sitting.pk, sitting.next_position])
    return reverse("quizzes:sitting" if sitting.brings_back else "quizzes:report", args=[sitting.pk])


@private
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, sitting: int, position: int) -> HttpResponse:
    """Ask one question; keep its answer and show why it is right or wrong; show an answered one as it was."""
    if request.method == "POST":
        return answer(request, sitting, position)
    run = found(own_sitting(request, sitting))
    if run.is_exam_under_way:
        return exam.show(request, run, position)
    if run.mode == Sitting.Mode.COVER:
        return HttpResponseRedirect(where_next(run))
    slot = found(_SLOT.first(sitting=run.pk, learner=run.learner_id, position=position))
    slot.learner, slot.sitting = run.learner, run
    if hasattr(slot, "answer"):
        slot.answer.sitting, slot.answer.slot = run, slot
        return show_verdict(request, slot, slot.answer)
    if run.finished_at:
        return HttpResponseRedirect(where_next(run))
    if slot.shown_at is None and READ_AHEAD not in request.headers:
        Slot.objects.filter(pk=slot.pk, shown_at=None).update(shown_at=timezone.now())
    return ask(request, slot, run)


_SLOT = Prepared(
    lambda sitting, learner, position: (
        Slot.objects.with_cell()
        .select_related("answer")
        .filter(sitting=sitting, learner=learner, position=position)
        .order_by()
    )
)


def answer(request: HttpRequest, sitting: int, position: int) -> HttpResponse:
    """Keep one answer. However often and whatever is sent, the first one stands and is shown."""
    slot = own_slot_to_answer(request, sitting, position)
    if slot is None:
        return refuse_stranger(request, request.path)
    if slot.sitting.mode == Sitting.Mode.EXAM:
        return exam.save(request, slot)
    if slot.sitting.mode == Sitting.Mode.COVER:
        return HttpResponseRedirect(request.path, status=303)
    is_new = not hasattr(slot, "answer")
    try:
        kept = record_answer(slot, request.POST.get("token", ""), reply_in(request, slot))
    except SittingIsOver:
        context = {"sitting": sitting, "is_part": wanted_part(request) == "main"}
        return render_part(request, "quizzes/over.html", "main", context, status=422)
    except TryAgain as again:
        return ask_again(request, sitting, position, again=again)
    except Unreadable as fault:
        return ask_again(request, sitting, position, fault=str(fault))
    except (WrongToken, ValueError):
        return ask_again(request, sitting, position, fault=OUT_OF_DATE)
    return show_verdict(request, kept.slot, kept, is_new=is_new)


def ask_again(
    request: HttpRequest, sitting: int, position: int, *, fault: str = "", again: TryAgain | None = None
) -> HttpResponse:
    """The question of an answer that was not kept, as it is stored now."""
    slot, run = found(own_slot(request, sitting, position)), found(own_sitting(request, sitting))
    return ask(request, slot, run, fault=fault, again=again)


def reply_in(request: HttpRequest, slot: Slot) -> Reply:
    """What the form says; of a question answered before nothing is looked at. Raises Unreadable."""
    if hasattr(slot, "answer"):
        return Reply(None)
    shown, fields = slot.shown, dict(request.POST.lists())
    given = read_reply(slot.kind, len(shown.get("tray", slot.options)), fields, holes=len(shown.get("holes", ())))
    confidence = request.POST.get("confidence", "")
    return Reply(given, confidence if confidence in Answer.Confidence.values else "")


def ask(
    request: HttpRequest, slot: Slot, run: Sitting, *, fault: str = "", again: TryAgain | None = None
) -> HttpResponse:
    """The question with its options; nothing in it tells which is right. A form that was sent comes back as it was."""
    sent = request.POST if request.method == "POST" else request.GET
    if again is None and {"near", "first"} & set(slot.draft or ()):
        again = TryAgain(slot, is_slip="near" in slot.draft)
    context = {
        "slot": slot,
        "sitting": run,
        "options": options_shown(slot, sent),
        "hole": place_map_of(slot),
        "symbols": [(sign, spoken(sign)) for sign in slot.shown.get("symbols", ())],
        "typed": sent.get("text", "")[:LONGEST],
        "confidences": [(value, label, sent.get("confidence") == value) for value, label in Answer.Confidence.choices],
        "fault": fault,
        "again": again,
        "look": look_first(request, slot),
    }
    context |= table_with_holes(slot, sent) if slot.kind == QuestionKind.REBUILD else {}
    return show(request, context, status=422 if fault else 200)


def look_first(request: HttpRequest, slot: Slot) -> dict[str, object] | None:
    """What is looked at before a stubborn fact is asked, until its learner says that they are ready."""
    look: dict[str, Any] | None = slot.shown.get("look")
    if look is None or slot.draft or request.method == "POST" or request.GET.get("ready"):
        return None
    return {"missed": look["missed"], "contrast": Contrast.from_json(look["contrast"])}


def table_with_holes(slot: Slot, sent: QueryDict) -> dict[str, object]:
    """The table to be rebuilt and its tray; what was put into the holes stands there again."""
    shown = Shown.from_json(slot.shown)
    return {"grid": paint_table(shown, placed_again(shown, sent)), "tray": tray_of(shown)}


def placed_again(shown: Shown, sent: QueryDict) -> Given | None:
    """What a form, or the address come back to, has put into holes, without what fits none."""
    numbers = ((hole, sent.get(f"cell-{hole + 1}", "")) for hole in range(len(shown.holes)))
    tray = {str(place + 1): place for place in range(len(shown.tray))}
    return {"placed": [[hole, tray[number]] for hole, number in numbers if number in tray]}


def options_shown(slot: Slot, sent: QueryDict) -> list[dict[str, object]]:
    """The texts of the options with their numbers, and what was chosen or written there. Nothing else may get out."""
    if slot.kind in WRITTEN:
        return []
    chosen = {sent.get("choice", ""), *sent.getlist("tick")}
    return [
        {
            "number": number,
            "text": option["text"],
            "is_chosen": str(number) in chosen,
            "place": sent.get(f"place-{number}", ""),
        }
        for number, option in enumerate(slot.options, start=1)
    ]


def show_verdict(request: HttpRequest, slot: Slot, kept: Answer, *, is_new: bool = False) -> HttpResponse:
    """What the stored answer was and why it was right or wrong, made from what is stored and from nothing else."""
    context = {
        "slot": slot,
        "sitting": kept.sitting,
        "answer": kept,
        "verdict": kept.verdict,
        "contrasts": contrasts_kept(kept.contrast),
        "other_options": other_options(slot, kept),
        "place": kept.contrast["place"],
        "next": where_next(kept.sitting),
        "may_undo": may_undo(slot, is_new=is_new),
    }
    if slot.kind == QuestionKind.REBUILD:
        context["grid"] = paint_table(Shown.from_json(slot.shown), kept.given)
    return show(request, context)


def other_options(slot: Slot, kept: Answer) -> list[dict[str, Any]]:
    """Of a choice, the wrong options that were not taken, where it is known to what each is the answer."""
    if slot.kind not in ONE_CHOICE:
        return []
    wrong = (option for option in slot.options if not option["is_right"] and option["answer_to"])
    return [option for option in wrong if option["text"] != kept.chosen_text]


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
def count(request: HttpRequest, sitting: int, position: int) -> HttpResponse:
    """Count a typed answer as right because its learner says that it means the same."""
    slot = own_slot(request, sitting, position)
    if slot is None:
        return refuse_stranger(request, reverse("quizzes:question", args=[sitting, position]))
    count_as_right(slot)
    return HttpResponseRedirect(reverse("quizzes:question", args=[sitting, position]), status=303)


@private
@require_POST
def finish(request: HttpRequest, sitting: int) -> HttpResponse:
    """End a sitting before its last question."""
    run = own_sitting(request, sitting)
    if run is None:
        return refuse_stranger(request, reverse("quizzes:sitting", args=[sitting]))
    if run.mode == Sitting.Mode.EXAM:
        hand_in(run)
    else:
        finish_sitting(run)
        prospect_now(run.learner, run.guide)
    return HttpResponseRedirect(reverse("quizzes:report", args=[sitting]), status=303)
