"""Plain Python: a guide and one table read from a sheet in, the guide's document with that table in it out."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from tables.exports.markdown import guide_markdown
from tables.reader import read
from tables.reader.document import Reading, Table, Topic
from tables.reader.forms import fold
from tables.reader.limits import LIMITS, Limits
from tables.versions.merging import merge
from tables.versions.state import GuideState, TableState, live


class TablesAlike(ValueError):
    """Several tables have the sheet's name; the message says how to name the one that is meant."""


def document_with(guide: GuideState, sheet: Reading, at: datetime, limits: Limits = LIMITS) -> bytes:
    """
    The document of a stored guide in which one table has the sheet's columns and rows.

    That is the one whose address ends in the sheet's title, else the one of that name; where there is none, a new one
    stands at the end of the last topic. The sheet's reading holds exactly one table. Raises TablesAlike.
    """
    document = read("".join(guide_markdown(guide)).encode(), limits=limits)
    table = replace(sheet.tables[0], title=sheet.title)
    place = _place_of(sheet.title, guide)
    if place is None:
        topics = list(document.topics)
        topics[-1] = replace(topics[-1], tables=(*topics[-1].tables, table))
    else:
        topics = list(_replaced(document.topics, place, table))
    after = merge(GuideState(guide.key, title=""), replace(document, topics=tuple(topics)), at)
    return "".join(guide_markdown(after.state)).encode()


def _place_of(title: str, guide: GuideState) -> int | None:
    """The place, in document order, of the table that a sheet of this title replaces. Raises TablesAlike."""
    tables = live(guide.tables)
    slugs = [table.slug for table in tables]
    if title in slugs:
        return slugs.index(title)
    named = [place for place, table in enumerate(tables) if fold(table.name) == fold(title)]
    if len(named) > 1:
        raise TablesAlike(_alike(title, [tables[place] for place in named], guide))
    return named[0] if named else None


def _alike(title: str, tables: list[TableState], guide: GuideState) -> str:
    titles = {topic.key: topic.title or guide.title for topic in guide.topics}
    names = ", ".join(f"“{table.slug}” for the one in “{titles[table.topic]}”" for table in tables)
    return f"{len(tables)} tables are called “{title}”, and a file replaces one. Name it {names}."


def _replaced(topics: Iterable[Topic], place: int, sheet: Table) -> Iterator[Topic]:
    """The topics with the sheet's columns and rows in the table at this place of the document."""
    first = 0
    for topic in topics:
        tables = list(topic.tables)
        if first <= place < first + len(tables):
            table = tables[place - first]
            tables[place - first] = replace(table, head=sheet.head, rows=sheet.rows, breaks=(), subject=0)
        first += len(tables)
        yield replace(topic, tables=tuple(tables))
