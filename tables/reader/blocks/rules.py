"""Plain Python: the patterns by which a line opens or ends a block, as CommonMark 0.31 words them."""

import re

from tables.reader.inline.rules import CLOSE_TAG, OPEN_TAG

HEADING = re.compile(r"(#{1,6})(?:[ \t]+(.*)|$)", re.DOTALL)
HEADING_END = re.compile(r"(?:^|[ \t])#+[ \t]*$")
UNDERLINE = re.compile(r"(?:=+|-+)[ \t]*")
RULE = re.compile(r"(?:(?:\*[ \t]*+){3,}+|(?:_[ \t]*+){3,}+|(?:-[ \t]*+){3,}+)")
FENCE = re.compile(r"(`{3,})([^`]*)|(~{3,})(.*)", re.DOTALL)
ITEM = re.compile(r"([-+*])(?=[ \t]|$)|([0-9]{1,9})([.)])(?=[ \t]|$)")

BLOCK_NAMES = (
    "address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt"
    "|fieldset|figcaption|figure|footer|form|frame|frameset|h1|h2|h3|h4|h5|h6|head|header|hr|html|iframe|legend|li|link"
    "|main|menu|menuitem|nav|noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody|td|tfoot|th|thead"
    "|title|tr|track|ul"
)
HTML_STARTS = (
    re.compile(r"<(?:script|pre|style|textarea)(?=[ \t]|>|$)", re.IGNORECASE),
    re.compile(r"<!--"),
    re.compile(r"<\?"),
    re.compile(r"<![A-Za-z]"),
    re.compile(r"<!\[CDATA\["),
    re.compile(rf"</?(?:{BLOCK_NAMES})(?=[ \t]|/?>|$)", re.IGNORECASE),
    re.compile(rf"(?:{OPEN_TAG}|{CLOSE_TAG})[ \t]*$"),
)
"""The seven kinds of HTML block, in the order in which they are tried. Only the last may not interrupt a paragraph."""

HTML_ENDS = (
    re.compile(r"</(?:script|pre|style|textarea)>", re.IGNORECASE),
    re.compile(r"-->"),
    re.compile(r"\?>"),
    re.compile(r">"),
    re.compile(r"\]\]>"),
)
"""Where the first five kinds end; the last two end at a blank line."""

DEEPEST_LIST = 20
DEEPEST_QUOTE = 20


def html_kind(text: str, *, may_be_any_tag: bool) -> int:
    """The kind 1 to 7 of the HTML block that begins with this text; 0 when there is none."""
    for kind, start in enumerate(HTML_STARTS, start=1):
        if start.match(text) and (kind < 7 or may_be_any_tag):
            return kind
    return 0


def needs_end(kind: int) -> bool:
    """Whether an HTML block is of the first five kinds, which nothing ends but their own mark."""
    return kind <= len(HTML_ENDS)


def html_marks(kind: int, line: str) -> tuple[str, str]:
    """What an HTML block of one of the first five kinds begins with in its first line, and what would end it."""
    start = HTML_STARTS[kind - 1].search(line)
    mark = start[0] if start else ""
    return (f"{mark}>", f"</{mark[1:]}>") if kind == 1 else (mark, ("-->", "?>", ">", "]]>")[kind - 2])


def ends_html(kind: int, text: str) -> bool:
    """Whether an HTML block of one of the first five kinds ends with this line."""
    return needs_end(kind) and HTML_ENDS[kind - 1].search(text) is not None
