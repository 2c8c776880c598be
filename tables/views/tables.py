"""The page of one table: read, filtered, sorted, covered, with the columns that were chosen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers
from django.utils.safestring import SafeString
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from studysite.kept import Kept
from studysite.web import as_private, cached_public, is_from_here, wanted_part
from tables.actions.choosing import keep_columns, kept_columns
from tables.actions.keeping import kept_of, version_of
from tables.actions.outline import Outline, read_outline
from tables.actions.readable import readable_guide
from tables.actions.sheets import Sheet, concerning, questions_of, read_sheets
from tables.address import CONDITION, ROWS_ON_A_PAGE, Asked, read_address
from tables.conditions import How
from tables.exports.formats import twins_of
from tables.filtering import show_rows
from tables.models import Column, Guide, Table

PARTS = {"view", "rows"}
PIECES = ("crumbs", "name", "actions", "intro", "view", "below", "pager")


@require_safe
def table(request: HttpRequest, guide_slug: str, table_slug: str) -> HttpResponse:
    """One table with what belongs to it. One that is shown on another's page leads there."""
    guide = readable_guide(request.user, guide_slug)
    return cached_public(request, version_of(guide), lambda: _page(request, guide, table_slug))


@csrf_exempt
@require_POST
def columns(request: HttpRequest, guide_slug: str, table_slug: str) -> HttpResponse:
    """Keep the columns chosen for a table, or forget them. Nothing else hangs on it, so no token is asked for."""
    if not is_from_here(request):
        raise PermissionDenied
    outline = read_outline(readable_guide(request.user, guide_slug))
    table = _find(outline, table_slug)
    [sheet] = read_sheets([table])
    asked = _asked(request, sheet)
    forgets = asked.shows_all or "forget" in request.POST
    keep_columns(request.session, table, [] if forgets else _shown_of(sheet, asked)[1:])
    asked = _asked(request, sheet)
    if wanted_part(request) in PARTS:
        return as_private(_answer(request, outline, [sheet], asked))
    return HttpResponseRedirect(f"{table.get_absolute_url()}{asked.address}", status=303)


def _find(outline: Outline, slug: str) -> Table:
    table = outline.find(slug)
    if table is None:
        raise Http404
    return table


def _asked(request: HttpRequest, sheet: Sheet) -> Asked:
    """What is asked of a table; who has no session keeps no columns, and none is looked for."""
    sent = request.POST if request.method == "POST" else request.GET
    has_session = settings.SESSION_COOKIE_NAME in request.COOKIES or request.method == "POST"
    kept = kept_columns(request.session, sheet.table, sheet.columns) if has_session else []
    return read_address(sent.lists(), [column.slug for column in sheet.columns], kept)


def _page(request: HttpRequest, guide: Guide, slug: str) -> HttpResponse:
    outline = read_outline(guide)
    table = _find(outline, slug)
    host = outline.host(table)
    if host:
        return redirect(f"{host.get_absolute_url()}#t-{table.slug}")
    sheets = read_sheets([table, *outline.companions_of(table)])
    return _answer(request, outline, sheets, _asked(request, sheets[0]))


def _answer(request: HttpRequest, outline: Outline, sheets: Sequence[Sheet], asked: Asked) -> HttpResponse:
    """The page of the first of these sheets, or a part of it; the others are its companions."""
    guide, table = outline.guide, sheets[0].table
    part = wanted_part(request) if wanted_part(request) in PARTS else ""
    key = (table.pk, asked.address, asked.notices, asked.usual, asked.chooses, part)
    drawn = kept_of(guide, _drawn, lambda: _draw(outline, sheets[0], sheets[1:], asked, part), key)
    if part:
        response = HttpResponse(drawn[part])
        if "by" in request.GET or asked.chooses:  # fields of a form that are no part of an address to share
            response["HX-Push-Url"] = f"{table.get_absolute_url()}{asked.address}"
    else:
        context = {"outline": outline, "guide": guide, "table": table, "drawn": drawn, "search_url": guide.search_url}
        response = render(request, "tables/table.html", context)
    patch_vary_headers(response, ["HX-Request", "HX-Target"])
    return response


type Drawn = Mapping[str, SafeString]
"""Pieces of a table's page by the names of their partials."""

_drawn = Kept[Drawn](8 * 1024 * 1024, lambda drawn: 512 + sum(map(len, drawn.values())))


def _draw(outline: Outline, sheet: Sheet, companions: Sequence[Sheet], asked: Asked, part: str) -> Drawn:
    """The one part that is asked for, or all pieces of a whole page. Costs two queries."""
    table = sheet.table
    context = _view(sheet, asked) | {"outline": outline, "guide": outline.guide, "table": table}
    context |= {"here": table.get_absolute_url(), "part": part}
    if not part:
        context |= _surroundings(outline, sheet, companions)
    pieces = [part] if part else PIECES
    return {piece: render_to_string(f"tables/sheet.html#{piece}", context) for piece in pieces}


