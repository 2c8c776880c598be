"""Which rows a learner takes for which: counted with each answer, forgotten with right days."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db.models import F, Q
from django.utils import timezone

from quizzes.actions.tables_at_hand import TablesAtHand
from quizzes.confusions import MixUp, Tally, after_mix_ups, after_opening, after_right, mix_ups_of, opens
from quizzes.contrasts.cards import Contrast
from quizzes.generation.sources import Thing
from quizzes.models import Answer, Confusion, Learner
from tables.models import Column, Guide

type Confused = Mapping[frozenset[str], float]
"""How often two rows were mixed up in either direction, by the hex of their keys."""

COUNTED = ("count", "right_days", "last_right_on", "is_told")


def confused_by(learner: Learner, guide: Guide) -> Confused:
    """What a learner mixes up in a guide. 1 query."""
    found: dict[frozenset[str], float] = {}
    pairs = Confusion.objects.filter(learner=learner, table__guide=guide)
    for asked, said, count in pairs.values_list("asked", "said", "count"):
        pair = frozenset((asked.hex, said.hex))
        found[pair] = found.get(pair, 0.0) + count
    return found


def move_confusions(
    learner: Learner,
    shown: Iterable[Contrast],
    at_hand: TablesAtHand,
    *,
    right: Thing | None,
    others: set[Thing] | None,
    is_right: bool,
) -> bool:
    """
    Count the mix-ups of an answer, or a right day of its pairs, and keep them. The learner must be locked.

    `right` is the thing asked, `others` the other things among the options (None: any might have been typed). Returns
    whether a right answer opens the first contrast: its pair was mixed up, and it was not opened since. 2 queries.
    """
    contrasts = list(shown)
    tallies = _tallies(learner, at_hand, right) if right else {}
    pair = _first_pair(contrasts)
    is_opened = is_right and pair is not None and opens(tallies, *pair)
    if is_right and right:
        after = after_right(tallies, right, others=others, on=timezone.localdate())
    else:
        after = after_mix_ups(tallies, mix_ups_of(contrasts))
    if is_opened and pair:
        after = after_opening(after, *pair)
    keep_tallies(learner, at_hand, {pair: tally for pair, tally in after.items() if tally != tallies.get(pair)})
    return is_opened


def _tallies(learner: Learner, at_hand: TablesAtHand, right: Thing) -> dict[MixUp, Tally]:
    key = at_hand.key_of(right)
    rows = Confusion.objects.filter(Q(asked=key) | Q(said=key), learner=learner, table__key=UUID(right.table_key))
    found = {}
    for row in rows:
        pair = MixUp(*(at_hand.thing_of(right.table_key, each) for each in (row.asked, row.said)))
        found[pair] = Tally(row.count, row.right_days, row.last_right_on, row.is_told)
    return found


def _first_pair(shown: list[Contrast]) -> tuple[Thing, Thing] | None:
    first = shown[0] if shown else None
    return (first.right.thing, first.other.thing) if first and first.right and first.other else None


def all_tallies(learner: Learner, at_hand: TablesAtHand) -> dict[MixUp, Tally]:
    """What a learner mixes up in the tables at hand. 1 query."""
    keys = {table_id: key for key, table_id in at_hand.ids.items()}
    found = {}
    for row in Confusion.objects.filter(learner=learner, table__in=keys):
        pair = MixUp(*(at_hand.thing_of(keys[row.table_id], each) for each in (row.asked, row.said)))
        found[pair] = Tally(row.count, row.right_days, row.last_right_on, row.is_told)
    return found


def keep_tallies(learner: Learner, at_hand: TablesAtHand, changed: Mapping[MixUp, Tally]) -> None:
    """Store tallies that have changed. At most 1 query."""
    keys = {pair: (at_hand.key_of(pair.asked), at_hand.key_of(pair.said)) for pair in changed}
    records = [
        Confusion(
            learner=learner,
            table_id=at_hand.ids[pair.asked.table_key],
            asked=asked,
            said=said,
            count=changed[pair].count,
            right_days=changed[pair].right_days,
            last_right_on=changed[pair].last_right_on,
            is_told=changed[pair].is_told,
        )
        for pair, (asked, said) in keys.items()
        if asked and said
    ]
    if records:
        Confusion.objects.bulk_create(
            records,
            update_conflicts=True,
            unique_fields=["learner", "table", "asked", "said"],
            update_fields=COUNTED,
        )


def take_back_mix_up(answer: Answer) -> None:
    """
    Uncount what a wrong answer mixed up, for it counts as right now. 1 query for each pair, 1 more for aspects.

    An answer to a question in doubt had counted nothing.
    """
    stored = answer.contrast or {}
    if stored.get("in_doubt"):
        return
    pairs = mix_ups_of(Contrast.from_json(each) for each in stored.get("shown", ()))
    keys = _keys_of({thing for pair in pairs for thing in (pair.asked, pair.said)})
    for pair in pairs:
        if pair.asked in keys and pair.said in keys:
            counted = Confusion.objects.filter(
                learner=answer.learner_id, asked=keys[pair.asked], said=keys[pair.said], count__gte=1
            )
            counted.update(count=F("count") - 1)


def _keys_of(things: Iterable[Thing]) -> dict[Thing, UUID]:
    """Each thing with the key of its row, or of its column, where its table still has one of that name."""
    rows, aspects = {}, set()
    for thing in things:
        if thing.row_key:
            rows[thing] = UUID(thing.row_key)
        else:
            aspects.add(thing)
    if not aspects:
        return rows
    tables, names = {UUID(thing.table_key) for thing in aspects}, {thing.header for thing in aspects}
    columns = Column.objects.live().filter(table__key__in=tables, name__in=names)
    named = (
        (Thing(table.hex, header=name), key) for table, name, key in columns.values_list("table__key", "name", "key")
    )
    return rows | {thing: key for thing, key in named if thing in aspects}


def adopt_confusions(guest: Learner, learner: Learner) -> None:
    """Add what a guest mixed up to what the account's learner did. Both must be locked."""
    mine = {(row.table_id, row.asked, row.said): row for row in Confusion.objects.filter(learner=learner)}
    for row in Confusion.objects.filter(learner=guest):
        kept = mine.get((row.table_id, row.asked, row.said))
        if kept is None:
            Confusion.objects.filter(pk=row.pk).update(learner=learner)
        else:
            Confusion.objects.filter(pk=kept.pk).update(count=F("count") + row.count)
