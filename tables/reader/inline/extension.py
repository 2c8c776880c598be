"""Plain Python: the extension that makes Python-Markdown read inline text as CommonMark does, and in linear time."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.util import HTML_PLACEHOLDER_RE, AtomicString

from tables.reader.cleaning import escape
from tables.reader.inline.links import safe_address
from tables.reader.inline.pieces import Known, Node, Piece, Raw
from tables.reader.inline.rules import HIDDEN
from tables.reader.inline.scanning import InlineScanner

WRAPPER = "text"
STOCK_PATTERNS = (
    *("backtick", "escape", "reference", "link", "image_link", "image_reference", "short_reference"),
    *(
        "short_image_ref",
        "autolink",
        "automail",
        "linebreak",
        "html",
        "entity",
        "em_strong",
        "em_strong2",
        "not_strong",
    ),
)
UNSPOKEN = frozenset({"rt", "rp"})
LINE_TAGS = frozenset({"p", "li", "pre", "blockquote", "h4", "h5", "h6"})


class StudyInline(InlineProcessor):  # type: ignore[misc]  # the library has no types
    """
    The one inline pattern: takes a whole text and gives back its elements in a wrapper that is not serialized.

    `missing` (reference labels), `unknown` (tags), `footnotes` (marks) and `kept_stars` gather what was met since
    `forget()`.
    """

    def __init__(self, md: Markdown) -> None:
        super().__init__(r"[\s\S]+", md)
        self.known = Known()
        self.missing: list[str]
        self.unknown: list[str]
        self.footnotes: list[str]
        self.kept_stars: bool
        self.forget()

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:
        """Build the elements of the whole text."""
        scanner = InlineScanner(m[0], self.known)
        pieces = scanner.scan()
        self.missing += scanner.missing
        self.unknown += scanner.unknown
        if scanner.kept_stars and InlineScanner(m[0], self.known, arithmetic=False).scan() != pieces:
            self.kept_stars = True
        return self._build(pieces), m.start(0), m.end(0)

    def forget(self) -> None:
        """Make ready for the next text."""
        self.missing, self.unknown, self.footnotes, self.kept_stars = [], [], [], False

    def _build(self, pieces: list[Piece]) -> Element:
        """An element tree of the pieces, every text of it marked as done. Without recursion."""
        wrapper = Element(WRAPPER)
        levels: list[tuple[Element, Iterator[Piece], bool]] = [(wrapper, iter(pieces), False)]
        in_link_of_html = False
        while levels:
            parent, rest, is_linked = levels[-1]
            piece = next(rest, None)
            if piece is None:
                levels.pop()
            elif isinstance(piece, str):
                _append_text(parent, escape(piece))
            elif isinstance(piece, Raw):
                _append_text(parent, self.md.htmlStash.store(piece.html))
                in_link_of_html = piece.name == "a" if piece.name in ("a", "/a") else in_link_of_html
            elif isinstance(piece, Node):
                if piece.tag == "footnote":
                    self.footnotes += [mark for mark in piece.children if isinstance(mark, str)]
                element = _element(parent, piece, is_linked or (in_link_of_html and piece.tag == "image"))
                levels.append((element, iter(piece.children), is_linked or element.tag == "a"))
        return wrapper


def _element(parent: Element, node: Node, is_linked: bool) -> Element:
    """The element of a node. A link that may not be followed, and an image within a link, are a mere span of text."""
    if node.tag == "footnote":
        return SubElement(parent, "sup", {"class": "footnote"})
    if node.tag not in ("a", "image"):
        return SubElement(parent, node.tag)
    address = "" if is_linked else safe_address(node.address)
    if not address:
        return SubElement(parent, WRAPPER)
    element = SubElement(parent, "a", {"href": escape(address)})
    if node.title:
        element.set("title", escape(HIDDEN.sub("", node.title)))
    return element


def _append_text(parent: Element, text: str) -> None:
    if len(parent):
        parent[-1].tail = AtomicString((parent[-1].tail or "") + text)
    else:
        parent.text = AtomicString((parent.text or "") + text)


class InlineExtension(Extension):  # type: ignore[misc]  # the library has no types
    """Puts `StudyInline` in the place of all inline patterns, and leaves white space as it is."""

    def extendMarkdown(self, md: Markdown) -> None:
        """Register the pattern."""
        for name in STOCK_PATTERNS:
            md.inlinePatterns.deregister(name, strict=False)
        md.inlinePatterns.register(StudyInline(md), "study", 1_000)
        md.treeprocessors.deregister("prettify")
        md.treeprocessors.deregister("unescape")


def spoken_text(root: Element, md: Markdown) -> str:
    """
    What a reader sees of a tree: code without ticks, `<sup>2</sup>` as ^2, ruby without its reading.

    A line for each break; footnote marks leave no trace. Without recursion.
    """
    words: list[str] = []
    stack: list[Element | str] = [root]
    is_spoken = True
    while stack:
        top = stack.pop()
        if isinstance(top, str):
            is_spoken = _speak(top, md, words, is_spoken)
        elif not (top.tag == "sup" and top.get("class") == "footnote"):
            if top.tag == "br" or (top.tag in LINE_TAGS and words):
                words.append("\n")
            for child in reversed(top):
                stack.extend((child.tail or "", child))
            stack.append(top.text or "")
    return "".join(words)


def _speak(text: str, md: Markdown, words: list[str], is_spoken: bool) -> bool:
    """Add the words of a text in which raw tags are placeholders; tells whether what follows is spoken."""
    for number, part in enumerate(HTML_PLACEHOLDER_RE.split(text)):
        if number % 2 == 0:
            words.append(_unescape(part) if is_spoken else "")
            continue
        name = _tag_name(md.htmlStash.rawHtmlBlocks[int(part)])
        if name == "sup":
            words.append("^")
        elif name.lstrip("/") in UNSPOKEN:
            is_spoken = name.startswith("/")
        elif name in ("ruby", "/ruby"):
            is_spoken = True
    return is_spoken


def _unescape(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _tag_name(tag: str) -> str:
    return re.split(r"[\s>]", tag[1:].replace("/>", ">"), maxsplit=1)[0].lower()
