"""Which rows a learner takes for which: counted with each answer, forgotten with right days."""

from collections.abc import Collection, Iterable, Mapping
from itertools import batched
from uuid import UUID

from django.db import connection
from django.db.models import F, Field, Q

from quizzes.actions.tables_at_hand import TablesAtHand
from quizzes.confusions import MixUp, Tally, after_opening, after_right, mix_ups_of, opens
from quizzes.contrasts.cards import Contrast
from quizzes.generation.sources import Thing
from quizzes.models import Answer, Confusion, Learner
from studysite.prepared import Prepared
from tables.actions.states import BATCH
from tables.actions.writing import update
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
    if not is_right:
        add_mix_ups(learner, at_hand, mix_ups_of(contrasts))
        return False
    if right is None:
        return False
    tallies = _tallies(learner, at_hand, right)
    pair = first_pair(contrasts)
    is_opened = pair is not None and opens(tallies, *pair)
    after = after_right(tallies, right, others=others, on=learner.today)
    if is_opened and pair:
        after = after_opening(after, *pair)
    keep_tallies(learner, at_hand, {pair: tally for pair, tally in after.items() if tally != tallies.get(pair)})
    return is_opened


def _tallies(learner: Learner, at_hand: TablesAtHand, right: Thing) -> dict[MixUp, Tally]:
    key = at_hand.key_of(right)
    found = {}
    for row in _OF_THING(learner=learner.pk, thing=key.hex, table=right.table_key) if key else ():
        pair = MixUp(*(at_hand.thing_of(right.table_key, each) for each in (row.asked, row.said)))
        found[pair] = Tally(row.count, row.right_days, row.last_right_on, row.is_told)
    return found


_OF_THING = Prepared(
    lambda learner, thing, table: Confusion.objects.filter(
        Q(asked=thing) | Q(said=thing), learner=learner, table__key=table
    ).order_by()
)


def first_pair(shown: list[Contrast]) -> tuple[Thing, Thing] | None:
    """The two things of the first contrast, the right one first; None where it shows one alone, or there is none."""
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


def _records(learner: Learner, at_hand: TablesAtHand, tallies: Mapping[MixUp, Tally]) -> list[Confusion]:
    """These tallies as rows, unsaved; without those of a column that is not at hand."""
    keys = {pair: (at_hand.key_of(pair.asked), at_hand.key_of(pair.said)) for pair in tallies}
    return [
        Confusion(
            learner=learner,
            table_id=at_hand.ids[pair.asked.table_key],
            asked=asked,
            said=said,
            count=tallies[pair].count,
            right_days=tallies[pair].right_days,
            last_right_on=tallies[pair].last_right_on,
            is_told=tallies[pair].is_told,
        )
        for pair, (asked, said) in keys.items()
        if asked and said
    ]


def keep_tallies(learner: Learner, at_hand: TablesAtHand, changed: Mapping[MixUp, Tally]) -> None:
    """Store tallies that have changed. At most 1 query."""
    records = _records(learner, at_hand, changed)
    if records:
        Confusion.objects.bulk_create(
            records,
            update_conflicts=True,
            unique_fields=["learner", "table", "asked", "said"],
            update_fields=COUNTED,
        )


def add_mix_ups(learner: Learner, at_hand: TablesAtHand, mix_ups: Iterable[MixUp]) -> None:
    """
    Count these once more, as `quizzes.confusions.Tally.with_mix_up` does, without a look at what was counted. 1 query.
    """
    rows = _records(learner, at_hand, dict.fromkeys(mix_ups, Tally().with_mix_up()))
    if not rows:
        return
    names = ("learner", "table", "asked", "said", *COUNTED)
    fields = [field for name in names if isinstance(field := Confusion._meta.get_field(name), Field)]
    quote = connection.ops.quote_name
    table, columns = quote(Confusion._meta.db_table), ", ".join(quote(str(field.column)) for field in fields)
    values = ", ".join(["(" + ", ".join(["%s"] * len(fields)) + ")"] * len(rows))
    statement = (
        f"INSERT INTO {table} ({columns}) VALUES {values} ON CONFLICT (learner_id, table_id, asked, said)"
        f" DO UPDATE SET count = {table}.count + EXCLUDED.count, is_told = EXCLUDED.is_told"
    )
    given = [field.get_db_prep_save(getattr(row, field.attname), connection) for row in rows for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(statement, given)


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


def follow_rows(guide: Guide, moved: Collection[UUID], tables: Mapping[UUID, int]) -> None:
    """
    Bring what is mixed up of rows that moved to the table where both stand now; apart they rest until they meet again.

    `tables` gives the primary key of the table of each row of the guide. 2 queries for each 500 rows.
    """
    for keys in batched(moved, BATCH):
        mixed_up = Confusion.objects.filter(Q(asked__in=keys) | Q(said__in=keys), table__guide=guide)
        rows = list(mixed_up.values_list("pk", "table", "learner", "asked", "said"))
        taken = {row[1:] for row in rows}
        meeting = [
            (home, pk)
            for pk, _, learner, asked, said in rows
            if (home := tables.get(asked)) == tables.get(said) and home and (home, learner, asked, said) not in taken
        ]
        update(Confusion, ["table"], meeting)


def adopt_confusions(guest: Learner, learner: Learner) -> None:
    """Add what a guest mixed up to what the account's learner did. Both must be locked."""
    mine = {(row.table_id, row.asked, row.said): row for row in Confusion.objects.filter(learner=learner)}
    for row in Confusion.objects.filter(learner=guest):
        kept = mine.get((row.table_id, row.asked, row.said))
        if kept is None:
            Confusion.objects.filter(pk=row.pk).update(learner=learner)
        else:
            Confusion.objects.filter(pk=kept.pk).update(count=F("count") + row.count)
