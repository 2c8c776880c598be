"""How the questions of a group do, for those who edit its guides: a page and a file. Nobody is named."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from quizzes.actions.group_questions import COLUMNS, Analysed, question_rows, questions_of, with_figures
from quizzes.analysis import FEWEST_COMPARED
from quizzes.blind_spots import FEWEST
from studysite.accounts.actions.access import editor_of
from studysite.web import as_file, private, streamed
from tables.exports.delimited import Manner, lines

QUESTIONS_SHOWN = 25
ORDERS = {
    "share": ("Hardest first", Analysed.hardest_first),
    "discrimination": ("Doubtful first", Analysed.doubtful_first),
    "guide": ("As in the guide", lambda analysed: list(analysed.figures)),
}


@private
@login_required
@require_safe
def questions(request: HttpRequest, group: int) -> HttpResponse:
    """Each question with how many were asked and right, the wrong option taken most, and whom it tells apart."""
    mine = editor_of(request.user, group)
    analysed = questions_of(mine.group)
    order = request.GET.get("sort", "")
    order = order if order in ORDERS else "share"
    page = Paginator(ORDERS[order][1](analysed), QUESTIONS_SHOWN).get_page(request.GET.get("page"))
    context = {
        "group": mine.group,
        "analysed": analysed,
        "page": page,
        "questions": with_figures(list(page), analysed),
        "orders": [(value, name) for value, (name, _) in ORDERS.items()],
        "order": order,
        "fewest": FEWEST,
        "fewest_compared": FEWEST_COMPARED,
    }
    return render(request, "quizzes/group_questions.html", context)


@private
@login_required
@require_safe
def as_csv(request: HttpRequest, group: int) -> HttpResponseBase:
    """The same as a file for spreadsheets, in the order of the guides."""
    mine = editor_of(request.user, group)
    rows = question_rows(questions_of(mine.group))
    return as_file(streamed(lines(COLUMNS, rows, Manner()), "text/csv"), f"group-{mine.group.pk}-questions.csv")
