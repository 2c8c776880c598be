"""A group's own page, the guides it studies, what it holds taken out, and its end. Strangers find nothing."""

import json
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from quizzes.actions.assignments import tasks_of
from quizzes.actions.closing import end_group, holdings_of
from quizzes.actions.exam_days import with_own_days
from quizzes.actions.group_standings import standings_of
from quizzes.models import Meeting, new_token
from studysite.accounts.actions.access import editor_of, membership_of, owner_of
from studysite.accounts.adapter import at_the_site
from studysite.accounts.forms.groups import InvitationForm, MailForm, SharingForm
from studysite.accounts.models import Group, Invitation, Membership
from studysite.web import as_file, private, render_part, wanted_part
from tables.models import Guide
from tables.reader.forms import fold

NAMED = 8
"""So many members are named on the group's page; all of them on their own."""
MOST_GUIDES = 200
WEEK = timedelta(days=7)


@private
@login_required
@require_safe
def group(request: HttpRequest, group: int) -> HttpResponse:
    """All that a group does together."""
    mine = membership_of(request.user, group)
    if request.GET.get("period") in {"week", "all"} and mine.group.shows_standings:
        context = page_of(request, mine) | {"is_part": wanted_part(request) == "standings"}
        return render_part(request, "quizzes/group.html", "standings", context)
    return render(request, "quizzes/group.html", page_of(request, mine))


def page_of(request: HttpRequest, mine: Membership) -> dict[str, Any]:
    """What the page shows. 9 queries at most, however large the group is."""
    people = list(Membership.objects.filter(group=mine.group).in_order())
    guides = Guide.objects.studied_by(mine.group)
    proposes = mine.group.exam_on is not None and mine.group.exam_on >= request.learner.today
    is_week = request.GET.get("period") != "all"
    since = request.learner.today - WEEK + timedelta(days=1) if is_week else None
    return {
        "group": mine.group,
        "membership": mine,
        "people": people[:NAMED],
        "more_people": len(people) - NAMED,
        "people_count": len(people),
        "guides": list(with_own_days(guides, request.learner)),
        "proposes": proposes,
        "tasks": tasks_of(mine.group, request.learner, len(people), counts_done=mine.may_edit),
        "token": new_token(),
        "meeting": Meeting.objects.under_way().filter(group=mine.group).select_related("by").first(),
        "is_week": is_week,
        "standings": standings_of(people, guides, since=since) if mine.group.shows_standings else (),
        "sharing": SharingForm(instance=mine),
        **(invitation_of(request, mine.group) if mine.may_edit else {}),
    }


def invitation_of(request: HttpRequest, group: Group) -> dict[str, Any]:
    """The group's link for who may invite, and the form that makes another one. 1 query."""
    invitation = Invitation.objects.standing().filter(group=group).first()
    if invitation is None:
        return {"form": InvitationForm()}
    invitation.group = group
    made = {"uses": invitation.uses, "role": invitation.role}
    link = at_the_site(request.build_absolute_uri(invitation.path))
    return {"invitation": invitation, "link": link, "form": InvitationForm(initial=made), "mail_form": MailForm()}


@private
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def guides(request: HttpRequest, group: int) -> HttpResponse:
    """Which guides of the site a group studies beside its own."""
    mine = editor_of(request.user, group)
    shared = Guide.objects.visible_to(request.user).filter(
        visibility__in=(Guide.Visibility.SIGNED_IN, Guide.Visibility.PUBLIC)
    )
    if request.method == "POST":
        chosen = get_object_or_404(shared, slug=request.POST.get("guide", ""))
        if request.POST.get("do") == "drop":
            chosen.study_groups.remove(mine.group)
        else:
            chosen.study_groups.add(mine.group)
        return HttpResponseRedirect(reverse("quizzes:group-guides", args=[group]), status=303)
    studied = list(Guide.objects.studied_by(mine.group))
    others = shared.exclude(pk__in=[guide.pk for guide in studied])[:MOST_GUIDES]
    context = {"group": mine.group, "membership": mine, "studied": studied, "others": others}
    return render(request, "quizzes/group_guides.html", context)


@private
@login_required
@require_safe
def export(request: HttpRequest, group: int) -> HttpResponse:
    """What the group holds, as JSON."""
    mine = owner_of(request.user, group)
    text = json.dumps(holdings_of(mine.group), cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)
    return as_file(HttpResponse(text, content_type="application/json"), f"group-{mine.group.pk}.json")


@private
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest, group: int) -> HttpResponse:
    """Close a group, once its name is typed."""
    mine = owner_of(request.user, group)
    context: dict[str, Any] = {"group": mine.group, "membership": mine}
    if request.method == "POST":
        typed = request.POST.get("name", "")[:300]
        if fold(typed) == fold(mine.group.name):
            end_group(mine.group)
            messages.success(request, f"{mine.group} is closed. Its guides are yours; what you learned stays.")
            return HttpResponseRedirect(reverse("accounts:groups"), status=303)
        context |= {"typed": typed, "fault": "This is not its name. Nothing has changed."}
    return render(request, "quizzes/group_close.html", context, status=422 if request.method == "POST" else 200)
