"""
Plain Python: one text of inline Markdown in, its pieces out, read once from left to right.

Code, escapes, entities, addresses, tags and links bind in the order in which they stand, as CommonMark says. The stock
patterns of Python-Markdown are applied one kind after the other, so that a back-tick within a tag or an address in
pointed brackets comes out wrong, and a row of brackets takes them time beyond measure: hence this module.
"""

from bisect import bisect_left
from dataclasses import dataclass

from tables.reader.inline.emphasis import flanks, nest_emphasis
from tables.reader.inline.links import fold_label, image, read_inline_tail, read_label, safe_address
from tables.reader.inline.pieces import Known, Link, Node, Piece, Raw, Run
from tables.reader.inline.rules import (
    ALLOWED_TAGS,
    DECLARATION,
    ENTITY,
    FOOTNOTE,
    HTML_NAMES,
    LINE_TAGS,
    MAIL,
    PUNCTUATION,
    SCRIPT_LETTER,
    SPECIAL,
    TAG,
    TICKS,
    UNSEEN,
    URI,
    WIKI,
    attribute,
    decode_entity,
)


@dataclass(slots=True)
class Bracket:
    """An opening bracket that may begin a link or an image: its place among the pieces and in the text after it."""

    place: int
    after: int
    is_image: bool
    is_active: bool = True


