"""Plain Python: tells the line that names a table or list from an ordinary sentence."""

import re

from tables.reader.blocks import Block, BlockKind
from tables.reader.building.parts import shown_lines
from tables.reader.inline import Renderer

TRAILING_TAG = re.compile(r"(?:[ \t]*(`+)[^`]+\1|[ \t]+#[^\s#]+)[ \t]*$")
COLONS = (":", "：")


def label_of(block: Block, renderer: Renderer, longest: int) -> str | None:
    """
    The label that a paragraph gives to what follows it, as plain text without its colon; None when it is no label.

    It is one line that ends in a colon (inline code and hash tags after it do not count) or is bold throughout.
    """
    if block.kind is not BlockKind.PARAGRAPH:
        return None
    lines = shown_lines(block)
    if len(lines) != 1 or len(lines[0]) > longest:
        return None
    source = lines[0]
    while tag := TRAILING_TAG.search(source):
        source = source[: tag.start()]
    rendered = renderer.inline(source)
    label = rendered.text.rstrip()
    if not label.endswith(COLONS) and not is_bold(rendered.html):
        return None
    return label.rstrip(" \t:：") or None


def is_bold(fragment: str) -> bool:
    """Whether a piece of rendered HTML is bold throughout."""
    return fragment.startswith("<strong>") and fragment.endswith("</strong>") and fragment.count("<strong>") == 1
