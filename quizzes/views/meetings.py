"""A group that sits together, in a room or apart, each at their own phone: one leads, all see the same question."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from quizzes.actions import meetings
from quizzes.actions.answers import SittingIsOver, WrongToken
from quizzes.actions.contrasts import contrasts_kept
from quizzes.actions.dealing import NothingToAsk
from quizzes.actions.places import place_map_of
from quizzes.forms.meetings import MeetingForm
from quizzes.marking.replies import Unreadable, read_reply
from quizzes.middleware import ensure_learner
from quizzes.models import Meeting, Sitting, Slot
from quizzes.views.question import OUT_OF_DATE, options_shown
from studysite.accounts.actions.access import FOR_EDITORS, membership_of
from studysite.accounts.models import Membership
from studysite.numbers import number_in
from studysite.web import private, render_part, wanted_part
from tables.models import Guide

PAGE = "quizzes/meeting.html"
FOR_LEADERS = "Only who leads may do this."


@private
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def together(request: HttpRequest, group: int) -> HttpResponse:
    """To the meeting under way; where there is none, an editor begins one."""
    mine = membership_of(request.user, group)
    now = Meeting.objects.under_way().filter(group=mine.group).first()
    if now:
        return HttpResponseRedirect(now.get_absolute_url(), status=303)
    if request.method == "POST" and not mine.may_edit:
        raise PermissionDenied(FOR_EDITORS)
    sent = request.POST if request.method == "POST" else None
    guides = Guide.objects.studied_by(mine.group)
    form = MeetingForm(sent, guides=guides)
    if sent is not None and form.is_valid():
        said = form.cleaned_data
        try:
            begun = meetings.begin_meeting(
                mine.group, said["guide"], ensure_learner(request), by=request.user, count=said["count"],
                token=said["token"],
            )  # fmt: skip
            return HttpResponseRedirect(begun.get_absolute_url(), status=303)
        except meetings.AnotherIsUnderWay:
            return HttpResponseRedirect(reverse("quizzes:together", args=[group]), status=303)
        except NothingToAsk:
            form.add_error("guide", "A room cannot be asked anything of this guide.")
    context = {"group": mine.group, "membership": mine, "form": form, "has_guides": guides.exists()}
    return render(request, "quizzes/together.html", context, status=200 if sent is None else 422)


@private
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def meeting(request: HttpRequest, group: int, meeting: int) -> HttpResponse:
    """The question that all are at, or its solution once it is closed."""
    mine = membership_of(request.user, group)
    found = get_object_or_404(Meeting.objects.select_related("guide", "by"), group=mine.group, pk=meeting)
    found.group = mine.group
    if request.method == "POST":
        return do(request, mine, found)
    return show(request, mine, found)


def show(request: HttpRequest, mine: Membership, meeting: Meeting, *, fault: str = "") -> HttpResponse:
    """The page for one member; asked what has changed since, 204 where nothing has."""
    context = {
        "group": mine.group, "membership": mine, "meeting": meeting, "fault": fault,
        "is_part": wanted_part(request) == "main", **part_of(request, meeting),
    }  # fmt: skip
    if request.GET.get("seen") == context["state"] and wanted_part(request) == "main":
        return HttpResponse(status=204)
    part = "count" if wanted_part(request) == "count" and context["leads"] else "main"
    return render_part(request, PAGE, part, context, status=422 if fault else 200)


def part_of(request: HttpRequest, meeting: Meeting) -> dict[str, Any]:
    """What a member sees of the question that all are at; nothing in it tells what is right before it is closed."""
    leads = meeting.by == request.user
    run = Sitting.objects.of(request.learner).filter(meeting=meeting).first()
    at_it = Slot.objects.filter(sitting__meeting=meeting, position=meeting.position)
    state = f"{meeting.position}-{meeting.is_closed:d}-{meeting.finished_at is not None:d}-{meeting.by_id}"
    seen: dict[str, Any] = {"leads": leads, "run": run, "state": state}
    if leads:
        seen |= {"people": at_it.count(), "answered": at_it.filter(points__isnull=False).count()}
    slot = at_it.filter(sitting=run).with_cell().select_related("answer").first() if run else None
    if slot is None or meeting.finished_at:
        return seen
    seen |= {"slot": slot, "address": meeting.get_absolute_url()}
    kept = getattr(slot, "answer", None)
    if meeting.is_closed:
        if kept:
            kept.slot = slot
            seen |= {"answer": kept, "verdict": kept.verdict, "contrasts": contrasts_kept(kept.contrast)}
        else:
            seen |= {"contrasts": meetings.contrasts_of_unanswered(meeting, slot)}
        return seen | {"shares": meetings.how_all_answered(meeting, slot)}
    return seen | {
        "is_given": kept is not None,
        "options": options_shown(slot, request.POST),
        "hole": place_map_of(slot),
    }


def do(request: HttpRequest, mine: Membership, meeting: Meeting) -> HttpResponse:
    """Take part, answer, or lead, as the button says."""
    wish = request.POST.get("do", "answer")
    if wish == "join":
        meetings.take_part(meeting, ensure_learner(request))
    elif wish == "lead":
        if not mine.may_edit:
            raise PermissionDenied(FOR_EDITORS)
        meetings.lead(meeting, request.user)
    elif wish in LEADING:
        if meeting.by != request.user:
            raise PermissionDenied(FOR_LEADERS)
        LEADING[wish](meeting, position_in(request))
    elif wish == "answer":
        return answer(request, mine, meeting)
    else:
        raise Http404
    return HttpResponseRedirect(meeting.get_absolute_url(), status=303)


def end(meeting: Meeting, position: int) -> None:
    """End the meeting, wherever it is."""
    meetings.end_meeting(meeting)


LEADING: dict[str, Callable[[Meeting, int], None]] = {
    "close": meetings.close_question,
    "next": meetings.next_question,
    "end": end,
}


def position_in(request: HttpRequest) -> int:
    """The position that a form speaks of; 0 where it names none."""
    return number_in(request.POST.get("position", ""))


def answer(request: HttpRequest, mine: Membership, meeting: Meeting) -> HttpResponse:
    """Keep an answer to the question that all are at; whether it is right is shown to nobody yet."""
    parts = Sitting.objects.of(request.learner).filter(meeting=meeting)
    slots = Slot.objects.filter(sitting__in=parts.values("pk"), position=position_in(request))
    slot = get_object_or_404(slots.select_related("learner", "sitting"))
    try:
        given = read_reply(slot.kind, len(slot.options), dict(request.POST.lists()))
        meetings.answer_in(meeting, slot, request.POST.get("token", ""), given)
    except Unreadable as fault:
        return show(request, mine, meeting, fault=str(fault))
    except (WrongToken, ValueError):
        return show(request, mine, meeting, fault=OUT_OF_DATE)
    except SittingIsOver:
        meeting.refresh_from_db()
        return show(request, mine, meeting, fault="This question is closed already.")
    return HttpResponseRedirect(meeting.get_absolute_url(), status=303)
