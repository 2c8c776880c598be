"""Plain Python: the blocks of an introduction or a note in, its Markdown, plain text and safe HTML out."""

from xml.etree.ElementTree import Element, SubElement

from markdown.util import AtomicString

from tables.reader.blocks import CONTAINERS, Block, BlockKind, scan
from tables.reader.blocks.rules import ends_html, needs_end
from tables.reader.building.context import Context
from tables.reader.building.images import link_images
from tables.reader.building.parts import Part, shown_lines
from tables.reader.cleaning import clean_blocks, escape, is_too_deep, visible_text, without_tags
from tables.reader.document import Note
from tables.reader.inline import Caps, Renderer, holds_markup
from tables.reader.inline.rules import HIDDEN

CAPS = Caps(length=20_000, runs=400, brackets=400)
HIGHEST_HEADING, LOWEST_HEADING = 4, 6
BEGINNINGS = {
    BlockKind.PARAGRAPH: ("<p>",),
    BlockKind.HEADING: ("<h4>", "<h5>", "<h6>"),
    BlockKind.LIST: ("<ul>", "<ol"),
    BlockKind.QUOTE: ("<blockquote>",),
    BlockKind.FENCE: ("<pre>",),
    BlockKind.CODE: ("<pre>",),
}
"""How the HTML of a note begins, by what it is in Markdown."""
HTML_ENDINGS = ("</pre></script></style></textarea>", "<!---->", "<!--?>", ">", "<!--]]>")
"""What ends the first five kinds of HTML block, and shows nothing where they are left open."""


def make_note(part: Part, context: Context) -> Note | None:
    """A block as a note; None when it shows nothing."""
    block = part.block
    if block.kind is BlockKind.RULE:
        return None
    text, fragment = render_html(block) if block.kind is BlockKind.HTML else render_blocks(block, context.renderer)
    if not text and not visible_text(fragment):
        return None
    source = note_source(part, context)
    is_inner = block.kind in CONTAINERS and not part.is_top
    if is_inner or standing_alone(source, fragment) is None:
        source, text = as_html(fragment), visible_text(fragment)
    return Note(block.line, block.last_line, source, text, fragment)


def standing_alone(source: str, fragment: str) -> Block | None:
    """
    The block that the Markdown of a note is out of its place; None when that is not what was rendered.

    What stood in a list or quote may need it, as may the line below a link definition.
    """
    blocks = scan(source.split("\n")).root.children
    if len(blocks) != 1:
        return None
    if blocks[0].kind is BlockKind.HTML:
        return blocks[0] if render_html(blocks[0])[1] == fragment else None
    return blocks[0] if fragment.startswith(BEGINNINGS.get(blocks[0].kind, ("\n",))) else None


def as_html(fragment: str) -> str:
    """A rendered note as an HTML block that no blank line ends."""
    return fragment.replace("\n\n", "\n&#10;")


def note_source(part: Part, context: Context) -> str:
    """The Markdown of a block: as it stands in the document, or, inside a list or quote, without the marks of those."""
    block = part.block
    fence = block.mark * block.level
    if block.kind is BlockKind.FOOTNOTE:
        return _footnote_source(block, context.source(block.line, block.last_line))
    if part.is_top or not block.lines:
        is_open = block.kind is BlockKind.FENCE and len(block.numbers) == len(block.lines) + 1
        return context.source(block.line, block.last_line) + (f"\n{fence}" if is_open else "") + html_ending(block)
    if block.kind is BlockKind.FENCE:
        return "\n".join([f"{fence}{block.info}", *block.lines, fence])
    return "\n".join(block.lines) + html_ending(block)


def _footnote_source(block: Block, source: str) -> str:
    """The Markdown of a footnote; of one in a list or quote with its further lines indented, so that they go on."""
    is_bare = source.lstrip(" ").startswith("[^") and standing_alone(source, "<p>") is not None
    first, *rest = block.lines
    return source if is_bare else "\n    ".join([f"[^{block.mark}]: {first}", *rest])


def html_ending(block: Block) -> str:
    """What ends an HTML block that the document leaves open to its end, and shows nothing."""
    if block.kind is not BlockKind.HTML or not needs_end(block.level) or ends_html(block.level, block.lines[-1]):
        return ""
    return HTML_ENDINGS[block.level - 1]


def render_html(block: Block) -> tuple[str, str]:
    """The plain text and the safe HTML of an HTML block, of its words alone if too deep; empty if it shows nothing."""
    source = "\n".join(block.lines)
    if is_too_deep(source):
        source = escape(without_tags(source))
    fragment = clean_blocks(link_images(source)).strip()
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
            element.text = AtomicString(escape(render_html(block)[0]))
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
