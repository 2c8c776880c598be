"""Plain Python: the bytes of a document in, its reading out. The one way into the reader; see `read`."""

import unicodedata
from collections.abc import Callable
from pathlib import PurePosixPath

from tables.reader.blocks import Block, BlockKind, Scan, scan
from tables.reader.blocks.rules import html_marks
from tables.reader.building.answers import report_unnamed_answers
from tables.reader.building.assembly import Assembler
from tables.reader.building.context import Context
from tables.reader.building.directives import title_of_comment
from tables.reader.building.finishing import Finisher
from tables.reader.building.html_tables import drop_html_tables
from tables.reader.building.outline import Outline, outline
from tables.reader.building.parts import Part, footnotes_by_mark, lay_out, split_footnotes
from tables.reader.building.suspects import report_suspects
from tables.reader.decoding import CONTROL, decode
from tables.reader.document import Reading, Topic
from tables.reader.forms import fold, is_blank
from tables.reader.front_matter import read_front_matter
from tables.reader.inline import Caps, Known, Renderer
from tables.reader.inline.rules import HIDDEN
from tables.reader.limits import LIMITS, Limits
from tables.reader.problems import Problems

UNTITLED = "Untitled"
"""What a document is called that nothing names, its file neither."""


def _quiet(done: int, found: int) -> None:
    """Tell nobody."""


def read(data: bytes, name: str = "", limits: Limits = LIMITS, tell: Callable[[int, int], None] = _quiet) -> Reading:
    """
    Read a Markdown document of comparison tables. `name` is its file name, the last resort for a title.

    Never raises, whatever the bytes: what cannot be read is a reading with errors. Same bytes, same answer. `tell`
    hears how many tables are read, and of how many.
    """
    decoded = decode(data, limits)
    problems = Problems()
    problems.all += decoded.problems
    title = _title_from(name)
    if not decoded.is_readable:
        return Reading(title, {}, (), (), problems.listed(limits.problems))
    front, skipped = _take_front_matter(decoded.lines, problems, limits)
    scanned = scan(decoded.lines[skipped:], skipped + 1, limits.blocks)
    marks = split_footnotes(scanned.root)
    renderer = Renderer(Known(scanned.links, marks), Caps(limits.cell_length, limits.marks, limits.marks))
    return _build(scanned, front, title, Context(decoded.lines, renderer, problems, limits), tell)


def _title_from(name: str) -> str:
    title = _one_line(HIDDEN.sub("", CONTROL.sub("", PurePosixPath(name.replace("\\", "/")).stem)))
    return UNTITLED if is_blank(title) else title


def _one_line(title: str) -> str:
    """A title in the form that headings have: composed, white space folded."""
    return " ".join(unicodedata.normalize("NFC", title).split())


def _take_front_matter(lines: list[str], problems: Problems, limits: Limits) -> tuple[dict[str, str], int]:
    found = read_front_matter(lines)
    if found.wrong:
        message = f"The --- at the top opens no front matter: {found.wrong}. It was read as text."
        advice = "Write “key: value” in each line up to a second ---, or take the first line out."
        problems.warn("front-matter", 1, message, advice)
    for key, code, longest in (
        ("title", "heading-too-long", limits.heading_length),
        ("id", "id-too-long", limits.id_length),
    ):
        length, line = len(found.pairs.get(key, "")), found.places.get(key, 0)
        if length > longest:
            message = f"The {key} in line {line} has {length:,} characters; the limit is {longest}."
            problems.error(code, line, message, "Shorten it.")
    return {key: HIDDEN.sub("", value) for key, value in found.pairs.items()}, found.length


def _build(
    scanned: Scan, front: dict[str, str], file_title: str, context: Context, tell: Callable[[int, int], None]
) -> Reading:
    problems = context.problems
    _report_unclosed(scanned.unclosed, problems)
    parts = drop_html_tables(lay_out(scanned.root), context.lines, problems)
    given = _one_line(front.get("title", "")[: context.limits.heading_length]) or title_of_comment(scanned.root)
    given = "" if is_blank(given) else given
    found = outline(parts, _heading_texts(parts, context), has_title=bool(given))
    title = given or found.title or file_title
    draft = Assembler(found, title, context).assemble(parts)
    intro, topics = Finisher(footnotes_by_mark(parts, scanned.root), context, tell).finish(draft)
    _report(scanned, found, topics, problems)
    report_unnamed_answers(topics, problems)
    links = {label: {"address": link.address, "title": link.title} for label, link in scanned.links.items()}
    return Reading(title, front, intro, topics, problems.listed(context.limits.problems), links)


def _heading_texts(parts: list[Part], context: Context) -> dict[Block, str]:
    """The plain text of every heading outside lists and quotes, on one line."""
    return {
        part.block: _heading_text(part.block, context)
        for part in parts
        if part.block.kind is BlockKind.HEADING and part.is_top
    }


def _heading_text(block: Block, context: Context) -> str:
    """The text of one heading, cut where it is too long. Only what is seen of it counts, within the limit of a cell."""
    source = "\n".join(block.lines)
    text = " ".join(context.renderer.inline(source).text.split())
    longest = context.limits.heading_length
    seen = max(len(text), len(source) if len(source) > context.limits.cell_length else 0)
    if seen > longest:
        message = f"The heading in line {block.line} has {seen:,} characters; the limit is {longest}."
        context.problems.error("heading-too-long", block.line, message, "Shorten it.")
    return "" if is_blank(text) else text[:longest]


def _report(scanned: Scan, found: Outline, topics: tuple[Topic, ...], problems: Problems) -> None:
    """What can be told only of the document as a whole."""
    if scanned.stopped:
        message = (
            f"The document has too many lists and quotes within one another; it was read up to line {scanned.stopped}."
        )
        problems.error("too-many-blocks", scanned.stopped, message, "Split it by topic.")
    report_suspects(scanned, problems)
    tables = [table for topic in topics for table in topic.tables]
    if not tables:
        message = "The document holds no table that could be read."
        problems.error("no-tables", 1, message, "A table is a line of cells above a line such as |---|---|.")
    elif not found.sections:
        problems.inform("no-heading", tables[0].line, "The document has no heading; its title names the tables.")
    _report_repeated_titles(found, problems)


def _report_unclosed(blocks: list[Block], problems: Problems) -> None:
    """Warn of what swallows all that follows, because nothing ends it."""
    for block in blocks:
        code, mark, taken, end = "unclosed-fence", "code fence", "code", "a line of the same marks"
        if block.kind is BlockKind.HTML:
            code, taken, (mark, end) = "unclosed-html", "HTML", html_marks(block.level, block.lines[0])
        message = f"The {mark} opened in line {block.line} is never closed; everything below it was read as {taken}."
        problems.warn(code, block.line, message, f"Close it with {end}.")


def _report_repeated_titles(found: Outline, problems: Problems) -> None:
    """Warn of headings of tables that say the same: their tables are kept apart, told by number."""
    first: dict[str, int] = {}
    sections = [section for section in found.sections.values() if section.names_table]
    for section in sections:
        line = section.block.line
        if fold(section.text) in first:
            message = f"The heading “{section.text}” in line {line} stands in line {first[fold(section.text)]} too."
            problems.warn(
                "duplicate-title", line, f"{message} Their tables are kept apart.", "Tell them apart by name."
            )
        first.setdefault(fold(section.text), line)
