"""Plain Python: the blocks of an introduction or a note in, its Markdown, plain text and safe HTML out."""

from xml.etree.ElementTree import Element, SubElement

from markdown.util import AtomicString

from tables.reader.blocks import Block, BlockKind
from tables.reader.building.context import Context
from tables.reader.building.parts import Part, shown_lines
from tables.reader.cleaning import clean_blocks, escape, visible_text
from tables.reader.document import Note
from tables.reader.inline import Caps, Renderer, holds_markup
from tables.reader.inline.rules import HIDDEN

CAPS = Caps(length=20_000, runs=400, brackets=400)
HIGHEST_HEADING, LOWEST_HEADING = 4, 6


def make_note(part: Part, context: Context) -> Note | None:
    """A block as a note; None when it shows nothing."""
    block = part.block
    if block.kind is BlockKind.RULE:
        return None
    text, fragment = _render_html(block) if block.kind is BlockKind.HTML else render_blocks(block, context.renderer)
    if not text and not fragment:
        return None
    return Note(block.line, block.last_line, note_source(part, context), text, fragment)


def note_source(part: Part, context: Context) -> str:
    """The Markdown of a block: as it stands in the document, or, inside a list or quote, without the marks of those."""
    block = part.block
    if part.is_top or not block.lines:
        return context.source(block.line, block.last_line)
    if block.kind is BlockKind.FENCE:
        fence = block.mark * block.level
        return "\n".join([f"{fence}{block.info}", *block.lines, fence])
    return "\n".join(block.lines)


def _render_html(block: Block) -> tuple[str, str]:
    fragment = clean_blocks("\n".join(block.lines)).strip()
    text = visible_text(fragment)
    return (text, fragment) if text else ("", "")


def render_blocks(block: Block, renderer: Renderer) -> tuple[str, str]:
    """
    The plain text and the safe HTML of one block and all blocks in it.

    The blocks are the scanner's, put into the tree on which Python-Markdown's inline patterns and serializer work; its
    own block parser would nest lists by other rules. Headings become h4 to h6. Without recursion.
    """
    root = Element("div")
    stack: list[tuple[Block, Element]] = [(block, root)]
    while stack:
        current, parent = stack.pop()
        element = _element(current, parent)
        is_tight = current.kind is BlockKind.ITEM and len(current.children) > 0
        if is_tight and current.children[0].kind is BlockKind.PARAGRAPH:
            _set_inline(element, shown_lines(current.children[0]), renderer)
            stack.extend((child, element) for child in reversed(current.children[1:]))
        else:
            stack.extend((child, element) for child in reversed(current.children))
        _fill(current, element, renderer)
    rendered = renderer.blocks(root)
    return rendered.text, rendered.html


def _element(block: Block, parent: Element) -> Element:
    match block.kind:
        case BlockKind.QUOTE:
            return SubElement(parent, "blockquote")
        case BlockKind.LIST:
            start = {"start": str(block.start)} if block.start not in (None, 1) else {}
            return SubElement(parent, "ul" if block.start is None else "ol", start)
        case BlockKind.ITEM:
            return SubElement(parent, "li")
        case BlockKind.HEADING:
            return SubElement(parent, f"h{min(max(block.level, HIGHEST_HEADING), LOWEST_HEADING)}")
        case BlockKind.FENCE | BlockKind.CODE:
            return SubElement(SubElement(parent, "pre"), "code")
        case BlockKind.RULE:
            return SubElement(parent, "hr")
    return SubElement(parent, "p")


def _fill(block: Block, element: Element, renderer: Renderer) -> None:
    """Put the lines of a leaf into its element."""
    match block.kind:
        case BlockKind.FENCE | BlockKind.CODE:
            element.text = AtomicString(escape("\n".join(block.lines)))
        case BlockKind.HTML:
            element.text = AtomicString(escape(_render_html(block)[0]))
        case BlockKind.FOOTNOTE:
            SubElement(element, "sup", {"class": "footnote"}).text = AtomicString(escape(block.mark))
            element[0].tail = _inline(block.lines, renderer)
        case BlockKind.PARAGRAPH | BlockKind.HEADING:
            _set_inline(element, shown_lines(block), renderer)


def _set_inline(element: Element, lines: list[str], renderer: Renderer) -> None:
    element.text = _inline(lines, renderer)


def _inline(lines: list[str], renderer: Renderer) -> str:
    """Lines as inline Markdown, or, where they hold none or too much of it, as text."""
    text = "\n".join(line.lstrip(" \t") for line in lines)
    is_text = not holds_markup(text) or renderer.is_too_much(text, CAPS)
    return AtomicString(escape(HIDDEN.sub("", text))) if is_text else text
