"""What of a guide is asked and what is not: its editors look at it, and decide over the rules, from here."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from quizzes.actions.bank import refresh_bank
from quizzes.actions.ledger import lines_of, listed, pin_lines, skips_of, synonym_offers
from quizzes.actions.names import alias_pin, name_offers
from quizzes.actions.pinning import (
    NothingToPin,
    StoredPin,
    Wish,
    add_pins,
    is_small,
    pinnable,
    pins_for,
    remove_pin,
    synonym_pin,
)
from quizzes.actions.reports import OF_CELLS, decide_report
from quizzes.forms.practice import EditorForm
from quizzes.generation.pins import PinKind
from quizzes.models import Bank, Question, Report
from studysite.web import private
from tables.actions.editing import save_table
from tables.actions.publishing import GuideHasMoved
from tables.models import Guide, Table
from tables.versions.editing import TableEdit

TABLES_SHOWN = 40
QUESTIONS_SHOWN = 10
REPORTS_SHOWN = 20
BY_EDITOR = "An editor of the guide says so."

type Done = bool
"""Whether the guide's questions follow already: those of a large guide do when somebody next asks for them."""


def own_guide(request: HttpRequest, slug: str) -> Guide:
    """A guide that this person may edit. Raises Http404."""
    return get_object_or_404(Guide.objects.editable_by(request.user), slug=slug)


@private
@require_http_methods(["GET", "HEAD", "POST"])
def guide(request: HttpRequest, guide: str) -> HttpResponse:
    """All tables with what is asked of them, what readers report and offer, and the pins."""
    own = own_guide(request, guide)
    if request.method == "POST":
        return do(request, own)
    bank = Bank.objects.filter(guide=own).first() or Bank(guide=own)
    page = Paginator(own.tables.live().order_by("position"), TABLES_SHOWN).get_page(request.GET.get("page"))
    for table in page:
        table.guide = own
    reports = Report.objects.about(own).waiting().with_places()[:REPORTS_SHOWN]
    context = {
        "guide": own,
        "page": page,
        "lines": lines_of(list(page), bank),
        "kinds": Table.KIND_CHOICES,
        "reports": [reported(report) for report in reports],
        "report_count": Report.objects.about(own).waiting().count(),
        "offers": synonym_offers(own, bank),
        "names": name_offers(own, bank),
        "pins": pin_lines(own, bank),
        "is_stale": bank.version != own.version,
    }
    return render(request, "quizzes/bank.html", context)


@private
@require_http_methods(["GET", "HEAD", "POST"])
def table(request: HttpRequest, guide: str, table: str) -> HttpResponse:
    """One table: why what is not asked is not, and each question with its options, the dropped ones and the hints."""
    own = own_guide(request, guide)
    shown = get_object_or_404(own.tables.live(), slug=table)
    shown.guide = own
    if request.method == "POST":
        return do(request, own)
    bank = Bank.objects.filter(guide=own).first() or Bank(guide=own)
    asked = Question.objects.filter(table=shown, retired_at=None).order_by("position")
    asked = asked.select_related("table", "fact__row", "fact__column", "fact__authored")
    page = Paginator(asked, QUESTIONS_SHOWN).get_page(request.GET.get("page"))
    context = {
        "guide": own,
        "table": shown,
        "line": lines_of([shown], bank)[0],
        "kinds": Table.KIND_CHOICES,
        "groups": skips_of(shown, bank),
        "page": page,
        "questions": listed(page, shown, bank),
        "is_stale": bank.version != own.version,
    }
    return render(request, "quizzes/bank_table.html", context)


def reported(report: Report) -> dict[str, Any]:
    """A report with what can become of it: `options` are those that a pin could bar."""
    options = pinnable(report.question, report.slot) if report.question else []
    statuses = OF_CELLS if report.question is None else tuple(Report.Status)
    barring = {Report.Status.PINNED} if not options else set()
    choices = [(status.value, status.label) for status in statuses if status not in {Report.Status.OPEN, *barring}]
    return {"report": report, "options": options, "choices": choices}


def do(request: HttpRequest, guide: Guide) -> HttpResponse:
    """Do what a button says, and show the page again."""
    form = EditorForm(request.POST)
    try:
        if not form.is_valid():
            raise NothingToPin
        is_done = DOING[form.cleaned_data["do"]](guide, form.cleaned_data)
    except (NothingToPin, GuideHasMoved):
        messages.error(request, "That could not be done: the page was out of date, or something was not chosen.")
    else:
        later = "Done. The guide is large: its questions are made anew when somebody next practises."
        messages.success(request, "Done." if is_done else later)
    return HttpResponseRedirect(request.get_full_path(), status=303)


def set_kind(guide: Guide, said: dict[str, Any]) -> Done:
    """Read a table in another way; imports keep it."""
    of_guide = get_object_or_404(guide.tables.live(), pk=said["table"])
    if not said["kind"]:
        raise NothingToPin
    save_table(of_guide, TableEdit(kind=said["kind"]))
    if not is_small(guide):
        return False
    refresh_bank(guide)
    return True


def pin_question(guide: Guide, said: dict[str, Any]) -> Done:
    """Hide a question, or never offer one of its options, which may be right as well."""
    question = _question(guide, said)
    return add_pins(guide, pins_for(question, Wish(said["do"]), said["text"], BY_EDITOR))


def ask_anyway(guide: Guide, said: dict[str, Any]) -> Done:
    """Ask what a rule stops."""
    of_guide = get_object_or_404(guide.tables.live(), pk=said["table"])
    if not said["prompt"]:
        raise NothingToPin
    pin: StoredPin = {"kind": PinKind.ASK_ANYWAY.value, "table": of_guide.name, "prompt": said["prompt"]}
    return add_pins(guide, [{**pin, "values": [], "reason": BY_EDITOR}])


def accept_synonym(guide: Guide, said: dict[str, Any]) -> Done:
    """Let what learners typed be right for everybody."""
    if not said["text"].strip():
        raise NothingToPin
    return add_pins(guide, [synonym_pin(_question(guide, said), said["text"])])


def accept_name(guide: Guide, said: dict[str, Any]) -> Done:
    """Let a text of the guide be another name of a thing."""
    bank = Bank.objects.filter(guide=guide).first() or Bank(guide=guide)
    return add_pins(guide, [alias_pin(guide, bank, said["text"], said["prompt"], BY_EDITOR)])


def unpin(guide: Guide, said: dict[str, Any]) -> Done:
    """Let the rules alone decide again."""
    return remove_pin(guide, said["name"])


def decide(guide: Guide, said: dict[str, Any]) -> Done:
    """Say what becomes of a report."""
    report = get_object_or_404(Report.objects.about(guide).with_places(), pk=said["report"])
    try:
        decide_report(report, Report.Status(said["status"]), said["reply"], never_offer=said["text"])
    except ValueError as error:
        raise NothingToPin from error
    return True


def _question(guide: Guide, said: dict[str, Any]) -> Question:
    questions = guide.questions.select_related("table", "fact__row", "fact__column", "fact__authored", "guide")
    return get_object_or_404(questions, pk=said["question"])


DOING: dict[str, Callable[[Guide, dict[str, Any]], Done]] = {
    "set-kind": set_kind,
    "hide": pin_question,
    "never-offer": pin_question,
    "also-right": pin_question,
    "ask-anyway": ask_anyway,
    "synonym": accept_synonym,
    "name": accept_name,
    "unpin": unpin,
    "decide": decide,
}
