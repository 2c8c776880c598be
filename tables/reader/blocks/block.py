"""Plain Python: the blocks a document is made of, each with its lines."""

from dataclasses import dataclass, field
from enum import StrEnum


class BlockKind(StrEnum):
    """What a block is. The first four hold blocks, the others lines; footnotes are only told apart later."""

    DOCUMENT = "document"
    QUOTE = "quote"
    LIST = "list"
    ITEM = "item"
    PARAGRAPH = "paragraph"
    HEADING = "heading"
    RULE = "rule"
    FENCE = "fence"
    CODE = "code"
    HTML = "html"
    TABLE = "table"
    DEFINITIONS = "definitions"
    FOOTNOTE = "footnote"


@dataclass(slots=True, eq=False)
class Block:
    """
    One block. A container has `children`; a leaf has `lines` (without the marks of its containers) and their `numbers`.

    `level` is that of a heading, the width of a fence, or the kind 1 to 7 of an HTML block; `mark` the character of a
    fence, or that which the items of a list share; `info` what stands after an opening fence; `indent` how far a fence
    or the content of an item is indented; `start` the number of an ordered list's first item. Of a fence, `lines` are
    the code only, while `numbers` count the fences too; of a table, the header, the delimiter row and the rows.
    """

    kind: BlockKind
    line: int
    last_line: int
    children: list["Block"] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    level: int = 0
    mark: str = ""
    info: str = ""
    indent: int = 0
    start: int | None = None


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A delimiter row that fits no header: its line, and the cells of the line above and of its own."""

    line: int
    header_cells: int
    delimiter_cells: int


CONTAINERS = frozenset({BlockKind.DOCUMENT, BlockKind.QUOTE, BlockKind.LIST, BlockKind.ITEM})
