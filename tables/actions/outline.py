"""A guide as a list of its tables: what every page of it shows beside or above its own content."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from studysite.kept import Kept
from tables.actions.keeping import kept_of
from tables.models import Guide, Table, Topic


@dataclass(frozen=True, slots=True)
class TopicPart:
    """One topic: its tables with pages of their own, each with the tables shown on its page, and the number of all."""

    topic: Topic
    pages: Sequence[tuple[Table, Sequence[Table]]]
    table_count: int


@dataclass(frozen=True)
class Outline:
    """
    The live tables of a guide in document order.

    `companions` are, by a table's id, those that are shown on its page instead of their own.
    """

    guide: Guide
    tables: Sequence[Table]
    companions: Mapping[int, Sequence[Table]]

    @cached_property
    def pages(self) -> list[Table]:
        """The tables that have a page of their own."""
        shown = {table.pk for tables in self.companions.values() for table in tables}
        return [table for table in self.tables if table.pk not in shown]

    @cached_property
    def topics(self) -> list[TopicPart]:
        """The topics that have tables."""
        parts = []
        for topic, tables in groupby(self.pages, key=lambda table: table.topic):
            pages = [(table, self.companions_of(table)) for table in tables]
            parts.append(TopicPart(topic, pages, sum(1 + len(companions) for _, companions in pages)))
        return parts

    @property
    def row_count(self) -> int:
        """Rows of all tables."""
        return sum(table.row_count for table in self.tables)

    @property
    def cell_count(self) -> int:
        """Value cells of all tables: what there is to know."""
        return sum(table.row_count * (table.column_count - 1) for table in self.tables)

    def find(self, slug: str) -> Table | None:
        """The table of this slug."""
        return self._by_slug.get(slug)

    @cached_property
    def _by_slug(self) -> dict[str, Table]:
        return {table.slug: table for table in self.tables}

    def companions_of(self, table: Table) -> Sequence[Table]:
        """The tables that are shown on this one's page."""
        return self.companions.get(table.pk, ())

    def host(self, table: Table) -> Table | None:
        """The table on whose page this one is shown; None where it has its own page."""
        return self._hosts.get(table.pk)

    @cached_property
    def _hosts(self) -> dict[int, Table]:
        return {shown.pk: host for host in self.tables for shown in self.companions_of(host)}

    def neighbours(self, table: Table) -> tuple[Table | None, Table | None]:
        """The pages before and after this table's."""
        pages = self.pages
        place = pages.index(table)
        return (pages[place - 1] if place else None, pages[place + 1] if place + 1 < len(pages) else None)


_outlines = Kept[Outline](20_000, lambda outline: 20 + len(outline.tables))


def read_outline(guide: Guide) -> Outline:
    """
    The outline of a guide: one query, none where this version of a public guide was read before.

    A table too long to stand below another one gets a page of its own. Whoever gets it must leave it as it is.
    """
    return kept_of(guide, _outlines, lambda: _read_outline(guide))


def _read_outline(guide: Guide) -> Outline:
    tables = list(Table.objects.live().filter(guide=guide, topic__archived_at=None).select_related("topic"))
    hosts = {table.pk for table in tables if table.shown_with_id is None}
    companions: dict[int, list[Table]] = defaultdict(list)
    for table in tables:
        table.guide = guide
        if table.shown_with_id in hosts and table.fits_below:
            companions[table.shown_with_id].append(table)
    return Outline(guide, tables, companions)
