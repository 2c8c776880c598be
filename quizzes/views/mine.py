"""What a learner may do with their memory: take an answer back, set its fact aside, start over."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from quizzes.actions.setting_aside import set_aside
from quizzes.actions.starting_over import reset
from quizzes.actions.undoing import CannotUndo, undo_answer
from quizzes.middleware import ensure_learner
from quizzes.views.own import own_slot
from quizzes.views.refusals import refuse_stranger
from studysite.web import private
from tables.actions.readable import readable_guide
from tables.models import Table
from tables.reader.forms import fold


@private
@require_POST
def undo(request: HttpRequest, sitting: int, position: int) -> HttpResponse:
    """Take the last answer back, once: its question is asked again."""
    slot = own_slot(request, sitting, position)
    at = reverse("quizzes:question", args=[sitting, position])
    if slot is None:
        return refuse_stranger(request, at)
    try:
        again = undo_answer(slot)
    except CannotUndo:
        messages.info(request, "Only the last answer can be taken back, and only once.")
        return HttpResponseRedirect(at, status=303)
    return HttpResponseRedirect(reverse("quizzes:question", args=[sitting, again.position]), status=303)


@private
@require_POST
def aside(request: HttpRequest, sitting: int, position: int) -> HttpResponse:
    """Set aside what a question asks for."""
    slot = own_slot(request, sitting, position)
    if slot is None:
        return refuse_stranger(request, reverse("quizzes:question", args=[sitting, position]))
    set_aside(slot.learner, slot.question.facts.all())
    messages.success(request, "Set aside: you are not asked for this any more.")
    return HttpResponseRedirect(reverse("quizzes:aside"), status=303)


@private
@require_http_methods(["GET", "HEAD", "POST"])
def over(request: HttpRequest, guide: str, table: str = "") -> HttpResponse:
    """Start over with a guide or one of its tables, once its name is typed."""
    visible = readable_guide(request.user, guide)
    live = Table.objects.live().select_related("guide")
    found = get_object_or_404(live, guide=visible, slug=table) if table else None
    name = found.name if found else visible.title
    context = {"guide": visible, "name": name}
    if request.method == "POST":
        typed = request.POST.get("name", "")[:300]
        if fold(typed) == fold(name):
            reset(ensure_learner(request), visible, found)
            messages.success(request, f"You start over with {name}.")
            return HttpResponseRedirect(f"{reverse('quizzes:progress')}?guide={visible.slug}", status=303)
        context |= {"typed": typed, "fault": "This is not its name. Nothing has changed."}
        return render(request, "quizzes/over_again.html", context, status=422)
    return render(request, "quizzes/over_again.html", context)
