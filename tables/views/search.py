"""A plain search over one guide: tables by their names, rows by their cells, key points by their text."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from studysite.web import cached_public
from tables.address import page_address
from tables.filtering import query_test
from tables.forms import SearchForm
from tables.marking import mark_words
from tables.models import Column, Guide, Point, Row, Table
from tables.reader.forms import fold, is_placeholder
from tables.views.outline import Outline, read_outline, version_of

MOST_HITS = 50


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found: where it is, what it is called, and the texts that held the words, in pieces to be marked."""

    url: str
    name: Sequence[tuple[str, bool]]
    place: str = ""
    texts: Sequence[tuple[str, Sequence[tuple[str, bool]]]] = ()


@require_safe
def search(request: HttpRequest, guide_slug: str) -> HttpResponse:
    """What a guide says about some words."""
    guide = get_object_or_404(Guide.objects.visible_to(request.user), slug=guide_slug)
    return cached_public(request, version_of(guide), lambda: _page(request, guide))


def _page(request: HttpRequest, guide: Guide) -> HttpResponse:
    form = SearchForm(request.GET or None)
    words = fold(form.cleaned_data["q"]).split() if form.is_valid() else []
    context = {"guide": guide, "form": form, "search_url": reverse("tables:search", args=[guide.slug])}
    if words:
        outline = read_outline(guide)
        groups = [
            ("Tables", _tables(outline, words)),
            ("Rows", _rows(outline, words)),
            ("Key points", _points(outline, words)),
        ]
        context |= {"groups": [(name, hits[:MOST_HITS], len(hits) > MOST_HITS) for name, hits in groups if hits]}
    return render(request, "tables/search.html", context)


def _tables(outline: Outline, words: Sequence[str]) -> list[Hit]:
    holds = query_test(" ".join(words))
    return [
        Hit(_address(outline, table), mark_words(table.name, words), table.topic.title)
        for table in outline.tables
        if holds(fold(table.name))
    ]


def _rows(outline: Outline, words: Sequence[str]) -> list[Hit]:
    tables = {table.pk: table for table in outline.tables}
    found = Row.objects.live().filter(table__in=tables).order_by("table__position", "position")
    for word in words:
        found = found.filter(folded__contains=word)
    holds = query_test(" ".join(words))
    rows = [row for row in found[: MOST_HITS * 2] if holds(row.folded)][: MOST_HITS + 1]
    columns = Column.objects.live().filter(table__in={row.table_id for row in rows})
    return [_row_hit(outline, tables[row.table_id], row, columns, words) for row in rows]


def _row_hit(outline: Outline, table: Table, row: Row, columns: Iterable[Column], words: Sequence[str]) -> Hit:
    cells = [(column.name, row.cell(column).text) for column in columns if column.table_id == table.pk][1:]
    texts = [(name, mark_words(text, words)) for name, text in cells if not is_placeholder(text)]
    is_companion = outline.host(table) is not None
    anchor = f"-{row.slug}" if is_companion else f"{page_address(row.position)}#row-{row.slug}"
    hit_texts = [(name, pieces) for name, pieces in texts if any(is_hit for _, is_hit in pieces)]
    return Hit(_address(outline, table) + anchor, mark_words(row.subject, words), table.name, hit_texts)


def _points(outline: Outline, words: Sequence[str]) -> list[Hit]:
    tables = {table.pk: table for table in outline.tables}
    holds = query_test(" ".join(words))
    points = Point.objects.live().filter(table__in=tables).order_by("table__position", "position")
    found = [point for point in points if holds(fold(point.text))][: MOST_HITS + 1]
    return [
        Hit(
            f"{_address(outline, tables[point.table_id]).partition('#')[0]}#point-{point.pk}",
            mark_words(point.text, words),
            tables[point.table_id].name,
        )
        for point in found
    ]


def _address(outline: Outline, table: Table) -> str:
    """Where a table is shown."""
    host = outline.host(table)
    return f"{host.get_absolute_url()}#t-{table.slug}" if host else table.get_absolute_url()
