"""Plain Python: the blocks of a document in, one row of them out, with tables taken out of lists and quotes."""

import re
from dataclasses import dataclass

from tables.reader.blocks import CONTAINERS, Block, BlockKind
from tables.reader.inline.rules import FOOTNOTE_START

ATTRIBUTES = re.compile(r"[ \t]*\{:[^{}]*\}[ \t]*")
COMMENT = re.compile(r"\s*<!--.*-->\s*", re.DOTALL)


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """One block of the row. `is_top` is False for what stands inside a list or a quote that holds a table."""

    block: Block
    is_top: bool = True


def lay_out(root: Block) -> list[Part]:
    """
    The blocks of a document in order; lists and quotes stay whole unless a table stands in them.

    Beside such a table, in the same list or quote, they stay whole unless they define a footnote.
    """
    holders, defining = holders_of_tables(root), _holders(root, BlockKind.FOOTNOTE)
    parts: list[Part] = []
    stack = [(child, True) for child in reversed(root.children)]
    while stack:
        block, is_top = stack.pop()
        if block in holders or (not is_top and block in defining):
            stack.extend((child, False) for child in reversed(block.children))
        elif block.kind is not BlockKind.DEFINITIONS:
            parts.append(Part(block, is_top))
    return parts


def holders_of_tables(root: Block) -> set[Block]:
    """The containers with a table anywhere inside."""
    return _holders(root, BlockKind.TABLE)


def _holders(root: Block, kind: BlockKind) -> set[Block]:
    """The containers with a block of this kind anywhere inside. Without recursion."""
    order, stack = [], [root]
    while stack:
        block = stack.pop()
        order.append(block)
        stack.extend(block.children)
    holders: set[Block] = set()
    for block in reversed(order):
        if any(child.kind is kind or child in holders for child in block.children):
            holders.add(block)
    return holders


def split_footnotes(root: Block) -> set[str]:
    """
    Make blocks of their own of the footnotes that stand in paragraphs, and give back their marks.

    A footnote runs to the next one or to the end of its paragraph.
    """
    marks: set[str] = set()
    stack = [root]
    while stack:
        block = stack.pop()
        if any(_holds_footnote(child) for child in block.children):
            block.children = [part for child in block.children for part in _split(child, marks)]
        stack.extend(child for child in block.children if child.kind in CONTAINERS)
    return marks


def _holds_footnote(block: Block) -> bool:
    return block.kind is BlockKind.PARAGRAPH and any(FOOTNOTE_START.fullmatch(line) for line in block.lines)


def _split(block: Block, marks: set[str]) -> list[Block]:
    if not _holds_footnote(block):
        return [block]
    pieces: list[Block] = []
    for number, line in zip(block.numbers, block.lines, strict=True):
        start = FOOTNOTE_START.fullmatch(line)
        if start:
            marks.add(start[1])
            pieces.append(Block(BlockKind.FOOTNOTE, number, number, mark=start[1]))
        elif not pieces:
            pieces.append(Block(BlockKind.PARAGRAPH, number, number))
        pieces[-1].lines.append(start[2] if start else line)
        pieces[-1].numbers.append(number)
        pieces[-1].last_line = number
    return pieces


def footnotes_by_mark(parts: list[Part], root: Block) -> dict[str, Block]:
    """
    The footnotes of the document by mark; of two with one mark the first counts.

    One that is a part of the document comes before those inside lists and quotes: an export writes it below the table
    that refers to it, while those stay where they are, perhaps above.
    """
    footnotes: dict[str, Block] = {}
    stack = [root, *(part.block for part in reversed(parts) if part.block.kind is BlockKind.FOOTNOTE)]
    while stack:
        block = stack.pop()
        stack.extend(reversed(block.children))
        if block.kind is BlockKind.FOOTNOTE:
            footnotes.setdefault(block.mark, block)
    return footnotes


def is_attribute_line(line: str) -> bool:
    """Whether a line is `{: .class}`: it belongs to the block above and shows nowhere."""
    return ATTRIBUTES.fullmatch(line) is not None


def shown_lines(block: Block) -> list[str]:
    """The lines of a paragraph without those of attributes."""
    return [line for line in block.lines if not is_attribute_line(line)]


def is_silent(block: Block) -> bool:
    """Whether a block shows nothing and stands between nothing: a comment, or attributes only."""
    if block.kind is BlockKind.HTML:
        return COMMENT.fullmatch("\n".join(block.lines)) is not None
    return block.kind is BlockKind.PARAGRAPH and not shown_lines(block)
