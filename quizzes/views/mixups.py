"""What a learner mixes up: a table's rows against its rows, and one pair side by side, from where it is drilled."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from quizzes.actions.dealing import NothingToAsk
from quizzes.actions.drills import start_drill
from quizzes.actions.mixups import contrast_of_parts, find_parts, matrix_of
from quizzes.actions.neighbours import neighbour_of
from quizzes.forms.practice import TokenForm
from quizzes.middleware import ensure_learner
from quizzes.views.question import found
from studysite.web import private
from tables.models import Guide, Table


def own_table(request: HttpRequest, guide: str, table: str) -> Table:
    """A table of a guide that this person may read. Raises Http404."""
    readable = Guide.objects.visible_to(request.user).filter(slug=guide)
    return get_object_or_404(Table.objects.select_related("guide"), guide__in=readable, slug=table, archived_at=None)


@private
@require_safe
def mixed(request: HttpRequest, guide: str, table: str) -> HttpResponse:
    """The table's rows by its rows: what was asked, what was said."""
    shown = own_table(request, guide, table)
    context = {"table": shown, "matrix": matrix_of(request.learner, shown)}
    return render(request, "quizzes/mixed.html", context)


@private
@require_http_methods(["GET", "HEAD", "POST"])
def pair(request: HttpRequest, guide: str, table: str, one: str, other: str) -> HttpResponse:
    """Two rows side by side for as long as wanted; sent, their drill begins."""
    of_table = own_table(request, guide, table)
    parts = find_parts(of_table, [one, other])
    both = found((parts[0], parts[1]) if len(parts) == 2 and one != other else None)
    form = TokenForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        try:
            if form.is_valid():
                things = (both[0].thing, both[1].thing)
                begun = start_drill(ensure_learner(request), of_table, things, form.cleaned_data["token"])
                return HttpResponseRedirect(reverse("quizzes:sitting", args=[begun.pk]), status=303)
        except NothingToAsk:
            form.add_error(None, "These two differ in nothing that could be asked.")
        status = 422
    shown, columns = contrast_of_parts(*both)
    context = {"table": of_table, "one": both[0], "other": both[1], "contrast": shown, "columns": columns, "form": form}
    return render(request, "quizzes/pair.html", context, status=status)


@private
@require_safe
def beside(request: HttpRequest, guide: str, table: str, part: str) -> HttpResponse:
    """Go to a row laid beside the one it is most easily taken for; alone in its table, to the table."""
    shown = own_table(request, guide, table)
    mine = found(next(iter(find_parts(shown, [part])), None))
    other = neighbour_of(request.learner, shown, mine.slug)
    if other is None:
        return HttpResponseRedirect(shown.get_absolute_url())
    return HttpResponseRedirect(reverse("quizzes:pair", args=[guide, table, mine.slug, other.slug]))
