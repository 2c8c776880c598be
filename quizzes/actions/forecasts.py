"""What a learner may expect to recall, and what became of earlier expectations."""

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from datetime import date
from typing import Any

from django.core.cache import caches

from quizzes.actions.knowing import Knowledge, known_of
from quizzes.memory.calibration import Outcome
from quizzes.memory.effort import Effort, effort_for
from quizzes.memory.planning import Aim, Plannable
from quizzes.memory.readiness import FEWEST_ANSWERS, Forecast, answers_missing, readiness
from quizzes.models import Answer, Learner, Outlook, Sitting, Study
from quizzes.outlooks import expected_on
from tables.models import Guide

DAY_IN_SECONDS = 24 * 60 * 60
EXAM_QUESTIONS = 65
"""So many has an exam of which nothing else is known."""
MOCKS_COMPARED = 5
OUTLOOKS_READ = 400


@dataclass(frozen=True, slots=True)
class Prospect:
    """
    What is expected of a learner in a guide: `today`, and on the day `until` when it counts.

    Both are None under 50 answers, `missing` says how many are still to be given. `exam_on` is None without a date.
    """

    missing: int
    until: date
    exam_on: date | None
    today: Forecast | None = None
    then: Forecast | None = None


def answers_given(learner: Learner, guide: Guide, known: Knowledge) -> int:
    """
    How many answers the memory of a guide rests on, counted up to 50.

    What was withdrawn, or started over with, does not count. 1 query that does not grow with the answers.
    """
    given = Answer.objects.filter(
        learner=learner, sitting__learner=learner, sitting__guide=guide, slot__is_undone=False
    )
    return min(given.order_by()[:FEWEST_ANSWERS].count(), known.answers)


def prospect_of(learner: Learner, guide: Guide, known: Knowledge) -> Prospect:
    """
    The forecast for a guide's facts, from 50 answers on.

    Reckoned anew only when something has changed since, and then noted for the day, so that it can later be laid beside
    what an exam gave. 1 query, up to 5 more when reckoned.
    """
    facts, aim = known.facts, known.aim
    if known.answers < FEWEST_ANSWERS or not facts:  # which is seen without a query
        return Prospect(answers_missing(answers_given(learner, guide, known)), aim.until, aim.exam_on)
    kept, mark = _Kept(learner, f"prospect/{guide.pk}"), f"{aim.on}/{aim.until}/{_mark_of(learner, facts)}"
    found: tuple[tuple[float, float, float], ...] | None = kept.find(mark)
    if found is None:
        if missing := answers_missing(answers_given(learner, guide, known)):
            return Prospect(missing, aim.until, aim.exam_on)
        today, then = (readiness(facts, day, aim.pace, aim.first) for day in (aim.on, aim.until))
        kept.keep(mark, (astuple(today), astuple(then)))
        _note(learner, guide, known, today, then)
    else:
        today, then = (Forecast(*shares) for shares in found)
    return Prospect(0, aim.until, aim.exam_on, today, then)


def prospect_now(learner: Learner, guide: Guide) -> Prospect:
    """The forecast for a guide as it stands, noted for the day: for where a sitting ends. About 10 queries."""
    return prospect_of(learner, guide, known_of(learner, guide))


def effort_of(learner: Learner, guide: Guide, facts: Sequence[Plannable], aim: Aim) -> Effort:
    """How many answers a day lead to 90 %: up to a second at first, then kept for the day. 1 to 5 queries."""
    kept, mark = _Kept(learner, f"effort/{guide.pk}"), f"{aim.on}/{aim.until}/{len(facts)}"
    found: tuple[int, float, bool] | None = kept.find(mark)
    if found is None:
        found = astuple(effort_for(facts, aim, aim.until))
        kept.keep(mark, found)
    return Effort(*found)


