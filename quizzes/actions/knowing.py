"""What one learner knows of a guide: one look at all its facts, for whatever parts of a page ask."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
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
from tables.models import Guide, Table

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

    def plan_on(self, day: date) -> DayPlan | None:
        """The plan, where it is one of this day and made from the questions as they are."""
        is_of_now = self.plan and (self.plan.on, self.plan.version) == (day, self.bank_version)
        return self.plan if is_of_now else None


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
    """
    The facts of a guide, or of one of its pages, that are asked; the learner's papers; and the day's aim.

    `every` has those set aside too.
    """

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
    found = _FACTS(learner=learner.pk or NOBODY, guide=guide.pk)
    return Knowledge(_known_facts(found, guide, papers), papers, aim_for(learner, guide, papers.study))


def known_of_page(learner: Learner, table: Table, papers: Papers) -> Knowledge:
    """The same of those facts that stand on one table's page. 1 query, which does not grow with the guide."""
    found = _FACTS_OF_PAGE(learner=learner.pk or NOBODY, page=table.pk)
    facts = _known_facts(found, table.guide, papers)
    return Knowledge(facts, papers, aim_for(learner, table.guide, papers.study))


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


def _known_facts(known: Sequence[tuple[Any, ...]], guide: Guide, papers: Papers) -> list[KnownFact]:
    study = papers.study
    places = places_of(guide, papers.bank_version, [columns[0] for columns in known])
    both = [(columns, places[columns[0]]) for columns in known if columns[0] in places]
    met = {(place.table, place.row) for columns, place in both if columns[LAST_ON] and columns[ASIDE] is None}
    topics = {place.topic for _, place in both}
    weights = {topic: float(study.weights.get(str(topic), 1)) for topic in topics}
    ranks = {topic: int(topic != study.leading_topic_id) for topic in topics}
    return [_known_fact(columns, place, weights, ranks, met) for columns, place in both]


def _shown(facts: QuerySet[Fact], learner: Any) -> QuerySet[Fact, tuple[Any, ...]]:
    mine = FilteredRelation("memories", condition=Q(memories__learner=learner))
    aside = FilteredRelation("set_aside", condition=Q(set_aside__learner=learner))
    outdated = FilteredRelation("outdated", condition=Q(outdated__learner=learner))
    facts = facts.annotate(mine=mine, aside=aside, mine_once=outdated)
    return facts.order_by().values_list(
        "pk", "sibling_group", "mine__stability", "mine__difficulty", "mine__last_on", "mine__is_leech", "mine__asked",
        "mine__is_right", "mine__is_sure", "mine_once", "aside",
    )  # fmt: skip


_FACTS = Prepared(lambda learner, guide: _shown(Fact.objects.asked().filter(guide=guide), learner))
_FACTS_OF_PAGE = Prepared(lambda learner, page: _shown(Fact.objects.asked().on_page(page), learner))
LAST_ON, ASIDE = 4, 10
"""Places in those columns."""


def _known_fact(
    columns: tuple[Any, ...],
    place: FactPlace,
    weights: Mapping[int, float],
    ranks: Mapping[int, int],
    met: Collection[tuple[int, int | None]],
) -> KnownFact:
    fact, group, stability, difficulty, last_on, is_leech, asked, is_right, is_sure, outdated, aside = columns
    topic, order, table, column, row, page, square, _ = place
    state = State(stability, difficulty, last_on) if last_on else None
    rank = -1 if outdated else ranks[topic]
    planned = Plannable(
        fact, state, weights[topic], (rank, *order), table, column, row, (table, row) in met, group, bool(is_leech)
    )
    return KnownFact(
        planned, page, square, asked, bool(is_right), bool(is_sure), aside is not None, outdated is not None
    )
