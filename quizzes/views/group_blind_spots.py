"""What a group misses, without anybody's name, and a sitting on it: alone, or assigned to all."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from quizzes.actions.assignments import keep
from quizzes.actions.bank import refresh_bank
from quizzes.actions.group_blind_spots import BlindSpots, blind_spots_of
from quizzes.actions.group_maps import maps_of
from quizzes.actions.scopes import Plan
from quizzes.actions.sittings import NothingToAsk, start_sitting
from quizzes.blind_spots import FEWEST
from quizzes.middleware import ensure_learner
from quizzes.models import Assignment, Sitting, new_token
from studysite.accounts.actions.access import FOR_EDITORS, membership_of
from studysite.accounts.models import Membership
from studysite.web import private, render_part
from tables.models import Guide, Table


@private
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def blind_spots(request: HttpRequest, group: int) -> HttpResponse:
    """The cells and pairs that a group misses most, and tables nobody has practised."""
    mine = membership_of(request.user, group)
    spots = blind_spots_of(mine.group)
    if request.method == "POST":
        guide = next((guide for guide, _ in spots.guides if guide.slug == request.POST.get("guide")), None)
        if guide is None:
            raise Http404
        return sit_together(request, mine, guide, spots)
    context = {"group": mine.group, "membership": mine, "spots": spots, "fewest": FEWEST, "token": new_token()}
    return render_part(request, "quizzes/blind_spots.html", "blind-spots", context)


def sit_together(request: HttpRequest, mine: Membership, guide: Guide, spots: BlindSpots) -> HttpResponse:
    """Assign what is missed in a guide to all, or begin a sitting on it, as the button says; once for each form."""
    token = request.POST.get("token", "")[:64] or new_token()
    facts = [cell.fact for cell in spots.cells if cell.guide == guide]
    if request.POST.get("do") == "assign":
        if not mine.may_edit:
            raise PermissionDenied(FOR_EDITORS)
        scope = Assignment.Scope.BLIND_SPOTS
        keep(Assignment(group=mine.group, guide=guide, scope=scope, facts=facts, by=request.user, token=token))
        messages.success(request, "Assigned: everybody gets the same questions in the same order.")
        return HttpResponseRedirect(mine.group.get_absolute_url(), status=303)
    refresh_bank(guide)
    plan = Plan(guide, Sitting.Scope.BLIND_SPOTS, facts=tuple(facts), is_shuffled=False)
    try:
        run = start_sitting(ensure_learner(request), plan, token)
    except NothingToAsk:
        messages.info(request, "You are asked for none of these: you have set them aside.")
        return HttpResponseRedirect(reverse("quizzes:group-blind-spots", args=[mine.group.pk]), status=303)
    return HttpResponseRedirect(reverse("quizzes:sitting", args=[run.pk]), status=303)


@private
@login_required
@require_safe
def group_map(request: HttpRequest, group: int, guide: str, table: str) -> HttpResponse:
    """A table as the group knows it."""
    mine = membership_of(request.user, group)
    studied = Guide.objects.studied_by(mine.group)
    live = Table.objects.live().select_related("guide", "topic")
    found = get_object_or_404(live.filter(guide__in=studied.values("pk")), guide__slug=guide, slug=table)
    tables = [found, *live.filter(shown_with=found).order_by("position")]
    context = {
        "group": mine.group,
        "membership": mine,
        "table": found,
        "maps": maps_of(mine.group, tables),
    }
    return render(request, "quizzes/group_map.html", context)
