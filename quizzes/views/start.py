"""Where practice begins, and where it is gone on with."""

import itertools

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from quizzes.actions.bank import refresh_bank
from quizzes.actions.offers import Offer, find_pair, offer_of
from quizzes.actions.sittings import NothingToAsk, start_sitting
from quizzes.forms.practice import COUNTS, KINDS, LAST, ORDERS, StartForm
from quizzes.middleware import ensure_learner
from quizzes.models import Sitting, new_token
from studysite.web import private
from tables.models import Guide

MOST_UNFINISHED = 5
MOST_GUIDES = 50
NOTHING_LEFT = "There is nothing to ask here any more. Choose something else."
NOT_OF_THESE_KINDS = "Nothing here can be asked by the kinds of question you chose. Choose more kinds."


@private
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Choose what to practise; sent, it begins a sitting, once for each form."""
    guides = list(Guide.objects.visible_to(request.user)[:MOST_GUIDES])
    guide = chosen_guide(request, guides)
    if guide is None:
        return render(request, "quizzes/start.html", {"guides": guides})
    refresh_bank(guide)
    if request.method == "POST":
        return begin(request, guides, guide)
    return show(request, guides, guide, preset_form(request, guide))


def chosen_guide(request: HttpRequest, guides: list[Guide]) -> Guide | None:
    """The guide that the address or the form names, else the one last practised, else the first. Raises Http404."""
    slug = request.POST.get("guide") or request.GET.get("guide", "")
    if slug:
        named = next((guide for guide in guides if guide.slug == slug), None)
        named = named or Guide.objects.visible_to(request.user).filter(slug=slug).first()
        if named is None:
            raise Http404
        return named
    last = Sitting.objects.of(request.learner).filter(guide__in=guides).first()
    return next((guide for guide in guides if last and guide.pk == last.guide_id), next(iter(guides), None))


def preset_form(request: HttpRequest, guide: Guide) -> StartForm:
    """The form with what the address asks for already chosen; what cannot be had is left at its default."""
    form = StartForm(offer=offered(request, guide))
    wishes = itertools.chain(
        (f"table-{slug}" for slug in request.GET.getlist("table")),
        (f"topic-{slug}" for slug in request.GET.getlist("topic")),
        request.GET.getlist("scope"),
    )
    wishes = itertools.chain(["pair"] if form.offer.pair else [], wishes)
    wishes = list(wishes)
    scope = next((wish for wish in wishes if form.offers(wish)), "")
    form.wished_in_vain = "" if scope else next(filter(None, map(form.none_of, wishes)), "")
    scope = scope or (form.next_best() if form.wished_in_vain else "guide")
    count, order = request.GET.get("count", ""), request.GET.get("order", "")
    kinds = [kind for kind in request.GET.getlist("kinds") if kind in KINDS]
    form.initial = {
        "token": new_token(),
        "scope": scope,
        "count": count if count in COUNTS else "20",
        "order": order if order in ORDERS else "shuffled",
        "last": request.GET.get("last", "") if form.offer.last else "all",
        "kinds": kinds or list(KINDS),
        "options": request.GET.getlist("options", ["return"]),
    }
    return form


def offered(request: HttpRequest, guide: Guide) -> Offer:
    """What can be practised here; with two rows of a table where the address or the form names them."""
    sent = request.POST if request.method == "POST" else request.GET
    rows, table = sent.getlist("rows"), (sent.getlist("table") or [""])[0]
    last = sent.get("last", "")
    pair = find_pair(guide, table, rows) if rows else None
    return offer_of(guide, request.learner, pair, last=int(last) if last in LAST and last.isdigit() else None)


def begin(request: HttpRequest, guides: list[Guide], guide: Guide) -> HttpResponse:
    """Start what the form asks for, and go to its first question."""
    form = StartForm(request.POST, offer=offered(request, guide))
    try:
        if form.is_valid():
            begun = start_sitting(ensure_learner(request), form.plan(), form.cleaned_data["token"])
            return HttpResponseRedirect(reverse("quizzes:sitting", args=[begun.pk]), status=303)
    except NothingToAsk:
        is_narrow = 0 < len(form.cleaned_data["kinds"]) < len(KINDS)
        form.add_error("scope", NOT_OF_THESE_KINDS if is_narrow else NOTHING_LEFT)
    return show(request, guides, guide, form, status=422)


def show(
    request: HttpRequest, guides: list[Guide], guide: Guide, form: StartForm, *, status: int = 200
) -> HttpResponse:
    """The form below what this learner has not finished yet."""
    mine = Sitting.objects.of(request.learner).unfinished().with_progress()
    unfinished = mine.select_related("guide", "topic", "table")[:MOST_UNFINISHED]
    context = {"guides": guides, "guide": guide, "form": form, "unfinished": unfinished}
    return render(request, "quizzes/start.html", context, status=status)