def _view(sheet: Sheet, asked: Asked) -> dict[str, Any]:
    """What changes with the address: rows, chips (in cover mode the chosen ones: the others tell), sort links."""
    shown = show_rows(sheet.columns, sheet.lines(), asked)
    pages = max(-(-len(shown.places) // ROWS_ON_A_PAGE), 1)
    asked = asked.at(min(asked.page, pages))
    start = (asked.page - 1) * ROWS_ON_A_PAGE
    places = shown.places[start : start + ROWS_ON_A_PAGE]
    columns = _shown_of(sheet, asked)
    return {
        "sheet": replace(sheet, columns=columns),
        "columns": sheet.columns,
        "choices": _choices(sheet.columns, asked),
        "told": _told(sheet.columns, asked),
        "asked": asked,
        "heads": _heads(columns, asked),
        "facets": [facet for facet in shown.facets if not asked.covers or facet.slug in asked.chips],
        "conditions": _conditions(sheet.columns, asked),
        "ways": [(how.value, how.words) for how in How],
        "rows": [sheet.rows[place] for place in places],
        "count": _count(len(sheet.rows), len(shown.places), start, len(places)),
        "pages": pages,
        "earlier": asked.at(asked.page - 1).address,
        "later": asked.at(asked.page + 1).address,
        "breaks": [] if asked.sort else sheet.table.breaks,
        "twins": twins_of(sheet.table.get_absolute_url(), asked.at(1).reading().address),
        "worksheet": asked.at(1).covering().address,
    }


def _shown_of(sheet: Sheet, asked: Asked) -> list[Column]:
    """The columns to show, in their order, the one that names the rows first."""
    by_slug = {column.slug: column for column in sheet.columns}
    return [*sheet.columns[:1], *(by_slug[slug] for slug in asked.shown)]


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of the list of columns."""

    column: Column
    is_shown: bool
    is_first: bool
    is_last: bool


def _choices(columns: Sequence[Column], asked: Asked) -> list[Choice]:
    by_slug = {column.slug: column for column in columns}
    return [
        Choice(by_slug[slug], slug in asked.shown, slug == asked.shown[0], slug == asked.shown[-1])
        for slug in asked.listed
    ]


def _told(columns: Sequence[Column], asked: Asked) -> str:
    """What is not as in the document about the columns, in words; empty where nothing is."""
    if asked.shows_all:
        return ""
    left_out = len(asked.shown) < len(asked.values)
    words = f"Columns: {len(asked.shown)} of {len(asked.values)}" if left_out else "Columns in another order"
    kept = ", as kept for this table" if asked.shown == asked.usual else ""
    sorts = [c.name for c in columns[1:] if c.slug == asked.sort and c.slug not in asked.shown]
    return f"{words}{kept}." + "".join(f" Sorted by {name}." for name in sorts)


def _count(total: int, found: int, start: int, shown: int) -> str:
    """How many rows there are, as words: "2 of 6 rows", "201–400 of 5,000 rows"."""
    rows = f"{total:,} row" if total == 1 else f"{total:,} rows"
    if shown < found:
        matching = "" if found == total else f"{found:,} matching of "
        return f"{start + 1:,}–{start + shown:,} of {matching}{rows}"
    return rows if found == total else f"{found:,} of {rows}"


def _conditions(columns: Sequence[Column], asked: Asked) -> list[tuple[str, str, str]]:
    """What is asked of columns beside the chips: name and value in the address, and in words."""
    names = {column.slug: column.name for column in columns}
    return [
        (CONDITION + condition.column, condition.value, f"{names[condition.column]} {condition.words}")
        for condition in asked.conditions
    ]


@dataclass(frozen=True, slots=True)
class Head:
    """One header cell. `sort` is the address of its next order, `cover` that which covers its column too."""

    column: Column
    sort: str
    order: str
    is_covered: bool
    cover: str


def _heads(columns: Sequence[Column], asked: Asked) -> list[Head]:
    covered = set(asked.covered) if asked.covers else set()
    uncovered = set(asked.shown) - covered if asked.covers else set()
    return [
        Head(
            column,
            sort=asked.sorted_by(column.slug).address,
            order=asked.direction if asked.sort == column.slug else "",
            is_covered=column.slug in covered,
            cover=asked.with_covered(column.slug).address if column.slug in uncovered else "",
        )
        for column in columns
    ]


def _surroundings(outline: Outline, sheet: Sheet, companions: Sequence[Sheet]) -> dict[str, Any]:
    """What stands around the table on a whole page. Costs one query."""
    before, after = outline.neighbours(sheet.table)
    here = {sheet.table.pk, *(companion.table.pk for companion in companions)}
    others = [table for table in outline.tables if table.pk not in here]
    return {
        "before": before,
        "after": after,
        "companions": companions,
        "concerns": concerning(sheet, questions_of(outline.guide), others),
        "guide_name": outline.guide.short_title,
    }
