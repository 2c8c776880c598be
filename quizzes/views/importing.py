"""A document of tables becomes a guide in three steps: choose it, look at what was read, publish."""

from typing import Any

from allauth.core.internal.ratelimit import consume
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from quizzes.actions.importing import Refused, begin_draft, look_again, may_import, publish_draft, throw_away
from quizzes.actions.turns import listen_for, start_next
from quizzes.forms.imports import DecisionsForm, DocumentForm
from studysite.numbers import number_in
from studysite.web import private, render_part
from tables.actions.limits import site_limits
from tables.models import Draft, Guide, Table
from tables.reader.decoding import decode
from tables.reader.document import Severity
from tables.reader.showing import visible_line

LINES_SHOWN = 1000
DRAFTS_SHOWN = 20


@private
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest) -> HttpResponse:
    """Hand a document in, as a file or pasted."""
    if not may_import(request.user):
        return render(request, "quizzes/import_barred.html", status=403)
    wanted = Guide.objects.editable_by(request.user).filter(slug=request.GET.get("guide", "")).first()
    form = DocumentForm(
        request.POST or None,
        request.FILES or None,
        user=request.user,
        initial={"guide": wanted.pk if wanted else None, "visibility": wished_readers(request)},
    )
    if request.method == "POST" and form.is_valid():
        source, name = form.document
        said, readers = form.cleaned_data, form.readers
        try:
            count_one(request)
            draft = begin_draft(
                request.user, source=source, name=name, guide=said["guide"], visibility=readers.visibility,
                group=readers.group,
            )  # fmt: skip
        except Refused as refused:
            form.add_error("file", str(refused))
        else:
            return HttpResponseRedirect(reverse("quizzes:draft", args=[draft.pk]), status=303)
    drafts = Draft.objects.of(request.user).open().defer("source", "checked")[:DRAFTS_SHOWN]
    status = 422 if request.method == "POST" else 200
    return render(request, "quizzes/import_choose.html", {"form": form, "drafts": drafts}, status=status)


def count_one(request: HttpRequest) -> None:
    """One more document in this day, whatever becomes of it. Raises Refused where that is too many."""
    most = settings.IMPORTS_A_DAY
    if not consume(request, app="quizzes", action="import", config={"import": f"{most}/d/user"}):
        raise Refused(f"{most} documents in a day are the limit. Come back tomorrow.")


@private
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: HttpRequest, draft: int) -> HttpResponse:
    """What was read of a document, and what publishing it would do; a button publishes it."""
    mine = get_object_or_404(Draft.objects.of(request.user).select_related("guide", "version", "by", "group"), pk=draft)
    listen_for(mine)
    if request.method == "POST":
        return do(request, mine)
    if mine.waits_for_room:
        start_next()
    if mine.stage == Draft.Stage.PUBLISHED and mine.guide:
        return render_part(request, "quizzes/import_done.html", "draft", {"draft": mine, "guide": mine.guide})
    return render_part(request, "quizzes/import_check.html", "draft", look(request, mine))


def wished_readers(request: HttpRequest) -> str:
    """Whom the address asks a new guide to be for; its author alone where it asks nothing."""
    return request.GET.get("readers", Guide.Visibility.PRIVATE)


def do(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Publish, look again with other decisions, or throw the draft away."""
    wish = request.POST.get("do", "")
    if wish == "drop" and throw_away(draft):
        messages.success(request, "Thrown away. Nothing has changed for readers.")
        return HttpResponseRedirect(reverse("quizzes:import"), status=303)
    if draft.is_lost:
        look_again(draft)
    elif wish in {"again", "publish"} and draft.stage == Draft.Stage.CHECKED and not draft.checked["errors"]:
        decide(request, draft, publishes=wish == "publish")
    return HttpResponseRedirect(reverse("quizzes:draft", args=[draft.pk]), status=303)


def decide(request: HttpRequest, draft: Draft, *, publishes: bool) -> None:
    """Take the decisions up. What was not shown as it is now is shown before it is published."""
    form = DecisionsForm(request.POST, draft=draft, user=request.user)
    if not form.is_valid():
        messages.error(request, "That guide is not there any more. Choose again what your document becomes.")
    elif form.apply():
        look_again(draft)
        if publishes:
            messages.info(request, "This is what your choices do. Publish it if it is right.")
    elif publishes:
        publish_draft(draft, accepts_renames=form.decides_all)


def look(request: HttpRequest, draft: Draft) -> dict[str, Any]:
    """What the check page shows."""
    if draft.is_waiting:
        return {"draft": draft, "most": settings.IMPORTS_AT_ONCE}
    checked = draft.checked
    lines = decode(bytes(draft.source), site_limits()).lines
    start = first_line(request.GET.get("from", ""), len(lines))
    marks = checked["lines"]
    shown = lines[start : start + LINES_SHOWN]
    severities = [problem["severity"] for problem in checked["problems"]]
    return {
        "draft": draft,
        "checked": checked,
        "form": DecisionsForm(draft=draft, user=request.user),
        "kinds": Table.KIND_CHOICES,
        "lines": [
            (number, visible_line(line), marks.get(str(number), ""))
            for number, line in enumerate(shown, start=start + 1)
        ],
        "line_count": len(lines),
        "earlier": max(start - LINES_SHOWN, 0) if start else None,
        "later": start + LINES_SHOWN if start + LINES_SHOWN < len(lines) else None,
        "problems": [with_page(problem) for problem in checked["problems"]],
        "findings": [with_page(finding) for finding in checked.get("findings", ())],
        "start": start,
        "to_look_at": sum(severity != Severity.INFORMATION for severity in severities),
        "unchanged": [table for table in checked["tables"] if not table["is_changed"]],
    }


def with_page(problem: dict[str, Any]) -> dict[str, Any]:
    """A problem with the first line of the window that shows its line."""
    return {**problem, "page": (problem["line"] - 1) // LINES_SHOWN * LINES_SHOWN}


def first_line(asked: str, count: int) -> int:
    """The first line to show, from 0: that of a window which exists."""
    return min(number_in(asked), max(count - 1, 0)) // LINES_SHOWN * LINES_SHOWN
