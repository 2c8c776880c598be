"""
Plain Python: a stored guide and a newer reading of its document in, the guide as it is stored next out.

What the reading still holds keeps its key and slug, what is new gets its own, what is gone is archived, what had gone
and is back comes back as itself.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from tables.identity import Mint
from tables.reader import document
from tables.reader.document import Reading
from tables.versions.grids import form, match_grids
from tables.versions.matching import Matching
from tables.versions.moving import Match, Place, find_moves
from tables.versions.parts import archived, merge_table, prose, short, without
from tables.versions.slugs import Slugs
from tables.versions.state import GuideState, TableState, TopicState
from tables.versions.tables import first_of_heading, match_tables, match_topics


@dataclass(frozen=True, slots=True)
class Merge:
    """The next state of a guide; `guessed` holds the keys of parts that were found by likeness under a new name."""

    state: GuideState
    guessed: frozenset[UUID]


@dataclass(frozen=True, slots=True)
class Choices:
    """
    What an author decides over what would be guessed.

    `kinds` are kinds of tables by their place in the document, from 0; they stay chosen. `apart` are the keys of stored
    parts that are not what likeness took them for. `ties` are keys of stored columns and rows, each with the place
    (from 0) at which its table now has it under another name. `moves` are keys of stored rows, each with the place of
    the table that now has it and its place there.
    """

    kinds: Mapping[int, str] = field(default_factory=dict)
    apart: frozenset[UUID] = frozenset()
    ties: Mapping[UUID, int] = field(default_factory=dict)
    moves: Mapping[UUID, Place] = field(default_factory=dict)


NO_CHOICES = Choices()


def merge(old: GuideState, reading: Reading, at: datetime, choices: Choices = NO_CHOICES) -> Merge:
    """Bring a stored guide to what a reading says; `at` is when parts that are gone count as archived."""
    mint = Mint(old.key, old.keys())
    table_match = match_tables(old, reading)
    for place in [place for place in table_match.guessed if old.tables[table_match.old_of[place]].key in choices.apart]:
        table_match.part(place)
    topics = _merge_topics(old, reading, match_topics(old, reading, table_match), mint)
    tables, guessed, moved = _merge_tables(old, reading, topics, table_match, mint, at, choices)
    state = replace(
        old,
        title=short(reading.title),
        document_id=reading.front_matter.get("id", "")[:200],
        front_matter=dict(reading.front_matter),
        intro=prose(reading.intro),
        links=reading.links,
        topics=(*topics, *archived(old.topics, topics, at)),
        tables=(*tables, *(_archive_table(without(table, moved), at) for table in archived(old.tables, tables, at))),
    )
    return Merge(state, frozenset(guessed))


def _archive_table(table: TableState, at: datetime) -> TableState:
    """The table with all its parts archived: none of them is live while their table is not."""
    return replace(
        table,
        shown_with=None,
        columns=tuple(archived(table.columns, (), at)),
        rows=tuple(archived(table.rows, (), at)),
        points=tuple(archived(table.points, (), at)),
        questions=tuple(replace(q, archived_at=q.archived_at or at) for q in table.questions),
    )


def _merge_topics(old: GuideState, reading: Reading, matching: Matching, mint: Mint) -> list[TopicState]:
    slugs = Slugs(topic.slug for topic in old.topics)
    merged: list[TopicState] = []
    for place, topic in enumerate(reading.topics):
        known = old.topics[matching.old_of[place]] if place in matching.old_of else None
        merged.append(
            TopicState(
                key=known.key if known else mint.key("topic", form(topic.title)),
                slug=known.slug if known else slugs.give(topic.title, f"topic-{place + 1}"),
                title=short(topic.title),
                position=place,
                intro=prose(topic.intro),
            )
        )
    return merged


def _merge_tables(
    old: GuideState,
    reading: Reading,
    topics: list[TopicState],
    matching: Matching,
    mint: Mint,
    at: datetime,
    choices: Choices,
) -> tuple[list[TableState], set[UUID], frozenset[UUID]]:
    """The tables that are read, the keys of the parts that are guessed, and those of the rows that changed tables."""
    guessed = {old.tables[matching.old_of[place]].key for place in matching.guessed}
    headings = [(number, table) for number, topic in enumerate(reading.topics) for table in topic.tables]
    shown_with = first_of_heading(headings)
    matches = list(_match_parts(old, headings, topics, matching, mint, choices))
    moves = find_moves(old, matches, choices.apart, choices.moves)
    left = moves.left
    merged: list[TableState] = []
    for place, (number, table) in enumerate(headings):
        arrived = moves.into(place)
        match = matches[place].grid.less(left, arrived)
        guessed |= match.guessed
        first = merged[shown_with[place]].key if place in shown_with else None
        known = replace(matches[place].known, topic=topics[number].key, position=place, shown_with=first)
        merged.append(merge_table(known, table, match, mint, at, arrived=arrived, left=left))
    return merged, guessed | moves.guessed, left


def _match_parts(
    old: GuideState,
    headings: list[tuple[int, document.Table]],
    topics: list[TopicState],
    matching: Matching,
    mint: Mint,
    choices: Choices,
) -> Iterator[Match]:
    """Each table that is read with the stored or new one that it is, and with which of its parts are the same."""
    slugs = Slugs((table.slug for table in old.tables), in_addresses=True)
    for place, (number, table) in enumerate(headings):
        if place in matching.old_of:
            known = old.tables[matching.old_of[place]]
        else:
            known = _new_table(table, topics[number], place, mint, slugs)
        if place in choices.kinds:
            known = replace(known, kind=choices.kinds[place], kind_is_set=True, kind_reason="chosen by an editor")
        yield Match(known, table, match_grids(known, table).without(choices.apart).tied(known, choices.ties))


def _new_table(table: document.Table, topic: TopicState, place: int, mint: Mint, slugs: Slugs) -> TableState:
    return TableState(
        key=mint.key("table", form(topic.title), form(table.title), form(table.label)),
        slug=slugs.give(table.name, f"table-{place + 1}"),
        topic=topic.key,
        title=short(table.title),
        position=place,
        kind=table.kind.value,
    )
