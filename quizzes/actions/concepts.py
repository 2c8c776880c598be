"""How well each fact of one thing is remembered: those of its rows and columns, and the questions that it answers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import FilteredRelation, Q

from quizzes.actions.minds import Mind
from quizzes.memory.states import State
from quizzes.models import Fact, Learner
from quizzes.recalls import CellRecall, recall_of
from tables.models import Mention, Row

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
    wanted = Q(row__in=rows) | Q(column__in=columns) | Q(authored__in=[each for each in questions if each])
    recalls = _recalls(learner, wanted)
    facts = Fact.objects.filter(pk__in=recalls).select_related("table__shown_with", "row", "column", "authored")
    order = ("table__position", "row__position", "column__position", "authored__position")
    return [
        FactOfThing(_name(fact, columns), fact.table.name, recalls[fact.pk])
        for fact in facts.order_by(*order)[:MOST_FACTS]
    ]


def recall_of_rows(learner: Learner, rows: Sequence[Row]) -> dict[int, int | None]:
    """How well each row is recalled, in percent over its facts, by its id; None for one never asked. 3 queries."""
    # The tables bound what is looked at: a database can look up no two tables' columns at once.
    tables = {row.table_id for row in rows}
    recalls = _recalls(learner, Q(table__in=tables) & (Q(row__in=rows) | Q(authored__row__in=rows)))
    of_rows: dict[int, list[int | None]] = {row.pk: [] for row in rows}
    places = Fact.objects.filter(pk__in=recalls).values_list("pk", "row", "authored__row")
    for fact, row, authored in places:
        of_rows[row or authored].append(recalls[fact].percent)
    return {
        row: round(sum(each or 0 for each in percents) / len(percents)) if any(percents) else None
        for row, percents in of_rows.items()
    }


def _recalls(learner: Learner, wanted: Q) -> dict[int, CellRecall]:
    """The recall of each fact that is asked and not set aside, by its id. 2 queries."""
    mine = FilteredRelation("memories", condition=Q(memories__learner=learner.pk))
    found = Fact.objects.asked_of(learner).filter(wanted).annotate(mine=mine).order_by()
    states = found.values_list("pk", "mine__stability", "mine__difficulty", "mine__last_on")
    theta, today = Mind.of(learner).pace.theta, learner.today
    return {
        fact: recall_of(fact, State(*state) if state[-1] else None, today, theta, is_due=False, is_aside=False)
        for fact, *state in states
    }


def _name(fact: Fact, own_columns: Sequence[int | None]) -> str:
    """The column, in a column of its own the aspect, or the question."""
    if fact.authored:
        return fact.authored.question
    if fact.column_id in own_columns and fact.row:
        return fact.row.subject
    return fact.column.name if fact.column else ""
