"""The list of a guide's tables beside each of them, drawn in Python: it stands on every page with dozens of links."""

from collections.abc import Mapping
from dataclasses import dataclass

from django import template
from django.template.defaultfilters import pluralize
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from studysite.kept import Kept
from tables.actions.keeping import kept_of
from tables.actions.outline import Outline
from tables.models import Table

register = template.Library()


@dataclass(frozen=True, slots=True)
class Branch:
    """One topic: its heading, and its tables, each with the address and title of its link."""

    heading: str
    links: list[tuple[int, str, str]]


_trees = Kept[list[Branch]](20_000, lambda branches: 1 + sum(1 + len(branch.links) for branch in branches))


@register.filter
def size(table: Table) -> str:
    """How many rows and value columns a table has, in words."""
    columns = table.column_count - 1
    return f"{table.row_count} row{pluralize(table.row_count)}, {columns} column{pluralize(columns)}"


@register.simple_tag
def tree(outline: Outline, here: Table, notes: Mapping[int, SafeString], page: str = "") -> SafeString:
    """
    All tables by topic, `here` marked as the page one is on; `notes` stand beside them, by the table's id.

    Links lead to where a table is read, or to the `page` of this name that it has as well.
    """
    drawn = ['<nav class="side tree" aria-label="Tables in this guide">']
    for branch in kept_of(outline.guide, _trees, lambda: _branches(outline, page), page):
        drawn.append(f"<section>{branch.heading}")
        for table, address, title in branch.links:
            current = ' aria-current="page"' if table == here.pk else ""
            drawn.append(f'<a href="{address}"{current}>{title}{notes.get(table, "")}</a>')
        drawn.append("</section>")
    return mark_safe("\n".join([*drawn, "</nav>"]))


def _branches(outline: Outline, page: str) -> list[Branch]:
    def address(table: Table) -> str:
        return reverse(page, args=[outline.guide.slug, table.slug]) if page else table.get_absolute_url()

    branches = []
    for part in outline.topics:
        heading = f"<h2>{escape(part.topic.title)}</h2>" if part.topic.title else ""
        links = [(table.pk, escape(address(table)), escape(table.title)) for table, _ in part.pages]
        branches.append(Branch(heading, links))
    return branches
