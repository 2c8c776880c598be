"""What a learner wishes, taken in where the account has no wish of its own; and what was forecast for them."""

from datetime import date
from typing import Any
from zoneinfo import available_timezones

from quizzes.actions.entries import BATCH, by_key, day_in, each_made, key_in
from quizzes.actions.wishes import OF_LEARNER
from quizzes.models import Fact, Learner, Outlook, SetAside, Study
from quizzes.models.learners import LEAST_GOAL, MOST_GOAL, USUAL_GOAL
from quizzes.shapes import keepable, text_in, within
from tables.models import Guide, Topic

MOST_ANSWERS = 2**31 - 1


def take_in_wishes(learner: Learner, stored: dict[str, Any]) -> None:
    """
    Take in goal, time zone and days off, exams and topics of each guide, what is set aside, and old forecasts.

    What the account chose itself stays. Files of older versions hold less of it. Raises Fault.
    """
    own = [stored.get("learner") or {}]
    list(each_made("learner", own, keepable))
    list(each_made("learner", own, lambda entry: _take_own(learner, entry)))
    learner.save(update_fields=OF_LEARNER)
    _make_studies(learner, stored["studies"])
    facts = by_key(learner, Fact, each_made("set_aside", stored["set_aside"], lambda entry: key_in(entry, "fact")))
    SetAside.objects.bulk_create(
        (SetAside(learner=learner, fact=fact) for fact in facts.values()), ignore_conflicts=True, batch_size=BATCH
    )
    _make_outlooks(learner, stored.get("outlooks", []))


def _take_own(learner: Learner, entry: dict[str, Any]) -> None:
    """What they wish of all guides. A time zone that this machine does not know is left out."""
    if (learner.goal, learner.goal_unit) == (USUAL_GOAL, Learner.GoalUnit.ANSWERS):
        learner.goal = within(entry.get("goal", USUAL_GOAL), LEAST_GOAL, MOST_GOAL)
        learner.goal_unit = Learner.GoalUnit(entry.get("goal_unit", Learner.GoalUnit.ANSWERS))
    zone = entry.get("time_zone") or ""
    if not learner.time_zone and zone in available_timezones():
        learner.time_zone = zone
    learner.paused_until = learner.paused_until or _day(entry.get("paused_until"))
    learner.returns_missed = learner.returns_missed and bool(entry.get("returns_missed", True))


def _make_studies(learner: Learner, entries: list[Any]) -> None:
    guides = by_key(learner, Guide, each_made("studies", entries, lambda entry: key_in(entry, "guide")))
    named = each_made("studies", entries, lambda entry: [text_in(entry.get("leading_topic") or ""), *_weights(entry)])
    topics = by_key(learner, Topic, [key for keys in list(named) for key in keys])
    mine = {study.guide_id: study for study in Study.objects.filter(learner=learner)}

    def study_in(entry: Any) -> Study | None:
        guide = guides.get(entry["guide"])
        if guide is None:
            return None
        study = mine.setdefault(guide.pk, Study(learner=learner, guide=guide))
        own = {key: topic for key, topic in topics.items() if topic.guide_id == guide.pk}
        if not (study.exam_on or study.sat_on):
            study.exam_on, study.sat_on = _day(entry.get("exam_on")), _day(entry.get("sat_on"))
            study.result = _percent(entry.get("result"))
        if study.pass_mark is None:
            study.pass_mark = _percent(entry.get("pass_mark"))
        if study.leading_topic_id is None:
            study.leading_topic = own.get(entry.get("leading_topic") or "")
        weights = {str(own[key].pk): weight for key, weight in _weights(entry).items() if key in own}
        study.weights = study.weights or weights
        return study

    for study in filter(None, each_made("studies", entries, study_in)):
        study.save()


def _weights(entry: Any) -> dict[str, int]:
    return {key: within(weight, 0, 3) for key, weight in (entry.get("weights") or {}).items()}


def _make_outlooks(learner: Learner, entries: list[Any]) -> None:
    """Forecasts, so that exams can be laid beside them; one that was made here for the same day stays."""
    guides = by_key(learner, Guide, each_made("outlooks", entries, lambda entry: key_in(entry, "guide")))

    def outlook(entry: Any) -> Outlook | None:
        guide = guides.get(entry["guide"])
        if guide is None:
            return None
        return Outlook(
            learner=learner, guide=guide, on=day_in(entry["on"]), for_day=day_in(entry["for_day"]),
            answers=within(entry["answers"], 0, MOST_ANSWERS),
            **{name: within(entry[name], 0.0, 1.0) for name in ("mean", "low", "high", "now")},
        )  # fmt: skip

    made = (each for each in each_made("outlooks", entries, outlook) if each)
    Outlook.objects.bulk_create(made, ignore_conflicts=True, batch_size=BATCH)


def _day(text: str | None) -> date | None:
    return day_in(text) if text else None


def _percent(number: object) -> int | None:
    return None if number is None else within(number, 0, 100)
