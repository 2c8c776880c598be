"""Plain Python: the open quotes, lists and list items of a document that is being scanned."""

import re
from dataclasses import dataclass, field

from tables.reader.blocks.block import Block, BlockKind
from tables.reader.blocks.line import TAB_STOP, Line
from tables.reader.blocks.rules import DEEPEST_LIST, DEEPEST_QUOTE


@dataclass(slots=True)
class Containers:
    """
    The open quotes and items, outermost first, in a document.

    A list is open as long as it is the last child of its parent, so it needs no place of its own. `opened` counts the
    quotes and items ever opened.
    """

    root: Block
    open: list[Block] = field(default_factory=list)
    opened: int = 0

    @property
    def innermost(self) -> Block:
        """Where the next block goes."""
        return self.open[-1] if self.open else self.root

    def match(self, line: Line) -> int:
        """How many open containers the line continues; goes past their marks."""
        for place, container in enumerate(self.open):
            if container.kind is BlockKind.QUOTE:
                if line.indent >= TAB_STOP or line.first != ">":
                    return place
                _skip_quote_mark(line)
            elif line.indent >= container.indent:
                line.skip(container.indent)
            elif not (line.is_blank and container.children):
                return place
        return len(self.open)

    def may_open(self, kind: BlockKind, depth: int) -> bool:
        """Whether one more quote or item may be opened in the outermost `depth` containers."""
        deepest = DEEPEST_QUOTE if kind is BlockKind.QUOTE else DEEPEST_LIST
        return depth < deepest or sum(container.kind is kind for container in self.open[:depth]) < deepest

    def open_quote(self, line: Line, number: int) -> None:
        """Open a quote in the innermost container and go past its mark."""
        quote = Block(BlockKind.QUOTE, number, number)
        self.innermost.children.append(quote)
        self._push(quote)
        _skip_quote_mark(line)

    def open_item(self, line: Line, number: int, marker: re.Match[str]) -> None:
        """Open a list item, in the list just before it when their marks agree, and go past its marker."""
        bullet, ordinal, ending = marker.groups()
        item = Block(BlockKind.ITEM, number, number)
        self._list_of(bullet or ending, int(ordinal) if ordinal else None, number).children.append(item)
        self._push(item)
        offset = line.indent
        line.skip_mark(len(marker[0]))
        padding = line.indent if 1 <= line.indent <= TAB_STOP and not line.is_blank else 1
        line.skip(padding)
        item.indent = offset + len(marker[0]) + padding

    def _push(self, container: Block) -> None:
        self.open.append(container)
        self.opened += 1

    def _list_of(self, mark: str, start: int | None, number: int) -> Block:
        siblings = self.innermost.children
        if not siblings or siblings[-1].kind is not BlockKind.LIST or siblings[-1].mark != mark:
            siblings.append(Block(BlockKind.LIST, number, number, mark=mark, start=start))
        return siblings[-1]


def _skip_quote_mark(line: Line) -> None:
    line.skip_mark(1)
    line.skip(1 if line.indent else 0)