class _Kept:
    """One of the things that are reckoned for a learner; all of them are one entry of the cache. 1 query to look."""

    def __init__(self, learner: Learner, name: str) -> None:
        self.learner, self.name = learner, name
        self.entry: dict[str, tuple[str, Any]] = caches["forecasts"].get(_key_of(learner), {})

    def find(self, mark: str) -> Any:
        """What was reckoned under this mark; None where that was another."""
        before, found = self.entry.get(self.name, ("", None))
        return found if before == mark else None

    def keep(self, mark: str, reckoned: Any) -> None:
        """Keep it for a day, unless something else of the learner's is kept at this very moment."""
        caches["forecasts"].set(_key_of(self.learner), self.entry | {self.name: (mark, reckoned)}, DAY_IN_SECONDS)


def forget_forecasts(learner: Learner) -> None:
    """Drop what was reckoned for a learner. 1 query."""
    caches["forecasts"].delete(_key_of(learner))


@dataclass(frozen=True, slots=True)
class Compared:
    """A mock exam (or, without a sitting, the exam itself) of a day, beside what had been forecast for it."""

    on: date
    sitting: int | None
    outcome: Outcome


def compared_forecasts(learner: Learner, guide: Guide, study: Study | None, *, has_mocks: bool) -> list[Compared]:
    """
    The exam that was told of and the last mock exams of the whole guide, newest first, where a forecast came before.

    2 queries, none where there was no exam.
    """
    latest = Sitting.objects.of(learner).mocks().filter(guide=guide).order_by("-started_at")[:MOCKS_COMPARED]
    mocks = list(Sitting.objects.filter(pk__in=latest.values("pk")).with_progress()) if has_mocks else []
    told = study.sat_on if study and study.result is not None else None
    if not mocks and not told:
        return []
    outlooks = list(Outlook.objects.filter(learner=learner, guide=guide)[:OUTLOOKS_READ])
    found = [_compared_mock(learner, exam, outlooks) for exam in mocks]
    found += [_compared_exam(told, (study.result or 0) / 100, outlooks)] if study and told else []
    return sorted(filter(None, found), key=lambda each: each.on, reverse=True)


def _compared_mock(learner: Learner, exam: Sitting, outlooks: Sequence[Outlook]) -> Compared | None:
    """The last forecast of a day before: that of the day itself may know the exam's own answers."""
    on = learner.day_of(exam.finished_at or exam.started_at)
    before = next((each for each in outlooks if each.on < on), None)
    if before is None or not exam.slot_count:
        return None
    expected = expected_on(on, before.on, before.for_day, before.now, Forecast(before.mean, before.low, before.high))
    return Compared(on, exam.pk, Outcome(expected.score(exam.slot_count), exam.right_count / exam.slot_count))


def _compared_exam(on: date, score: float, outlooks: Sequence[Outlook]) -> Compared | None:
    last = next((each for each in outlooks if each.for_day == on), None)
    if last is None:
        return None
    return Compared(on, None, Outcome(Forecast(last.mean, last.low, last.high).score(EXAM_QUESTIONS), score))


def _key_of(learner: Learner) -> str:
    return f"forecasts/{learner.pk}"


def _mark_of(learner: Learner, facts: Sequence[Plannable]) -> str:
    """What changes with every answer, and with what is set aside or weighed otherwise."""
    weight = sum(fact.weight for fact in facts)
    ids = sum(fact.fact for fact in facts)
    return f"{learner.moved_at:%s.%f}/{len(facts)}/{ids}/{weight:g}" if learner.moved_at else f"/{len(facts)}/{ids}"


def _note(learner: Learner, guide: Guide, known: Knowledge, today: Forecast, then: Forecast) -> None:
    aim = known.aim
    noted = Outlook(
        learner=learner, guide=guide, on=aim.on, for_day=aim.until, mean=then.mean, low=then.low, high=then.high,
        now=today.mean, answers=known.answers,
    )  # fmt: skip
    Outlook.objects.bulk_create(
        [noted],
        update_conflicts=True,
        unique_fields=["learner", "guide", "on"],
        update_fields=["for_day", "mean", "low", "high", "now", "answers"],
    )
