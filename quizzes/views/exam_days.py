"""The exam day that a group proposes, taken into one's own plan by a press."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.formats import date_format
from django.views.decorators.http import require_POST

from quizzes.actions.exam_days import adopt_exam_day
from quizzes.middleware import ensure_learner
from studysite.accounts.actions.access import membership_of
from studysite.web import private
from tables.models import Guide


@private
@login_required
@require_POST
def adopt(request: HttpRequest, group: int) -> HttpResponse:
    """Take the day that was on the page, if the group proposes it still, and go back to where the button was."""
    mine = membership_of(request.user, group)
    guide = get_object_or_404(Guide.objects.studied_by(mine.group), slug=request.POST.get("guide", ""))
    learner, day = ensure_learner(request), mine.group.exam_on
    if day is None or day < learner.today or day.isoformat() != request.POST.get("day"):
        messages.info(request, "The group does not propose this day any more. Your plan is as it was.")
    else:
        adopt_exam_day(learner, guide, day)
        messages.success(request, f"Your plan for {guide.title} now aims at {date_format(day, 'j F Y')}.")
    back = reverse("quizzes:plan", args=[guide.slug]) if "plan" in request.POST else mine.group.get_absolute_url()
    return HttpResponseRedirect(back, status=303)
