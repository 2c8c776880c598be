"""How well each fact of one thing is remembered: those of its rows and columns, and the questions that it answers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import FilteredRelation, Q

from quizzes.actions.minds import Mind
from quizzes.memory.states import State
from quizzes.models import Fact, Learner
from quizzes.recalls import CellRecall, recall_of
from tables.models import Mention

MOST_FACTS = 60


@dataclass(frozen=True, slots=True)
class FactOfThing:
    """One fact: what it is called on the page of the thing, its table, and how well it is remembered today."""

    name: str
    table: str
    recall: CellRecall


def facts_of_thing(learner: Learner, own: Sequence[Mention], questions: Iterable[int | None]) -> list[FactOfThing]:
    """
    The facts that are asked of a thing's own rows and columns and of these authored questions, without those set aside.

    In the order of the document, the first 60. 3 queries at most.
    """
    rows = [mention.row_id for mention in own if mention.row_id]
    columns = [mention.column_id for mention in own if not mention.row_id]
    facts = Fact.objects.asked_of(learner).filter(
        Q(row__in=rows) | Q(column__in=columns) | Q(authored__in=[each for each in questions if each])
    )
    mine = FilteredRelation("memories", condition=Q(memories__learner=learner.pk))
    found = (
        facts.annotate(mine=mine)
        .order_by("table__position", "row__position", "column__position", "authored__position")
        .values_list("pk", "mine__stability", "mine__difficulty", "mine__last_on")
    )
    theta, today = Mind.of(learner).pace.theta, learner.today
    states = {fact: State(*state) if state[-1] else None for fact, *state in found[:MOST_FACTS]}
    named = {fact.pk: fact for fact in Fact.objects.filter(pk__in=states).select_related(
        "table__shown_with", "row", "column", "authored"
    )}  # fmt: skip
    return [
        FactOfThing(
            _name(named[fact], columns),
            named[fact].table.name,
            recall_of(fact, state, today, theta, is_due=False, is_aside=False),
        )
        for fact, state in states.items()
    ]


def _name(fact: Fact, own_columns: Sequence[int | None]) -> str:
    """The column, in a column of its own the aspect, or the question."""
    if fact.authored:
        return fact.authored.question
    if fact.column_id in own_columns and fact.row:
        return fact.row.subject
    return fact.column.name if fact.column else ""
