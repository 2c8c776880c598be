"""Plain Python: the safe HTML of a cell and the names in it in, the same HTML with quiet links out."""

import re
from collections.abc import Callable, Iterable, Mapping
from html import escape, unescape

from tables.concepts.finding import Span

LINKED_ROWS = 100
"""Rows up to which the cells of a table are linked: the page of a longer one must stay light."""

# A quoted attribute may hold the sign that ends a tag.
_MARKUP = re.compile(r"""(<[^<>"']*(?:"[^"]*"[^<>"']*|'[^']*'[^<>"']*)*>)""")
_BREAKS = ("<br", "<p", "</p", "<li", "</li", "<div", "</div", "<td", "<tr", "<img")


def address_of(slug: str) -> str:
    """Where a concept's page is, seen from the page of a table."""
    return f"../concepts/{slug}/"


def link_whole(html: str, slug: str) -> str:
    """A cell that is the thing's own: all of it leads to the thing, unless something in it leads elsewhere."""
    if "<a " in html or "<img" in html:
        return html
    return f'<a href="{escape(address_of(slug))}">{html}</a>'


def link_names(html: str, find: Callable[[str], Iterable[Span]], slugs: Mapping[str, str]) -> str:
    """
    The HTML with the first place of each thing that `find` sees in its text made a link.

    `slugs` are those of the things, by compare form. A name that is written across markup, or within a link, is left
    as it is. What comes back is the very same HTML where nothing was linked.
    """
    pieces = _MARKUP.split(html)
    texts = [_text_of(piece) for piece in pieces]
    linked: set[str] = set()
    cuts: dict[int, list[tuple[int, int, str]]] = {}
    for span in find("".join(texts)):
        place, start = _piece_at(texts, span.start)
        fits = start + span.end - span.start <= len(texts[place])
        if span.form in slugs and span.form not in linked and fits and not _is_in_link(pieces[:place]):
            linked.add(span.form)
            cuts.setdefault(place, []).append((start, start + span.end - span.start, slugs[span.form]))
    return "".join(_cut(texts[place], cuts[place]) if place in cuts else piece for place, piece in enumerate(pieces))


def _text_of(piece: str) -> str:
    if not piece.startswith("<"):
        return unescape(piece)
    return "\n" if piece.casefold().startswith(_BREAKS) else ""


def _piece_at(texts: list[str], place: int) -> tuple[int, int]:
    """The piece that holds a place of the whole text, and the place in it."""
    for number, text in enumerate(texts):
        if place < len(text):
            return number, place
        place -= len(text)
    raise ValueError("A name stands beyond the text it was found in.")


def _is_in_link(before: list[str]) -> bool:
    """Whether a link is open after these pieces."""
    tags = [piece for piece in before if piece.startswith("<")]
    opened = sum(tag.startswith("<a ") or tag == "<a>" for tag in tags)
    return opened > sum(tag.startswith("</a") for tag in tags)


def _cut(text: str, cuts: list[tuple[int, int, str]]) -> str:
    drawn, at = [], 0
    for start, end, slug in cuts:
        drawn.append(escape(text[at:start], quote=False))
        drawn.append(f'<a href="{escape(address_of(slug))}">{escape(text[start:end], quote=False)}</a>')
        at = end
    return "".join([*drawn, escape(text[at:], quote=False)])
