"""Plain Python: how fences, indented code and HTML blocks take the lines that follow their first."""

from tables.reader.blocks.block import Block, BlockKind
from tables.reader.blocks.line import TAB_STOP, Line
from tables.reader.blocks.rules import FENCE, HEADING, HEADING_END, ends_html, needs_end


def takes(leaf: Block, line: Line) -> bool:
    """Whether an open fence, code or HTML block takes the line, whatever it looks like."""
    match leaf.kind:
        case BlockKind.FENCE:
            return True
        case BlockKind.HTML:
            return needs_end(leaf.level) or not line.is_blank
        case BlockKind.CODE:
            return line.is_blank or line.indent >= TAB_STOP
    return False


def extend(leaf: Block, line: Line, number: int) -> bool:
    """Give the line to a leaf that takes it; tells whether the leaf ends with it."""
    leaf.numbers.append(number)
    if leaf.kind is BlockKind.FENCE and _closes_fence(leaf, line):
        return True
    if leaf.kind is BlockKind.FENCE:
        line.skip(min(line.indent, leaf.indent))
    elif leaf.kind is BlockKind.CODE:
        line.skip(min(line.indent, TAB_STOP))
    leaf.lines.append(line.rest)
    return leaf.kind is BlockKind.HTML and ends_html(leaf.level, line.rest)


def _closes_fence(leaf: Block, line: Line) -> bool:
    text = line.trimmed.rstrip(" \t")
    return line.indent < TAB_STOP and len(text) >= leaf.level and text == leaf.mark * len(text)


def trim_code(leaf: Block) -> None:
    """Take the blank lines off the end of indented code."""
    while leaf.lines and not leaf.lines[-1].strip(" \t"):
        leaf.lines.pop()
        leaf.numbers.pop()


def read_fence(line: Line) -> tuple[str, str] | None:
    """The opening fence and what stands after it."""
    fence = FENCE.fullmatch(line.trimmed)
    return (fence[1] or fence[3], (fence[2] or fence[4] or "").strip(" \t")) if fence else None


def read_heading(line: Line) -> tuple[int, str] | None:
    """The level and the Markdown of a heading that begins with number signs."""
    heading = HEADING.fullmatch(line.trimmed)
    return (len(heading[1]), HEADING_END.sub("", heading[2] or "").strip(" \t")) if heading else None
