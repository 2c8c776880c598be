"""What can be practised in a guide, counted: a fixed number of queries however many questions there are."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, F, Q

from quizzes.actions.scopes import Plan, facts_met, flagged, scoped
from quizzes.models import Fact, Learner, Memory, Sitting
from tables.comparing import MOST_ROWS, in_words
from tables.models import Column, Guide, Row, Table, Topic


@dataclass(frozen=True, slots=True)
class PairOffer:
    """One to four rows of a table (or columns of an aspect table), by the hex of their keys."""

    table: Table
    keys: tuple[str, ...]
    slugs: tuple[str, ...]
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Offer:
    """
    How many facts are asked in a guide, in each part of it, and how many of some sorts are this learner's.

    `decisions` counts those that are authored questions. `topics` and `tables` stand in the order of the document;
    those without a question are left out. The count of a table is that of what concerns it (`scopes.about`).
    Missed and flagged ones are those of the `last` so many sittings, None for all.
    """

    guide: Guide
    total: int
    decisions: int
    topics: list[tuple[Topic, int]]
    tables: list[tuple[Table, int]]
    missed: int = 0
    sure_wrong: int = 0
    unseen: int = 0
    flagged: int = 0
    pair: PairOffer | None = None
    last: int | None = None


def offer_of(guide: Guide, learner: Learner, pair: PairOffer | None = None, *, last: int | None = None) -> Offer:
    """What this learner can practise in a guide. 5 queries at most."""
    asked = Fact.objects.asked_of(learner).filter(guide=guide)
    per_table = list(asked.order_by().values_list("table").annotate(n=Count("pk"), authored=Count("authored")))
    own = {table: number for table, number, _ in per_table}
    tables = list(Table.objects.with_topic().live().filter(guide=guide).order_by("position"))
    counts = _counts_of_pages(tables, own, guide, learner)
    total = sum(own.values())
    mine = _counts_of_mine(learner, guide, last) if learner.pk else {}
    return Offer(
        guide=guide,
        total=total,
        decisions=sum(authored for _, _, authored in per_table),
        topics=_topics(tables, own),
        tables=[(table, counts[table.pk]) for table in tables if counts[table.pk]],
        missed=mine.get("missed", 0),
        sure_wrong=mine.get("sure_wrong", 0),
        unseen=total - mine.get("seen", 0),
        flagged=mine.get("flagged", 0),
        pair=pair,
        last=last,
    )


def _counts_of_pages(tables: Iterable[Table], own: dict[int, int], guide: Guide, learner: Learner) -> dict[int, int]:
    """For each table how many facts concern it: its own, those shown with it, and questions that name its rows."""
    counts = {table.pk: own.get(table.pk, 0) for table in tables}
    for table in tables:
        if table.shown_with_id in counts:
            counts[table.shown_with_id] += own.get(table.pk, 0)
    asked = Fact.objects.asked_of(learner).filter(guide=guide)
    named = Fact.names.through._default_manager.filter(fact__in=asked.values("pk"))
    named = named.exclude(fact__table=F("table")).exclude(fact__table__shown_with=F("table"))
    for table_id, number in named.order_by().values_list("table").annotate(n=Count("pk")):
        counts[table_id] = counts.get(table_id, 0) + number
    return counts


def _topics(tables: Iterable[Table], own: dict[int, int]) -> list[tuple[Topic, int]]:
    counts: dict[Topic, int] = {}
    for table in tables:
        counts[table.topic] = counts.get(table.topic, 0) + own.get(table.pk, 0)
    return [(topic, count) for topic, count in counts.items() if count]


def _counts_of_mine(learner: Learner, guide: Guide, last: int | None) -> dict[str, int]:
    memories = Memory.objects.of(learner).asked().filter(fact__guide=guide)
    met = Q() if last is None else Q(fact__in=facts_met(learner, guide, last))
    counts: dict[str, int] = memories.aggregate(
        seen=Count("pk"),
        missed=Count("pk", filter=Q(met, is_right=False)),
        sure_wrong=Count("pk", filter=Q(met, is_right=False, is_sure=True)),
    )
    asked = Fact.objects.asked_of(learner).filter(guide=guide)
    slots = flagged(learner, guide, last).filter(question__fact__in=asked.values("pk"))
    return counts | {"flagged": slots.values("question__fact").distinct().count()}


def find_pair(guide: Guide, table_slug: str, slugs: list[str]) -> PairOffer | None:
    """The rows (or columns) of a table that an address names, one to four; None where it does not. 3 queries."""
    slugs = list(dict.fromkeys(slugs))
    table = (
        Table.objects.filter(guide=guide, slug=table_slug, archived_at=None).select_related("guide", "topic").first()
    )
    if table is None or len(slugs) > MOST_ROWS:
        return None
    parts = Column.objects if table.kind == "aspect" else Row.objects
    found = {part.slug: part for part in parts.live().filter(table=table, slug__in=slugs)}
    if not found or len(found) != len(slugs):
        return None
    chosen = [found[slug] for slug in slugs]
    keys = tuple(part.key.hex for part in chosen)
    plan = Plan(guide, Sitting.Scope.PAIR, table=table, pair=keys)
    return PairOffer(table, keys, tuple(slugs), in_words(list(map(_name, chosen))), scoped(plan, Learner()).count())


def _name(part: Row | Column) -> str:
    return part.subject if isinstance(part, Row) else part.text
