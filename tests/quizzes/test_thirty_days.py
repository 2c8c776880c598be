"""Thirty days of the seed, planned and answered on the pure level: what a plan must never do."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import combinations, pairwise
from random import Random

import pytest

from quizzes.generation.index import Index
from quizzes.generation.made import FactKey, QuestionKind
from quizzes.generation.similarity import row_similarity
from quizzes.generation.sources import Thing
from quizzes.memory.continuing import Asked, Spot, next_fact
from quizzes.memory.ordering import ALIKE, Row, plan_day, row_of
from quizzes.memory.planning import Aim, Plannable, Ranked
from quizzes.memory.states import FirstSights, Pace, Reply, move
from tables.reader.document import Kind
from tests.quizzes.full import seed_full_bank
from tests.quizzes.guides import seed_tables

BEGIN, DAYS, GOAL = date(2026, 3, 10), 30, 20
EXAM_ON = BEGIN + timedelta(DAYS)


@cache
def seed_keys() -> tuple[FactKey, ...]:
    """Every fact of the seed that some question asks, in the order of the document."""
    made = [made for made in seed_full_bank().questions if made.kind is not QuestionKind.REBUILD]
    keys = {key for question in made for key in question.facts}
    tables = {table.key: place for place, table in enumerate(seed_tables())}

    def place(key: FactKey) -> tuple[int, int, int]:
        table = seed_tables()[tables[key.table_key]]
        column = table.headers.index(key.header) if key.header else 0
        row = key.row_key or key.question_key
        return tables[key.table_key], column, int(row.rpartition(".")[2][1:])

    return tuple(sorted(keys, key=place))


@cache
def things() -> dict[Row, Thing]:
    """The row of the seed that a planned row stands for; those of question tables, and columns, left out."""
    found = {}
    for fact, key in zip(seed_facts(), seed_keys(), strict=True):
        if key.row_key and key.table_key not in aspect_tables():
            found[row_of(fact)] = Thing(key.table_key, row_key=key.row_key)
    return found


@cache
def aspect_tables() -> frozenset[str]:
    return frozenset(table.key for table in seed_tables() if table.kind is Kind.ASPECT)


@cache
def seed_facts() -> tuple[Plannable, ...]:
    groups = {key: number for number, keys in enumerate(seed_full_bank().siblings) for key in keys}
    tables = [table.key for table in seed_tables()]
    rows: dict[tuple[str, str], int] = {}
    columns: dict[tuple[str, str], int] = {}
    made = []
    for number, key in enumerate(seed_keys()):
        thing, aspect = key.row_key or key.question_key, key.header
        if key.table_key in aspect_tables():
            thing, aspect = aspect, thing
        row = rows.setdefault((key.table_key, thing), len(rows))
        column = columns.setdefault((key.table_key, aspect), len(columns))
        table = tables.index(key.table_key)
        made.append(Plannable(number, None, 1.0, (table, column, row), table, column, row, group=groups.get(key)))
    return tuple(made)


@cache
def _index() -> Index:
    return Index(table for table in seed_tables() if table.has_things and table.kind is not Kind.ASPECT)


@cache
def similarity(one: Row, other: Row) -> float:
    mine, theirs = things().get(one), things().get(other)
    known = _index().tables
    if not mine or not theirs or mine.table_key not in known:
        return 0.0
    return row_similarity(_index(), mine, theirs)


@dataclass(frozen=True, slots=True)
class Day:
    """One day: what was planned, and what was asked, in order, the misses' second time included."""

    on: date
    planned: tuple[Ranked, ...]
    asked: tuple[int, ...]
    seen_before: frozenset[int]


