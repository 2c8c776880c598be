"""What an author does with their guides: their place, who may read them, versions, and taking changes back."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from quizzes.actions.bringing_back import bring_back, undo_version
from quizzes.actions.importing import Refused, may_import
from quizzes.actions.publishing import check_document
from quizzes.forms.imports import GuideForm
from quizzes.imports import MOST_CHANGES, grouped, texts_of
from quizzes.views.bank import own_guide
from studysite.numbers import number_in
from studysite.web import private
from tables.actions.editing import CannotRevert, revert, save_guide
from tables.actions.limits import site_limits
from tables.actions.publishing import GuideHasMoved, NotPublished
from tables.models import Edit, Guide, Version
from tables.reader import read

VERSIONS_SHOWN = 20
EDITS_SHOWN = 20


@private
@login_required
@require_safe
def guides(request: HttpRequest) -> HttpResponse:
    """All guides that this person may edit, archived ones last."""
    mine = Guide.objects.editable_by(request.user).select_related("owner", "group")
    page = Paginator(mine.order_by("archived_at", "place", "title"), 50).get_page(request.GET.get("page"))
    return render(request, "quizzes/guides.html", {"page": page, "may_import": may_import(request.user)})


@private
@require_http_methods(["GET", "HEAD", "POST"])
def manage(request: HttpRequest, guide: str) -> HttpResponse:
    """Title, readers and place of one guide; its versions; what was changed on the site."""
    own = own_guide(request, guide)
    if request.method == "POST" and request.POST.get("do", "save") in DOING:
        return do(request, own)
    form = GuideForm(request.POST or None, instance=own, user=request.user)
    if request.method == "POST" and form.is_valid():
        return keep(request, own, form)
    own.refresh_from_db()
    versions = Version.objects.filter(guide=own).select_related("imported_by").defer("source")
    edits = Edit.objects.filter(guide=own).select_related("by", "table", "reverted_by")
    context = {
        "guide": own,
        "form": form,
        "page": Paginator(versions, VERSIONS_SHOWN).get_page(request.GET.get("page")),
        "edits": edits[:EDITS_SHOWN],
        "edit_count": edits.count(),
    }
    return render(request, "quizzes/manage.html", context, status=422 if request.method == "POST" else 200)


def keep(request: HttpRequest, guide: Guide, form: GuideForm) -> HttpResponse:
    """Keep how a guide stands on the shelf. Whoever cannot manage it any more comes to their own guides."""
    said, readers = form.cleaned_data, form.readers
    try:
        save_guide(
            guide, title=said["title"], visibility=readers.visibility, owner=guide.owner, place=said["place"],
            group=readers.group, by=request.user,
        )  # fmt: skip
    except GuideHasMoved as moved:
        messages.error(request, str(moved))
        return HttpResponseRedirect(reverse("quizzes:guides"), status=303)
    messages.success(request, "Kept.")
    return HttpResponseRedirect(reverse("quizzes:manage", args=[guide.slug]), status=303)


def do(request: HttpRequest, guide: Guide) -> HttpResponse:
    """Do what a button says, and show the page again."""
    try:
        said = DOING[request.POST["do"]](request, guide)
    except (Refused, NotPublished, CannotRevert) as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, said)
    return HttpResponseRedirect(reverse("quizzes:manage", args=[guide.slug]), status=303)


def archive(request: HttpRequest, guide: Guide) -> str:
    """Take a guide off every shelf; nothing of it is lost."""
    Guide.objects.filter(pk=guide.pk, archived_at=None).update(archived_at=timezone.now())
    return "Archived: nobody reads it or is asked about it until you bring it back. Nothing is lost."


def unarchive(request: HttpRequest, guide: Guide) -> str:
    """Put an archived guide back on the shelf."""
    Guide.objects.filter(pk=guide.pk).update(archived_at=None)
    return "Back on the shelf, with everybody's progress."


def undo(request: HttpRequest, guide: Guide) -> str:
    """Undo the newest version."""
    return f"Undone. {undo_version(_version(request, guide), request.user).summary}"


def restore(request: HttpRequest, guide: Guide) -> str:
    """Publish an earlier version again."""
    return f"Brought back. {bring_back(_version(request, guide), request.user).summary}"


def take_back(request: HttpRequest, guide: Guide) -> str:
    """Take back a change that was made on the site."""
    edit = get_object_or_404(Edit.objects.select_related("table"), guide=guide, pk=_number(request, "edit"))
    return f"Taken back. {revert(edit, by=request.user).summary}"


DOING: dict[str, Callable[[HttpRequest, Guide], str]] = {
    "archive": archive,
    "unarchive": unarchive,
    "undo": undo,
    "restore": restore,
    "take-back": take_back,
}


def _version(request: HttpRequest, guide: Guide) -> Version:
    return get_object_or_404(Version.objects.select_related("guide"), guide=guide, pk=_number(request, "version"))


def _number(request: HttpRequest, name: str) -> int:
    return number_in(request.POST.get(name, ""))


@private
@require_safe
def version(request: HttpRequest, guide: str, version: int) -> HttpResponse:
    """The document of one version, byte for byte."""
    own = own_guide(request, guide)
    found = get_object_or_404(Version, guide=own, pk=version)
    response = HttpResponse(bytes(found.source), content_type="text/markdown; charset=utf-8")
    name = own.slug.encode("ascii", "ignore").decode() or "guide"
    response["Content-Disposition"] = f'attachment; filename="{name}-{found.number}.md"'
    return response


@private
@require_safe
def compare(request: HttpRequest, guide: str, version: int) -> HttpResponse:
    """What bringing an earlier version back would change now."""
    own = own_guide(request, guide)
    found = get_object_or_404(Version, guide=own, pk=version)
    outcome = check_document(own, read(bytes(found.source), found.name, site_limits()))
    made = outcome.publication
    changes, texts = made.diff.changes, {**texts_of(made.before), **texts_of(made.after)}
    checked = {
        "groups": list(grouped(changes[:MOST_CHANGES], texts)), "change_count": len(changes), "summary": outcome.summary
    }  # fmt: skip
    return render(
        request, "quizzes/version.html", {"guide": own, "version": found, "checked": checked, "draft": {"guide": own}}
    )
