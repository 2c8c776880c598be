"""Guides on the shelf, drawn in Python: there are dozens, and each costs a template dozens of steps."""

from collections.abc import Iterator
from html import escape

from django import template
from django.template.defaultfilters import pluralize
from django.utils.safestring import SafeString, mark_safe

from tables.actions.sizes import Size
from tables.models import Guide

register = template.Library()


@register.simple_tag
def guide_card(guide: Guide, size: Size) -> SafeString:
    """What the shelf says of one guide: its title, how much it holds, who may see it, and what it says of itself."""
    link = f'<a href="{escape(guide.get_absolute_url())}">{escape(guide.title)}</a>'
    holds = f"{size.tables} table{pluralize(size.tables)}, {size.rows} row{pluralize(size.rows)}"
    is_public = guide.visibility == Guide.Visibility.PUBLIC
    who = "" if is_public else f' <span class="tag">{escape(guide.get_visibility_display())}</span>'
    return mark_safe(f'<h2 dir="auto">{link}</h2><p>{holds}{who}</p>{"".join(_about(guide))}')


def _about(guide: Guide) -> Iterator[str]:
    """What its front matter says, as paragraphs."""
    said = {name: escape(str(text)) for name, text in guide.front_matter.items() if text}
    if "description" in said:
        yield f'<p dir="auto">{said["description"]}</p>'
    frames = {"author": "By {}", "licence": "{}", "lang": "({})", "source": "from {}"}
    if origin := " ".join(frame.format(said[name]) for name, frame in frames.items() if name in said):
        yield f'<p class="small quiet-t" dir="auto">{origin}</p>'
