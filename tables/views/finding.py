"""What a search finds, and the parts of guides that are shown of it, by a fixed number of queries."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter, itemgetter
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from studysite.kept import Kept
from tables.actions.keeping import kept_parts, public_version
from tables.actions.readable import Edition
from tables.full_text import FoundEntry, Search
from tables.misspelling import can_be_a_slip, variants
from tables.models import Column, Concept, DecisionQuestion, Entry, Guide, Point, Row, Table, Topic
from tables.searching import Candidate, Kind, answers, rank

MOST_SLIPS = 4
_parts = Kept[Any](20_000)


@dataclass(frozen=True, slots=True)
class Found:
    """One entry that answers a search, as what kind of thing."""

    entry: FoundEntry
    kind: Kind


@dataclass(frozen=True, slots=True)
class Parts:
    """What entries stand for: parts by their keys, tables by their ids with guide, topic and host, and live columns."""

    by_key: Mapping[UUID, Any]
    tables: Mapping[int, Table]
    columns: Mapping[int, Sequence[Column]]


def find(search: Search) -> list[Found]:
    """What answers a search, best first. One query, a second for common words."""
    ranked = []
    for entry in Entry.objects.found_by(search):
        candidate = Candidate(Kind[entry.kind.upper()], entry.name, entry.body, entry.pk, entry.context)
        if answers(candidate, search.terms):
            place = rank(candidate, search.terms)
            ranked.append((place, Found(entry, place.kind)))
    return [found for _, found in sorted(ranked, key=itemgetter(0))]


def find_or_guess(search: Search) -> tuple[Search, list[Found]]:
    """
    What answers a search, best first; where nothing does, another spelling of it and what answers that.

    Where nothing does, up to four words are looked up by their likeness, and up to four spellings tried.
    """
    found = find(search)
    if found:
        return search, found
    slips = [term for term in search.terms if can_be_a_slip(term)][:MOST_SLIPS]
    known = [Entry.objects.words_like(term.words[0]) if term in slips else () for term in search.terms]
    for terms in variants(search.terms, known):
        guess = replace(search, terms=terms)
        if found := find(guess):
            return guess, found
    return search, []


def read_parts(found: Sequence[Found], guides: Sequence[Guide | Edition]) -> Parts:
    """
    The parts that these entries stand for: one query for each kind of part among them, one for their columns.

    What was read before of this version of a public guide is not read again. Whoever gets parts must leave them as
    they are.
    """
    versions = {guide.pk: public_version(guide) for guide in guides}
    wanted: dict[str, dict[UUID, str]] = defaultdict(dict)
    for each in found:
        wanted[each.entry.kind][each.entry.key] = versions[each.entry.guide_id]
    ids = {each.entry.table_id: versions[each.entry.guide_id] for each in found if each.entry.table_id}
    tables = kept_parts(_parts, "tables", ids, _tables)
    by_key: dict[UUID, Any] = {table.key: table for table, _ in tables.values()}
    for kind, find_parts in _FIND.items():
        by_key |= kept_parts(_parts, kind, wanted[kind], find_parts)
    return Parts(
        by_key,
        {pk: table for pk, (table, _) in tables.items()},
        {pk: columns for pk, (_, columns) in tables.items()},
    )


def _tables(ids: Iterable[int]) -> dict[int, tuple[Table, list[Column]]]:
    """Tables by id, with guide, topic and host, each with its columns. Two queries."""
    columns: dict[int, list[Column]] = defaultdict(list)
    for column in sorted(Column.objects.live().filter(table__in=ids).order_by(), key=attrgetter("position")):
        columns[column.table_id].append(column)
    tables = Table.objects.live().select_related("guide", "topic", "shown_with").filter(pk__in=ids).order_by()
    for table in tables:
        if table.shown_with:
            table.shown_with.guide = table.guide
    return {table.pk: (table, columns[table.pk]) for table in tables}


def _by_key(parts: Callable[[], QuerySet[Any]]) -> Callable[[Iterable[UUID]], dict[UUID, Any]]:
    """What reads parts by their keys. One query."""
    return lambda keys: {part.key: part for part in parts().filter(key__in=keys).order_by()}


_FIND = {
    Entry.Kind.GUIDE: _by_key(lambda: Guide.objects.only("key", "slug", "title", "intro")),
    Entry.Kind.TOPIC: _by_key(lambda: Topic.objects.live().select_related("guide")),
    Entry.Kind.ROW: _by_key(Row.objects.live),
    Entry.Kind.CONCEPT: _by_key(lambda: Concept.objects.live().select_related("guide")),
    Entry.Kind.QUESTION: _by_key(lambda: DecisionQuestion.objects.live().select_related("row")),
    Entry.Kind.POINT: _by_key(Point.objects.live),
}
"""What reads parts of each kind that has its own table, by their keys."""
