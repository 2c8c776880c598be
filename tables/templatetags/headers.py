"""What the headers of a table name, for a line below it: in the header itself stands the link that sorts."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from django import template

from studysite.kept import Kept
from tables.actions.keeping import kept_of
from tables.models import Concept, Guide, Mention, Table

register = template.Library()
_headers = Kept[Mapping[int, Sequence[Concept]]](20_000, lambda headers: 20 + sum(map(len, headers.values())))


@register.simple_tag
def named_by_headers(table: Table, companions: Iterable[Any]) -> list[Concept]:
    """
    The things that column headers of a table and of those on its page name, each once, in the order of the columns.

    `companions` are the sheets of those others. One query, none where this version of a public guide was asked before.
    Empty while the guide's concepts are behind.
    """
    if not table.guide.has_concepts:
        return []
    headers = kept_of(table.guide, _headers, partial(_read_headers, table.guide))
    shown = [table, *(sheet.table for sheet in companions)]
    return list({concept.pk: concept for each in shown for concept in headers.get(each.pk, ())}.values())


def _read_headers(guide: Guide) -> Mapping[int, Sequence[Concept]]:
    found: dict[int, list[Concept]] = defaultdict(list)
    for mention in Mention.objects.in_headers().filter(concept__guide=guide).select_related("concept"):
        mention.concept.guide = guide
        found[mention.table_id].append(mention.concept)
    return found
