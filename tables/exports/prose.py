"""Plain Python: introductions, notes and lists in, Markdown out in which no block runs into the one above it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations

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
UNDERLINE = re.compile(r"[ \t]*=+[ \t]*")
DELIMITERS = re.compile(r"[-|: \t]+")
MOST_UNDERLINES = 2
"""Of more in one item, none or all are tried outside of it."""
MOST_BEGINNINGS = 100


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
        """The list with the first mark that keeps its items apart, and each as it is read."""
        items = [_Item(point.source, self._outside(point)) for point in points]
        lists = [[line for item in items for line in item.lines(mark)] for mark in MARKS]
        return next((lines for lines in lists if _holds(lines, len(items))), lists[0])

    def _outside(self, point: PointState) -> frozenset[int]:
        """
        The places of those lines of an item that only go on with what is above, and must not stand inside of it.

        There they would begin a table, or make a heading of the line above.
        """
        lines = point.source.split("\n")
        underlines = [place for place, line in enumerate(lines) if place and UNDERLINE.fullmatch(line)]
        choices = [some | _table_beginnings(point.source, some) for some in _some_of(underlines)]
        return min(choices, key=partial(self._misses, point)) if len(choices) > 1 else choices[0]

    def _misses(self, point: PointState, outside: frozenset[int]) -> int:
        """How far from what an item says it is when read with these lines outside: 0 for not at all."""
        lines = list(_Item(point.source, outside).lines("-"))
        block = _holds(lines, 1)
        if not block:
            return 3
        context = Context(lines, self.speller.renderer, Problems(), LIMITS)
        text = make_points("", Part(block), context).points[0].text
        # Links and footnotes of the document are not known here, so the text may differ by those.
        return 0 if text == point.text else 1 if _underlines(text) == _underlines(point.text) else 2


@dataclass(frozen=True, slots=True)
class _Item:
    """The Markdown of one item, and the places of lines that only continue it."""

    source: str
    outside: frozenset[int]

    def lines(self, mark: str) -> Iterator[str]:
        """Its lines, the first behind the mark."""
        first, *rest = self.source.split("\n")
        yield f"{mark} {first}" if first else mark
        for place, line in enumerate(rest, start=1):
            yield f"  {line}" if line and place not in self.outside else line


def _underlines(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if UNDERLINE.fullmatch(line)]


def _some_of(places: Sequence[int]) -> Iterator[frozenset[int]]:
    """None of the places, then every choice of some; of many only all."""
    counts = range(len(places) + 1) if len(places) <= MOST_UNDERLINES else (0, len(places))
    return (frozenset(some) for count in counts for some in combinations(places, count))


def _table_beginnings(source: str, outside: frozenset[int]) -> frozenset[int]:
    """The places of lines with which a table would begin inside an item that has none; after a hundred, all alike."""
    lines = source.split("\n")
    alike = [place for place, line in enumerate(lines) if place and DELIMITERS.fullmatch(line)]
    found: frozenset[int] = frozenset()
    for place in alike:
        if len(found) == MOST_BEGINNINGS:
            return found.union(each for each in alike if each >= place)
        begun = _Item("\n".join(lines[: place + 1]), outside | found).lines("-")
        if holders_of_tables(scan(list(begun)).root):
            found |= {place}
    return found


def _holds(lines: list[str], count: int) -> Block | None:
    """The list that lines are, if it is the only one, of so many items and without a table in it."""
    root = scan(lines).root
    blocks = root.children
    is_list = len(blocks) == 1 and blocks[0].kind is BlockKind.LIST and len(blocks[0].children) == count
    return blocks[0] if is_list and not holders_of_tables(root) else None
