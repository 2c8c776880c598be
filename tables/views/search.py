"""Search: as a page with all that was found, group by group, and as a short list below the box while one types."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from studysite.web import as_private, cached_public, wanted_part
from tables.actions.keeping import version_of
from tables.actions.readable import Edition, readable_guide, readable_guides
from tables.forms import SearchForm
from tables.full_text import Search
from tables.marking import Hit
from tables.models import Entry, Guide
from tables.searching import Kind, Term, read_query
from tables.views.finding import Found, find_or_guess, read_parts
from tables.views.hits import show_hits

LISTS = {"site-hits", "guide-hits"}
MOST_WHILE_TYPING, MOST_IN_A_GROUP, MOST_OF_ONE_GROUP = 8, 10, 100
MOST_CANDIDATES, MOST_CANDIDATES_OF_ONE_GROUP = 60, 200
GROUPS = {
    Kind.GUIDE: "Guides",
    Kind.TOPIC: "Topics",
    Kind.TABLE: "Tables",
    Kind.ROW: "Rows",
    Kind.CONCEPT: "Concepts",
    Kind.CELL: "Cells",
    Kind.QUESTION: "Questions",
    Kind.POINT: "Key points",
}
OF_ROWS = {Kind.ROW, Kind.CELL}
BY_NAME = {kind.name.lower(): kind for kind in GROUPS}


@dataclass(frozen=True, slots=True)
class Group:
    """Hits of one kind. `count` is how many there are, at least where `is_cut`; `more` is the address of the rest."""

    name: str
    hits: Sequence[Hit]
    count: int = 0
    is_cut: bool = False
    more: str = ""


@dataclass(frozen=True, slots=True)
class Scope:
    """Where to look: in one guide, or in all that this reader may see."""

    guides: Sequence[Guide | Edition]
    guide: Guide | None = None

    @property
    def url(self) -> str:
        """The address of its search."""
        return self.guide.search_url if self.guide else reverse("tables:search-everywhere")

    @property
    def names_guides(self) -> bool:
        """Whether a hit has to say which guide it is in."""
        return self.guide is None and len(self.guides) > 1


@require_safe
def search(request: HttpRequest, guide_slug: str) -> HttpResponse:
    """What one guide says about some words."""
    guide = readable_guide(request.user, guide_slug)
    return _answer(request, Scope([guide], guide))


@require_safe
def search_everywhere(request: HttpRequest) -> HttpResponse:
    """What all guides that this reader may see say about some words."""
    return _answer(request, Scope(readable_guides(request.user)))


def _answer(request: HttpRequest, scope: Scope) -> HttpResponse:
    form = SearchForm(request.GET or None)
    if form.is_bound and not form.is_valid():
        return as_private(_draw(request, form, scope))  # whatever was sent need not be kept
    return cached_public(request, version_of(*scope.guides), lambda: _draw(request, form, scope))


def _draw(request: HttpRequest, form: SearchForm, scope: Scope) -> HttpResponse:
    """The page, or the part of it that htmx asks for: the list below one of the boxes, or all that was found."""
    part = wanted_part(request)
    words = form.cleaned_data["q"] if form.is_bound and form.is_valid() else ""
    terms = read_query(words)
    context = {
        "guide": scope.guide,
        "form": form,
        "page_url": scope.url,
        "words": words,
        "box": part.removesuffix("-hits"),
    }
    context |= {"says_nothing": words and not terms, "all_url": f"{scope.url}?{urlencode({'q': words})}"}
    if terms and part in LISTS:
        context |= _list(terms, scope)
    elif terms:
        context |= _groups(terms, scope, BY_NAME.get(request.GET.get("in", "")), context["all_url"])
    template = "tables/hits.html" if part in LISTS else "tables/search.html"
    response = render(request, f"{template}#found" if part == "found" else template, context)
    patch_vary_headers(response, ["HX-Request", "HX-Target"])
    return response


def _list(terms: Sequence[Term], scope: Scope) -> dict[str, Any]:
    """The best hits of any kind."""
    search, found = find_or_guess(_search(terms, scope, None))
    hits = _hits(found[:MOST_WHILE_TYPING], search, scope)
    groups = [Group(GROUPS[kind], each) for kind, each in _by_kind(hits).items()]
    return {"groups": groups, "shown_count": len(hits), "guess": _guess(search, terms)}


def _groups(terms: Sequence[Term], scope: Scope, only: Kind | None, url: str) -> dict[str, Any]:
    """The best hits of each kind, or of only one."""
    search, found = find_or_guess(_search(terms, scope, only))
    found = [each for each in found if only in (None, each.kind)]
    of_kind = {kind: [each for each in found if each.kind is kind] for kind in GROUPS}
    most_shown = MOST_OF_ONE_GROUP if only else MOST_IN_A_GROUP
    shown = [each for kind in GROUPS for each in of_kind[kind][:most_shown]]
    groups = []
    for kind, hits in _by_kind(_hits(shown, search, scope)).items():
        more = f"{url}&in={kind.name.lower()}"
        groups.append(Group(GROUPS[kind], hits, len(of_kind[kind]), _is_cut(kind, found, search), more))
    return {"groups": groups, "only": only and GROUPS[only], "guess": _guess(search, terms)}


def _is_cut(kind: Kind, found: Sequence[Found], search: Search) -> bool:
    """Whether what shares its places with this kind takes all that there are."""
    sharing = next(kinds for kinds in search.groups if _entries_of(kind) in kinds)
    return sum(each.entry.kind in sharing for each in found) >= search.most


def _guess(search: Search, terms: Sequence[Term]) -> str:
    """The spelling that was looked for instead; empty where the words were found as they are."""
    return "" if search.terms == terms else " ".join(term.whole.strip() for term in search.terms)


def _hits(shown: Sequence[Found], search: Search, scope: Scope) -> list[Hit]:
    return show_hits(shown, read_parts(shown, scope.guides), search.terms, names_guides=scope.names_guides)


def _by_kind(hits: Iterable[Hit]) -> dict[Kind, list[Hit]]:
    """The hits by their kinds, in the order in which the first of each stands."""
    by_kind: dict[Kind, list[Hit]] = defaultdict(list)
    for hit in hits:
        by_kind[hit.kind].append(hit)
    return by_kind


def _search(terms: Sequence[Term], scope: Scope, only: Kind | None) -> Search:
    """Rows and concepts are many and have places of their own; what else can be found shares the others."""
    guides = [guide.pk for guide in scope.guides]
    if only:
        return Search(terms, guides, [[_entries_of(only)]], MOST_CANDIDATES_OF_ONE_GROUP)
    many = [Entry.Kind.ROW, Entry.Kind.CONCEPT]
    others = set(Entry.Kind) - set(many) - ({Entry.Kind.GUIDE} if scope.guide else set())
    return Search(terms, guides, [*([kind] for kind in many), sorted(others)], MOST_CANDIDATES)


def _entries_of(kind: Kind) -> Entry.Kind:
    """As what kind of entry something of this kind is kept."""
    return Entry.Kind.ROW if kind in OF_ROWS else Entry.Kind[kind.name]
