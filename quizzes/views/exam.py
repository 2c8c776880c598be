"""An exam: begun, its questions without a word on what is right, what is open, handed in."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from quizzes.actions.answers import Reply, WrongToken
from quizzes.actions.bank import refresh_bank
from quizzes.actions.dealing import NothingToAsk
from quizzes.actions.exams import Kept, save_draft, start_exam, topics_for_exam
from quizzes.actions.hand_in import hand_in
from quizzes.exam_map import Mark, Palette
from quizzes.exams import KINDS_OF, MOST_QUESTIONS, clock, kinds_in, nearest, seconds_left
from quizzes.forms.practice import ExamForm
from quizzes.marking.replies import Given, Unreadable, read_reply
from quizzes.middleware import ensure_learner
from quizzes.models import Answer, Sitting, Slot, new_token
from quizzes.views.own import found, own_sitting
from quizzes.views.refusals import refuse_stranger
from quizzes.views.start import MOST_GUIDES, chosen_guide
from studysite.web import private, render_part, wanted_part
from tables.models import Guide

PAGE = "quizzes/exam.html"
OUT_OF_DATE = "This page was out of date. Choose once more."
USUAL = {"count": 20, "minutes": 30, "pass_mark": 72}


@private
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Choose how many questions in how many minutes; sent, the exam begins, once for each form."""
    guide = chosen_guide(request, list(Guide.objects.visible_to(request.user)[:MOST_GUIDES]))
    if guide is None:
        return render(request, "quizzes/exam_start.html")
    refresh_bank(guide)
    topics = topics_for_exam(guide, kinds_in(request.POST.getlist("kinds")))
    if request.method == "POST":
        return begin(request, guide, ExamForm(request.POST, topics=topics))
    form = ExamForm(topics=topics)
    usual = nearest(USUAL["count"], most=max(1, min(form.total, MOST_QUESTIONS)))
    form.initial = {**USUAL, "count": usual, "scope": request.GET.get("scope", "guide"), "token": new_token()}
    form.initial["kinds"] = list(KINDS_OF)
    return render(request, "quizzes/exam_start.html", {"guide": guide, "form": form})


def begin(request: HttpRequest, guide: Guide, form: ExamForm) -> HttpResponse:
    """Start the exam, and go to its first question."""
    try:
        if form.is_valid():
            begun = start_exam(ensure_learner(request), form.plan(guide), form.cleaned_data["token"])
            return HttpResponseRedirect(reverse("quizzes:question", args=[begun.pk, 1]), status=303)
    except NothingToAsk:
        form.add_error("scope", "There is nothing to ask here any more. Choose something else.")
    return render(request, "quizzes/exam_start.html", {"guide": guide, "form": form}, status=422)


def marks_of(exam: Sitting) -> list[Mark]:
    """What is known of each question of an exam. 1 query."""
    slots = exam.slots.order_by("position").values_list("position", "draft", "is_flagged", "shown_at")
    return [
        Mark(position, "given" in (draft or {}), is_flagged, shown_at is not None)
        for position, draft, is_flagged, shown_at in slots
    ]


def resume(exam: Sitting) -> HttpResponse:
    """To the first question without a choice; to what is left to look at where all have one."""
    first = Palette(marks_of(exam)).first_open
    if first is None:
        return HttpResponseRedirect(reverse("quizzes:hand-in", args=[exam.pk]))
    return HttpResponseRedirect(reverse("quizzes:question", args=[exam.pk, first]))


def show(request: HttpRequest, exam: Sitting, position: int) -> HttpResponse:
    """One question of an exam under way, with what is chosen there. Nothing in it tells what is right."""
    slot = get_object_or_404(exam.slots, position=position)
    if slot.shown_at is None:
        slot.shown_at = timezone.now()
        Slot.objects.filter(pk=slot.pk, shown_at=None).update(shown_at=slot.shown_at)
    return ask(request, exam, slot, request.GET)


def ask(
    request: HttpRequest, exam: Sitting, slot: Slot, sent: QueryDict, *, part: str = "main", fault: str = ""
) -> HttpResponse:
    """The page of a question, or what htmx replaces of it."""
    context = {
        "slot": slot,
        "sitting": exam,
        "options": options_of(slot, sent),
        "confidences": confidences_of(exam, slot, sent),
        "had": ",".join(str(place) for place in places_in(slot.draft)),
        "palette": Palette(marks_of(exam), current=slot.position),
        "address": reverse("quizzes:question", args=[exam.pk, slot.position]),
        "fault": fault,
        "is_part": wanted_part(request) == part,
    } | time_left(exam)
    if fault and request.htmx:
        response = render(request, f"{PAGE}#main", context | {"is_part": True}, status=422)
        response.headers["HX-Retarget"], response.headers["HX-Reswap"] = "#main", "outerHTML"
        return response
    return render_part(request, PAGE, part, context, status=422 if fault else 200)


