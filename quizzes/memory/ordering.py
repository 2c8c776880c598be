"""
Plain Python: the facts that gain most today in; the order in which they are asked, minding what interferes, out.

Look-alike rows are met on different days and later asked close together; what teaches the same is asked once a day.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby

from quizzes.memory.planning import Plannable, Ranked

ALIKE = 0.5
"""Rows of this similarity or more are easily taken for one another."""
LEECH_RESTS = timedelta(days=3)
"""A stubborn fact is asked at most every third day."""
BETWEEN = 1
"""So many other questions stand between two rows that are to be compared."""
LOOKAHEAD = 8
"""So far ahead a question of another row is looked for."""

type Row = tuple[int | None, int | None]
"""A row of a table: both by their ids."""
type Similarity = Callable[[Row, Row], float]
"""How alike two rows of one table are, 0 to 1; 1 for two that the learner is known to mix up."""


def order_day(
    ranked: Sequence[Ranked], on: date, similarity: Similarity, *, goal: int, is_last_days: bool
) -> list[Ranked]:
    """
    The day's facts in the order in which to ask them; siblings, and leeches that rest, are left out.

    Facts never asked are reordered among themselves, so that rows that look alike are not introduced on one day while
    there is another row to introduce. Of the first `goal`, those of rows that look alike follow one another closely.
    Linear in the facts; `similarity` is asked of rows of one table only.
    """
    due = [each for each in ranked if not _rests(each.fact, on)]
    if not is_last_days:
        due = list(_first_of_each_group(due))
    introduced = list(_introduced_apart(due, similarity))
    return list(_rows_apart([*_compared(introduced[:goal], similarity), *introduced[goal:]]))


def next_up(
    planned: Sequence[int], asked: Collection[int], left_out: Collection[int], last_row: Iterable[int]
) -> int | None:
    """
    The next fact of a day's list; None when it has run out.

    Passed over are those asked today, those whose sibling was, and, while another is near in the list, the facts of the
    row just asked.
    """
    left = [fact for fact in planned if fact not in asked and fact not in left_out]
    row = set(last_row)
    return next((fact for fact in left[:LOOKAHEAD] if fact not in row), left[0] if left else None)


def _rests(fact: Plannable, on: date) -> bool:
    return fact.is_leech and fact.state is not None and on - fact.state.last_on < LEECH_RESTS


def _first_of_each_group(ranked: Iterable[Ranked]) -> Iterator[Ranked]:
    met: set[int] = set()
    for each in ranked:
        group = each.fact.group
        if group is None or group not in met:
            yield each
        if group is not None:
            met.add(group)


def row_of(fact: Plannable) -> Row:
    """The row that a fact belongs to."""
    return fact.table, fact.row


@dataclass(slots=True)
class _Introduction:
    """The rows first met today, and what was put off because it looks like one of them."""

    similarity: Similarity
    met: dict[int | None, list[Row]] = field(default_factory=lambda: defaultdict(list))
    put_off: list[Ranked] = field(default_factory=list)

    def likeness(self, fact: Plannable) -> float:
        """How much the row of a fact is like those introduced today, 0 to 1; of such a row itself, and one met, 0."""
        row = row_of(fact)
        others = self.met[fact.table]
        if fact.met_row or fact.row is None or row in others:
            return 0.0
        return max((self.similarity(row, other) for other in others), default=0.0)

    def take(self, each: Ranked) -> Ranked:
        """Introduce a fact, and with it its row."""
        fact = each.fact
        if not fact.met_row and fact.row is not None and row_of(fact) not in self.met[fact.table]:
            self.met[fact.table].append(row_of(fact))
        return each


def _introduced_apart(ranked: Sequence[Ranked], similarity: Similarity) -> Iterator[Ranked]:
    """Those never asked and of equal gain column by column, the least similar row first; look-alikes behind all."""
    introduction = _Introduction(similarity)
    for _, equals in groupby(ranked, key=lambda each: (each.fact.state is None, each.gain)):
        several = list(equals)
        if several[0].fact.state is not None:
            yield from several
            continue
        for _, column in groupby(several, key=lambda each: (each.fact.table, each.fact.column)):
            yield from _least_alike_first(list(column), introduction)
    yield from sorted(introduction.put_off, key=lambda each: -each.gain)


def _least_alike_first(column: list[Ranked], introduction: _Introduction) -> Iterator[Ranked]:
    while column:
        likeness, place = min((introduction.likeness(each.fact), place) for place, each in enumerate(column))
        if likeness >= ALIKE:
            introduction.put_off += column
            return
        yield introduction.take(column.pop(place))


def _compared(ranked: Sequence[Ranked], similarity: Similarity) -> Iterator[Ranked]:
    """Of two facts of one column, seen before and of rows that look alike, the less certain soon follows the other."""
    seen = defaultdict(list)
    for each in ranked:
        if each.fact.state is not None and each.fact.row is not None:
            seen[each.fact.table, each.fact.column].append(each)
    given: set[int] = set()
    waiting: list[tuple[int, Ranked]] = []
    for each in ranked:
        if each.fact.fact in given:
            continue
        partner = _partner(each, seen[each.fact.table, each.fact.column], given, similarity)
        surer, other = sorted([each, partner], key=lambda one: -one.recall) if partner else (each, None)
        yield surer
        given.add(surer.fact.fact)
        waiting = [(left - 1, one) for left, one in waiting]
        if other:
            given.add(other.fact.fact)
            waiting.append((BETWEEN, other))
        while waiting and waiting[0][0] <= 0:
            yield waiting.pop(0)[1]
    yield from (one for _, one in waiting)


def _partner(each: Ranked, column: Iterable[Ranked], given: set[int], similarity: Similarity) -> Ranked | None:
    if each.fact.state is None or each.fact.row is None:
        return None
    row = row_of(each.fact)
    others = (other for other in column if other.fact.fact not in given and other.fact.fact != each.fact.fact)
    likeness = [(similarity(row, row_of(other.fact)), -place, other) for place, other in enumerate(others)]
    best = max(likeness, key=lambda one: one[:2], default=None)
    return best[2] if best and best[0] >= ALIKE else None


def _rows_apart(ranked: Iterable[Ranked]) -> Iterator[Ranked]:
    """Not two questions of one row in a row, while another row is near enough in the list."""
    left = list(ranked)
    left.reverse()
    last: Row | None = None
    while left:
        ahead = range(len(left) - 1, max(len(left) - 1 - LOOKAHEAD, -1), -1)
        place = next((place for place in ahead if row_of(left[place].fact) != last), len(left) - 1)
        chosen = left.pop(place)
        last = row_of(chosen.fact) if chosen.fact.row is not None else None
        yield chosen
