"""Write the facts of a guide, those that a question asks for and the others. Nothing is deleted."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import batched
from uuid import UUID

from django.utils import timezone

from quizzes.actions.confusions import follow_rows
from quizzes.actions.replaying import forget_facts, outdate
from quizzes.facts import FactState, facts_of
from quizzes.models import Fact
from tables.actions.states import Stored
from tables.actions.writing import BATCH, insert_numbered, update
from tables.models import Guide
from tables.versions.state import live

type Home = tuple[int, int | None]
"""Primary keys of the table and, of a cell's fact, the column where it stands."""

NEW = (False, None)
COMPARED = ("value_hash", "retired_at", "is_asked", "sibling_group")
PLACE = ("guide", "table", "row", "column", "authored")
"""Where a fact stands: follows from its key, but that table and column are others once its row has moved."""
MOVING = ("table", "column")


@dataclass(frozen=True, slots=True)
class WrittenFacts:
    """
    The facts of a guide, those retired included.

    `ids` has the primary key of each by its key, `told` what was said of those that are not new by their primary keys:
    whether they are asked, and the number of their siblings.
    """

    ids: dict[UUID, int]
    told: dict[int, tuple[bool, int | None]]


def write_facts(guide: Guide, stored: Stored) -> WrittenFacts:
    """
    Bring the facts of a guide in step with its state.

    A new fact counts as not asked until `tell_asked` says so.
    """
    wanted = facts_of(stored.state)
    facts = Fact.objects.filter(guide=guide)
    found, told = {}, {}
    homes: dict[UUID, Home] = {}
    for key, pk, value_hash, at, is_asked, group, *home in facts.values_list(
        "key", "pk", *COMPARED, *MOVING
    ).iterator():
        found[key], told[pk], homes[key] = (pk, value_hash, at), (is_asked, group), tuple(home)
    new = [fact for key, fact in wanted.items() if key not in found]
    values = (_values(guide, fact, stored.ids) for fact in new)
    numbers = insert_numbered(Fact, ("key", *PLACE, "value_hash", "is_asked"), values, facts)
    stayed = {key: old for key, old in found.items() if key in wanted}
    other = {pk: wanted[key].value_hash for key, (pk, old, _) in stayed.items() if old != wanted[key].value_hash}
    back = {pk: wanted[key].value_hash for key, (pk, _, retired_at) in stayed.items() if retired_at}
    wanted_homes = {key: _home(wanted[key], stored.ids) for key in stayed}
    moved = [key for key, home in wanted_homes.items() if home != homes[key]]
    update(Fact, MOVING, [(*wanted_homes[key], found[key][0]) for key in moved])
    _follow_rows(guide, stored, {row for key in moved if (row := wanted[key].row)})
    update(Fact, ("value_hash", "retired_at"), [(value_hash, None, pk) for pk, value_hash in (other | back).items()])
    outdate(other)
    forget_facts(other)
    _retire(pk for key, (pk, _, retired_at) in found.items() if key not in wanted and not retired_at)
    added = zip((fact.key for fact in new), numbers, strict=True)
    return WrittenFacts({key: pk for key, (pk, _, _) in found.items()} | dict(added), told)


def tell_asked(facts: WrittenFacts, groups: Mapping[int, int | None]) -> None:
    """
    Mark the facts of these primary keys as asked, with the number of their group of siblings; the others as not asked.
    """
    wanted = ((pk, (pk in groups, groups.get(pk))) for pk in facts.ids.values())
    changed = [(*asked, pk) for pk, asked in wanted if facts.told.get(pk, NEW) != asked]
    update(Fact, ("is_asked", "sibling_group"), changed)


def _values(guide: Guide, fact: FactState, ids: Mapping[UUID, int]) -> tuple[object, ...]:
    place = (ids[part] if part else None for part in (fact.row, fact.column, fact.question))
    return (fact.key, guide.pk, ids[fact.table], *place, fact.value_hash, False)


def _follow_rows(guide: Guide, stored: Stored, moved: Collection[UUID]) -> None:
    """Bring what is mixed up of these rows to where they stand; nothing is asked of the database where none moved."""
    if moved:
        tables = live(stored.state.tables)
        follow_rows(guide, moved, {row.key: stored.ids[table.key] for table in tables for row in live(table.rows)})


def _home(fact: FactState, ids: Mapping[UUID, int]) -> Home:
    return ids[fact.table], ids[fact.column] if fact.column else None


def _retire(gone: Iterable[int]) -> None:
    for some in batched(gone, BATCH):
        Fact.objects.filter(pk__in=some).update(retired_at=timezone.now(), is_asked=False)
