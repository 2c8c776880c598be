"""The host's own pages, for the foot of every page."""

from django import template

from tables.about import AboutPage
from tables.actions.about import about_pages as pages_of_host

register = template.Library()


@register.simple_tag
def about_pages() -> list[AboutPage]:
    """Those pages, in the order of their names. No query."""
    return list(pages_of_host().values())
