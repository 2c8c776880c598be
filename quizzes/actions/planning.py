"""What a learner is to be asked of a guide today: their facts as the planner takes them, and the day's list, kept."""

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import islice

from django.db.models import Count, QuerySet

from quizzes.actions.confusions import Confused, confused_by
from quizzes.actions.fact_places import places_of
from quizzes.actions.knowing import Knowledge, Papers, aim_for, known_of, papers_of
from quizzes.actions.tables_at_hand import fetch_tables
from quizzes.generation.index import Index
from quizzes.generation.similarity import row_similarity
from quizzes.generation.sources import Thing
from quizzes.memory.continuing import ENOUGH_BELOW
from quizzes.memory.fading import is_fading
from quizzes.memory.ordering import Row, Similarity, order_day
from quizzes.memory.planning import Aim, Plannable, Ranked, rank
from quizzes.models import Answer, DayPlan, Fact, Learner, Study
from studysite.prepared import Prepared
from tables.models import Guide
from tables.models import Row as TableRow
from tables.reader.document import Kind

ANSWERS_A_MINUTE = 2
LONGEST_ANSWER = timedelta(minutes=2)
"""Who goes away in the middle of a question has not studied all that time."""
COMPARED_ROWS = 120
"""Of so many rows at the head of the list it is known how alike they are."""


@dataclass(frozen=True, slots=True)
class Due:
    """
    The facts still on today's plan: `count`, and by the id of their table, which add up to it.

    `fading` counts those seen whose recall is under 90 % today, `unseen` those never asked. `goal_left` is how many
    answers the daily goal still wants.
    """

    count: int
    fading: int
    unseen: int
    goal_left: int
    by_table: dict[int, int]
    facts: frozenset[int] = frozenset()


def aim_of(learner: Learner, guide: Guide) -> Aim:
    """Today and the day on which recall counts, with the learner's pace and what they know beforehand. 1 query."""
    return aim_for(learner, guide, Study.objects.of(learner).filter(guide=guide).first() or Study())


def plan_of(learner: Learner, guide: Guide, known: Knowledge | None = None) -> DayPlan:
    """
    What is to be asked today, best first: made once a study day, and when what it is made from has changed.

    1 query if it was, none where it is known what is known; about 8 to make it.
    """
    papers = known.papers if known else papers_of(learner, guide)
    if kept := papers.plan_on(learner.today):
        return kept
    listed = listed_for(learner, guide, known or known_of(learner, guide, papers))
    useful = [each for each in listed if each.gain >= ENOUGH_BELOW]
    rest = [each for each in listed if each.gain < ENOUGH_BELOW]
    made = DayPlan(
        learner=learner,
        guide=guide,
        on=learner.today,
        version=papers.bank_version,
        facts=[each.fact.fact for each in [*useful, *rest]],
        useful=len(useful),
    )
    # Two pages of one learner may make it at once: the later one writes over the other, and neither has to look first.
    DayPlan.objects.bulk_create(
        [made],
        update_conflicts=True,
        unique_fields=["learner", "guide"],
        update_fields=["on", "version", "facts", "useful"],
    )
    return made


def listed_for(learner: Learner, guide: Guide, known: Knowledge) -> list[Ranked]:
    """The day's list with gains, in the order in which to ask it. 4 queries."""
    facts, aim = known.facts, known.aim
    ranked = rank(facts, aim)
    rows = dict.fromkeys(_row_of(each.fact) for each in ranked if each.fact.row is not None)
    similarity = similarity_of(list(rows)[:COMPARED_ROWS], confused_by(learner, guide))
    return order_day(ranked, aim, similarity, goal=goal_of(learner), introduced=_introduced_today(facts, learner.today))


def _row_of(fact: Plannable) -> Row:
    return fact.table, fact.row


def _introduced_today(facts: Iterable[Plannable], today: date) -> set[Row]:
    """Rows of which nothing was answered on an earlier day, as far as last answers tell."""
    seen = [fact for fact in facts if fact.state and fact.row is not None]
    earlier = {_row_of(fact) for fact in seen if fact.state and fact.state.last_on < today}
    return {_row_of(fact) for fact in seen} - earlier


def similarity_of(rows: Collection[Row], confused: Confused) -> Similarity:
    """
    How alike two of these rows are; 1 for two that are mixed up, 0 for any other row. 3 queries.

    The columns of an aspect table are not like one another: it has so few that all are met on its first day.
    """
    found = TableRow.objects.filter(pk__in=[row for _, row in rows]).exclude(table__kind=Kind.ASPECT)
    things: dict[Row, Thing] = {
        (table, pk): Thing(key.hex, row_key=row_key.hex)
        for table, pk, key, row_key in found.values_list("table", "pk", "table__key", "key")
    }
    index = Index(fetch_tables(things.values()).tables.values())

    @cache
    def similarity(one: Row, other: Row) -> float:
        first, second = things.get(one), things.get(other)
        if first is None or second is None:
            return 0.0
        if confused.get(frozenset((first.row_key, second.row_key)), 0.0) >= 1:
            return 1.0
        return row_similarity(index, first, second)

    return similarity


