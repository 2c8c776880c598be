"""Rule out: strike the wrong options of a question, each by the cell that excludes it."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from quizzes.actions.bank import refresh_bank
from quizzes.actions.rule_out import NothingToAsk, begin_from_slot, begin_rule_out, strike
from quizzes.forms.practice import TokenForm
from quizzes.middleware import ensure_learner, known_learner
from quizzes.models import RuleOut, Sitting, new_token
from quizzes.rule_out import Standing
from quizzes.views.own import found, own_slot
from quizzes.views.refusals import refuse_stranger
from quizzes.views.start import MOST_GUIDES, chosen_guide
from studysite.web import private
from tables.models import Guide, Table

RUNS_SHOWN = 20
NOT_THIS_ONE = "The others have no rows that a single cell would rule out here. Take another question."
NOTHING = "No question here can be ruled out: its answers would need rows in one table."
NO_CELL = "Choose the cell that rules it out, then strike."


@private
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """What ruling out is, and what was ruled out before; sent, it begins with a question, once for each form."""
    guide = chosen_guide(request, list(Guide.objects.visible_to(request.user)[:MOST_GUIDES]))
    if guide is None:
        return render(request, "quizzes/rule_out_start.html")
    slug = request.POST.get("table") or request.GET.get("table", "")
    table = get_object_or_404(Table, guide=guide, slug=slug, archived_at=None) if slug else None
    form = TokenForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return show_start(request, guide, table, status=422 if request.method == "POST" else 200)
    refresh_bank(guide)
    try:
        begun = begin_rule_out(ensure_learner(request), guide, form.cleaned_data["token"], table=table)
    except NothingToAsk:
        return show_start(request, guide, table, fault=NOTHING, status=422)
    return HttpResponseRedirect(reverse("quizzes:rule-out", args=[begun.pk]), status=303)


def show_start(
    request: HttpRequest, guide: Guide, table: Table | None, *, fault: str = "", status: int = 200
) -> HttpResponse:
    """The button that begins, above what was ruled out before."""
    runs = RuleOut.objects.of(request.learner)[:RUNS_SHOWN]
    context = {"guide": guide, "table": table, "runs": runs, "token": new_token(), "fault": fault}
    return render(request, "quizzes/rule_out_start.html", context, status=status)


@private
@require_POST
def others(request: HttpRequest, sitting: int, position: int) -> HttpResponse:
    """Rule out the other options of a question that was answered: the same ones, begun once."""
    slot = own_slot(request, sitting, position)
    if slot is None:
        return refuse_stranger(request, reverse("quizzes:question", args=[sitting, position]))
    is_open_exam = slot.sitting.mode == Sitting.Mode.EXAM and slot.sitting.finished_at is None
    if not hasattr(slot, "answer") or is_open_exam:
        return HttpResponseRedirect(reverse("quizzes:question", args=[sitting, position]), status=303)
    try:
        begun = begin_from_slot(slot, slot.token)
    except NothingToAsk:
        return show_start(request, slot.sitting.guide, None, fault=NOT_THIS_ONE, status=422)
    return HttpResponseRedirect(reverse("quizzes:rule-out", args=[begun.pk]), status=303)


@private
@require_http_methods(["GET", "HEAD", "POST"])
def rule_out(request: HttpRequest, rule_out: int) -> HttpResponse:
    """The options with their rows; sent, one of them is struck if the cell named excludes it."""
    learners = known_learner(request)
    mine = RuleOut.objects.filter(learner__in=learners or [], pk=rule_out)
    run = mine.select_related("learner", "question__guide").first() if learners is not None else None
    if request.method != "POST":
        return show(request, found(run))
    if run is None:
        return refuse_stranger(request, request.path)
    try:
        place = int(request.POST.get("option", "")) - 1
        column = int(request.POST.get("column", "")) - 1
        strike(run, place, named(run.standings, place, column))
    except ValueError:
        return show(request, run, fault=NO_CELL)
    return HttpResponseRedirect(request.path, status=303)


def named(standings: list[Standing], place: int, column: int) -> str:
    """The name of an option's column by their places, from 0. Raises ValueError."""
    if not (0 <= place < len(standings) and 0 <= column < len(standings[place].cells)):
        raise ValueError("no such cell")
    return standings[place].cells[column].column


def show(request: HttpRequest, run: RuleOut, *, fault: str = "") -> HttpResponse:
    """The page from what is stored alone. Until all wrong ones are struck nothing in it tells which is right."""
    standings = run.standings
    tried = run.tried or {}
    options = [
        {
            "number": number,
            "text": standing.text,
            "row": standing.row,
            "cells": standing.cells,
            "is_struck": number - 1 in run.struck,
            "deciding": standing.deciding.column if standing.deciding and number - 1 in run.struck else "",
            "tried": tried.get("column", "") if tried.get("place") == number - 1 else "",
            "remark": str(standing.judge(tried["column"])) if tried.get("place") == number - 1 else "",
        }
        for number, standing in enumerate(standings, start=1)
    ]
    context = {"run": run, "options": options, "fault": fault, "left": len(standings) - 1 - len(run.struck)}
    context |= answer_of(standings) if run.finished_at or "answer" in {option["remark"] for option in options} else {}
    return render(request, "quizzes/rule_out.html", context | {"token": new_token()}, status=422 if fault else 200)


def answer_of(standings: list[Standing]) -> dict[str, object]:
    """The answer, the cell of it that speaks for it, and what tells each of the others from it."""
    others = [standing for standing in standings if standing.contrast]
    answer = next(standing for standing in standings if standing.is_right)
    return {"answer": answer, "speaks": others[0].deciding, "contrasts": [each.contrast for each in others]}
