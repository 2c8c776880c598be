"""What a learner is to be asked of a guide today: their facts as the planner takes them, and the day's list, kept."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from operator import itemgetter
from typing import Any

from django.db.models import FilteredRelation, Q, Sum
from django.db.models.functions import Least

from quizzes.actions.confusions import Confused, confused_by
from quizzes.actions.minds import Mind
from quizzes.actions.tables_at_hand import fetch_tables
from quizzes.generation.index import Index
from quizzes.generation.similarity import row_similarity
from quizzes.generation.sources import Thing
from quizzes.memory.continuing import ENOUGH_BELOW
from quizzes.memory.fading import is_fading
from quizzes.memory.ordering import Row, Similarity, order_day
from quizzes.memory.planning import Aim, Plannable, Ranked, rank
from quizzes.memory.states import State
from quizzes.models import Answer, Bank, DayPlan, Fact, Learner, Study
from tables.models import Guide
from tables.models import Row as TableRow

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


def facts_to_plan(learner: Learner, guide: Guide, study: Study) -> list[Plannable]:
    """The facts of a guide that are asked and not set aside, with what is known of them. 1 query."""
    mine = FilteredRelation("memories", condition=Q(memories__learner=learner.pk))
    aside = FilteredRelation("set_aside", condition=Q(set_aside__learner=learner.pk))
    outdated = FilteredRelation("outdated", condition=Q(outdated__learner=learner.pk))
    facts = Fact.objects.asked().filter(guide=guide).annotate(mine=mine, aside=aside, mine_once=outdated)
    facts = facts.filter(aside=None)
    rows = facts.values_list(
        "pk", "table", "table__topic", "table__topic__position", "table__position", "column", "column__position", "row",
        "row__position", "authored__row", "authored__position", "sibling_group", "mine__stability",
        "mine__difficulty", "mine__last_on", "mine__is_leech",
        "mine_once",
    )  # fmt: skip
    known = list(rows.order_by())
    places = map(itemgetter(1, 7, 9, 14), known)
    met = {(table, row or authored) for table, row, authored, last_on in places if last_on}
    return [_plannable(columns, study, met) for columns in known]


def _plannable(columns: tuple[Any, ...], study: Study, met: Collection[tuple[int, int]]) -> Plannable:
    (
        fact, table, topic, topic_place, table_place, column, column_place, row, row_place, authored_row,
        authored_place, group, stability, difficulty, last_on, is_leech, outdated,
    ) = columns  # fmt: skip
    return Plannable(
        fact=fact,
        state=State(stability, difficulty, last_on) if last_on else None,
        weight=float(study.weights.get(str(topic), 1)),
        place=(
            -1 if outdated else topic != study.leading_topic_id, topic_place or 0, table_place, column_place or 0,
            row_place if row_place is not None else authored_place or 0,
        ),
        table=table,
        column=column,
        row=row or authored_row,
        met_row=(table, row or authored_row) in met,
        group=group,
        is_leech=bool(is_leech),
    )  # fmt: skip


def aim_of(learner: Learner, guide: Guide) -> Aim:
    """Today and the day on which recall counts, with the learner's pace and what they know beforehand. 1 query."""
    return _aim_of(learner, guide, _study_of(learner, guide))


def _study_of(learner: Learner, guide: Guide) -> Study:
    return Study.objects.of(learner).filter(guide=guide).first() or Study()


def _aim_of(learner: Learner, guide: Guide, study: Study) -> Aim:
    mind, today = Mind.of(learner), learner.today
    is_ahead = study.exam_on is not None and study.exam_on >= today
    return Aim(today, mind.pace, mind.first_of(guide.pk), study.exam_on if is_ahead else None)


