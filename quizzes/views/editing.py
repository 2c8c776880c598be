"""Small changes of a table on the site: a cell, a heading, a title, a key point, a row more or less."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from quizzes.actions.bank import refresh_bank
from quizzes.actions.pinning import is_small
from quizzes.forms.editing import Fault, TextForm, too_long
from quizzes.views.bank import own_guide
from studysite.numbers import number_in
from studysite.web import private, wanted_part
from tables.actions.editing import save_table
from tables.actions.publishing import GuideHasMoved
from tables.models import Column, Guide, Point, Row, Table
from tables.reader.limits import LIMITS
from tables.reader.names import tidy_title
from tables.versions.editing import TableEdit, one_line, point_source
from tables.versions.points import point_fault


@dataclass(frozen=True, slots=True)
class Place:
    """
    One text that can be changed: its name, its Markdown, how long it may be, and what writes another one.

    `fault` says why a text cannot stand there; "" if it can.
    """

    id: str
    name: str
    source: str
    longest: int
    edit: Callable[[str], TableEdit]
    fault: Fault = lambda text: ""


def of_guide(request: HttpRequest, guide: str, table: str) -> Table:
    """A table of a guide that this person may edit. Raises Http404."""
    own = own_guide(request, guide)
    found = get_object_or_404(own.tables.live(), slug=table)
    found.guide = own
    return found


@private
@require_http_methods(["GET", "HEAD", "POST"])
def table(request: HttpRequest, guide: str, table: str) -> HttpResponse:
    """Every text of a table, each to be opened; rows and key points can be added and taken out."""
    own = of_guide(request, guide, table)
    if request.method == "POST":
        wish = DOING.get(request.POST.get("do", ""))
        if wish is None:
            raise Http404
        try:
            edit = wish(request, own)
        except Refused as fault:
            return render(request, "quizzes/edit.html", page_of(own, request.POST) | {"fault": fault}, status=422)
        try:
            save(request, own, edit)
        except GuideHasMoved as moved:
            raise Http404 from moved
        return HttpResponseRedirect(reverse("quizzes:edit", args=[guide, table]), status=303)
    return render(request, "quizzes/edit.html", page_of(own, QueryDict()))


@private
@require_http_methods(["GET", "HEAD", "POST"])
def text(request: HttpRequest, guide: str, table: str, place: str) -> HttpResponse:
    """One text in a form, in its place where htmx asks; sent, it is kept."""
    own = of_guide(request, guide, table)
    at = place_of(own, place)
    form = TextForm(
        request.POST or None, name=at.name, longest=at.longest, now=at.source, fault=at.fault, auto_id=f"id_{at.id}_%s"
    )
    if request.method == "POST" and form.is_valid():
        try:
            save(request, own, at.edit(form.cleaned_data["source"]), seen=at.edit(at.source))
        except GuideHasMoved:
            return text(request, guide, table, place)  # which says what stands there now
        return HttpResponseRedirect(f"{reverse('quizzes:edit', args=[guide, table])}#{at.id}", status=303)
    is_part = wanted_part(request) == at.id
    context = {"table": own, "guide": own.guide, "place": at, "form": form, "is_part": is_part}
    status = 422 if request.method == "POST" else 200
    template = "quizzes/edit_form.html" if is_part else "quizzes/edit_text.html"
    return render(request, template, context, status=status)


def page_of(table: Table, given: QueryDict) -> dict[str, object]:
    """The table with its parts, and what was `given` for a new one."""
    columns = list(Column.objects.live().filter(table=table))
    rows = Row.objects.live().filter(table=table)
    return {
        "table": table,
        "guide": table.guide,
        "new_cells": [(column, given.get(f"new_{column.pk}", "")) for column in columns],
        "new_point": given.get("point", ""),
        "heads": [(column, f"h-{column.pk}") for column in columns],
        "lines": [(row, [(row.cell(column), f"c-{row.pk}-{column.pk}") for column in columns]) for row in rows],
        "companions": Table.objects.live().filter(shown_with=table),
        "points": [(point, f"p-{point.pk}") for point in Point.objects.live().filter(table=table)],
    }


def place_of(table: Table, name: str) -> Place:
    """The text that an address names: "title", "label", "h-3", "p-7" or "c-12-3", by ids. Raises Http404."""
    what, *ids = name.split("-")
    numbers = [found for each in ids if (found := number_in(each))]
    match what, numbers:
        case "title", []:
            return _title(name, table)
        case "label", []:
            return Place(name, "Label", table.label, LIMITS.heading_length, lambda text: TableEdit(label=text))
        case "h", [column]:
            return _heading(name, get_object_or_404(Column.objects.live(), table=table, pk=column))
        case "p", [point]:
            return _point(name, get_object_or_404(Point.objects.live(), table=table, pk=point))
        case "c", [row, column]:
            return _cell(
                name,
                get_object_or_404(Row.objects.live(), table=table, pk=row),
                get_object_or_404(Column.objects.live(), table=table, pk=column),
            )
    raise Http404


def _title(name: str, table: Table) -> Place:
    return Place(
        name, "Title", table.title, LIMITS.heading_length, lambda text: TableEdit(title=text),
        lambda text: "" if tidy_title(text) else "A table needs a title that can be seen.",
    )  # fmt: skip


def _heading(name: str, column: Column) -> Place:
    return Place(
        name, f"Column {column.name}", column.source, LIMITS.cell_length,
        lambda text: TableEdit(headings={column.key: text}),
    )  # fmt: skip


def _point(name: str, point: Point) -> Place:
    return Place(
        name, "Key point", point.source, LIMITS.cell_length, lambda text: TableEdit(points={point.key: text}),
        lambda text: point_fault(point_source(text), point.source),
    )  # fmt: skip


def _cell(name: str, row: Row, column: Column) -> Place:
    return Place(
        name, f"{column.name} of {row.subject or 'this row'}", row.cell(column).source, LIMITS.cell_length,
        lambda text: TableEdit(rows={row.key: {column.key: text}}),
    )  # fmt: skip


def save(request: HttpRequest, table: Table, edit: TableEdit, *, seen: TableEdit | None = None) -> None:
    """Write an edit over what was `seen`, and say what came of it. Raises GuideHasMoved."""
    diff = save_table(table, edit, by=request.user, seen=seen)
    if diff.is_empty:
        messages.info(request, "Nothing has changed.")
        return
    if is_small(table.guide):
        refresh_bank(Guide.objects.get(pk=table.guide_id))
    messages.success(request, f"Kept. {diff.summary}")


class Refused(ValueError):
    """A text of a new row or key point cannot be kept; the message says why."""


def _within_limit(source: str, name: str) -> str:
    if len(source) > LIMITS.cell_length:
        raise Refused(f"{name} has {too_long(source, LIMITS.cell_length)}")
    return source


def add_row(request: HttpRequest, table: Table) -> TableEdit:
    """A row more, at the end; a row of nothing is none. Raises Refused."""
    columns = Column.objects.live().filter(table=table)
    sources = {
        column.key: _within_limit(request.POST.get(f"new_{column.pk}", ""), f"“{column.name}”") for column in columns
    }
    return TableEdit(new_rows=(sources,)) if any(source.strip() for source in sources.values()) else TableEdit()


def remove_row(request: HttpRequest, table: Table) -> TableEdit:
    """A row less; it comes back when the change is taken back."""
    return TableEdit(removed_rows=frozenset({_chosen(request, Row, table).key}))


def add_point(request: HttpRequest, table: Table) -> TableEdit:
    """A key point more, at the end. Raises Refused."""
    source = one_line(_within_limit(request.POST.get("point", ""), "The key point"))
    if source and (fault := point_fault(source)):
        raise Refused(fault)
    return TableEdit(new_points=(source,)) if source else TableEdit()


def remove_point(request: HttpRequest, table: Table) -> TableEdit:
    """A key point less."""
    return TableEdit(removed_points=frozenset({_chosen(request, Point, table).key}))


def _chosen[Part: (Row, Point)](request: HttpRequest, model: type[Part], table: Table) -> Part:
    return get_object_or_404(model.objects.live(), table=table, pk=number_in(request.POST.get("part", "")))


DOING: dict[str, Callable[[HttpRequest, Table], TableEdit]] = {
    "add-row": add_row,
    "remove-row": remove_row,
    "add-point": add_point,
    "remove-point": remove_point,
}
