"""What a search found, drawn in Python: a page has dozens of hits, and each costs a template dozens of steps."""

from collections.abc import Iterable
from html import escape

from django import template
from django.utils.safestring import SafeString, mark_safe

from tables.marking import Hit, Pieces

register = template.Library()


@register.simple_tag
def hits_below(hits: Iterable[Hit]) -> SafeString:
    """The hits as items of the short list below a box, each one link, with the first text that holds words."""
    return mark_safe("".join(f'\n  <li><a href="{escape(hit.url)}">{_name(hit)}</a></li>' for hit in hits))


@register.simple_tag
def hits_in_full(hits: Iterable[Hit]) -> SafeString:
    """The hits as items of a page, each with where it is and all texts that hold words."""
    return mark_safe("".join(f'\n    <li><div class="grow">{_in_full(hit)}</div></li>' for hit in hits))


def _name(hit: Hit) -> str:
    said = "".join(f'<span class="said" dir="auto">{_said(*text)}</span>' for text in hit.texts[:1])
    place = f"<small>{escape(hit.place)}</small>" if hit.place else ""
    return f'<span dir="auto">{_marked(hit.name)}</span>{said}{place}'


def _in_full(hit: Hit) -> str:
    place = f' <span class="small quiet-t">{escape(hit.place)}</span>' if hit.place else ""
    texts = "".join(f'<p dir="auto">{_said(*text)}</p>' for text in hit.texts)
    return f'<a href="{escape(hit.url)}" dir="auto">{_marked(hit.name)}</a>{place}{texts}'


def _said(label: str, pieces: Pieces) -> str:
    return f"{escape(label)}: {_marked(pieces)}" if label else _marked(pieces)


def _marked(pieces: Pieces) -> str:
    return "".join(f"<mark>{escape(text)}</mark>" if is_hit else escape(text) for text, is_hit in pieces)