def goal_of(learner: Learner) -> int:
    """The daily goal in answers, two a minute where it is one of minutes."""
    is_minutes = learner.goal_unit == Learner.GoalUnit.MINUTES
    return learner.goal * ANSWERS_A_MINUTE if is_minutes else learner.goal


def goal_left(learner: Learner) -> int:
    """How many answers the goal of today still wants, of any guide; none on days off. 1 query."""
    return left_of_goal(learner, took_today(learner))


def took_today(learner: Learner) -> list[timedelta | None]:
    """How long each of today's answers took, None where nobody knows. 1 query, none on days off."""
    return [] if learner.is_off else list(_standing_today(learner).values_list("took", flat=True))


def _standing_today(learner: Learner) -> QuerySet[Answer]:
    return Answer.objects.filter(learner=learner.pk, study_day=learner.today, slot__is_undone=False).order_by()


_TOLD = Prepared(
    lambda learner, day: (
        Answer.objects.filter(learner=learner, study_day=day, slot__is_undone=False)
        .order_by()
        .values_list("pk", "took", "facts__fact", "facts__fact__sibling_group", "facts__fact__guide")
    )
)
"""Of each fact that was told of that day: the answer, how long it took, the fact, its group, its guide."""


def left_of_goal(learner: Learner, took: Collection[timedelta | None]) -> int:
    """How many answers the goal still wants after those that took so long; none on days off."""
    if learner.is_off:
        return 0
    if learner.goal_unit == Learner.GoalUnit.ANSWERS:
        return max(0, learner.goal - len(took))
    spent = sum((min(each, LONGEST_ANSWER) for each in took if each is not None), timedelta())
    return max(0, round((learner.goal - spent.total_seconds() / 60) * ANSWERS_A_MINUTE))


def due_of(learner: Learner, guide: Guide, known: Knowledge | None = None) -> Due:
    """
    What is still on today's plan: what was not asked today, nor (but in the last days before an exam) a sibling.

    1 query, those of a plan to be made, and 2 where it is not known what is known.
    """
    known = known or known_of(learner, guide)
    aim, planned = known.aim, {fact.fact: fact for fact in known.facts}
    unseen = sum(fact.state is None for fact in known.facts)
    fading = sum(is_fading(fact.state, aim.on, aim.pace.theta) for fact in known.facts if fact.state)
    today = _today_in(guide, learner)
    plan = {fact: planned[fact].group for fact in plan_of(learner, guide, known).facts if fact in planned}
    due = today.due(plan, fading + unseen, is_last_days=aim.is_last_days)
    tables = Counter(table for fact in due if (table := planned[fact].table) is not None)
    return Due(len(due), fading, unseen, today.goal_left, dict(tables), frozenset(due))


def due_by_plan(learner: Learner, guide: Guide, papers: Papers) -> list[int]:
    """
    The same facts by the plan alone, for a page that shows few of them: what is known is counted, not read.

    2 queries, 1 more where the places of facts were not read before, and those of a plan to be made.
    """
    plan, aim = papers.plan_on(learner.today) or plan_of(learner, guide), aim_for(learner, guide, papers.study)
    places = places_of(guide, papers.bank_version, plan.facts)
    wanted = _WANTED(learner=learner.pk, guide=guide.pk, day=str(aim.on), theta=aim.pace.theta)
    groups = {fact: places[fact].group for fact in plan.facts if fact in places}
    return _today_in(guide, learner).due(groups, sum(wanted), is_last_days=aim.is_last_days)


_WANTED = Prepared(
    lambda learner, guide, day, theta: (
        Fact.objects.asked()
        .filter(guide=guide)
        .wanted_by(learner, day, theta)
        .order_by()
        .values("guide")
        .values_list(Count("pk"), flat=True)
    )
)


@dataclass(frozen=True, slots=True)
class _Today:
    """What of a guide was answered today, `groups` the siblings of it, and what the daily goal still wants."""

    facts: Collection[int]
    groups: Collection[int]
    goal_left: int

    def due(self, plan: Mapping[int, Hashable], wanted: int, *, is_last_days: bool) -> list[int]:
        """What is left of a plan, given as its facts with their groups: no more than so many `wanted`."""
        taught = () if is_last_days else self.groups
        left = (fact for fact, group in plan.items() if fact not in self.facts and group not in taught)
        return list(islice(left, min(wanted, self.goal_left)))


def _today_in(guide: Guide, learner: Learner) -> _Today:
    """1 query."""
    told = _TOLD(learner=learner.pk or 0, day=str(learner.today))
    mine = [(fact, group) for _, _, fact, group, of_guide in told if of_guide == guide.pk]
    took = {answer: took for answer, took, *_ in told}.values()
    groups = {group for _, group in mine if group is not None}
    return _Today({fact for fact, _ in mine if fact is not None}, groups, left_of_goal(learner, took))