def live(exam_on: date | None, seed: int = 1) -> Iterator[Day]:
    """A learner of the seed who answers the daily goal for thirty days, right three times of four."""
    random = Random(seed)
    known = {fact.fact: fact for fact in seed_facts()}
    pace, first = Pace(), FirstSights()
    for on in (BEGIN + timedelta(days) for days in range(DAYS)):
        seen = frozenset(fact.fact for fact in known.values() if fact.state)
        aim = Aim(on, pace, first, exam_on)
        planned = plan_day(known.values(), aim, similarity, goal=GOAL)
        spots = [Spot(each.fact.fact, row_of(each.fact), each.fact.group) for each in planned]
        asked: list[Asked] = []
        while len({each.fact for each in asked}) < GOAL or any(_waits(each, asked) for each in asked):
            chosen = next_fact(spots, asked, goal=GOAL, is_last_days=aim.is_last_days)
            assert chosen is not None
            fact = known[chosen]
            reply = Reply(random.random() < 0.75, 0.25)
            moved = move(fact.state, reply, on, pace, first)
            pace, first = moved.pace, moved.first
            known[chosen] = fact._replace(state=moved.state)
            asked.append(Asked(chosen, reply.is_right, row_of(fact), fact.group))
        met = {row_of(fact) for fact in known.values() if fact.state}
        known = {number: fact._replace(met_row=row_of(fact) in met) for number, fact in known.items()}
        yield Day(on, tuple(planned), tuple(each.fact for each in asked), seen)


def _waits(each: Asked, asked: list[Asked]) -> bool:
    return not each.is_right and sum(one.fact == each.fact for one in asked) == 1


@cache
def days(exam_on: date | None) -> tuple[Day, ...]:
    return tuple(live(exam_on))


exams = pytest.mark.parametrize("exam_on", [None, EXAM_ON], ids=["without an exam", "before an exam"])


def test_the_facts_are_those_of_the_seed() -> None:
    assert len(seed_facts()) == pytest.approx(284, abs=2)
    assert any(fact.group is not None for fact in seed_facts())


@exams
def test_no_two_siblings_are_asked_on_a_day_but_the_last_two(exam_on: date | None) -> None:
    for day in days(exam_on):
        if exam_on and day.on >= exam_on - timedelta(2):
            continue
        groups = [seed_facts()[fact].group for fact in set(day.asked) if seed_facts()[fact].group is not None]
        assert len(groups) == len(set(groups))


@exams
def test_rows_that_look_alike_are_first_met_on_different_days(exam_on: date | None) -> None:
    met: set[Row] = set()
    for day in days(exam_on):
        today = {row_of(seed_facts()[fact]) for fact in day.asked} - met
        together = [pair for pair in combinations(sorted(today, key=str), 2) if pair[0][0] == pair[1][0]]
        assert [pair for pair in together if similarity(*pair) >= ALIKE] == []
        met |= today


def test_rows_that_look_alike_are_compared_once_both_are_known() -> None:
    compared = 0
    for day in days(None):
        first = [seed_facts()[fact] for fact in dict.fromkeys(day.asked)]
        seen = [fact for fact in first if fact.fact in day.seen_before]
        for one, other in combinations(seen, 2):
            same_column = (one.table, one.column) == (other.table, other.column)
            if same_column and similarity(row_of(one), row_of(other)) >= ALIKE:
                alone = sum(
                    similarity(row_of(fact), row_of(each)) >= ALIKE
                    for fact in (one, other)
                    for each in seen
                    if each != fact and (each.table, each.column) == (fact.table, fact.column)
                )
                if alone == 2:
                    compared += 1
                    assert abs(first.index(one) - first.index(other)) <= 3

    assert compared > 0


@exams
def test_a_fact_is_asked_once_a_day_and_once_more_when_missed(exam_on: date | None) -> None:
    for day in days(exam_on):
        assert len(set(day.asked)) == GOAL
        assert max(day.asked.count(fact) for fact in day.asked) <= 2


@exams
def test_a_row_does_not_follow_itself(exam_on: date | None) -> None:
    for day in days(exam_on):
        rows = [row_of(seed_facts()[fact]) for fact in day.asked]
        repeats = sum(one == other for one, other in pairwise(rows))
        assert repeats <= max(len(rows) - GOAL, 0)  # only when nothing but one row's misses is left


def test_nothing_is_aimed_at_a_day_gone_by() -> None:
    for passed in range(1, 10):
        aim = Aim(EXAM_ON + timedelta(passed), exam_on=EXAM_ON)

        assert aim.until > aim.on
        assert not aim.is_last_days


@exams
def test_the_same_days_come_again(exam_on: date | None) -> None:
    assert tuple(live(exam_on)) == days(exam_on)
