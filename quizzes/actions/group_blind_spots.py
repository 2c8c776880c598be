"""What a group misses: looked at again at most every ten minutes, told as figures that name nobody."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from quizzes.actions.contrasts import place_of_fact
from quizzes.blind_spots import FEWEST, Figure, Told, next_figures, worst
from quizzes.models import Confusion, Fact, Learner, Look, Memory
from studysite.accounts.actions.groups import lock
from studysite.accounts.models import Group, Membership
from tables.models import Column, Guide, Row, Table

STALE = timedelta(minutes=10)
MOST_CELLS, MOST_PAIRS, MOST_TABLES = 10, 5, 10


@dataclass(frozen=True, slots=True)
class Missed:
    """A cell, or a question of the author's (then without a column), that so many percent missed at last sight."""

    fact: int
    guide: Guide
    name: str
    column: str
    right: str
    place: str
    table: Table
    percent: int


@dataclass(frozen=True, slots=True)
class Mixed:
    """Two things of a table that so many percent take for one another."""

    table: Table
    one: str
    other: str
    percent: int


@dataclass(frozen=True, slots=True)
class BlindSpots:
    """All of it. Nothing is told while fewer than three members count and have answered."""

    is_told: bool
    cells: list[Missed]
    pairs: list[Mixed]
    tables: list[Table]

    @property
    def guides(self) -> list[tuple[Guide, int]]:
        """The guides of the cells, with how many of these each has, in the order of the cells."""
        found: dict[Guide, int] = {}
        for cell in self.cells:
            found[cell.guide] = found.get(cell.guide, 0) + 1
        return list(found.items())


def blind_spots_of(group: Group) -> BlindSpots:
    """What the present members miss who let themselves be counted. 8 queries, 14 when the group is looked at again."""
    look = look_at(group)
    cells = dict(worst({name: Figure.from_json(each) for name, each in look.cells.items()}, MOST_CELLS))
    pairs = dict(worst({name: Figure.from_json(look.pairs[name]) for name in _studied(group, look.pairs)}, MOST_PAIRS))
    unseen = Table.objects.live().filter(pk__in=look.tables, guide__in=Guide.objects.studied_by(group).values("pk"))
    tables = unseen.select_related("guide", "topic").order_by("guide", "position")[:MOST_TABLES]
    return BlindSpots(
        is_told=len(look.learners) >= FEWEST,
        cells=_cells(group, {int(name): share for name, share in cells.items()}),
        pairs=_pairs(pairs),
        tables=list(tables),
    )


def look_at(group: Group) -> Look:
    """The last look, or a new one where that is old or speaks of somebody who is gone or does not want to count."""
    counting = counting_in(group)
    look = Look.objects.filter(group=group).first()
    if look and set(look.learners) <= counting and timezone.now() - look.looked_at < STALE:
        return look
    return _look_again(group, counting)


def forget_in(look: Look, learner: Learner) -> None:
    """Take a learner's id out of what was looked at: figures that speak of them are told no more."""
    now = timezone.now()
    for stored in (look.cells, look.pairs):
        for name, each in stored.items():
            if learner.pk in Figure.from_json(each).learners:
                stored[name] = Figure(now).to_json()
    look.learners = [other for other in look.learners if other != learner.pk]
    look.save(update_fields=["cells", "pairs", "learners"])


def counting_in(group: Group) -> set[int]:
    """The learners of the present members who let themselves be counted, by their ids. 1 query."""
    members = Membership.objects.filter(group=group, counts_in_aggregates=True).values("user")
    return set(Learner.objects.filter(user__in=members).values_list("pk", flat=True))


@transaction.atomic
def _look_again(group: Group, counting: Collection[int]) -> Look:
    lock(group)
    look = Look.objects.filter(group=group).first() or Look(group=group)
    guides = Guide.objects.studied_by(group)
    now = timezone.now()
    cells, seen = _told_of_cells(counting, guides)
    before = {name: Figure.from_json(each) for name, each in look.cells.items()}
    mixed = {name: Figure.from_json(each) for name, each in look.pairs.items()}
    look.cells = {name: each.to_json() for name, each in next_figures(before, cells, now).items()}
    pairs = _told_of_pairs(counting, seen, mixed)
    look.pairs = {name: each.to_json() for name, each in next_figures(mixed, pairs, now).items()}
    look.learners = sorted({who for told in cells.values() for who in told})
    look.tables = _unseen(guides, seen) if len(look.learners) >= FEWEST else []
    look.looked_at = now
    look.save()
    return look


