"""Plain Python: the lines of a document in, its blocks with line numbers out, as GFM says. Linear in the lines."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from tables.reader.blocks.block import Block, BlockKind, Mismatch
from tables.reader.blocks.containers import Containers
from tables.reader.blocks.definitions import take_definitions
from tables.reader.blocks.leaves import extend, read_fence, read_heading, takes, trim_code
from tables.reader.blocks.line import TAB_STOP, Line
from tables.reader.blocks.rules import ITEM, RULE, UNDERLINE, ends_html, html_kind, needs_end
from tables.reader.cells import read_delimiter, split_row
from tables.reader.inline.pieces import Link
from tables.reader.inline.rules import FOOTNOTE_START
from tables.reader.limits import LIMITS


@dataclass(slots=True)
class Scan:
    """
    A scanned document: its blocks, its link definitions by folded label, and what looked wrong.

    `unclosed` are the fences and HTML blocks without the end they need, `lazy` the lines that only continue a paragraph
    of a container which they do not belong to. `stopped` is the line at which there were too many blocks to go on, else
    0.
    """

    root: Block
    links: dict[str, Link] = field(default_factory=dict)
    mismatches: list[Mismatch] = field(default_factory=list)
    unclosed: list[Block] = field(default_factory=list)
    lazy: set[int] = field(default_factory=set)
    stopped: int = 0


def scan(lines: Iterable[str], first_number: int = 1, most_blocks: int = LIMITS.blocks) -> Scan:
    """Scan lines without their ends, the first of which has `first_number`."""
    scanner = BlockScanner()
    for number, text in enumerate(lines, start=first_number):
        scanner.feed(number, text)
        if scanner.leaves + scanner.containers.opened > most_blocks:
            scanner.result.stopped = number
            break
    return scanner.finish()


class BlockScanner:
    """
    Takes lines one by one and keeps the open containers and the open leaf, as CommonMark's reference parser does.

    In the methods `depth` is the number of containers that the line belongs to so far, and `paragraph` the open
    paragraph which it would continue if it began no block, be it lazily.
    """

    def __init__(self) -> None:
        self.result = Scan(Block(BlockKind.DOCUMENT, 1, 0))
        self.containers = Containers(self.result.root)
        self.leaf: Block | None = None
        self.leaves = 0
        self.last_may_be_header = False
        self.number = 0
        self.line = Line("")

    def feed(self, number: int, text: str) -> None:
        """Read one line."""
        self.number = number
        self.line = Line(text)
        depth = self.containers.match(self.line)
        if self.leaf and self._is_inside(depth) and takes(self.leaf, self.line):
            if extend(self.leaf, self.line, number):
                self.leaf = None
        elif self.line.is_blank:
            self._close_to(depth)
            self._close_leaf()
        else:
            self._open_blocks(depth)

    def finish(self) -> Scan:
        """Close what is open and give the result."""
        self._close_leaf()
        _spread_last_lines(self.result.root)
        return self.result

    def _is_inside(self, depth: int) -> bool:
        """Whether the line belongs to every open container."""
        return depth == len(self.containers.open)

    def _close_to(self, depth: int) -> None:
        if not self._is_inside(depth):
            self._close_leaf()
            del self.containers.open[depth:]

    def _close_leaf(self) -> None:
        leaf, self.leaf = self.leaf, None
        if leaf is None:
            return
        if leaf.kind is BlockKind.PARAGRAPH:
            self._take_definitions(leaf)
        elif leaf.kind is BlockKind.FENCE or (leaf.kind is BlockKind.HTML and needs_end(leaf.level)):
            self.result.unclosed.append(leaf)
        elif leaf.kind is BlockKind.CODE:
            trim_code(leaf)

    def _take_definitions(self, paragraph: Block) -> None:
        """Take the link definitions off the beginning of a paragraph, which may leave nothing of it."""
        taken = take_definitions(paragraph.lines, self.result.links)
        if taken == len(paragraph.lines):
            paragraph.kind = BlockKind.DEFINITIONS
        elif taken:
            del paragraph.lines[:taken]
            del paragraph.numbers[:taken]
            paragraph.line = paragraph.numbers[0]

    def _add_leaf(self, kind: BlockKind, depth: int, text: str | None = None, *, is_whole: bool = False) -> Block:
        """A new leaf in the innermost container, with its first line if it has one; open unless it is whole."""
        self._close_to(depth)
        self._close_leaf()
        leaf = Block(kind, self.number, self.number, numbers=[self.number])
        self.leaves += 1
        if text is not None:
            leaf.lines.append(text)
        self.containers.innermost.children.append(leaf)
        self.leaf = None if is_whole else leaf
        return leaf

    def _open_blocks(self, depth: int) -> None:
        """Open every block that begins in the line, then give the rest of it to the leaf it belongs to."""
        paragraph = self.leaf if self.leaf and self.leaf.kind is BlockKind.PARAGRAPH else None
        while not self.line.is_blank and self._open_container(depth, paragraph):
            depth, paragraph = len(self.containers.open), None
        if not self.line.is_blank and not self._open_leaf(depth, paragraph):
            self._add_text(depth, paragraph)

    def _add_text(self, depth: int, paragraph: Block | None) -> None:
        line = self.line
        if paragraph and paragraph.kind is BlockKind.PARAGRAPH:
            if not self._is_inside(depth):
                self.result.lazy.add(self.number)
            self.last_may_be_header = self._is_inside(depth) and line.indent < TAB_STOP
            paragraph.lines.append(line.trimmed)
            paragraph.numbers.append(self.number)
        elif self.leaf and self._is_in_table(depth):
            self.leaf.lines.append(line.trimmed)
            self.leaf.numbers.append(self.number)
        else:
            self._add_leaf(BlockKind.PARAGRAPH, depth, line.trimmed)
            self.last_may_be_header = True

    def _is_in_table(self, depth: int) -> bool:
        return self._is_inside(depth) and self.leaf is not None and self.leaf.kind is BlockKind.TABLE

    def _open_container(self, depth: int, paragraph: Block | None) -> bool:
        """Open the quote or list item that begins here, if any."""
        line = self.line
        if line.indent >= TAB_STOP:
            return False
        if line.first == ">" and self.containers.may_open(BlockKind.QUOTE, depth):
            self._close_to(depth)
            self._close_leaf()
            self.containers.open_quote(line, self.number)
            return True
        marker = ITEM.match(line.trimmed) if line.first in "-+*0123456789" else None
        if marker is None or not self._may_be_item(marker[0], depth, paragraph):
            return False
        self._close_to(depth)
        self._close_leaf()
        self.containers.open_item(line, self.number, marker)
        return True

    def _may_be_item(self, marker: str, depth: int, paragraph: Block | None) -> bool:
        """Whether a list item may begin here. Only a filled one that is a bullet or number 1 interrupts a paragraph."""
        text = self.line.trimmed
        if RULE.fullmatch(text) or self._underlines(depth, paragraph):
            return False
        if paragraph and self._is_inside(depth) and (marker == text.rstrip(" \t") or marker[:-1] not in ("", "1")):
            return False
        return self.containers.may_open(BlockKind.ITEM, depth)

    def _underlines(self, depth: int, paragraph: Block | None) -> bool:
        """Whether the line makes a heading of the paragraph above it."""
        is_line = self.line.first in "=-" and UNDERLINE.fullmatch(self.line.trimmed) is not None
        return is_line and paragraph is not None and self._is_inside(depth)

    def _open_leaf(self, depth: int, paragraph: Block | None) -> bool:
        """Open the leaf that begins here, if it is another one than a paragraph."""
        if self.line.indent >= TAB_STOP:
            return paragraph is None and self._open_code(depth)
        match self.line.first:
            case "#":
                return self._open_heading(depth)
            case "`" | "~":
                return self._open_fence(depth)
            case "[" if self._is_in_table(depth) and FOOTNOTE_START.match(self.line.trimmed):
                self._add_leaf(BlockKind.PARAGRAPH, depth, self.line.trimmed)
                self.last_may_be_header = True
                return True
            case "<":
                return self._open_html(depth, paragraph)
            case "=" | "-" | "*" | "_" | "|" | ":":
                return self._underline(depth, paragraph) or self._open_rule(depth) or self._open_table(depth, paragraph)
        return False

    def _open_code(self, depth: int) -> bool:
        self.line.skip(TAB_STOP)
        self._add_leaf(BlockKind.CODE, depth, self.line.rest)
        return True

    def _open_heading(self, depth: int) -> bool:
        heading = read_heading(self.line)
        if heading:
            level, text = heading
            self._add_leaf(BlockKind.HEADING, depth, text, is_whole=True).level = level
        return heading is not None

    def _underline(self, depth: int, paragraph: Block | None) -> bool:
        if paragraph is None or not self._underlines(depth, paragraph):
            return False
        self.leaf = None
        self._take_definitions(paragraph)
        if paragraph.kind is BlockKind.DEFINITIONS:
            return False
        paragraph.kind = BlockKind.HEADING
        paragraph.level = 1 if self.line.first == "=" else 2
        paragraph.numbers.append(self.number)
        return True

    def _open_rule(self, depth: int) -> bool:
        is_rule = RULE.fullmatch(self.line.trimmed) is not None
        if is_rule:
            self._add_leaf(BlockKind.RULE, depth, is_whole=True)
        return is_rule

    def _open_fence(self, depth: int) -> bool:
        fence = read_fence(self.line)
        if fence:
            leaf = self._add_leaf(BlockKind.FENCE, depth)
            leaf.level, leaf.mark, leaf.info, leaf.indent = len(fence[0]), fence[0][0], fence[1], self.line.indent
        return fence is not None

    def _open_html(self, depth: int, paragraph: Block | None) -> bool:
        is_free = paragraph is None and not self._is_in_table(depth)
        kind = html_kind(self.line.trimmed, may_be_any_tag=is_free)
        if kind:
            is_whole = ends_html(kind, self.line.trimmed)
            self._add_leaf(BlockKind.HTML, depth, self.line.rest, is_whole=is_whole).level = kind
        return kind > 0

    def _open_table(self, depth: int, paragraph: Block | None) -> bool:
        """Begin a table when the line is a delimiter row below a line that can be its header."""
        if paragraph is None or not self._is_inside(depth) or not self.last_may_be_header or self.leaf is None:
            return False
        alignments = read_delimiter(self.line.trimmed)
        if alignments is None:
            return False
        header = paragraph.lines[-1]
        columns = len(split_row(header))
        has_pipe = "|" in header or "|" in self.line.trimmed
        if columns == len(alignments) and has_pipe:
            self._start_table(paragraph)
            return True
        if has_pipe:
            self.result.mismatches.append(Mismatch(self.number, columns, len(alignments)))
        return False

    def _start_table(self, paragraph: Block) -> None:
        """Take the last line of the paragraph as header; what stands above it stays a paragraph."""
        header, number = paragraph.lines.pop(), paragraph.numbers.pop()
        self.leaf = None
        if paragraph.lines:
            self._take_definitions(paragraph)
        else:
            self.containers.innermost.children.pop()
        table = self._add_leaf(BlockKind.TABLE, len(self.containers.open), header)
        table.line = number
        table.lines.append(self.line.trimmed)
        table.numbers[:] = [number, self.number]


def _spread_last_lines(root: Block) -> None:
    """Set the last line of every block: of a leaf its own, of a container that of its last child. Without recursion."""
    order, stack = [], [root]
    while stack:
        block = stack.pop()
        order.append(block)
        stack.extend(block.children)
    for block in reversed(order):
        if block.numbers:
            block.last_line = block.numbers[-1]
        elif block.children:
            block.last_line = max(block.last_line, block.children[-1].last_line)