class InlineScanner:
    """
    Reads one text; `pieces` are the result, `missing` the reference labels without a definition, `unknown` the tags
    that HTML does not know, which are dropped.

    With `arithmetic` off every star follows GFM; `kept_stars` says whether it made a difference that might matter.
    A tag that begins or ends a line of its own owes a line break to what is shown next, if anything is shown before.
    """

    def __init__(self, text: str, known: Known, *, arithmetic: bool = True) -> None:
        self.text = text
        self.known = known
        self.arithmetic = arithmetic
        self.position = 0
        self.pieces: list[Piece] = []
        self.brackets: list[Bracket] = []
        self.ticks: dict[int, list[int]] | None = None
        self.missing: list[str] = []
        self.unknown: list[str] = []
        self.kept_stars = False
        self._dead_ends: set[str] = set()
        self._unlinked = 0
        self._has_shown = False
        self._owes_break = False

    def scan(self) -> list[Piece]:
        """Read the whole text."""
        text = self.text
        while special := SPECIAL.search(text, self.position):
            self._read_text(special.start())
            if special[0] not in "<\n":
                self._show()
            self._read_special(special[0])
        self._read_text(len(text))
        return nest_emphasis(self.pieces)

    def _read_text(self, end: int) -> None:
        text = self.text[self.position : end]
        if text.strip():
            self._show()
        if text:
            self._add(text, len(text))

    def _show(self) -> None:
        """Pay the line break that is owed before something is shown."""
        if self._owes_break and self._has_shown:
            self.pieces.append(Node("br"))
        self._has_shown, self._owes_break = True, False

    def _read_special(self, mark: str) -> None:
        match mark:
            case "\\":
                self._read_escape()
            case "`":
                self._read_code()
            case "&":
                self._read_entity()
            case "<":
                self._read_angle()
            case "[" | "![":
                self._read_opening(mark)
            case "]":
                self._read_closing()
            case "\n":
                self._read_line_end()
            case _:
                self._read_run(mark)

    def _add(self, piece: Piece, length: int) -> None:
        self.pieces.append(piece)
        self.position += length

    def _read_escape(self) -> None:
        following = self.text[self.position + 1 : self.position + 2]
        if following == "\n":
            self._add(Node("br"), 2)
            self._skip_indent()
        elif following in PUNCTUATION:
            self._add(following, 2)
        else:
            self._add("\\", 1)

    def _read_line_end(self) -> None:
        before = self.pieces[-1] if self.pieces else ""
        if isinstance(before, str):
            trimmed = before.rstrip(" ")
            self.pieces[-1:] = [trimmed, Node("br") if len(before) - len(trimmed) > 1 else "\n"]
        else:
            self.pieces.append("\n")
        self.position += 1
        self._skip_indent()

    def _skip_indent(self) -> None:
        while self.text[self.position : self.position + 1] in (" ", "\t"):
            self.position += 1

    def _read_code(self) -> None:
        ticks = TICKS.match(self.text, self.position)
        width = len(ticks[0]) if ticks else 1
        start = self.position + width
        end = self._closing_ticks(width, start)
        if end is None:
            self._add("`" * width, width)
            return
        code = self.text[start:end].replace("\n", " ")
        if code[:1] == code[-1:] == " " and code.strip(" "):
            code = code[1:-1]
        self._add(Node("code", [code]), end + width - self.position)

    def _closing_ticks(self, width: int, start: int) -> int | None:
        if self.ticks is None:
            self.ticks = {}
            for run in TICKS.finditer(self.text):
                self.ticks.setdefault(len(run[0]), []).append(run.start())
        places = self.ticks.get(width, [])
        found = bisect_left(places, start)
        return places[found] if found < len(places) else None

    def _read_entity(self) -> None:
        entity = ENTITY.match(self.text, self.position)
        if entity:
            self._add(decode_entity(entity), len(entity[0]))
        else:
            self._add("&", 1)

    def _read_angle(self) -> None:
        address = URI.match(self.text, self.position) or MAIL.match(self.text, self.position)
        if address:
            self._show()
            target = address[1] if address.re is URI else f"mailto:{address[1]}"
            self._add(Node("a", [address[1]], target), len(address[0]))
        elif tag := TAG.match(self.text, self.position):
            name = tag["open"] or f"/{tag['close']}"
            if name.lower().lstrip("/") not in HTML_NAMES:
                self.unknown.append(f"<{name}>")
            self._read_tag(tag[0], name.lower())
        elif length := self._unseen_length():
            self._add("", length)
        else:
            self._show()
            self._add("<", 1)

    def _read_tag(self, written: str, name: str) -> None:
        piece: Piece = Raw(name, written)
        if name == "br":
            piece = Node("br")
            self._has_shown = self._owes_break = False
        elif name in LINE_TAGS:
            piece, self._owes_break = "", True
        elif name == "img":
            piece = image([attribute(written, "alt")], Link(attribute(written, "src")))
        elif name == "a" and not safe_address(attribute(written, "href")):
            self._unlinked += 1
            piece = ""
        elif name == "/a" and self._unlinked:
            self._unlinked -= 1
            piece = ""
        elif name.lstrip("/") not in ALLOWED_TAGS:
            piece = ""
        if piece and name != "br" and not name.startswith("/"):
            self._show()
        self._add(piece, len(written))

    def _unseen_length(self) -> int:
        """How long the comment, instruction or declaration at this place is; 0 when there is none."""
        for opening, closing in UNSEEN:
            if self.text.startswith(opening, self.position) and opening not in self._dead_ends:
                end = self.text.find(closing, self.position + len(opening))
                if end >= 0:
                    return end + len(closing) - self.position
                self._dead_ends.add(opening)
                return 0
        if "<!" in self._dead_ends:
            return 0
        declaration = DECLARATION.match(self.text, self.position)
        if declaration is None and self.text.startswith("<!", self.position):
            self._dead_ends.add("<!")
        return len(declaration[0]) if declaration else 0

    def _read_opening(self, mark: str) -> None:
        wiki = WIKI.match(self.text, self.position)
        footnote = FOOTNOTE.match(self.text, self.position)
        if footnote and footnote[1] in self.known.footnotes:
            self._add(Node("footnote", [footnote[1]]), len(footnote[0]))
        elif wiki and fold_label(wiki[1]) not in self.known.links:
            self._add(_wiki_text(wiki[1]), len(wiki[0]))
        else:
            self.brackets.append(Bracket(len(self.pieces), self.position + len(mark), mark == "!["))
            self._add(mark, len(mark))

    def _read_closing(self) -> None:
        opener = self.brackets.pop() if self.brackets else None
        found = self._find_link(opener) if opener and opener.is_active else None
        if opener is None or found is None:
            self._add("]", 1)
            return
        link, end = found
        children = nest_emphasis(self.pieces[opener.place + 1 :])
        del self.pieces[opener.place :]
        self.pieces.append(image(children, link) if opener.is_image else Node("a", children, link.address, link.title))
        self.position = end
        if not opener.is_image:
            for bracket in self.brackets:
                bracket.is_active = bracket.is_active and bracket.is_image

    def _find_link(self, opener: Bracket) -> tuple[Link, int] | None:
        after = self.position + 1
        inline = read_inline_tail(self.text, after)
        if inline:
            return inline
        written = self.text[opener.after : self.position]
        label = read_label(self.text, after)
        if label and label[0].strip():
            return self._look_up(label[0], label[1], is_full=True)
        if len(written) > 999 or not written.strip():
            return None
        return self._look_up(written, label[1] if label else after, is_full=label is not None)

    def _look_up(self, label: str, end: int, *, is_full: bool) -> tuple[Link, int] | None:
        link = self.known.links.get(fold_label(label))
        if link is None and is_full:
            self.missing.append(label)
        return (link, end) if link else None

    def _read_run(self, mark: str) -> None:
        end = self.position
        while self.text[end : end + 1] == mark:
            end += 1
        length = end - self.position
        before, after = self.text[self.position - 1 : self.position], self.text[end : end + 1]
        if (mark == "~" and length != 2) or self._is_arithmetic(mark, length, before, after):
            self._add(mark * length, length)
            return
        can_open, can_close = flanks(before, after, mark)
        self._add(Run(mark, length, can_open, can_close), length)

    def _is_arithmetic(self, mark: str, length: int, before: str, after: str) -> bool:
        """Whether stars between letters, digits and brackets are a sign of arithmetic: `a*b`, `2*(x)`, `x**2`."""
        if not self.arithmetic or mark != "*" or length > 2 or not before or not after:
            return False
        left = before.isdigit() or SCRIPT_LETTER.match(before) or (before in ")]" and isinstance(self.pieces[-1], str))
        right = after.isdigit() or SCRIPT_LETTER.match(after) or after in "(["
        is_sign = bool(left and right) and (length == 1 or before.isdigit() or after.isdigit())
        self.kept_stars = self.kept_stars or is_sign
        return is_sign


def _wiki_text(inner: str) -> str:
    """What a reader sees of `page#part|alias`: the alias, else the part, else the last step of the page's path."""
    page, _, alias = inner.partition("|")
    path, _, part = page.partition("#")
    return (alias or part or path.rstrip("/").rpartition("/")[2] or inner).strip(" ")
