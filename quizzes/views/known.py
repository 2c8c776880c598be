"""A table as its reader remembers it: each cell's recall, and what of it is set aside."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from quizzes.actions.bank import refresh_bank
from quizzes.actions.covering import review
from quizzes.actions.recalls import recalled_tables
from quizzes.actions.setting_aside import bring_back, set_aside
from quizzes.memory.fading import Band
from quizzes.middleware import ensure_learner
from quizzes.models import Fact, SetAside
from studysite.numbers import number_in
from studysite.web import private
from tables.actions.outline import Outline, read_outline
from tables.actions.readable import readable_guide
from tables.models import Table

ASIDE_SHOWN = 500
BANDS = tuple((band.value, band.words) for band in reversed(Band))


def tables_of(request: HttpRequest, guide: str, table: str) -> tuple[Outline, list[Table]]:
    """The guide's tables, and one of them with those shown on its page. Raises Http404."""
    outline = read_outline(readable_guide(request.user, guide))
    found = outline.find(table)
    if found is None:
        raise Http404
    return outline, [found, *(each for each in outline.tables if each.shown_with_id == found.pk)]


@private
@require_http_methods(["GET", "HEAD", "POST"])
def memory(request: HttpRequest, guide: str, table: str) -> HttpResponse:
    """Each cell's recall today; with `?choose` what is set aside can be ticked, and sent it is."""
    outline, tables = tables_of(request, guide, table)
    if request.method == "POST":
        refresh_bank(outline.guide)
        ticked = {number_in(fact) for fact in request.POST.getlist("aside")}
        choose_aside(request, tables, ticked)
        return HttpResponseRedirect(reverse("quizzes:memory", args=[guide, table]), status=303)
    return show(request, "memory", outline, tables, chooses="choose" in request.GET)


@private
@require_safe
def cover(request: HttpRequest, guide: str, table: str) -> HttpResponse:
    """Each cell covered; once revealed its reader says whether they knew it."""
    return show(request, "cover", *tables_of(request, guide, table))


def show(
    request: HttpRequest, mode: str, outline: Outline, tables: Sequence[Table], *, chooses: bool = False
) -> HttpResponse:
    """The tables in one of the two modes, the first one the page's own, in the frame in which it is read."""
    guide, table = outline.guide, tables[0]
    recalled = recalled_tables(request.learner, guide, tables)
    cells = [cell for each in recalled for cell in each.cells]
    host = outline.host(table) or table
    before, after = outline.neighbours(host)
    context = {
        "mode": f"quizzes:{mode}",
        "outline": outline,
        "guide": guide,
        "guide_name": guide.short_title,
        "table": table,
        "host": host,
        "before": before,
        "after": after,
        "search_url": guide.search_url,
        "can_compare": table.row_count > 1,
        "recalled": recalled,
        "percent": round(sum(cell.percent or 0 for cell in cells) / len(cells)) if cells else 0,
        "count": len(cells),
        "seen": sum(cell.percent is not None for cell in cells),
        "due": sum(cell.is_due for cell in cells),
        "bands": BANDS,
        "chooses": chooses,
    }
    return render(request, f"quizzes/{mode}.html", context)


def choose_aside(request: HttpRequest, tables: Sequence[Table], ticked: set[int]) -> None:
    """Set those ticked aside and bring the others of these tables back; sent twice it changes nothing more."""
    facts = list(Fact.objects.asked().filter(table__in=tables))
    learner = ensure_learner(request)
    aside = set_aside(learner, [fact for fact in facts if fact.pk in ticked])
    back = bring_back(learner, [fact for fact in facts if fact.pk not in ticked])
    said = [f"{aside} set aside"] if aside else []
    said += [f"{back} brought back"] if back else []
    messages.success(request, f"{', '.join(said)}." if said else "Nothing has changed.")


@private
@require_POST
def grade(request: HttpRequest, guide: str, table: str) -> HttpResponse:
    """Keep what somebody says of a covered cell: one review for a fact and day."""
    outline, tables = tables_of(request, guide, table)
    refresh_bank(outline.guide)
    knew, missed = request.POST.get("knew", ""), request.POST.get("missed", "")
    wanted = knew or missed
    facts = Fact.objects.asked().filter(table__in=tables)
    fact = get_object_or_404(facts, pk=number_in(wanted))
    is_right = review(ensure_learner(request), fact, knew=bool(knew))
    if request.htmx:
        return render(request, "quizzes/graded.html", {"is_right": is_right})
    return HttpResponseRedirect(reverse("quizzes:cover", args=[guide, table]), status=303)


@private
@require_http_methods(["GET", "HEAD", "POST"])
def aside(request: HttpRequest) -> HttpResponse:
    """All that is set aside; a button brings each back."""
    mine = SetAside.objects.filter(learner=request.learner.pk)
    if request.method == "POST":
        facts = Fact.objects.filter(set_aside__in=mine, pk=number_in(request.POST.get("fact", "")))
        if request.learner.pk:
            bring_back(request.learner, facts)
        return HttpResponseRedirect(reverse("quizzes:aside"), status=303)
    shown = mine.select_related(
        "fact__row", "fact__column", "fact__authored__row", "fact__table__guide", "fact__table__shown_with__guide"
    )
    return render(request, "quizzes/aside.html", {"shown": shown.order_by("pk")[:ASIDE_SHOWN]})
