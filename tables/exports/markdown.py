"""
Plain Python: a stored guide or table in, a Markdown document out that reads back as the same, to the cell.

What a document may say in several ways is written in one: titles and labels as plain text, labels in bold, lists with
bullets. Cells, notes and list items are written as their authors did.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from uuid import UUID

from tables.exports.grid import grid_lines
from tables.exports.outline import Outline, section_name, sections, topic_level
from tables.exports.prose import Page
from tables.exports.spelling import Speller, directive, front_matter, guide_comment, link_definitions
from tables.versions.state import GuideState, Prose, RowState, TableState, TopicState, live

type RowsOf = Callable[[TableState], Iterable[RowState]]


def stored_rows(table: TableState) -> list[RowState]:
    """The live rows that a state carries itself."""
    return live(table.rows)


def guide_markdown(guide: GuideState, rows_of: RowsOf = stored_rows) -> Iterator[str]:
    """
    The whole guide, piece by piece; the pieces joined are the document.

    `rows_of` gives the rows of a table in order, for states without rows; it is asked once for each table, in document
    order, so that rows may come from a stream.
    """
    return _GuideWriter(guide, rows_of).write()


def table_markdown(
    table: TableState,
    rows: Iterable[RowState] | None = None,
    *,
    links: Mapping[str, Mapping[str, str]] | None = None,
) -> Iterator[str]:
    """
    One table as a document of its own, with its introduction, list and notes.

    `rows` are those to write in the order to write them in, by default all; then breaks between rows are left out.
    `links` are the guide's link definitions, of which those that the table mentions are written.
    """
    if rows is not None:
        table = replace(table, breaks=[])
    page = Page(Speller())
    unmentioned = dict(links or {})
    for piece in _write_alone(page, table, stored_rows(table) if rows is None else rows):
        yield piece
        folded = piece.casefold() if unmentioned else ""
        unmentioned = {label: link for label, link in unmentioned.items() if f"[{label}" not in folded}
    if mentioned := {label: link for label, link in (links or {}).items() if label not in unmentioned}:
        yield page.block(link_definitions(mentioned))


def _write_alone(page: Page, table: TableState, rows: Iterable[RowState]) -> Iterator[str]:
    yield page.block(page.speller.heading(1, table.title))
    yield from _write_notes(page, table.intro)
    yield from _write_table(page, table, rows)


class _GuideWriter:
    """Writes one guide from top to bottom."""

    def __init__(self, guide: GuideState, rows_of: RowsOf) -> None:
        self.guide = guide
        self.rows_of = rows_of
        self.page = Page(Speller())
        self.outline = Outline(topic_level(guide))

    def write(self) -> Iterator[str]:
        """All pieces in order."""
        yield from self._write_top()
        tables: dict[UUID, list[TableState]] = defaultdict(list)
        for table in live(self.guide.tables):
            tables[table.topic].append(table)
        for topic in live(self.guide.topics):
            yield from self._write_topic(topic, tables[topic.key])
        if self.guide.links:
            yield self.page.block(link_definitions(self.guide.links))

    def _write_top(self) -> Iterator[str]:
        guide, page = self.guide, self.page
        if front := front_matter(guide.front_matter):
            yield page.block(front)
        if self.outline.level == 2:
            yield page.block(page.speller.heading(1, guide.title))
        elif not guide.front_matter.get("title", "").strip():
            yield page.block(guide_comment(guide.title))
        self.outline.enter_topic(guide.title)
        yield from self._write_prose(guide.intro)

    def _write_topic(self, topic: TopicState, tables: list[TableState]) -> Iterator[str]:
        if topic.title:
            yield self._heading(self.outline.level, topic.title)
            self.outline.enter_topic(topic.title)
        yield from self._write_prose(topic.intro)
        for number, section in enumerate(sections(tables)):
            if number or not self._needs_no_heading(topic, section):
                yield from self._write_headings(section)
            for table in section:
                yield from self._write_prose(table.intro)
                yield from _write_table(self.page, table, self.rows_of(table))
                self.outline.pass_over(table.notes)

    def _needs_no_heading(self, topic: TopicState, section: list[TableState]) -> bool:
        """Whether the first tables of a topic may stand directly below its heading, or the guide's."""
        outline, first = self.outline, section[0]
        if outline.open or first.path or section_name(section) != outline.name:
            return False
        below_nothing = not topic.title and outline.level == 1
        return not self.guide.intro if below_nothing else not first.intro

    def _write_headings(self, section: list[TableState]) -> Iterator[str]:
        for level, text in self.outline.missing(section[0].path, section_name(section)):
            yield self._heading(level, text)
            self.outline.enter(level, text)

    def _heading(self, level: int, text: str) -> str:
        return self.page.block(self.page.speller.heading(level, text))

    def _write_prose(self, prose: Prose) -> Iterator[str]:
        self.outline.pass_over(prose)
        return _write_notes(self.page, prose)


def _write_notes(page: Page, notes: Prose) -> Iterator[str]:
    return (page.note(note) for note in notes)


def _write_table(page: Page, table: TableState, rows: Iterable[RowState]) -> Iterator[str]:
    """A table with what stands directly above and below it."""
    lead = _lead(page.speller, table)
    lines = grid_lines(live(table.columns), rows, table.breaks)
    guard = "" if table.label else page.beyond_label()
    yield guard + page.block("\n".join([*lead, next(lines)]))
    yield from (f"{line}\n" for line in lines)
    points = live(table.points)
    if points:
        yield page.points(table.points_label, points)
    else:
        yield page.below_table(table.notes)
    yield from _write_notes(page, table.notes)


def _lead(speller: Speller, table: TableState) -> Iterator[str]:
    """The directive and the label. A kind that was chosen on the site is said too."""
    keys = dict(table.directive) | ({"kind": table.kind} if table.kind_is_set else {})
    if keys:
        yield directive(keys)
    if table.label:
        yield speller.label(table.label)
