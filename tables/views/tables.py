"""The page of one table: read, filtered, sorted, covered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from studysite.kept import Kept
from studysite.web import cached_public, wanted_part
from tables.actions.keeping import kept_of, version_of
from tables.actions.outline import Outline, read_outline
from tables.actions.readable import readable_guide
from tables.actions.sheets import Sheet, concerning, questions_of, read_sheets
from tables.address import CONDITION, ROWS_ON_A_PAGE, Asked, read_address
from tables.conditions import How
from tables.exports.formats import twins_of
from tables.filtering import show_rows
from tables.models import Column, Guide

PARTS = {"view", "rows"}
PIECES = ("crumbs", "name", "actions", "intro", "view", "below", "pager")


@require_safe
def table(request: HttpRequest, guide_slug: str, table_slug: str) -> HttpResponse:
    """One table with what belongs to it. One that is shown on another's page leads there."""
    guide = readable_guide(request.user, guide_slug)
    return cached_public(request, version_of(guide), lambda: _page(request, guide, table_slug))


def _page(request: HttpRequest, guide: Guide, slug: str) -> HttpResponse:
    outline = read_outline(guide)
    table = outline.find(slug)
    if table is None:
        raise Http404
    host = outline.host(table)
    if host:
        return redirect(f"{host.get_absolute_url()}#t-{table.slug}")
    sheet, *companions = read_sheets([table, *outline.companions_of(table)])
    asked = read_address(request.GET.lists(), [column.slug for column in sheet.columns])
    part = wanted_part(request) if wanted_part(request) in PARTS else ""
    key = (table.pk, asked.address, asked.notices, part)
    drawn = kept_of(guide, _drawn, lambda: _draw(outline, sheet, companions, asked, part), key)
    if part:
        response = HttpResponse(drawn[part])
        if "by" in request.GET:  # a condition just made: its three fields are no part of an address to share
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
    return {
        "sheet": sheet,
        "asked": asked,
        "heads": _heads(sheet.columns, asked),
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
    uncovered = set(asked.coverable) - covered if asked.covers else set()
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
