"""
All that the progress page tells of one guide.

Each count is made from the same facts: those that are asked and that the learner has not set aside.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from quizzes.actions.blind_spots import Stubborn, SureAnswers, stubborn_facts, sure_answers
from quizzes.actions.forecasts import Compared, Prospect, compared_forecasts, prospect_of
from quizzes.actions.knowing import Knowledge, KnownFact
from quizzes.actions.mixups import MixedUp, mixed_up_pairs
from quizzes.actions.planning import Due, due_of, goal_of
from quizzes.actions.wishes import after_the_exam
from quizzes.charts.calendar import Calendar, calendar, first_day
from quizzes.memory.planning import Aim, Plannable
from quizzes.models import Answer, Learner, Study
from quizzes.standings import Known, Standing, by_table, fading_by_day, standing_of
from tables.actions.outline import read_outline
from tables.models import Guide, Table, Topic

DAYS_AHEAD = 7


@dataclass(frozen=True, slots=True)
class Overview:
    """What is known of a guide's facts: as it was read, and as their learner showed them."""

    knowledge: Knowledge
    known: list[Known]

    @property
    def facts(self) -> list[Plannable]:
        """As they are planned."""
        return self.knowledge.facts

    @property
    def aim(self) -> Aim:
        """Today, and the day that counts."""
        return self.knowledge.aim

    @property
    def ids(self) -> set[int]:
        """Which facts these are."""
        return {fact.fact for fact in self.facts}


@dataclass(frozen=True, slots=True)
class TopicStanding:
    """A topic, how it is known, and the same of each of its tables that is asked."""

    topic: Topic
    all: Standing
    tables: list[tuple[Table, Standing]]


@dataclass(frozen=True, slots=True)
class Dashboard:
    """
    What the progress page shows of one guide.

    `fading` counts facts for today and each of the six days after it. `goal` is that of a day in answers, None where
    it is one of minutes, or on a day off.
    """

    guide: Guide
    study: Study | None
    today: date
    all: Standing
    topics: list[TopicStanding]
    due: Due
    fading: list[int]
    prospect: Prospect
    compared: list[Compared]
    mixed_up: list[MixedUp]
    stubborn: list[Stubborn]
    sure: SureAnswers
    calendar: Calendar
    goal: int | None

    @property
    def done_today(self) -> int:
        """How much of the goal is done."""
        return max((self.goal or 0) - self.due.goal_left, 0)

    @property
    def weakest(self) -> list[Table]:
        """The two tables that are known least of those that were begun."""
        begun = [(table, part) for topic in self.topics for table, part in topic.tables if part.seen]
        return [table for table, part in sorted(begun, key=lambda each: each[1].percent)[:2] if part.percent < 90]


def overview_of(knowledge: Knowledge) -> Overview:
    """The facts of a guide that are asked and not set aside, with what was shown of them at last sight."""
    return Overview(knowledge, [_known(fact, knowledge.recalls) for fact in knowledge.counted])


def dashboard_of(learner: Learner, guide: Guide, knowledge: Knowledge, *, has_mocks: bool) -> Dashboard:
    """All of one guide. The number of queries does not grow with facts or answers."""
    overview, aim = overview_of(knowledge), knowledge.aim
    study = after_the_exam(learner, knowledge.papers.study)
    leeches = {fact.fact for fact in overview.facts if fact.is_leech}
    states = [fact.state for fact in overview.facts if fact.state]
    return Dashboard(
        guide=guide,
        study=study,
        today=aim.on,
        all=standing_of(overview.known),
        topics=topics_of(guide, overview.known),
        due=due_of(learner, guide, knowledge),
        fading=fading_by_day(states, aim.pace.theta, aim.on, DAYS_AHEAD),
        prospect=prospect_of(learner, guide, knowledge),
        compared=compared_forecasts(learner, guide, study, has_mocks=has_mocks),
        mixed_up=mixed_up_pairs(learner, [guide]),
        stubborn=stubborn_facts(learner, guide, leeches) if leeches else [],
        sure=sure_answers(learner),
        calendar=study_calendar(learner, aim.on),
        goal=_goal(learner, aim.on),
    )


def topics_of(guide: Guide, facts: list[Known]) -> list[TopicStanding]:
    """The topics of a guide in document order, each with its tables that have facts among these. At most 1 query."""
    of_table = by_table(facts)
    tables: dict[Topic, list[Table]] = defaultdict(list)
    for table in read_outline(guide).tables:
        if table.pk in of_table:
            tables[table.topic].append(table)
    return [
        TopicStanding(
            topic,
            standing_of(known for table in own for known in of_table[table.pk]),
            [(table, standing_of(of_table[table.pk])) for table in own],
        )
        for topic, own in tables.items()
    ]


def study_calendar(learner: Learner, today: date) -> Calendar:
    """The learner's last weeks, in all guides, without what was withdrawn. 1 query, on the days shown alone."""
    shown = Answer.objects.filter(learner=learner, study_day__gte=first_day(today), slot__is_undone=False)
    by_day = dict(shown.order_by().values_list("study_day").annotate(n=Count("*")))
    return calendar(by_day, today, full=goal_of(learner))


def _goal(learner: Learner, today: date) -> int | None:
    is_off = learner.paused_until is not None and today < learner.paused_until
    return None if is_off or learner.goal_unit != Learner.GoalUnit.ANSWERS else learner.goal


def _known(fact: KnownFact, recalls: Mapping[int, float]) -> Known:
    planned = fact.planned
    return Known(planned.fact, planned.table, recalls.get(planned.fact), fact.is_right, fact.is_sure, planned.is_leech)
