"""Plain Python: introductions, notes and lists in, Markdown out in which no block runs into the one above it."""

from collections.abc import Iterator, Sequence

from tables.exports.spelling import Speller
from tables.reader.blocks import Block, BlockKind, scan
from tables.reader.building.context import Context
from tables.reader.building.parts import Part, holders_of_tables
from tables.reader.building.points import make_points
from tables.reader.building.prose import as_html, standing_alone
from tables.reader.limits import LIMITS
from tables.reader.problems import Problems
from tables.versions.state import PointState, Prose

APART = "<!-- -->"
"""Shows nothing and ends a list or code: what follows is not taken for its continuation."""
RULE = "---"
"""Below a table it keeps the list that follows from being read as the table's own."""
MARKS = "-*+"


class Page:
    """
    What was written so far, as far as the next block must know. Every method gives back the text to append.

    `last` is the block written last, None after a heading, a table or nothing; `headings` tells of each heading that
    a note was.
    """

    def __init__(self, speller: Speller) -> None:
        self.speller = speller
        self.last: Block | None = None
        self.is_empty = True

    def block(self, text: str) -> str:
        """A block of another kind than prose, after a blank line."""
        gap = "" if self.is_empty else "\n"
        self.is_empty, self.last = False, None
        return f"{gap}{text}\n"

    def beyond_label(self) -> str:
        """One blank line more where the paragraph above would be read as the label of the table that follows."""
        return "\n" if self.last and self.speller.names_what_follows(self.last) else ""

    def note(self, note: dict[str, str]) -> str:
        """One block of prose; one that cannot stand alone is written as HTML."""
        block = standing_alone(note["source"], note["html"])
        source = note["source"] if block else as_html(note["html"])
        block = block or scan(source.split("\n")).root.children[0]
        apart = self.block(APART) if self._would_go_on(block, source) else ""
        text = apart + self.block(source)
        self.last = block
        return text

    def _would_go_on(self, block: Block, source: str) -> bool:
        """Whether a block would be read as a part of the one above it."""
        last = self.last.kind if self.last else None
        is_indented = source.startswith((" ", "\t"))
        return last is not None and (
            (last is BlockKind.LIST and (is_indented or block.kind is BlockKind.LIST))
            or (last is BlockKind.CODE and block.kind is BlockKind.CODE)
        )

    def below_table(self, notes: Prose) -> str:
        """A rule where the first notes below a table without a list of its own would be read as that list."""
        blocks = [standing_alone(note["source"], note["html"]) for note in notes[:2]]
        kinds = [block.kind if block else None for block in blocks]
        is_named = kinds[1:] == [BlockKind.LIST] and blocks[0] and self.speller.names_what_follows(blocks[0])
        return self.block(RULE) if kinds[:1] == [BlockKind.LIST] or is_named else ""

    def points(self, label: str, points: Sequence[PointState]) -> str:
        """The list attached to a table, below its label."""
        lines = self._list_lines(points)
        name = self.speller.label(label) if label else ""
        gap = "\n" if name and lines[0] in MARKS else ""
        text = self.block("\n".join([f"{name}{gap}", *lines] if name else lines))
        self.last = scan(lines).root.children[0]
        return text

    def _list_lines(self, points: Sequence[PointState]) -> list[str]:
        """The list in the first form that reads back, else in the first that keeps its items apart."""
        held = [(lines, block) for lines in _forms(points) if (block := _holds(lines, len(points)))]
        if len(held) > 1 and any("\n" in point.source for point in points):
            texts = [point.text for point in points]
            held = [pair for pair in held if self._texts_of(*pair) == texts] or held
        return held[0][0] if held else _line_by_line(points)

    def _texts_of(self, lines: list[str], block: Block) -> list[str]:
        context = Context(lines, self.speller.renderer, Problems(), LIMITS)
        return [point.text for point in make_points("", Part(block), context).points]


def _forms(points: Sequence[PointState]) -> Iterator[list[str]]:
    """The ways to write a list: with other marks, and with the lines of an item inside it or only continuing it."""
    for margin in ("  ", ""):
        for mark in MARKS:
            yield [line for point in points for line in _item_lines(point.source, mark, margin)]


def _line_by_line(points: Sequence[PointState]) -> list[str]:
    """A list in which only those lines stay outside their item that would begin a table inside it."""
    lines: list[str] = []
    for count, point in enumerate(points, start=1):
        first, *rest = point.source.split("\n")
        lines.append(f"- {first}".rstrip(" "))
        for line in rest:
            inside = f"  {line}" if line else ""
            lines.append(inside if _holds([*lines, inside], count) else line)
    return lines


def _item_lines(source: str, mark: str, margin: str) -> Iterator[str]:
    first, *rest = source.split("\n")
    yield f"{mark} {first}".rstrip(" ")
    yield from (f"{'  ' if line.startswith((' ', '\t')) else margin}{line}" if line else "" for line in rest)


def _holds(lines: list[str], count: int) -> Block | None:
    """The list that lines are, if it is the only one, of so many items and without a table in it."""
    root = scan(lines).root
    blocks = root.children
    is_list = len(blocks) == 1 and blocks[0].kind is BlockKind.LIST and len(blocks[0].children) == count
    return blocks[0] if is_list and not holders_of_tables(root) else None
