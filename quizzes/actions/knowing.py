"""What one learner knows of a guide: one look at all its facts, for whatever parts of a page ask."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import F, FilteredRelation, Q, QuerySet

from quizzes.actions.fact_places import FactPlace, places_of
from quizzes.actions.minds import Mind
from quizzes.memory.planning import Aim, Plannable
from quizzes.memory.states import State, recall
from quizzes.models import DayPlan, Fact, Learner, Study
from quizzes.progress import Tally
from studysite.prepared import Prepared
from tables.models import Guide

NOBODY = 0
"""The id of no learner."""


@dataclass(frozen=True, slots=True)
class Papers:
    """
    What is kept of one learner beside a guide's facts; `plan` may be that of another day or other questions.

    `bank_version` is that of the guide its questions were made from, 0 where none were.
    """

    study: Study
    plan: DayPlan | None
    bank_version: int


class KnownFact(NamedTuple):
    """
    A fact that is asked, as it is planned, with what its learner showed of it at last sight.

    `page` is the table on whose page it is shown, `square` its row and column there, counted from 0 without header and
    key column (None for one that has no place in a row). `asked` is None for one never asked.
    """

    planned: Plannable
    page: int
    square: tuple[int, int] | None
    asked: int | None
    is_right: bool
    is_sure: bool
    is_aside: bool
    is_outdated: bool


@dataclass(frozen=True)
class Knowledge:
    """The facts of a guide that are asked, with those set aside in `every`; the learner's papers; and the day's aim."""

    every: list[KnownFact]
    papers: Papers
    aim: Aim

    @cached_property
    def counted(self) -> list[KnownFact]:
        """Those not set aside: what counts and maps are made from."""
        return [fact for fact in self.every if not fact.is_aside]

    @cached_property
    def facts(self) -> list[Plannable]:
        """The same as they are planned."""
        return [fact.planned for fact in self.counted]

    @property
    def answers(self) -> int:
        """How often these were asked."""
        return sum(fact.asked or 0 for fact in self.counted)

    @cached_property
    def tallies(self) -> dict[int, Tally]:
        """How far the learner is with each page, by the id of its table."""
        found: dict[int, Tally] = defaultdict(Tally)
        for fact in self.counted:
            found[fact.page] += Tally(1, fact.asked is not None, fact.is_right)
        return found

    @cached_property
    def recalls(self) -> dict[int, float]:
        """The chance that a fact would be recalled today, by its id; without those never asked."""
        return {fact.fact: self._recall_of(fact.state) for fact in self.facts if fact.state}

    def _recall_of(self, state: State) -> float:
        return recall(state, max(self.aim.on, state.last_on), self.aim.pace.theta)


def known_of(learner: Learner, guide: Guide, papers: Papers | None = None) -> Knowledge:
    """All of it. 2 queries, 1 where the papers are at hand."""
    papers = papers or papers_of(learner, guide)
    return Knowledge(_known_facts(learner, guide, papers), papers, aim_for(learner, guide, papers.study))


def papers_of(learner: Learner, guide: Guide) -> Papers:
    """The learner's papers; defaults, unsaved, for who has said nothing. 1 query."""
    [found] = map(vars, _PAPERS(learner=learner.pk or NOBODY, guide=guide.pk))  # has those of the two that there are
    kept = found.get("study") or Study(learner_id=learner.pk, guide=guide)
    return Papers(kept, found.get("plan"), found["bank_version"] or 0)


def _beside(learner: Any, guide: Any) -> QuerySet[Guide]:
    study = FilteredRelation("studies", condition=Q(studies__learner=learner))
    plan = FilteredRelation("plans", condition=Q(plans__learner=learner))
    guides = Guide.objects.filter(pk=guide).annotate(study=study, plan=plan, bank_version=F("bank__version"))
    beside = guides.select_related("study", "plan")  # type: ignore[misc]  # which were just named
    return beside.only("pk").order_by()


_PAPERS = Prepared(_beside)


def aim_for(learner: Learner, guide: Guide, study: Study) -> Aim:
    """Today and the day on which recall counts, with the learner's pace and what they know beforehand."""
    mind, today = Mind.of(learner), learner.today
    is_ahead = study.exam_on is not None and study.exam_on >= today
    return Aim(today, mind.pace, mind.first_of(guide.pk), study.exam_on if is_ahead else None)


class Shown(NamedTuple):
    """
    What a learner showed of a fact that questions ask for, at last sight; None where it was never asked.

    `outdated` and `aside` are the ids of what says that its value changed since, and that it is set aside.
    """

    fact: int
    group: int | None
    stability: float
    difficulty: float
    last_on: date | None
    is_leech: bool | None
    asked: int | None
    is_right: bool | None
    is_sure: bool | None
    outdated: int | None
    aside: int | None


def _facts(learner: Any, guide: Any) -> QuerySet[Fact, tuple[Any, ...]]:
    """The columns of `Shown`."""
    mine = FilteredRelation("memories", condition=Q(memories__learner=learner))
    aside = FilteredRelation("set_aside", condition=Q(set_aside__learner=learner))
    outdated = FilteredRelation("outdated", condition=Q(outdated__learner=learner))
    facts = Fact.objects.asked().filter(guide=guide).annotate(mine=mine, aside=aside, mine_once=outdated)
    return facts.order_by().values_list(
        "pk", "sibling_group", "mine__stability", "mine__difficulty", "mine__last_on", "mine__is_leech", "mine__asked",
        "mine__is_right", "mine__is_sure", "mine_once", "aside",
    )  # fmt: skip


_FACTS = Prepared(_facts)


def _known_facts(learner: Learner, guide: Guide, papers: Papers) -> list[KnownFact]:
    """About 1 microsecond a fact, of hundreds: a page that only counts them needs them all the same."""
    shown = list(map(Shown._make, _FACTS(learner=learner.pk or NOBODY, guide=guide.pk)))
    places = places_of(guide, papers.bank_version, [each.fact for each in shown])
    both = [(each, places[each.fact]) for each in shown if each.fact in places]
    met = {(place.table, place.row) for each, place in both if each.last_on and each.aside is None}
    study, topics = papers.study, {place.topic for _, place in both}
    weights = {topic: float(study.weights.get(str(topic), 1)) for topic in topics}
    return [
        _known_fact(
            each,
            place,
            weight=weights[place.topic],
            rank=-1 if each.outdated else int(place.topic != study.leading_topic_id),
            met_row=(place.table, place.row) in met,
        )
        for each, place in both
    ]


def _known_fact(each: Shown, place: FactPlace, *, weight: float, rank: int, met_row: bool) -> KnownFact:
    planned = Plannable(
        each.fact,
        State(each.stability, each.difficulty, each.last_on) if each.last_on else None,
        weight,
        (rank, *place.order),
        place.table,
        place.column,
        place.row,
        met_row,
        each.group,
        bool(each.is_leech),
    )
    is_aside, is_outdated = each.aside is not None, each.outdated is not None
    return KnownFact(
        planned, place.page, place.square, each.asked, bool(each.is_right), bool(each.is_sure), is_aside, is_outdated
    )
