"""Plain Python: the parts of links, from the bracket after their text to the address one may follow."""

import re
from urllib.parse import quote

from tables.reader.forms import is_blank
from tables.reader.inline.pieces import Link, Node, Piece, Run
from tables.reader.inline.rules import unescape

SPACES = re.compile(r"[ \t]*+(?:\n[ \t]*+)?+")
POINTED = re.compile(r"<((?:[^<>\n\\]|\\.)*+)>")
TITLE = re.compile(r"\"((?:[^\"\\]|\\.|\\)*+)\"|'((?:[^'\\]|\\.|\\)*+)'|\(((?:[^()\\]|\\.|\\)*+)\)", re.DOTALL)
LABEL = re.compile(r"\[((?:[^\[\]\\]|\\.){0,999}+)\]", re.DOTALL)
BARE = re.compile(r"[^\x00-\x20\x7f()\\]++|\\[^\x00-\x20]?|[()]")
BLANKS = re.compile(r"[ \t\n\f]+")
DEEPEST_PARENTHESIS = 32
BEYOND_PATH = re.compile(r"[?#]")
OTHER_SCHEME = re.compile(r"(?!https?:)[a-z][a-z0-9+.-]*:", re.IGNORECASE)
SAFE_ADDRESS = re.compile(r"(?:https?://|mailto:)[^\x00-\x20\x7f]+", re.IGNORECASE)


def read_destination(text: str, start: int) -> tuple[str, int] | None:
    """The link destination at `start` as written, and where it ends; None when there is none."""
    if text.startswith("<", start):
        pointed = POINTED.match(text, start)
        return (pointed[1], pointed.end()) if pointed else None
    depth, position = 0, start
    while part := BARE.match(text, position):
        if part[0] == "(":
            depth += 1
        elif part[0] == ")" and depth == 0:
            break
        elif part[0] == ")":
            depth -= 1
        if depth > DEEPEST_PARENTHESIS:
            return None
        position = part.end()
    return (text[start:position], position) if position > start and depth == 0 else None


def read_title(text: str, start: int) -> tuple[str, int] | None:
    """The quoted title at `start` without its quotes, and where it ends; None when there is none."""
    title = TITLE.match(text, start)
    if title is None or "\n\n" in title[0]:
        return None
    return next(part for part in title.groups() if part is not None), title.end()


def read_inline_tail(text: str, start: int) -> tuple[Link, int] | None:
    """The `(address "title")` that begins at `start`, and where it ends."""
    if not text.startswith("(", start):
        return None
    position = _past_spaces(text, start + 1)
    if text.startswith(")", position):
        return Link(""), position + 1
    destination = read_destination(text, position)
    if destination is None:
        return None
    address, position = destination
    after = _past_spaces(text, position)
    title = read_title(text, after) if after > position else None
    if title:
        after = _past_spaces(text, title[1])
    if not text.startswith(")", after):
        return None
    return Link(unescape(address), unescape(title[0]) if title else ""), after + 1


def _past_spaces(text: str, start: int) -> int:
    spaces = SPACES.match(text, start)
    return spaces.end() if spaces else start


def read_label(text: str, start: int) -> tuple[str, int] | None:
    """The label in brackets at `start` as written (may be empty), and where it ends."""
    label = LABEL.match(text, start)
    return (label[1], label.end()) if label else None


def fold_label(label: str) -> str:
    """The form in which labels of references are compared."""
    return BLANKS.sub(" ", label.strip(" \t\n\f")).casefold()


def safe_address(address: str) -> str:
    """The address in a form one may put into a link, or "" when it is not http, https or mailto."""
    encoded = quote(address, safe="%/:?#[]@!$&'()*+,;=~-._") if not address.isascii() or " " in address else address
    encoded = encoded.replace("\\", "%5C").replace('"', "%22").replace("<", "%3C").replace(">", "%3E")
    return encoded if SAFE_ADDRESS.fullmatch(encoded) else ""


def image(words: list[Piece], link: Link) -> Node:
    """An image with its words; one without any has its name for them."""
    has_words = any(
        isinstance(piece, Node | Run) or (isinstance(piece, str) and not is_blank(piece)) for piece in words
    )
    return Node("image", words if has_words else [image_name(link.address)], link.address, link.title)


def image_name(address: str) -> str:
    """What an image without words is called: the last step of its address, or "image" where that says nothing."""
    path = BEYOND_PATH.split(address, maxsplit=1)[0].rstrip("/")
    step = "" if OTHER_SCHEME.match(path) else path.rpartition("/")[2]
    return "image" if is_blank(step) else step
