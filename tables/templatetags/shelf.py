"""Guides on the shelf, drawn in Python: there are dozens, and each costs a template dozens of steps."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from typing import Any

from django import template
from django.template.defaultfilters import pluralize
from django.utils.safestring import SafeString, mark_safe

from studysite.accounts.templatetags.icons import icon
from studysite.kept import Kept
from tables.actions.keeping import kept_parts, public_version
from tables.actions.readable import Edition
from tables.models import Guide

register = template.Library()
_cards = Kept[str](10_000)


@register.simple_tag
def guide_cards(guides: Sequence[Edition], notes: Mapping[int, SafeString]) -> SafeString:
    """
    What the shelf says of each guide, as items of a list; `notes` stand below, by the guide's id.

    One query for those that were not drawn before in this version, however many they are.
    """
    cards = kept_parts(_cards, "card", {guide.pk: public_version(guide) for guide in guides}, _draw)
    shown = [guide.pk for guide in guides if guide.pk in cards]  # one may have gone since they were listed
    frame = '\n        <li class="tcard">{}<div>{}{}</div></li>\n        '
    return mark_safe("".join(frame.format(icon("guide"), cards[pk], notes.get(pk, "")) for pk in shown))


def _draw(guides: Iterable[int]) -> dict[int, str]:
    said = Guide.objects.only("slug", "title", "visibility", "front_matter")
    return {guide.pk: _card(guide) for guide in said.filter(pk__in=guides).with_sizes().order_by()}


def _card(guide: Any) -> str:
    """The title of a guide `with_sizes`, how much it holds, who may see it, and what it says of itself."""
    link = f'<a href="{escape(guide.get_absolute_url())}">{escape(guide.title)}</a>'
    tables, rows = guide.table_count, guide.row_count
    holds = f"{tables} table{pluralize(tables)}, {rows} row{pluralize(rows)}"
    is_public = guide.visibility == Guide.Visibility.PUBLIC
    who = "" if is_public else f' <span class="tag">{escape(guide.get_visibility_display())}</span>'
    return f'<h2 dir="auto">{link}</h2><p>{holds}{who}</p>{"".join(_about(guide))}'


def _about(guide: Guide) -> Iterator[str]:
    """What its front matter says, as paragraphs."""
    said = {name: escape(str(text)) for name, text in guide.front_matter.items() if text}
    if "description" in said:
        yield f'<p dir="auto">{said["description"]}</p>'
    frames = {"author": "By {}", "licence": "{}", "lang": "({})", "source": "from {}"}
    if origin := " ".join(frame.format(said[name]) for name, frame in frames.items() if name in said):
        yield f'<p class="small quiet-t" dir="auto">{origin}</p>'
