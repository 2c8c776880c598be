"""What a learner does not see: stubborn facts with their neighbours, and how often "Sure" was right."""

from collections.abc import Collection
from dataclasses import dataclass

from quizzes.actions.contrasts import place_of_fact
from quizzes.models import Answer, Learner, Memory
from tables.models import Guide, Table

MOST_LEECHES = 10
SURE_LOOKED_AT = 200


@dataclass(frozen=True, slots=True)
class Stubborn:
    """
    A fact that was missed so often.

    `part` names its row (of an aspect table: column), which can be laid beside a neighbour; empty for a question, which
    has no `column` either.
    """

    name: str
    column: str
    missed: int
    place: str
    table: Table
    part: str


def stubborn_facts(learner: Learner, guide: Guide, facts: Collection[int]) -> list[Stubborn]:
    """The leeches among these facts, by their ids, the most missed first, 10 at most. 1 query."""
    leeches = Memory.objects.of(learner).filter(fact__guide=guide, is_leech=True).order_by("-missed", "pk")
    found = leeches.select_related(
        "fact__table__guide", "fact__table__shown_with__guide", "fact__row", "fact__column", "fact__authored__row"
    )
    return [_stubborn(memory) for memory in found if memory.fact_id in facts][:MOST_LEECHES]


def _stubborn(memory: Memory) -> Stubborn:
    fact = memory.fact
    part = fact.column if fact.table.kind == "aspect" else fact.row
    return Stubborn(
        name=fact.row.subject if fact.row else fact.authored.question if fact.authored else "",
        column=fact.column.text if fact.column else "",
        missed=memory.missed,
        place=place_of_fact(fact),
        table=fact.table,
        part=part.slug if part else "",
    )


@dataclass(frozen=True, slots=True)
class SureAnswers:
    """Of the last `given` answers that a learner was sure of, so many were `right`."""

    given: int
    right: int

    @property
    def percent(self) -> int:
        """Share of right ones, 0 to 100; 0 without any."""
        return round(100 * self.right / self.given) if self.given else 0


def sure_answers(learner: Learner) -> SureAnswers:
    """How often "Sure" was right, in the last 200 answers that were given so, of all guides. 1 query."""
    sure = Answer.objects.filter(learner=learner, confidence=Answer.Confidence.SURE, slot__is_undone=False)
    points = list(sure.order_by("-answered_at").values_list("slot__points", flat=True)[:SURE_LOOKED_AT])
    return SureAnswers(len(points), points.count(1))
