"""Plain Python: HTML in, the same without anything that could do harm out. The last step of every rendering."""

import html
import re
from html.parser import HTMLParser

import nh3

from tables.reader.inline.rules import ALLOWED_TAGS, HIDDEN

BLOCK_TAGS = frozenset({"p", "ul", "ol", "li", "pre", "blockquote", "hr", "h4", "h5", "h6"})
SCHEMES = {"http", "https", "mailto"}
REL = "nofollow noopener noreferrer"
DROPPED_WITH_CONTENT = {"script", "style"}

_INLINE = nh3.Cleaner(
    tags=set(ALLOWED_TAGS),
    clean_content_tags=DROPPED_WITH_CONTENT,
    attributes={"a": {"href", "title"}},
    link_rel=REL,
    url_schemes=SCHEMES,
    url_relative="deny",
)
_BLOCK = nh3.Cleaner(
    tags=set(ALLOWED_TAGS | BLOCK_TAGS),
    clean_content_tags=DROPPED_WITH_CONTENT,
    attributes={"a": {"href", "title"}, "ol": {"start"}},
    link_rel=REL,
    url_schemes=SCHEMES,
    url_relative="deny",
)


def clean_inline(fragment: str) -> str:
    """The HTML of one cell, title or point: inline elements only, addresses of http, https and mailto only."""
    return HIDDEN.sub("", _INLINE.clean(fragment))


def clean_blocks(fragment: str) -> str:
    """The HTML of a note: the inline elements and those of paragraphs, lists, code and quotes."""
    return HIDDEN.sub("", _BLOCK.clean(fragment))


def escape(text: str) -> str:
    """Plain text as HTML."""
    return html.escape(text, quote=False)


class _Words(HTMLParser):
    """Collects what a reader sees of a cleaned fragment."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in BLOCK_TAGS or tag == "br":
            self.words.append("\n")

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def visible_text(fragment: str) -> str:
    """The words of a cleaned HTML fragment, a line for each block."""
    reader = _Words()
    reader.feed(fragment)
    reader.close()
    return re.sub(r"[ \t]*\n\s*", "\n", "".join(reader.words)).strip()