def time_left(exam: Sitting) -> dict[str, object]:
    """What the clock shows, and the seconds from which a script goes on counting."""
    seconds = seconds_left(exam.deadline, timezone.now()) if exam.deadline else 0
    return {"clock": clock(seconds), "seconds": seconds}


def places_in(draft: Mapping[str, Any] | None) -> list[int]:
    """The places of the options that are chosen in a draft."""
    given = (draft or {}).get("given") or {}
    return given.get("ticked") or ([given["choice"]] if "choice" in given else [])


def options_of(slot: Slot, sent: QueryDict) -> list[dict[str, object]]:
    """The texts of the options with their numbers, and whether each is chosen. Nothing else may get out."""
    chosen = {str(place + 1) for place in places_in(slot.draft)}
    if sent.get("choice") or sent.get("tick"):
        chosen = {sent.get("choice", ""), *sent.getlist("tick")}
    return [
        {"number": number, "text": option["text"], "is_chosen": str(number) in chosen}
        for number, option in enumerate(slot.options, start=1)
    ]


def confidences_of(exam: Sitting, slot: Slot, sent: QueryDict) -> list[tuple[str, str, bool]]:
    """The words for how sure one is, and whether each is chosen; none in an exam that does not ask."""
    chosen = sent.get("confidence") or (slot.draft or {}).get("confidence")
    return [(*choice, choice[0] == chosen) for choice in Answer.Confidence.choices] if exam.asks_confidence else []


def save(request: HttpRequest, slot: Slot) -> HttpResponse:
    """Keep a choice, and a flag where its button was pressed; then the next question, or the same one again."""
    address = reverse("quizzes:report", args=[slot.sitting_id])
    try:
        kept = keep(request, slot)
    except (Unreadable, WrongToken):
        return ask(request, found(own_sitting(request, slot.sitting_id)), slot, request.POST, fault=OUT_OF_DATE)
    if kept is Kept.SAVED:
        return after_saving(request, slot)
    if request.htmx:
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    if kept is Kept.LATE:
        return HttpResponseRedirect(address, status=303)
    return render(request, "quizzes/over.html", {"sitting": slot.sitting_id}, status=422)


def keep(request: HttpRequest, slot: Slot) -> Kept:
    """Store what the form says. Raises Unreadable for what was not shown, WrongToken."""
    fields = dict(request.POST.lists())
    is_empty = not fields.get("tick") and not any(fields.get("choice", ()))
    given: Given | None = None if is_empty else read_reply(slot.kind, len(slot.options), fields)
    # The boxes were ticked when the page was made, or its reader has just taken the last tick off.
    may_clear = slot.kind == "select-all" and bool(request.POST.get("had") or request.POST.get("by") == "change")
    confidence = request.POST.get("confidence", "") if slot.sitting.asks_confidence else ""
    reply = Reply(given, confidence if confidence in Answer.Confidence.values else "")
    return save_draft(slot, request.POST.get("token", ""), reply, is_empty=is_empty, may_clear=may_clear)


def after_saving(request: HttpRequest, slot: Slot) -> HttpResponse:
    """The palette as it is now after a saved choice, the same question after a flag, else the one wanted next."""
    flagged = request.POST.get("flagged")
    if flagged:
        slot.is_flagged = flagged == "1"
        slot.save(update_fields=["is_flagged"])
    part = wanted_part(request)
    if part in {"map", "main"}:
        return ask(request, found(own_sitting(request, slot.sitting_id)), slot, QueryDict(), part=part)
    step = 0 if flagged else -1 if request.POST.get("go") == "previous" else 1
    wanted = max(1, slot.position + step)
    if Slot.objects.filter(sitting=slot.sitting_id, position=wanted).exists():
        return HttpResponseRedirect(reverse("quizzes:question", args=[slot.sitting_id, wanted]), status=303)
    return HttpResponseRedirect(reverse("quizzes:hand-in", args=[slot.sitting_id]), status=303)


@private
@require_http_methods(["GET", "HEAD", "POST"])
def submit(request: HttpRequest, sitting: int) -> HttpResponse:
    """What is still open or flagged before an exam is handed in; sent, it is handed in, once."""
    exam = own_sitting(request, sitting)
    if request.method == "POST" and exam is None:
        return refuse_stranger(request, reverse("quizzes:hand-in", args=[sitting]))
    exam = found(exam if exam is None or exam.mode == Sitting.Mode.EXAM else None)
    address = reverse("quizzes:report", args=[sitting])
    if request.method == "POST":
        hand_in(exam)
        return HttpResponseRedirect(address, status=303)
    if exam.finished_at:
        return HttpResponseRedirect(address)
    context = {"sitting": exam, "palette": Palette(marks_of(exam)), "is_part": wanted_part(request) == "open"}
    return render_part(request, "quizzes/hand_in.html", "open", context | time_left(exam))
