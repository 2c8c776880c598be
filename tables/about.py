"""Plain Python: a page in Markdown about who runs the site in, its title and safe HTML out."""

from dataclasses import dataclass

import nh3
from markdown import markdown

from tables.reader.cleaning import BLOCK_TAGS, DROPPED_WITH_CONTENT, REL, SCHEMES, visible_text
from tables.reader.inline.rules import ALLOWED_TAGS

HEADINGS = {"h1", "h2", "h3"}
TABLE_TAGS = {"table", "thead", "tbody", "tr", "th", "td"}
_CLEANER = nh3.Cleaner(
    tags=set(ALLOWED_TAGS | BLOCK_TAGS | HEADINGS | TABLE_TAGS),
    clean_content_tags=DROPPED_WITH_CONTENT,
    attributes={"a": {"href", "title"}, "ol": {"start"}, "th": {"scope"}},
    link_rel=REL,
    url_schemes={*SCHEMES, "tel"},
    url_relative="pass_through",  # to another page of the site
)


@dataclass(frozen=True, slots=True)
class AboutPage:
    """One page of the host's: what its address ends in, its title and its HTML, first heading included."""

    name: str
    title: str
    html: str


def read_page(name: str, text: str) -> AboutPage:
    """
    Render a page whose title is its first heading, or its name where it has none; that heading is then put first.

    The host wrote it, so no cap bounds what Markdown is given; it is cleaned all the same.
    """
    html = _CLEANER.clean(markdown(text, extensions=["tables", "sane_lists"], output_format="html"))
    start, end = html.find("<h1>"), html.find("</h1>")
    if start >= 0:
        return AboutPage(name, " ".join(visible_text(html[start:end]).split()), html)
    title = name.replace("-", " ").capitalize()
    return AboutPage(name, title, f"<h1>{title}</h1>\n{html}")
