"""What is still weak, gathered for one last look: sure but wrong, mixed up, then the weakest cells in their rows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from quizzes.actions.dashboard import Overview, overview_of
from quizzes.actions.forecasts import answers_given
from quizzes.actions.knowing import known_of
from quizzes.actions.mixups import MixedUp, Part, mixed_up_pairs
from quizzes.actions.tables_at_hand import fetch_tables
from quizzes.contrasts.cards import Role
from quizzes.contrasts.rows import side_by_side
from quizzes.generation.sources import SourceTable, Thing
from quizzes.last_night import LINES, WEAK_UNDER, Apart, Cell, WeakPair, WeakRow, fitting, shortened
from quizzes.memory.readiness import answers_missing
from quizzes.memory.states import recall
from quizzes.models import Fact, Learner
from tables.models import Guide

MOST_FACTS = 300


@dataclass(frozen=True, slots=True)
class Sheet:
    """
    What goes onto two pages; `missing` answers are still to be given before there is one.

    `left_out` of the rows and pairs had no room, `unseen` facts were never asked.
    """

    until: date
    exam_on: date | None
    missing: int
    sure_wrong: list[WeakRow]
    pairs: list[WeakPair]
    weak: list[WeakRow]
    left_out: int
    unseen: int

    @property
    def is_empty(self) -> bool:
        """Whether nothing is weak."""
        return not (self.sure_wrong or self.pairs or self.weak)


def sheet_of(learner: Learner, guide: Guide) -> Sheet:
    """The sheet for one guide. The number of queries does not grow."""
    overview = overview_of(known_of(learner, guide))
    aim = overview.aim
    missing = answers_missing(answers_given(learner, guide, overview.knowledge))
    if missing:
        return Sheet(aim.until, aim.exam_on, missing, [], [], [], 0, 0)
    chances = _weak(overview)
    seen = sorted(chances, key=lambda fact: chances[fact])
    sure_wrong = {known.fact for known in overview.known if known.is_sure and not known.is_right}
    wanted = [*(fact for fact in seen if fact in sure_wrong), *(fact for fact in seen if fact not in sure_wrong)]
    facts = _facts(wanted[:MOST_FACTS])
    surely = _in_rows(facts[fact] for fact in seen if fact in sure_wrong and fact in facts)
    first, left = fitting(surely, LINES)
    both = _pairs(learner, guide, overview, set(chances))
    pairs, left = fitting(both, left)
    others = _in_rows(facts[fact] for fact in seen if fact not in sure_wrong and fact in facts)
    weak, _ = fitting(others, left)
    left_out = len(surely) + len(both) + len(others) - len(first) - len(pairs) - len(weak)
    return Sheet(
        aim.until, aim.exam_on, 0, first, pairs, weak, left_out, sum(known.recall is None for known in overview.known)
    )


def _weak(overview: Overview) -> dict[int, float]:
    """The facts that were asked and are under 80 % on the day that counts, with their recall then."""
    aim = overview.aim
    chances = {
        fact.fact: recall(fact.state, max(aim.until, fact.state.last_on), aim.pace.theta)
        for fact in overview.facts
        if fact.state and fact.weight > 0
    }
    return {fact: chance for fact, chance in chances.items() if chance < WEAK_UNDER}


def _facts(wanted: Sequence[int]) -> dict[int, Fact]:
    found = Fact.objects.filter(pk__in=wanted).select_related("table", "row", "column", "authored")
    return {fact.pk: fact for fact in found}


def _in_rows(facts: Iterable[Fact]) -> list[WeakRow]:
    """Cells of one row together, where the weakest of them stands."""
    rows: dict[tuple[int, int | None, int | None], list[Fact]] = {}
    for fact in facts:
        rows.setdefault((fact.table_id, fact.row_id, fact.authored_id), []).append(fact)
    return [_row(together) for together in rows.values()]


def _row(facts: Sequence[Fact]) -> WeakRow:
    first = facts[0]
    if first.authored:
        return WeakRow(shortened(first.authored.question), first.table.name, (Cell("", first.authored.answer),))
    cells = [
        Cell(fact.column.text, shortened(fact.row.cell(fact.column).text)) for fact in facts if fact.row and fact.column
    ]
    return WeakRow(shortened(first.row.subject if first.row else ""), first.table.name, tuple(cells))


def _pairs(learner: Learner, guide: Guide, overview: Overview, weak: set[int]) -> list[WeakPair]:
    """The pairs mixed up, with those columns alone in which a fact of either row is weak. At most 8 queries."""
    mixed = mixed_up_pairs(learner, [guide])
    if not mixed:
        return []
    places = _places_of(mixed, weak)
    tables = fetch_tables({part.thing for mix in mixed for part in (mix.one, mix.other)}).tables
    return list(filter(None, (_pair(mix, places, tables) for mix in mixed)))


def _places_of(mixed: Sequence[MixedUp], weak: set[int]) -> set[tuple[Thing, str]]:
    """The weak cells of these pairs: each as its row and column, and as its column and row."""
    things = [part.thing for mix in mixed for part in (mix.one, mix.other)]
    rows = {UUID(thing.row_key) for thing in things if thing.row_key}
    aspects = {UUID(thing.table_key) for thing in things if thing.header}
    tables = {UUID(thing.table_key) for thing in things}  # which bound what is looked at
    cells = Fact.objects.asked().filter(Q(row__key__in=rows) | Q(table__key__in=aspects), table__key__in=tables)
    cells = cells.filter(row__isnull=False)
    places = set()
    for fact, table, row, subject, column in cells.values_list(
        "pk", "table__key", "row__key", "row__subject", "column__name"
    ):
        if fact in weak:
            places |= {(Thing(table.hex, row_key=row.hex), column), (Thing(table.hex, header=column), subject)}
    return places


def _pair(mix: MixedUp, places: set[tuple[Thing, str]], tables: Mapping[str, SourceTable]) -> WeakPair | None:
    things = (mix.one.thing, mix.other.thing)
    if mix.one.thing.table_key not in tables:
        return None
    shown = side_by_side("", things, Role.NEIGHBOUR, tables, column=mix.column)
    differences = tuple(
        Apart(line.column, shortened(line.right), shortened(line.other))
        for line in shown.lines
        if not line.is_same and any((thing, line.column) in places for thing in things)
    )
    return WeakPair(_name(mix.one), _name(mix.other), mix.table.name, differences) if differences else None


def _name(part: Part) -> str:
    return shortened(part.name)
