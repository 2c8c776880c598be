"""How a learner wants to study one guide, and how its exam went."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from quizzes.actions.exam_days import proposing
from quizzes.actions.wishes import OF_LEARNER, OF_STUDY, keep_result, keep_wishes, study_of
from quizzes.forms.plans import OutcomeForm, PlanForm
from quizzes.middleware import ensure_learner
from quizzes.models import Learner, Study
from studysite.web import private
from tables.actions.readable import readable_guide
from tables.models import Topic


@private
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest, guide: str) -> HttpResponse:
    """The exam date, the daily goal and all else that the plan goes by."""
    visible = readable_guide(request.user, guide)
    learner: Learner = request.learner
    topics = list(Topic.objects.live().filter(guide=visible).order_by("position"))
    study = study_of(learner, visible)
    sent = request.POST if request.method == "POST" else None
    form = PlanForm(sent, today=learner.today, topics=topics, initial=wishes_of(learner, study))
    if form.is_valid():
        wishes = form.cleaned_data | {"leading_topic": form.topic(), "weights": form.weights()}
        keep_wishes(ensure_learner(request), visible, wishes)
        messages.success(request, "Your plan is kept.")
        return HttpResponseRedirect(f"{reverse('quizzes:progress')}?guide={visible.slug}", status=303)
    status = 200 if sent is None else 422
    groups = proposing(request.user, visible, study, learner.today)
    context = {"guide": visible, "form": form, "proposing": groups}
    return render(request, "quizzes/plan.html", context, status=status)


def wishes_of(learner: Learner, study: Study) -> dict[str, object]:
    """What is kept, as the form shows it."""
    wishes = {name: getattr(learner, name) for name in OF_LEARNER} | {name: getattr(study, name) for name in OF_STUDY}
    weights = {f"weight_{topic}": str(weight) for topic, weight in study.weights.items()}
    return wishes | weights | {"leading_topic": str(study.leading_topic_id or "")}


@private
@require_POST
def outcome(request: HttpRequest, guide: str) -> HttpResponse:
    """Keep how the exam went, or that it is not to be asked."""
    visible = readable_guide(request.user, guide)
    form = OutcomeForm(request.POST)
    if form.is_valid():
        keep_result(ensure_learner(request), visible, form.cleaned_data["result"])
    else:
        messages.error(request, "A result is a whole number of percent, from 0 to 100.")
    return HttpResponseRedirect(f"{reverse('quizzes:progress')}?guide={visible.slug}", status=303)
