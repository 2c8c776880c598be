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


_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)[^<>]*>?", re.IGNORECASE)
_UNNESTED = frozenset({"br", "hr", "img", "input", "wbr", "p", "li", "dt", "dd", "tr", "td", "th", "option"})
"""Elements without content, and those that the next one of the kind ends."""
DEEPEST = 200


def is_too_deep(fragment: str) -> bool:
    """Whether elements may stand more than 200 deep in one another, for which cleaning takes the square of the time."""
    depth = 0
    for tag in _TAG.finditer(fragment):
        if tag[2].lower() not in _UNNESTED:
            depth += -1 if tag[1] else 1
            if depth > DEEPEST:
                return True
    return False


def without_tags(fragment: str) -> str:
    """HTML as its words alone, references to characters read."""
    return html.unescape(_TAG.sub(" ", fragment))


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
