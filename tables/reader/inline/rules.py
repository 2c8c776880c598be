"""Plain Python: the patterns of inline Markdown as CommonMark 0.31 words them, each linear in its text."""

import html.entities
import re
import unicodedata

SPECIAL = re.compile(r"[\\`\[\]*_~\n]|!\[|<(?=[a-zA-Z/!?])|&(?=[#a-zA-Z])")
PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
TICKS = re.compile("`+")
ENTITY = re.compile(r"&(?:#[xX]([0-9a-fA-F]{1,6})|#([0-9]{1,7})|([a-zA-Z][a-zA-Z0-9]{1,31}));")
URI = re.compile(r"<([a-zA-Z][a-zA-Z0-9+.\-]{1,31}:[^<>\x00-\x20]*+)>")
MAIL = re.compile(
    r"<([a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]++@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"
    r"(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*+)>"
)
OPEN_TAG = (
    r"<(?P<open>[a-zA-Z][a-zA-Z0-9-]*+)"
    r"(?:[ \t\n\f]++[a-zA-Z_:][a-zA-Z0-9_.:-]*+"
    r"(?:[ \t\n\f]*+=[ \t\n\f]*+(?:[^ \t\n\f\"'=<>`]++|'[^']*+'|\"[^\"]*+\"))?+)*+"
    r"[ \t\n\f]*+/?>"
)
CLOSE_TAG = r"</(?P<close>[a-zA-Z][a-zA-Z0-9-]*+)[ \t\n\f]*+>"
TAG = re.compile(OPEN_TAG + "|" + CLOSE_TAG)
UNSEEN = (("<!-->", ""), ("<!--->", ""), ("<!--", "-->"), ("<?", "?>"), ("<![CDATA[", "]]>"))
DECLARATION = re.compile(r"<![a-zA-Z][^>]*+>")
FOOTNOTE = re.compile(r"\[\^([^\[\]\s]{1,100})\]")
FOOTNOTE_START = re.compile(FOOTNOTE.pattern + r":[ \t]*(.*)", re.DOTALL)
WIKI = re.compile(r"!?\[\[(?=[^\s\[\]])([^\[\]\n]++)\]\](?![\[(])")
SCRIPT_LETTER = re.compile("[a-zA-Zªºµ\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff\u0370-\u03ff\u1f00-\u1fff]")
"""Latin and Greek letters: a star between two of them is a sign of arithmetic."""

HIDDEN = re.compile("[\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f]")
"""Bidi embeddings, overrides, isolates and tag characters: they never reach text, names or HTML."""

ALLOWED_TAGS = frozenset(
    {"a", "abbr", "b", "strong", "i", "em", "u", "s", "del", "mark", "q", "small", "code", "kbd", "samp", "var"}
    | {"sub", "sup", "br", "span", "ruby", "rt", "rp"}
)

LINE_TAGS = frozenset({"li", "p", "/p", "/ul", "/ol"})
"""Tags that are not shown, but begin or end a line: lists and paragraphs are often written as HTML within cells."""

_CONTENT = (
    "a abbr address area article aside audio b base bdi bdo blockquote body br button canvas caption cite code"
    " col colgroup data datalist dd del details dfn dialog div dl dt em embed fieldset figcaption figure footer"
    " form h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe img input ins kbd label legend li link main map"
    " mark math menu meta meter nav noscript object ol optgroup option output p picture pre progress q rp rt ruby"
    " s samp script search section select selectedcontent slot small source span strong style sub summary sup svg"
    " table tbody td template textarea tfoot th thead time title tr track u ul var video wbr"
)
_OBSOLETE = (
    "acronym applet basefont bgsound big blink center dir font frame frameset isindex keygen listing marquee menuitem"
    " multicol nextid nobr noembed noframes param plaintext rb rtc spacer strike tt xmp"
)
HTML_NAMES = frozenset(f"{_CONTENT} {_OBSOLETE}".split())
"""The elements that HTML knows or knew: a tag of any other name was rather meant as words."""


def is_white(character: str) -> bool:
    """Unicode white space as CommonMark counts it; the empty string stands for the end of the text."""
    return character in "\t\n\f\r" or unicodedata.category(character) == "Zs"


def is_punctuation(character: str) -> bool:
    """Punctuation or symbol of any script; the empty string is none."""
    return character != "" and (character in PUNCTUATION or unicodedata.category(character)[0] in "PS")


def decode_entity(match: re.Match[str]) -> str:
    """The characters an entity stands for; the entity itself when HTML knows no such name."""
    hexadecimal, decimal, name = match.groups()
    if name:
        return html.entities.html5.get(f"{name};", match[0])
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    if code > 0x10FFFF or 0xD800 <= code <= 0xDFFF or (code < 0x20 and code not in (9, 10)):
        return "\ufffd"
    return HIDDEN.sub("", chr(code))


UNESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])|" + ENTITY.pattern)


def unescape(text: str) -> str:
    """Take backslash escapes and entities out of a link's address or title."""
    return UNESCAPE.sub(lambda match: match[1] or decode_entity_in(match), text)


def decode_entity_in(match: re.Match[str]) -> str:
    """The same as `decode_entity`, for the match of a longer pattern."""
    inner = ENTITY.fullmatch(match[0])
    return decode_entity(inner) if inner else match[0]


ATTRIBUTE = r"[ \t\n\f]{name}[ \t\n\f]*+=[ \t\n\f]*+(?:\"([^\"]*+)\"|'([^']*+)'|([^ \t\n\f\"'=<>`]++))"
ATTRIBUTES = {name: re.compile(ATTRIBUTE.replace("{name}", name), re.IGNORECASE) for name in ("href", "alt", "src")}


def attribute(tag: str, name: str) -> str:
    """The value of href, alt or src of a tag written as HTML; "" when it has none."""
    found = ATTRIBUTES[name].search(tag)
    value = next((part for part in found.groups() if part is not None), "") if found else ""
    return ENTITY.sub(decode_entity, value)
