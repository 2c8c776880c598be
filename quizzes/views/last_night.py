"""The sheet to print on the evening before the exam."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from quizzes.actions.last_night import sheet_of
from quizzes.memory.readiness import FEWEST_ANSWERS
from studysite.web import private
from tables.actions.readable import readable_guide


@private
@require_safe
def last_night(request: HttpRequest, guide: str) -> HttpResponse:
    """What is weak in a guide, on at most two printed pages."""
    shown = readable_guide(request.user, guide)
    sheet = sheet_of(request.learner, shown) if request.learner.pk else None
    context = {"guide": shown, "sheet": sheet, "missing": sheet.missing if sheet else FEWEST_ANSWERS}
    return render(request, "quizzes/last_night.html", context)
