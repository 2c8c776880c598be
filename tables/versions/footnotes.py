"""Plain Python: a stored guide in, what it defines for its inline text out, and the guide with its footnotes placed."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from tables.reader.blocks import Block, BlockKind, scan
from tables.reader.building.context import Context
from tables.reader.building.parts import Part, footnotes_by_mark, lay_out, split_footnotes
from tables.reader.building.prose import make_note
from tables.reader.inline import Known, Link, Renderer
from tables.reader.limits import LIMITS
from tables.reader.problems import Problems
from tables.versions.parts import prose
from tables.versions.state import GuideState, Prose, TableState, live

MARK = "[^"


def known_of(guide: GuideState) -> Known:
    """The link references and footnotes that the cells of a guide may refer to."""
    return _defined(guide)[0]


def place_footnotes(guide: GuideState) -> GuideState:
    """
    The guide with every footnote that cells refer to behind the notes of their tables, as an import would put it.

    One that no cell refers to stays where it stands.
    """
    known, root, lines = _defined(guide)
    if not known.footnotes:
        return guide
    footnotes = footnotes_by_mark(lay_out(root), root)
    context = Context(lines, Renderer(known), Problems(), LIMITS)
    marks = {table.key: _marks_in(table, context.renderer) for table in live(guide.tables)}
    used = {mark for each in marks.values() for mark in each}

    def without_used(notes: Prose) -> Prose:
        return [note for note in notes if _mark_of(note["source"]) not in used]

    def placed(table: TableState) -> TableState:
        if table.key not in marks:
            return table
        own = prose(note for mark in marks[table.key] if (note := make_note(Part(footnotes[mark]), context)))
        notes = without_used(table.notes) + own
        is_same = [note["source"] for note in notes] == [note["source"] for note in table.notes]
        return replace(table, intro=without_used(table.intro), notes=table.notes if is_same else notes)

    return replace(
        guide,
        intro=without_used(guide.intro),
        topics=tuple(replace(topic, intro=without_used(topic.intro)) for topic in guide.topics),
        tables=tuple(placed(table) for table in guide.tables),
    )


def _defined(guide: GuideState) -> tuple[Known, Block, list[str]]:
    """What a guide defines, and the blocks and lines of all notes that may hold a footnote."""
    lines = "\n\n".join(source for source in _sources(guide) if MARK in source).split("\n")
    root = scan(lines).root
    links = {label: Link(**link) for label, link in guide.links.items()}
    return Known(links, split_footnotes(root)), root, lines


def _sources(guide: GuideState) -> Iterator[str]:
    """The Markdown of all notes and key points, in the order of the document."""
    yield from _of(guide.intro)
    for topic in live(guide.topics):
        yield from _of(topic.intro)
        for table in live(guide.tables):
            if table.topic == topic.key:
                yield from _of(table.intro)
                yield from (f"- {point.source.replace('\n', '\n  ')}" for point in live(table.points))
                yield from _of(table.notes)


def _of(notes: Prose) -> Iterator[str]:
    return (note["source"] for note in notes)


def _mark_of(source: str) -> str | None:
    """The mark of the footnote that a note is; None for any other."""
    if MARK not in source:
        return None
    root = scan(source.split("\n")).root
    split_footnotes(root)
    block = root.children[0]
    return block.mark if block.kind is BlockKind.FOOTNOTE else None


def _marks_in(table: TableState, renderer: Renderer) -> dict[str, None]:
    """The marks that the cells of a table hold, in the order in which they come."""
    columns = live(table.columns)
    heads = (column.source for column in columns)
    cells = (row.cells.get(column.key.hex, {}).get("source", "") for row in live(table.rows) for column in columns)
    found = (renderer.inline(source).footnotes for source in chain(heads, cells) if MARK in source)
    return dict.fromkeys(chain.from_iterable(found))
