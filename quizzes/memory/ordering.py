"""
Plain Python: the facts that gain most today in; the order in which they are asked, minding what interferes, out.

Look-alike rows are met on different days and later asked close together; what teaches the same is asked once a day.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby

from quizzes.memory.planning import Aim, Plannable, Ranked, rank

ALIKE = 0.5
"""Rows of this similarity or more are easily taken for one another."""
LEECH_RESTS = timedelta(days=3)
"""A stubborn fact is asked at most every third day."""
BETWEEN = 1
"""So many other questions stand between two rows that are to be compared."""
GOAL = 20
"""Answers a day, unless the learner chose another number."""
LOOKAHEAD = GOAL
"""So far ahead a question of another row, or kind, is looked for."""

type Row = tuple[int | None, int | None]
"""A row of a table: both by their ids."""
type Similarity = Callable[[Row, Row], float]
"""How alike two rows of one table are, 0 to 1; 1 for two that the learner is known to mix up."""


def unlike(one: Row, other: Row) -> float:
    """For tables whose rows nobody confuses: no two are alike."""
    return 0.0


def plan_day(
    facts: Iterable[Plannable],
    aim: Aim,
    similarity: Similarity = unlike,
    *,
    goal: int = GOAL,
    introduced: Iterable[Row] = (),
) -> list[Ranked]:
    """The day's list: what gains most, put in order. The same facts, aim and goal give the same list."""
    return order_day(rank(facts, aim), aim, similarity, goal=goal, introduced=introduced)


def order_day(
    ranked: Sequence[Ranked], aim: Aim, similarity: Similarity, *, goal: int, introduced: Iterable[Row] = ()
) -> list[Ranked]:
    """
    The day's facts in the order in which to ask them; siblings, and leeches that rest, are left out.

    Facts never asked are reordered among themselves, so that rows that look alike are not introduced on one day while
    there is another row to introduce; `introduced` are the rows first met earlier today. Of the first `goal`, those of
    rows that look alike follow one another closely. `similarity` is asked of rows of one table only, less than
    2 x `goal` x 300 times.
    """
    due = [each for each in ranked if not _rests(each.fact, aim.on)]
    if not aim.is_last_days:
        due = list(_first_of_each_group(due))
    apart = list(_introduced_apart(due, _Introduction(due, similarity, goal, introduced)))
    return list(_rows_apart([*_compared(apart[:goal], similarity), *apart[goal:]]))


def _rests(fact: Plannable, on: date) -> bool:
    return fact.is_leech and fact.state is not None and on - fact.state.last_on < LEECH_RESTS


def _first_of_each_group(ranked: Iterable[Ranked]) -> Iterator[Ranked]:
    met: set[Hashable] = set()
    for each in ranked:
        group = each.fact.group
        if group is None or group not in met:
            yield each
        if group is not None:
            met.add(group)


def row_of(fact: Plannable) -> Row:
    """The row that a fact belongs to."""
    return fact.table, fact.row


class _Introduction:
    """How much each row to be introduced is like those introduced today, and what was put off because of that."""

    def __init__(
        self, ranked: Iterable[Ranked], similarity: Similarity, most: int, introduced: Iterable[Row] = ()
    ) -> None:
        self._similarity, self._left = similarity, most
        self._likeness: dict[int | None, dict[Row, float]] = defaultdict(dict)
        self.put_off: list[Ranked] = []
        for fact in (each.fact for each in ranked):
            if fact.state is None and not fact.met_row and fact.row is not None:
                self._likeness[fact.table][row_of(fact)] = 0.0
        for row in introduced:
            self._meet(row)

    @property
    def is_over(self) -> bool:
        """Whether enough facts are in order for the day."""
        return self._left <= 0

    def likeness(self, fact: Plannable) -> float:
        """How much the row of a fact is like those introduced today, 0 to 1; of such a row itself, and one met, 0."""
        return self._likeness[fact.table].get(row_of(fact), 0.0)

    def take(self, each: Ranked) -> Ranked:
        """Introduce a fact, and with it its row."""
        if not self.is_over and row_of(each.fact) in self._likeness[each.fact.table]:
            self._meet(row_of(each.fact))
        self._left -= 1
        return each

    def _meet(self, row: Row) -> None:
        waiting = self._likeness[row[0]]
        waiting.pop(row, None)
        for other, likeness in waiting.items():
            waiting[other] = max(likeness, self._similarity(row, other))


def _introduced_apart(ranked: Sequence[Ranked], introduction: _Introduction) -> Iterator[Ranked]:
    """Those never asked and of equal gain column by column, the least similar row first; look-alikes behind all."""
    for _, equals in groupby(ranked, key=lambda each: (each.fact.state is None, each.gain)):
        several = list(equals)
        if several[0].fact.state is not None:
            yield from several
            continue
        for _, column in groupby(several, key=lambda each: (each.fact.table, each.fact.column)):
            yield from _least_alike_first(list(column), introduction)
    yield from introduction.put_off


def _least_alike_first(column: list[Ranked], introduction: _Introduction) -> Iterator[Ranked]:
    while column and not introduction.is_over:
        likeness, place = min((introduction.likeness(each.fact), place) for place, each in enumerate(column))
        if likeness >= ALIKE:
            break
        yield introduction.take(column.pop(place))
    for each in column:
        if introduction.likeness(each.fact) >= ALIKE:
            introduction.put_off.append(each)
        else:
            yield introduction.take(each)


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
