"""Plain Python: the ways in which a fact can be asked and what a learner showed of it in; the way to ask it now out."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from random import Random

from quizzes.generation.made import WRITTEN, QuestionKind

TYPED_FROM = 3
"""Right answers in a row from which a fact is typed."""
TYPED_ABOVE = 0.8
"""Recall under which nothing is typed."""
OF_SEVERAL = frozenset({QuestionKind.SELECT_ALL, QuestionKind.ORDER_BY, QuestionKind.REBUILD})

NOT_FIRST = OF_SEVERAL | {QuestionKind.REVERSED}
"""Kinds that a fact is not met in first where there is another."""


@dataclass(frozen=True, slots=True)
class Way:
    """One question, by its id, that asks for a fact; `is_leading` where the fact is the first of those it asks for."""

    question: int
    kind: str
    is_leading: bool


def best_way(
    ways: Sequence[Way],
    *,
    rights_in_row: int,
    last_kind: str,
    taken: Collection[int],
    seed: str,
    recall: float = 1.0,
) -> Way | None:
    """
    The way that fits what was shown; None where every way is taken, or there is none.

    Choices until the third right answer in a row, then typing, at most every second time and only while `recall` (0 to
    1, as predicted for today) is high; after a miss choices again.
    The way not used last comes first. What only typing asks is typed from the first sight. A question of several facts
    is asked for its leading fact, for another one only where nothing else asks that.
    """
    free = [way for way in ways if way.question not in taken]
    own = [way for way in free if way.is_leading or way.kind not in OF_SEVERAL] or (
        [] if any(way.kind not in OF_SEVERAL for way in ways) else free
    )
    if not own:
        return None
    chance = Random(seed)
    is_ready = rights_in_row >= TYPED_FROM and recall >= TYPED_ABOVE and last_kind not in WRITTEN

    def cost(way: Way) -> tuple[bool, bool, bool, float]:
        is_written = way.kind in WRITTEN
        return (
            is_written != is_ready,
            way.kind == last_kind,
            way.kind in NOT_FIRST and not last_kind,
            chance.random(),
        )

    return min(own, key=cost)
