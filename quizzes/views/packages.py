"""The questions of a guide as files for other learning programs, and the page that lists them."""

import time
from collections.abc import Iterator
from itertools import chain, islice

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from quizzes.actions.bank import refresh_bank
from quizzes.actions.packing import items_of, stock_of
from quizzes.packages import anki, moodle, plain
from quizzes.packages.cards import cards_of
from quizzes.packages.formats import FORMATS, TEXT, Format, offer_of, offer_of_cards
from quizzes.packages.items import Item
from studysite.web import as_file, private, streamed
from tables.actions.readable import readable_guide
from tables.exports.formats import twins_of
from tables.models import Guide, Table

WRITERS = {"moodle.xml": moodle.quiz, "gift.txt": plain.gift, "aiken.txt": plain.aiken}


@private
@require_safe
def export(request: HttpRequest, guide: str) -> HttpResponse:
    """All formats of a guide, with how much each holds and what it has to leave out."""
    shown = readable_guide(request.user, guide)
    stock = stock_of(shown, request.learner)
    offers = [
        offer_of_cards(each, stock.cards, asked=stock.asked, facts=stock.facts)
        if each.is_of_cards
        else offer_of(each, stock.kinds, stock.misread)
        for each in FORMATS.values()
        if not each.is_of_missed
    ]
    missed = [offer_of_cards(each, stock.missed, asked=0, facts=0) for each in FORMATS.values() if each.is_of_missed]
    context = {
        "guide": shown,
        "twins": twins_of(shown.get_absolute_url()),
        "offers": [offer for offer in offers if offer.count],
        "missed": [offer for offer in missed if offer.count],
        "most_cards": anki.MOST_CARDS,
        "is_capped": stock.cards > anki.MOST_CARDS,
    }
    return render(request, "quizzes/export.html", context)


@private
@require_safe
def file(request: HttpRequest, guide: str, name: str) -> HttpResponseBase:
    """One file; with `?table=` that of one table and those shown with it."""
    shown = readable_guide(request.user, guide)
    wanted = FORMATS[name]
    table = _table(request, shown)
    if wanted.is_of_missed and not request.learner.pk:
        return _nothing("You have missed nothing yet")
    refresh_bank(shown)
    missed_by = request.learner if wanted.is_of_missed else None
    items = items_of(shown, wanted.kinds, misread=wanted.holds_all_typed, table=table, missed_by=missed_by)
    first = next(items, None)
    if first is None:
        reason = "Nothing that you missed is asked now" if missed_by else "Nothing of this can be asked in that format"
        return _nothing(reason)
    owner = table.slug if table else shown.slug
    return as_file(_written(wanted, chain([first], items)), f"{owner}-{name}".replace("-anki.", "."))


def _table(request: HttpRequest, guide: Guide) -> Table | None:
    slug = request.GET.get("table", "").replace("\0", "")
    return get_object_or_404(Table.objects.live().filter(guide=guide), slug=slug) if slug else None


def _written(wanted: Format, items: Iterator[Item]) -> HttpResponseBase:
    if wanted.file.endswith(".apkg"):
        packed = anki.package(islice(cards_of(items), anki.MOST_CARDS), time.time())
        return HttpResponse(packed, content_type=wanted.content_type)
    pieces = anki.text(cards_of(items)) if wanted.is_of_cards else WRITERS[wanted.file](items)
    return streamed(pieces, wanted.content_type)


def _nothing(reason: str) -> HttpResponse:
    """A sentence in the place of an empty file."""
    return HttpResponse(f"{reason}: there is nothing to export.\n", content_type=f"{TEXT}; charset=utf-8", status=404)
