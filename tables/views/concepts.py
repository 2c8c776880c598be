"""The things of a guide: all of them by name, and a page for each with every place that names it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from studysite.numbers import number_in
from studysite.web import cached_public
from tables.actions.concepts import MOST_MENTIONS, refresh_concepts
from tables.actions.keeping import version_of
from tables.actions.readable import readable_guide
from tables.concepts.finding import holds_name
from tables.concepts.names import second_names
from tables.concepts.naming import Naming
from tables.models import Column, Concept, Guide, Mention, Row, Table
from tables.reader.document import Cell

ON_A_PAGE = 300
MOST_LIKE_IT = 20


def with_concepts(request: HttpRequest, slug: str) -> Guide:
    """A guide that this person may read, with its concepts in step. Raises Http404."""
    guide = readable_guide(request.user, slug)
    if not guide.has_concepts:
        refresh_concepts(guide)
    return guide


@require_safe
def index(request: HttpRequest, guide_slug: str) -> HttpResponse:
    """Everything that a guide names, by name."""
    guide = with_concepts(request, guide_slug)
    return cached_public(request, version_of(guide), lambda: _index(request, guide))


def _index(request: HttpRequest, guide: Guide) -> HttpResponse:
    # Sorted here: databases order signs and scripts each in their own way.
    found = Concept.objects.live().filter(guide=guide).order_by().only("slug", "name", "folded", "table_count")
    concepts = sorted(found, key=lambda concept: (not concept.folded[:1].isalpha(), concept.folded, concept.pk))
    pages = max(-(-len(concepts) // ON_A_PAGE), 1)
    page = min(number_in(request.GET.get("page", "1")) or 1, pages)
    shown = concepts[(page - 1) * ON_A_PAGE : page * ON_A_PAGE]
    context = _frame(guide) | {
        "count": len(concepts),
        "in_two": sum(concept.table_count >= 2 for concept in concepts),
        "in_three": sum(concept.table_count >= 3 for concept in concepts),
        "letters": [(letter, list(group)) for letter, group in groupby(shown, key=_letter)],
        "page": page,
        "pages": pages,
    }
    return render(request, "tables/concepts.html", context)


def _letter(concept: Concept) -> str:
    first = concept.folded[:1]
    return first.upper() if first.isalpha() else "0–9, signs"


def _frame(guide: Guide) -> dict[str, Any]:
    return {
        "guide": guide,
        "guide_name": guide.short_title,
        "search_url": guide.search_url,
    }


@dataclass(frozen=True, slots=True)
class Definition:
    """A row, or a column of an aspect table, that is the thing's own: the name and the cell of each value."""

    mention: Mention
    url: str
    values: list[tuple[str, Cell]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Named:
    """One place that names the thing, and where it is."""

    mention: Mention

    @property
    def url(self) -> str:
        """Its address."""
        return self.mention.table.address_of(self.mention.row, self.mention.column)

    @property
    def cell(self) -> Cell | None:
        """The cell, if it is one."""
        mention = self.mention
        return mention.row.cell(mention.column) if mention.row and mention.column else None

    @property
    def is_key(self) -> bool:
        """Whether it stands in the first cell of a row."""
        return self.mention.row is not None and self.cell is not None and self.cell.text == self.mention.row.subject


@require_safe
def concept(request: HttpRequest, guide_slug: str, concept_slug: str) -> HttpResponse:
    """One thing: its own row, every cell and header that names it, and the questions it answers."""
    guide = with_concepts(request, guide_slug)
    return cached_public(request, version_of(guide), lambda: _concept(request, guide, concept_slug))


def _concept(request: HttpRequest, guide: Guide, slug: str) -> HttpResponse:
    shown = Concept.objects.filter(guide=guide, slug=slug).first()
    if shown is None:
        raise Http404
    shown.guide = guide
    if shown.archived_at is not None:
        return redirect(_under_its_new_name(shown))
    mentions = list(shown.mentions.with_places()[:MOST_MENTIONS])
    own = [mention for mention in mentions if mention.defines]
    others = [mention for mention in mentions if not mention.defines and not mention.question]
    context = _frame(guide) | {
        "concept": shown,
        "own": own,
        "definitions": _definitions(own),
        "questions": [Named(mention) for mention in mentions if mention.question],
        "places": _by_table(mention for mention in others if not mention.by_alias),
        "as_alias": _by_table(mention for mention in others if mention.by_alias),
        "also_called": [*second_names(shown.name), *Naming.from_json(guide.naming).aliases_of(shown.form)],
        "longer": _longer(shown),
        "place_count": sum(mention.column_id is not None and not mention.by_alias for mention in mentions),
        "is_cut": len(mentions) == MOST_MENTIONS,
    }
    return render(request, "tables/concept.html", context)


def _under_its_new_name(gone: Concept) -> Concept:
    """The thing that the row or column of this one is called now. Raises Http404 where there is none."""
    live = Concept.objects.live().filter(guide=gone.guide_id).select_related("guide")
    if gone.row_id:
        return get_object_or_404(live, row=gone.row_id)
    if gone.column_id:
        return get_object_or_404(live, column=gone.column_id)
    raise Http404


def _by_table(mentions: Any) -> list[tuple[Table, list[Named]]]:
    places = [Named(mention) for mention in mentions]
    return [(table, list(group)) for table, group in groupby(places, key=lambda place: place.mention.table)]


def _definitions(own: Sequence[Mention]) -> list[Definition]:
    """Each own row with its values, each own column with its aspects. 2 queries, however many there are."""
    of_rows = {mention.table_id for mention in own if mention.row}
    of_columns = {mention.table_id for mention in own if not mention.row}
    columns = list(Column.objects.live().filter(table__in=of_rows | of_columns).order_by("position"))
    rows = list(Row.objects.live().filter(table__in=of_columns).order_by("position")) if of_columns else []
    found = []
    for mention in own:
        definition = Definition(mention, mention.table.address_of(mention.row, mention.column))
        if mention.row:
            values = [each for each in columns if each.table_id == mention.table_id and each != mention.column]
            definition.values.extend((column.name, mention.row.cell(column)) for column in values)
        elif mention.column:
            aspects = [row for row in rows if row.table_id == mention.table_id]
            definition.values.extend((row.subject, row.cell(mention.column)) for row in aspects)
        found.append(definition)
    return found


def _longer(shown: Concept) -> list[Concept]:
    """Things whose names hold this one's as whole words, unless the author parted them: Leaky ReLU for ReLU."""
    naming = Naming.from_json(shown.guide.naming)
    holding = Concept.objects.live().filter(guide=shown.guide, name__contains=shown.name).exclude(pk=shown.pk)
    found = []
    for each in holding[:ON_A_PAGE]:
        if holds_name(each.name, shown.name) and not naming.parts(each.name, shown.form):
            each.guide = shown.guide
            found.append(each)
    return found[:MOST_LIKE_IT]
