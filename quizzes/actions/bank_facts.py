"""Write the facts of a guide, those that a question asks for and the others. Nothing is deleted."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import batched
from uuid import UUID

from django.utils import timezone

from quizzes.actions.replaying import forget_facts, outdate
from quizzes.facts import FactState, facts_of
from quizzes.models import Fact
from tables.actions.states import Stored
from tables.actions.writing import BATCH, insert, update
from tables.models import Guide

PLACE = ("guide", "table", "row", "column", "authored")
"""Where a fact stands: follows from its key, so that it never changes."""


def write_facts(guide: Guide, stored: Stored) -> dict[UUID, int]:
    """
    Bring the facts of a guide in step with its state. Gives the primary key of each, those retired included.

    A new fact counts as not asked until `tell_asked` says so.
    """
    wanted = facts_of(stored.state)
    found = {key: (pk, value_hash, at) for key, pk, value_hash, at in _stored(guide)}
    new = [fact for key, fact in wanted.items() if key not in found]
    insert(Fact, ("key", *PLACE, "value_hash", "is_asked"), (_values(guide, fact, stored.ids) for fact in new))
    stayed = {key: old for key, old in found.items() if key in wanted}
    other = {pk: wanted[key].value_hash for key, (pk, old, _) in stayed.items() if old != wanted[key].value_hash}
    back = {pk: wanted[key].value_hash for key, (pk, _, retired_at) in stayed.items() if retired_at}
    update(Fact, ("value_hash", "retired_at"), [(value_hash, None, pk) for pk, value_hash in (other | back).items()])
    outdate(other)
    forget_facts(other)
    _retire(pk for key, (pk, _, retired_at) in found.items() if key not in wanted and not retired_at)
    return dict(Fact.objects.filter(guide=guide).values_list("key", "pk").iterator())


def tell_asked(guide: Guide, groups: Mapping[UUID, int | None]) -> None:
    """Mark the facts of these keys as asked, with the number of their group of siblings; the others as not asked."""
    facts = Fact.objects.filter(guide=guide).values_list("pk", "key", "is_asked", "sibling_group")
    changed = [
        (key in groups, groups.get(key), pk)
        for pk, key, is_asked, group in facts.iterator()
        if (is_asked, group) != (key in groups, groups.get(key))
    ]
    update(Fact, ("is_asked", "sibling_group"), changed)


def _stored(guide: Guide) -> Iterable[tuple[UUID, int, str, datetime | None]]:
    return Fact.objects.filter(guide=guide).values_list("key", "pk", "value_hash", "retired_at").iterator()


def _values(guide: Guide, fact: FactState, ids: Mapping[UUID, int]) -> tuple[object, ...]:
    place = (ids[part] if part else None for part in (fact.row, fact.column, fact.question))
    return (fact.key, guide.pk, ids[fact.table], *place, fact.value_hash, False)


def _retire(gone: Iterable[int]) -> None:
    for some in batched(gone, BATCH):
        Fact.objects.filter(pk__in=some).update(retired_at=timezone.now(), is_asked=False)
