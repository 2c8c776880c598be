"""Rebuild the table: choose what is taken out. Asking and answering are those of any question."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from quizzes.actions.bank import refresh_bank
from quizzes.actions.dealing import NothingToAsk
from quizzes.actions.rebuild import choices_in, question_of, rebuilt_tables, start_rebuild
from quizzes.forms.practice import TokenForm
from quizzes.middleware import ensure_learner
from quizzes.models import Question
from quizzes.views.start import MOST_GUIDES, chosen_guide
from studysite.web import private
from tables.models import Guide, Table

CHOOSE = "Choose what is taken out: everything, one column or one row."
OUT_OF_DATE = "This page was out of date. Press the button once more."


@private
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """The tables that can be rebuilt, or what can be taken out of one; sent, it begins, once for each form."""
    guide = chosen_guide(request, list(Guide.objects.visible_to(request.user)[:MOST_GUIDES]))
    if guide is None:
        return render(request, "quizzes/rebuild_start.html")
    refresh_bank(guide)
    slug = request.POST.get("table") or request.GET.get("table", "")
    if not slug:
        context = {"guide": guide, "tables": rebuilt_tables(guide)}
        return render(request, "quizzes/rebuild_start.html", context, status=422 if request.method == "POST" else 200)
    table = get_object_or_404(Table.objects.select_related("guide"), guide=guide, slug=slug, archived_at=None)
    question = question_of(table)
    if question is None:
        raise Http404
    return begin(request, question) if request.method == "POST" else show_choices(request, question)


def begin(request: HttpRequest, question: Question) -> HttpResponse:
    """Start with what the form takes out, and go to its question."""
    form = TokenForm(request.POST)
    taken = choices_in(question).taken(request.POST.get("taken", ""))
    if taken is None or not form.is_valid():
        return show_choices(request, question, fault=CHOOSE if taken is None else OUT_OF_DATE)
    try:
        begun = start_rebuild(ensure_learner(request), question, taken, form.cleaned_data["token"])
    except NothingToAsk:
        return show_choices(request, question, fault=CHOOSE)
    return HttpResponseRedirect(reverse("quizzes:sitting", args=[begun.pk]), status=303)


def show_choices(request: HttpRequest, question: Question, *, fault: str = "") -> HttpResponse:
    """The form that asks what to take out of a table."""
    choices = choices_in(question)
    sent = request.POST.get("taken") or request.GET.get("taken", "")
    context = {
        "guide": question.guide,
        "table": question.table,
        "choices": choices,
        "chosen": sent if choices.taken(sent) else choices.usual,
        "form": TokenForm(),
        "fault": fault,
    }
    return render(request, "quizzes/rebuild_start.html", context, status=422 if fault else 200)
