"""What a learner finds wrong with a question."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from quizzes.actions.reports import TooManyReports, report_question
from quizzes.forms import ReportForm
from quizzes.models import Report, Slot
from quizzes.views.question import found, own_slot
from quizzes.views.refusals import refuse_stranger
from studysite.web import private

ENOUGH = "That is ten within a day, thank you. Please wait until tomorrow with the next."


@private
@require_http_methods(["GET", "HEAD", "POST"])
def wrong(request: HttpRequest, sitting: int, position: int) -> HttpResponse:
    """Ask what is wrong with a question, and keep it."""
    slot = own_slot(request, sitting, position)
    if request.method != "POST":
        return show(request, found(slot), ReportForm())
    if slot is None:
        return refuse_stranger(request, reverse("quizzes:question", args=[sitting, position]))
    form = ReportForm(request.POST)
    if not form.is_valid():
        return show(request, slot, form, status=422)
    try:
        report_question(slot, form.cleaned_data["reason"], form.cleaned_data["comment"])
    except TooManyReports:
        form.add_error(None, ENOUGH)
        return show(request, slot, form, status=429)
    return HttpResponseRedirect(request.path, status=303)


def show(request: HttpRequest, slot: Slot, form: ReportForm, *, status: int = 200) -> HttpResponse:
    """The page with the form, below what this learner has reported of the question already."""
    reports = Report.objects.filter(learner=slot.learner_id, question=slot.question_id)
    return render(request, "quizzes/wrong.html", {"slot": slot, "form": form, "reports": reports}, status=status)
