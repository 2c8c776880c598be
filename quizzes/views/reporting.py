"""What a learner finds wrong with a question, or with a cell of a table."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from quizzes.actions.reports import TooManyReports, report_cell, report_question
from quizzes.forms.practice import CellReportForm, ReportForm
from quizzes.middleware import ensure_learner
from quizzes.models import Report, Slot
from quizzes.views.mixups import own_table
from quizzes.views.own import found, own_slot
from quizzes.views.refusals import refuse_stranger
from studysite.web import private
from tables.models import Column, Row

ENOUGH = "That is ten within a day, thank you. Please wait until tomorrow with the next."
ROWS_SHOWN = 50


@private
@require_http_methods(["GET", "HEAD", "POST"])
def wrong(request: HttpRequest, sitting: int, position: int) -> HttpResponse:
    """Ask what is wrong with a question, and keep it."""
    slot = own_slot(request, sitting, position)
    if request.method != "POST":
        return show(request, found(slot), ReportForm())
    if slot is None:
        return refuse_stranger(request, reverse("quizzes:question", args=[sitting, position]))
    form = ReportForm(request.POST)
    if not form.is_valid():
        return show(request, slot, form, status=422)
    try:
        report_question(slot, form.cleaned_data["reason"], form.cleaned_data["comment"])
    except TooManyReports:
        form.add_error(None, ENOUGH)
        return show(request, slot, form, status=429)
    return HttpResponseRedirect(request.path, status=303)


def show(request: HttpRequest, slot: Slot, form: ReportForm, *, status: int = 200) -> HttpResponse:
    """The page with the form, below what this learner has reported of the question already."""
    reports = Report.objects.filter(learner=slot.learner_id, question=slot.question_id)
    return render(request, "quizzes/wrong.html", {"slot": slot, "form": form, "reports": reports}, status=status)


@private
@require_safe
def wrong_cells(request: HttpRequest, guide: str, table: str) -> HttpResponse:
    """The table once more, each cell a link to where it is reported: its own page holds no form."""
    shown = own_table(request, guide, table)
    columns = list(shown.columns.live().order_by("position"))
    page = Paginator(shown.rows.live().order_by("position"), ROWS_SHOWN).get_page(request.GET.get("page"))
    lines = [(row, [(column, row.cell(column)) for column in columns]) for row in page]
    context = {"table": shown, "columns": columns, "page": page, "lines": lines}
    return render(request, "quizzes/wrong_cells.html", context)


@private
@require_http_methods(["GET", "HEAD", "POST"])
def wrong_cell(request: HttpRequest, guide: str, table: str, row: str, column: str) -> HttpResponse:
    """Ask what is wrong with a cell, and keep it."""
    of_table = own_table(request, guide, table)
    about = get_object_or_404(of_table.rows.live(), slug=row)
    under = get_object_or_404(of_table.columns.live(), slug=column)
    about.table = of_table
    form, status = CellReportForm(request.POST if request.method == "POST" else None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                report_cell(ensure_learner(request), about, under, form.cleaned_data["comment"])
                return HttpResponseRedirect(request.path, status=303)
            except TooManyReports:
                form.add_error(None, ENOUGH)
                status = 429
    return show_cell(request, about, under, form, status=status)


def show_cell(
    request: HttpRequest, row: Row, column: Column, form: CellReportForm, *, status: int = 200
) -> HttpResponse:
    """The page with the cell and the form, below what this learner has reported of the cell already."""
    reports = Report.objects.of(request.learner).filter(row=row, column=column)
    place = row.table.address_of(row, column)
    context = {"row": row, "column": column, "cell": row.cell(column), "form": form, "reports": reports, "place": place}
    return render(request, "quizzes/wrong_cell.html", context, status=status)
