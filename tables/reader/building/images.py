"""Plain Python: an HTML block with images in, the same with words in their place out. No image is ever loaded."""

import re

import nh3

from tables.reader.cleaning import BLOCK_TAGS, DROPPED_WITH_CONTENT, SCHEMES, escape
from tables.reader.forms import is_blank
from tables.reader.inline.links import image_name, safe_address
from tables.reader.inline.rules import ALLOWED_TAGS, attribute

IMAGE = re.compile("<img", re.IGNORECASE)
LINK_OR_IMAGE = re.compile(r'<(?P<name>a|/a|img)(?: [a-z]+="[^"]*+")*+>')
_SPELL = nh3.Cleaner(
    tags=set(ALLOWED_TAGS | BLOCK_TAGS | {"img"}),
    clean_content_tags=DROPPED_WITH_CONTENT,
    attributes={"a": {"href", "title"}, "ol": {"start"}, "img": {"src", "alt"}},
    link_rel=None,
    url_schemes=SCHEMES,
)
"""Makes HTML well-formed, every attribute in quotes; addresses within a site stay."""


def link_images(fragment: str) -> str:
    """HTML, yet to be cleaned, with the words or the name of each image in its place, as a link to it where it may."""
    if not IMAGE.search(fragment):
        return fragment
    is_linked = False

    def link(tag: re.Match[str]) -> str:
        nonlocal is_linked
        if tag["name"] == "img":
            return _words(tag[0], is_linked=is_linked)
        is_linked = bool(safe_address(attribute(tag[0], "href")))
        return tag[0] if is_linked or tag["name"] == "/a" else ""

    return LINK_OR_IMAGE.sub(link, _SPELL.clean(fragment))


def _words(image: str, *, is_linked: bool) -> str:
    source, words = attribute(image, "src"), attribute(image, "alt")
    shown = escape(image_name(source) if is_blank(words) else words)
    address = "" if is_linked else safe_address(source)
    return f'<a href="{escape(address)}">{shown}</a>' if address else shown
