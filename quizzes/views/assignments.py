"""What a group is to do until a day: assigned by its editors, begun by each member as a sitting of their own."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from quizzes.actions.assignments import begin_assignment, done_by, keep
from quizzes.actions.dealing import NothingToAsk
from quizzes.forms.groups import AssignForm
from quizzes.middleware import ensure_learner
from quizzes.models import Assignment, new_token
from studysite.accounts.actions.access import editor_of, membership_of
from studysite.accounts.models import Membership
from studysite.web import private
from tables.models import Guide


@private
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def assign(request: HttpRequest, group: int) -> HttpResponse:
    """Assign a guide that the group studies, or a part of it, once for each form."""
    mine = editor_of(request.user, group)
    guides = list(Guide.objects.studied_by(mine.group))
    slug = request.POST.get("guide") or request.GET.get("guide", "")
    guide = next((each for each in guides if each.slug == slug), guides[0] if guides and not slug else None)
    context = {"group": mine.group, "membership": mine, "guides": guides, "guide": guide}
    if guide is None:
        status = 422 if request.method == "POST" else 200
        return render(request, "quizzes/assign.html", context, status=status)
    form = AssignForm(request.POST if request.method == "POST" else None, group=mine.group, guide=guide)
    if request.method == "POST" and form.is_valid():
        made = form.assignment()
        made.by = request.user
        keep(made)
        messages.success(request, f"Assigned: {made.name}.")
        return HttpResponseRedirect(mine.group.get_absolute_url(), status=303)
    return render(
        request, "quizzes/assign.html", context | {"form": form}, status=422 if request.method == "POST" else 200
    )


@private
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def assignment(request: HttpRequest, group: int, assignment: int) -> HttpResponse:
    """Who has done an assignment, for who may edit; they can take it back."""
    mine = editor_of(request.user, group)
    found = get_object_or_404(Assignment.objects.of(mine.group), pk=assignment)
    if request.method == "POST":
        found.delete()
        messages.success(request, "Taken back. What was answered for it is everybody’s own and stays.")
        return HttpResponseRedirect(mine.group.get_absolute_url(), status=303)
    done = {user for _, user in done_by(mine.group, [found])}
    people = [(person, person.user_id in done) for person in Membership.objects.filter(group=mine.group).in_order()]
    context = {"group": mine.group, "membership": mine, "assignment": found, "people": people, "done": len(done)}
    return render(request, "quizzes/assignment.html", context)


@private
@login_required
@require_POST
def begin(request: HttpRequest, group: int, assignment: int) -> HttpResponse:
    """Begin an assignment, or go on with it."""
    mine = membership_of(request.user, group)
    found = get_object_or_404(Assignment.objects.of(mine.group), pk=assignment)
    get_object_or_404(Guide.objects.visible_to(request.user), pk=found.guide_id)
    try:
        run = begin_assignment(found, ensure_learner(request), request.POST.get("token", "")[:64] or new_token())
    except NothingToAsk:
        messages.info(request, "There is nothing to ask here any more.")
        return HttpResponseRedirect(mine.group.get_absolute_url(), status=303)
    return HttpResponseRedirect(reverse("quizzes:sitting", args=[run.pk]), status=303)
