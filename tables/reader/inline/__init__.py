"""Plain Python: inline Markdown in, plain text and safe HTML out."""

from tables.reader.inline.pieces import Known, Link
from tables.reader.inline.rendering import Caps, Rendered, Renderer, holds_markup, render_cell

__all__ = ["Caps", "Known", "Link", "Rendered", "Renderer", "holds_markup", "render_cell"]
