"""Two to four rows side by side, of one table or of several."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from studysite.web import cached_public, render_part
from tables.actions.keeping import version_of
from tables.comparing import MOST_ROWS, Choice, Compared, Place, address_of, choose, compare_rows, in_words, read_places
from tables.models import Column, Guide, Mention, Row, Table
from tables.reader.document import Cell, Kind
from tables.reader.forms import fold
from tables.views.concepts import with_concepts

MOST_OFFERED = 200


@require_safe
def compare(request: HttpRequest, guide_slug: str) -> HttpResponse:
    """The rows that the address names; one or none, and it says what to choose."""
    guide = with_concepts(request, guide_slug)
    return cached_public(request, version_of(guide), lambda: _page(request, guide))


@dataclass(frozen=True, slots=True)
class Side:
    """One of the rows: where it stands in the guide, and the address of the page without it."""

    row: Row
    url: str
    without: str


def _page(request: HttpRequest, guide: Guide) -> HttpResponse:
    wanted = read_places(request.GET.getlist("rows"))
    only_differences = request.GET.get("diff") == "1"
    found = _rows(guide, wanted)
    chosen = choose(wanted, {place: row.subject for place, row in found.items()})
    rows = [found[place] for place in chosen.places]
    columns = _columns(rows)
    lines = compare_rows([Compared(row.subject, row.table.name, _cells(row, columns)) for row in rows])
    here = reverse("tables:compare", args=[guide.slug])
    context = {
        "guide": guide,
        "guide_name": guide.short_title,
        "search_url": guide.search_url,
        "here": here,
        "chosen": chosen,
        "rows": rows,
        "title": in_words([row.subject or "No name" for row in rows]) if chosen.is_enough else "Compare",
        "sides": _sides(here, chosen, rows, only_differences=only_differences),
        "lines": [line for line in lines if not (only_differences and line.is_same)],
        "same_count": sum(line.is_same for line in lines),
        "only_differences": only_differences,
        "rows_value": ",".join(map(str, chosen.places)),
        "offers": _offers(guide, rows) if len(rows) < MOST_ROWS else [],
        "uses": _uses(rows, {fold(line.column) for line in lines}) if chosen.is_enough else [],
        "tables": list(dict.fromkeys(row.table for row in rows)),
    }
    response = render_part(request, "tables/compare.html", "compare", context)
    # However the form wrote them down, the address that is shared says the rows once.
    response.headers["HX-Push-Url"] = here + address_of(chosen.places, only_differences=only_differences)
    return response


def _rows(guide: Guide, wanted: Sequence[Place]) -> dict[Place, Row]:
    """Those of the wanted rows that the guide holds, by one query."""
    if not wanted:
        return {}
    any_of = Q()
    for place in wanted:
        any_of |= Q(table__slug=place.table, slug=place.row)
    found = {}
    live = Row.objects.live().filter(any_of, table__guide=guide)
    live = live.filter(table__archived_at=None, table__topic__archived_at=None)
    for row in live.select_related("table__topic", "table__shown_with"):
        row.table.guide = guide
        if row.table.shown_with:
            row.table.shown_with.guide = guide
        found[Place(row.table.slug, row.slug)] = row
    return found


def _columns(rows: Sequence[Row]) -> dict[int, list[Column]]:
    """The columns of these rows' tables, by the table's id."""
    columns: dict[int, list[Column]] = defaultdict(list)
    for column in Column.objects.live().filter(table__in={row.table_id for row in rows}).order_by("position"):
        columns[column.table_id].append(column)
    return columns


def _cells(row: Row, columns: Mapping[int, Sequence[Column]]) -> list[tuple[str, Cell]]:
    return [(column.name, row.cell(column)) for column in columns[row.table_id][1:]]


def _sides(here: str, chosen: Choice, rows: Sequence[Row], *, only_differences: bool) -> list[Side]:
    sides = []
    for place, row in zip(chosen.places, rows, strict=True):
        others = [other for other in chosen.places if other != place]
        sides.append(Side(row, row.table.address_of(row), here + address_of(others, only_differences=only_differences)))
    return sides


@dataclass(frozen=True, slots=True)
class Offer:
    """Rows of one table that may be laid beside the chosen ones: value of the field and name."""

    table: Table
    rows: list[tuple[str, str]]


def _offers(guide: Guide, rows: Sequence[Row]) -> list[Offer]:
    """The other rows of the tables at hand, and rows elsewhere that are the same thing. 2 queries."""
    if not rows:
        return []
    tables, chosen = {row.table_id for row in rows}, {row.pk for row in rows}
    concepts = Mention.objects.filter(defines=True, row__in=chosen).values("concept")
    elsewhere = Mention.objects.filter(defines=True, concept__in=concepts, row__isnull=False).values("row")
    live = Row.objects.live().filter(
        Q(table__in=tables) | Q(pk__in=elsewhere), table__guide=guide, table__archived_at=None
    )
    offered: dict[Table, list[tuple[str, str]]] = {}
    near = live.exclude(pk__in=chosen).select_related("table__shown_with").order_by("table__position", "position")
    for row in near.defer("cells", "linked", "folded")[:MOST_OFFERED]:
        offered.setdefault(row.table, []).append((f"{row.table.slug}.{row.slug}", row.subject))
    return [Offer(table, found) for table, found in offered.items()]


@dataclass(frozen=True, slots=True)
class Use:
    """What the author's questions say of the rows: for each row the questions that it answers."""

    title: str
    questions: list[list[str]]

    @property
    def differs(self) -> bool:
        """Whether two rows are told different things."""
        return any(each != self.questions[0] for each in self.questions)


def _uses(rows: Sequence[Row], columns: Collection[str]) -> list[Use]:
    """When each row is to be used, by lookup tables, and which decision questions it answers. One query."""
    own = {row.pk: place for place, row in enumerate(rows)}
    of_rows = Mention.objects.filter(concept__mentions__row__in=own, concept__mentions__defines=True)
    answers = of_rows.filter(question__isnull=False, question__archived_at=None)
    order = ("question__table__position", "question__position", "pk")
    found = answers.order_by(*order).values_list(
        "concept__mentions__row", "question__question", "question__table__kind"
    )
    when = "Recommended for" if "when to use" in columns else "When to use"
    titles = {Kind.LOOKUP.value: when, Kind.DECISION.value: "The answer to"}
    said: dict[str, list[list[str]]] = {title: [[] for _ in rows] for title in titles.values()}
    for row, question, kind in found:
        cell = said[titles.get(kind, titles[Kind.DECISION.value])][own[row]]
        if not any(fold(question) == fold(other) for other in cell):
            cell.append(question)
    return [Use(title, cells) for title, cells in said.items() if any(cells)]