def plan_of(learner: Learner, guide: Guide, known: "Known | None" = None) -> DayPlan:
    """
    What is to be asked today, best first: made once a study day, and when what it is made from has changed.

    2 queries if it was; about 10 to make it.
    """
    version = Bank.objects.filter(guide=guide).values_list("version", flat=True).first() or 0
    kept = DayPlan.objects.filter(learner=learner, guide=guide).first()
    if kept and (kept.on, kept.version) == (learner.today, version):
        return kept
    listed = listed_for(learner, guide, known or known_of(learner, guide))
    useful = [each for each in listed if each.gain >= ENOUGH_BELOW]
    rest = [each for each in listed if each.gain < ENOUGH_BELOW]
    plan, _ = DayPlan.objects.update_or_create(
        learner=learner,
        guide=guide,
        defaults={
            "on": learner.today,
            "version": version,
            "facts": [each.fact.fact for each in [*useful, *rest]],
            "useful": len(useful),
        },
    )
    return plan


type Known = tuple[list[Plannable], Aim]
"""The facts of a guide as they are planned, and today with the day aimed at."""


def known_of(learner: Learner, guide: Guide, study: Study | None = None) -> Known:
    """Both of them, for one learner. 2 queries, 1 where it is known how they study."""
    study = study or _study_of(learner, guide)
    return facts_to_plan(learner, guide, study), _aim_of(learner, guide, study)


def listed_for(learner: Learner, guide: Guide, known: Known) -> list[Ranked]:
    """The day's list with gains, in the order in which to ask it. 4 queries."""
    facts, aim = known
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
    """How alike two of these rows are; 1 for two that are mixed up, 0 for any other row. 3 queries."""
    found = TableRow.objects.filter(pk__in=[row for _, row in rows]).values_list("pk", "key", "table__key")
    things = {pk: Thing(table.hex, row_key=key.hex) for pk, key, table in found}
    index = Index(fetch_tables(things.values()).tables.values())

    @cache
    def similarity(one: Row, other: Row) -> float:
        first, second = things.get(one[1] or 0), things.get(other[1] or 0)
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
    if learner.is_off:
        return 0
    answers = Answer.objects.filter(learner=learner.pk, study_day=learner.today, slot__is_undone=False)
    if learner.goal_unit == Learner.GoalUnit.ANSWERS:
        return max(0, learner.goal - answers.count())
    spent = answers.aggregate(spent=Sum(Least("took", LONGEST_ANSWER)))["spent"] or timedelta()
    return max(0, round((learner.goal - spent.total_seconds() / 60) * ANSWERS_A_MINUTE))


def due_of(learner: Learner, guide: Guide, known: Known | None = None) -> Due:
    """What is still on today's plan. 3 queries, those of the plan, and 3 where it is not known what is known."""
    known = known or known_of(learner, guide)
    facts, aim = known
    planned = {fact.fact: fact for fact in facts}
    unseen = sum(fact.state is None for fact in facts)
    fading = sum(is_fading(fact.state, aim.on, aim.pace.theta) for fact in facts if fact.state)
    left = goal_left(learner)
    open_ = open_facts(learner, plan_of(learner, guide, known), is_last_days=aim.is_last_days)
    due = [planned[fact] for fact in open_ if fact in planned][: min(fading + unseen, left)]
    tables = Counter(fact.table for fact in due if fact.table is not None)
    return Due(len(due), fading, unseen, left, dict(tables), frozenset(fact.fact for fact in due))


def open_facts(learner: Learner, plan: DayPlan, *, is_last_days: bool) -> list[int]:
    """
    The facts of a plan that were not asked today, nor (but in the last days before an exam) a sibling, best first.

    2 queries.
    """
    asked = Fact.objects.filter(
        answers__learner=learner.pk, answers__answer__learner=learner.pk, answers__answer__study_day=plan.on,
        answers__answer__slot__is_undone=False,
        guide=plan.guide_id,
    )  # fmt: skip
    told = set(asked.values_list("pk", "sibling_group"))
    done = {fact for fact, _ in told}
    groups = set() if is_last_days else {group for _, group in told if group is not None}
    siblings = set(Fact.objects.filter(guide=plan.guide_id, sibling_group__in=groups).values_list("pk", flat=True))
    return [fact for fact in plan.facts if fact not in done and fact not in siblings]
