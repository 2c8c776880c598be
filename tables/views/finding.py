"""What a search finds, and the parts of guides that are shown of it, by a fixed number of queries."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import Any
from uuid import UUID

from tables.full_text import Search
from tables.misspelling import can_be_a_slip, variants
from tables.models import Column, DecisionQuestion, Entry, Guide, Point, Row, Table, Topic
from tables.searching import Candidate, Kind, answers, kind_found, rank

MOST_SLIPS = 4


@dataclass(frozen=True, slots=True)
class Found:
    """One entry that answers a search, as what kind of thing."""

    entry: Entry
    kind: Kind


@dataclass(frozen=True, slots=True)
class Parts:
    """What entries stand for: parts by their keys, tables by their ids with guide, topic and host, and live columns."""

    by_key: Mapping[UUID, Any]
    tables: Mapping[int, Table]
    columns: Mapping[int, Sequence[Column]]


def find(search: Search) -> list[Found]:
    """What answers a search, best first. One query."""
    ranked = []
    for entry in Entry.objects.found_by(search).only("key", "kind", "name", "body", "context", "table"):
        candidate = Candidate(Kind[entry.kind.upper()], entry.name, entry.body, entry.pk, entry.context)
        if answers(candidate, search.terms):
            ranked.append((rank(candidate, search.terms), Found(entry, kind_found(candidate, search.terms))))
    return [found for _, found in sorted(ranked, key=lambda pair: pair[0])]


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


def read_parts(found: Sequence[Found], guides: Sequence[Guide]) -> Parts:
    """The parts that these entries stand for: one query for each kind of part among them, one for their columns."""
    keys: dict[str, list[UUID]] = defaultdict(list)
    for each in found:
        keys[each.entry.kind].append(each.entry.key)
    ids = {each.entry.table_id for each in found} - {None}
    tables = {table.pk: table for table in _tables().filter(pk__in=ids).order_by()}
    by_key = {guide.key: guide for guide in guides} | {table.key: table for table in tables.values()}
    for kind, parts in _sources().items():
        if keys[kind]:
            by_key |= {part.key: part for part in parts.live().filter(key__in=keys[kind]).order_by()}
    columns: dict[int, list[Column]] = defaultdict(list)
    live = Column.objects.live().filter(table__in=ids).order_by() if ids else ()
    for column in sorted(live, key=attrgetter("position")):
        columns[column.table_id].append(column)
    return Parts(by_key, tables, columns)


def _sources() -> dict[str, Any]:
    return {
        Entry.Kind.TOPIC: Topic.objects.select_related("guide"),
        Entry.Kind.ROW: Row.objects.all(),
        Entry.Kind.QUESTION: DecisionQuestion.objects.select_related("row"),
        Entry.Kind.POINT: Point.objects.all(),
    }


def _tables() -> Any:
    return Table.objects.live().select_related("guide", "topic", "shown_with")