def _told_of_cells(
    counting: Collection[int], guides: QuerySet[Guide]
) -> tuple[dict[str, dict[int, Told]], dict[int, dict[int, datetime]]]:
    """What each tells of each fact; and when each last answered in each table. 1 query."""
    cells: dict[str, dict[int, Told]] = defaultdict(dict)
    seen: dict[int, dict[int, datetime]] = defaultdict(dict)
    memories = Memory.objects.answered_here().filter(learner__in=counting, fact__guide__in=guides.values("pk"))
    memories = memories.filter(fact__is_asked=True)
    for learner, fact, table, is_right, at in memories.values_list(
        "learner", "fact", "fact__table", "is_right", "answered_at"
    ):
        cells[str(fact)][learner] = (not is_right, at)
        seen[table][learner] = max(at, seen[table].get(learner, at))
    return cells, seen


def _told_of_pairs(
    counting: Collection[int], seen: dict[int, dict[int, datetime]], before: Collection[str]
) -> dict[str, dict[int, Told]]:
    """Of each pair that somebody mixes up, what each tells who has answered in its table. 1 query."""
    mixers: dict[str, set[int]] = defaultdict(set, {name: set() for name in before})
    confusions = Confusion.objects.filter(learner__in=counting, table__in=seen, count__gte=1)
    for learner, table, asked, said in confusions.values_list("learner", "table", "asked", "said"):
        one, other = sorted((asked.hex, said.hex))
        mixers[f"{table}/{one}/{other}"].add(learner)
    return {
        name: {who: (who in those, at) for who, at in seen.get(int(name.partition("/")[0]), {}).items()}
        for name, those in mixers.items()
    }


def _unseen(guides: QuerySet[Guide], seen: Collection[int]) -> list[int]:
    """The tables in which something is asked and nobody has answered. 1 query."""
    asked = Fact.objects.asked().filter(guide__in=guides.values("pk")).exclude(table__in=seen)
    return sorted(set(asked.order_by().values_list("table", flat=True)))


def _cells(group: Group, shares: dict[int, int]) -> list[Missed]:
    facts = Fact.objects.asked().filter(pk__in=shares, guide__in=Guide.objects.studied_by(group).values("pk"))
    found = facts.select_related(
        "guide", "table__guide", "table__shown_with__guide", "row", "column", "authored__row"
    )  # fmt: skip
    cells = [_missed(fact, shares[fact.pk]) for fact in found]
    return sorted(cells, key=lambda cell: (-cell.percent, cell.guide.pk, cell.table.position, cell.fact))


def _missed(fact: Fact, percent: int) -> Missed:
    if fact.row and fact.column:
        name, column = fact.row.subject, fact.column.text
        right = fact.row.cells.get(fact.column.key.hex, {}).get("text", "")
    else:
        name, column = (fact.authored.question if fact.authored else ""), ""
        right = fact.authored.answer if fact.authored else ""
    return Missed(fact.pk, fact.guide, name, column, right, place_of_fact(fact), fact.table, percent)


def _studied(group: Group, pairs: Collection[str]) -> list[str]:
    """The pairs of what the group studies now: a look speaks of what it studied then. 1 query."""
    tables = {name: int(name.partition("/")[0]) for name in pairs}
    live = Table.objects.live().filter(
        pk__in=set(tables.values()), guide__in=Guide.objects.studied_by(group).values("pk")
    )
    studied = set(live.values_list("pk", flat=True))
    return [name for name, table in tables.items() if table in studied]


def _pairs(shares: dict[str, int]) -> list[Mixed]:
    """The pairs whose two things are still there, in the order given. 3 queries."""
    parts = {name: name.split("/") for name in shares}
    tables = Table.objects.live().select_related("guide", "topic").in_bulk([int(part[0]) for part in parts.values()])
    keys = {key for part in parts.values() for key in part[1:]}
    names = {key.hex: text for key, text in Row.objects.live().filter(key__in=keys).values_list("key", "subject")}
    columns = Column.objects.live().filter(key__in=keys)
    names |= {key.hex: text for key, text in columns.values_list("key", "text")}
    return [
        Mixed(tables[int(table)], names[one], names[other], shares[name])
        for name, (table, one, other) in parts.items()
        if int(table) in tables and one in names and other in names
    ]
