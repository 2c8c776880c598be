"""The check of a guide's notes: its editors see where they repeat, pull apart or leave gaps, and settle it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from quizzes.actions.ledger import WORDS
from quizzes.actions.notes import (
    NothingToSettle,
    addresses_of,
    bring_back,
    check_notes,
    dismiss,
    link,
    places_of,
    settle_meaning,
    split,
)
from quizzes.forms.notes import SettleForm
from quizzes.notes_check.findings import Code, Finding, Place
from quizzes.notes_check.unasked import Unasked
from quizzes.views.bank import own_guide
from studysite.accounts.models import User
from studysite.web import private
from tables.models import Guide

FINDINGS_SHOWN = 60
DISMISSED_SHOWN = 60
UNASKED_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Shown:
    """A finding with the address of each of its places."""

    finding: Finding
    places: tuple[tuple[Place, str], ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The findings of one kind on a page; `suggestion` is empty where they do not share one."""

    code: Code
    suggestion: str
    shown: tuple[Shown, ...]


@private
@require_http_methods(["GET", "HEAD", "POST"])
def notes(request: HttpRequest, guide: str) -> HttpResponse:
    """All findings of a guide, kind by kind, each with its places and what can be done."""
    own = own_guide(request, guide)
    if request.method == "POST":
        return settle(request, own)
    checked = check_notes(own)
    page = Paginator(checked.findings, FINDINGS_SHOWN).get_page(request.GET.get("page"))
    dismissed, unasked = checked.dismissed[:DISMISSED_SHOWN], checked.unasked[:UNASKED_SHOWN]
    addresses = addresses_of(own, places_of([*page, *dismissed], unasked))
    context = {
        "guide": own,
        "counts": checked.counts(),
        "page": page,
        "groups": groups_of(page, addresses),
        "dismissed": shown_of(dismissed, addresses),
        "dismissed_count": len(checked.dismissed),
        "unasked": unasked_lines(unasked, addresses),
        "unasked_count": len(checked.unasked),
    }
    return render(request, "quizzes/notes.html", context)


def groups_of(findings: Iterable[Finding], addresses: dict[Place, str]) -> list[Group]:
    """These findings, which stand in order, kind by kind."""
    groups = []
    for code, of_kind in groupby(findings, key=lambda finding: finding.code):
        same = list(of_kind)
        suggestions = {finding.suggestion for finding in same}
        groups.append(Group(code, suggestions.pop() if len(suggestions) == 1 else "", shown_of(same, addresses)))
    return groups


def shown_of(findings: Iterable[Finding], addresses: dict[Place, str]) -> tuple[Shown, ...]:
    """These findings with the addresses of their places."""
    return tuple(Shown(each, tuple((place, addresses[place]) for place in each.places)) for each in findings)


def unasked_lines(unasked: Iterable[Unasked], addresses: dict[Place, str]) -> list[tuple[Unasked, str, str]]:
    """Facts that are not asked, each with its address and its reason in two or three words."""
    return [(each, addresses[each.place], WORDS[each.code] if each.code else "Hidden") for each in unasked]


def settle(request: HttpRequest, guide: Guide) -> HttpResponse:
    """Do what a button says, and show the page again."""
    form = SettleForm(request.POST)
    try:
        if not form.is_valid():
            raise NothingToSettle
        is_done = do(guide, request.user, **form.cleaned_data)
    except NothingToSettle:
        messages.error(request, "That could not be done: the notes have changed since this page was shown.")
    else:
        later = "Done. The guide is large: its questions are made anew when somebody next practises."
        messages.success(request, "Done." if is_done else later)
    return HttpResponseRedirect(request.get_full_path(), status=303)


def do(guide: Guide, user: object, *, do: str, key: str, name: str) -> bool:
    """One answer to one finding. Returns whether the questions follow already. Raises NothingToSettle."""
    if do == "bring-back":
        bring_back(guide, key)
        return True
    finding = found(check_notes(guide).findings, key)
    if do == "dismiss":
        dismiss(guide, finding, user if isinstance(user, User) else None)
        return True
    if do == "means":
        return settle_meaning(guide, finding, name)
    return PINNING[do](guide, finding)


def found(findings: Sequence[Finding], key: str) -> Finding:
    """The finding of this key. Raises NothingToSettle where it does not wait any more."""
    finding = next((finding for finding in findings if finding.key == key), None)
    if finding is None:
        raise NothingToSettle
    return finding


PINNING: dict[str, Callable[[Guide, Finding], bool]] = {"link": link, "split": split}
