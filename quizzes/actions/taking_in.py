"""A learner's history in again, here or on another site that has the same guides: nothing twice, then a replay."""

from dataclasses import dataclass
from datetime import datetime
from itertools import batched
from typing import Any

from django.db import transaction

from quizzes.actions.answers_taken_in import LONGEST_CONTEXT, keep_answers, read_answer
from quizzes.actions.entries import BATCH, LONGEST_TOKEN, Fault, by_key, each_made, key_in, moment_in, token_in
from quizzes.actions.plans import drop_plans
from quizzes.actions.recounting import count_on
from quizzes.actions.replaying import replay
from quizzes.actions.sittings import lock
from quizzes.actions.wishes_taken_in import take_in_wishes
from quizzes.exports import FORMAT
from quizzes.models import Answer, Event, Fact, Learner, Question, RuleOut, Sitting
from quizzes.rule_out import Standing
from quizzes.shapes import keepable, shaped, text_in, within
from tables.models import Guide, Table

LONGEST_EXAM = 2**15 - 1
"""Minutes."""
LISTS = ("studies", "sittings", "answers", "events", "set_aside")
LATER_LISTS = ("rule_outs", "outlooks")
"""Files of older versions hold none of these."""


class BadFile(ValueError):
    """The file cannot be taken in; the message says why, and where in it. Nothing was changed."""


@dataclass(frozen=True, slots=True)
class TakenIn:
    """How many answers came in, how many had been here before, and how many are about guides that this site lacks."""

    new: int
    known: int
    unknown: int

    @property
    def summary(self) -> str:
        """What happened, in a sentence."""
        said = [f"{self.new} answer{'' if self.new == 1 else 's'} taken in"]
        said += [f"{self.known} were here already"] if self.known else []
        said += [f"{self.unknown} are about questions that this site does not have"] if self.unknown else []
        return f"{'; '.join(said)}."


@transaction.atomic
def take_in(learner: Learner, stored: Any) -> TakenIn:
    """
    Take in what `quizzes.actions.taking_out` gave, read from JSON. Taken in twice it changes nothing more.

    Raises BadFile, and then nothing is changed.
    """
    if not isinstance(stored, dict) or stored.get("studysite") != FORMAT:
        raise BadFile("This is not a file of your data that a Studysite made.")
    for name in LISTS:
        if not isinstance(stored.get(name), list):
            raise BadFile(f"The list “{name}” is missing from the file.")
    for name in LATER_LISTS:
        if not isinstance(stored.get(name, []), list):
            raise BadFile(f"“{name}” of the file is no list.")
    learner = lock(learner)
    try:
        for name in (*LISTS, *LATER_LISTS):
            list(each_made(name, stored.get(name, []), keepable))
        return _take_in(learner, stored)
    except Fault as fault:
        raise BadFile(f"Entry {fault.number} of “{fault.name}” cannot be read. Nothing was changed.") from None


def _take_in(learner: Learner, stored: dict[str, Any]) -> TakenIn:
    here = set(Answer.objects.filter(learner=learner).values_list("token", flat=True))
    read = list(each_made("answers", stored["answers"], read_answer))
    fresh = list({each.answer.token: each for each in reversed(read) if each.answer.token not in here}.values())[::-1]
    questions = by_key(learner, Question, (each.question for each in fresh))
    asked = [each for each in fresh if each.question in questions]
    facts = by_key(learner, Fact, (key for each in asked for key in each.told))
    sittings = _make_sittings(learner, stored["sittings"], {each.sitting for each in asked})
    kept = [each for each in asked if _is_of(sittings.get(each.sitting), questions[each.question])]
    answers = list(keep_answers(learner, kept, sittings, questions, facts))
    _make_events(learner, stored["events"])
    count_on(learner, answers)
    take_in_wishes(learner, stored)
    _make_rule_outs(learner, stored.get("rule_outs", []))
    replay(learner)
    drop_plans(learner)
    return TakenIn(len(kept), len(read) - len(fresh), len(fresh) - len(kept))


def _is_of(sitting: Sitting | None, question: Question) -> bool:
    """A sitting asks of one guide alone."""
    return sitting is not None and sitting.guide_id == question.guide_id


def _make_sittings(learner: Learner, entries: list[Any], wanted: set[str]) -> dict[str, Sitting]:
    """Those that new answers belong to, by the tokens of the file; one that is here already is not mixed up with it."""
    read = list(each_made("sittings", entries, _read_sitting))
    guides = by_key(learner, Guide, (guide for _, _, guide, _ in read))
    tables = by_key(learner, Table, (table for _, _, _, table in read))
    taken = set(Sitting.objects.filter(learner=learner).values_list("token", flat=True))
    found: dict[str, Sitting] = {}
    for sitting, started_at, guide, table in read:
        token = sitting.token
        if token in wanted and token not in found and guide in guides:
            sitting.token = next(name for number in range(1, 1000) if (name := _named(token, number)) not in taken)
            taken.add(sitting.token)
            sitting.learner, sitting.guide, sitting.table = learner, guides[guide], tables.get(table)
            sitting.save()
            Sitting.objects.filter(pk=sitting.pk).update(started_at=started_at)
            found[token] = sitting
    return found


def _read_sitting(entry: Any) -> tuple[Sitting, datetime, str, str]:
    """A sitting without what this site has to give; when it began, and the keys of its guide and table."""
    started_at, minutes, pass_mark = moment_in(entry["started_at"]), entry.get("minutes"), entry.get("pass_mark")
    finished_at = entry.get("finished_at")
    sitting = Sitting(
        mode=Sitting.Mode(entry["mode"]), scope=Sitting.Scope(entry["scope"]), token=token_in(entry), seed=0,
        finished_at=moment_in(finished_at) if finished_at else started_at,
        minutes=None if minutes is None else within(minutes, 0, LONGEST_EXAM),
        pass_mark=None if pass_mark is None else within(pass_mark, 0, 100), returns_missed=False, is_taken_in=True,
    )  # fmt: skip
    return sitting, started_at, key_in(entry, "guide"), text_in(entry.get("table") or "")


def _named(token: str, number: int) -> str:
    return token if number == 1 else f"{token[: LONGEST_TOKEN - 6]}-{number}"


def _make_events(learner: Learner, entries: list[Any]) -> None:
    """Events of answers that are here, and of facts and tables that this site has; none twice."""
    read = list(each_made("events", entries, _read_event))
    answers: dict[str, Answer] = {}
    for some in batched({named["answer"] for _, named in read}, BATCH):
        answers |= {answer.token: answer for answer in Answer.objects.filter(learner=learner, token__in=some)}
    guides = by_key(learner, Guide, (named["guide"] for _, named in read))
    tables = by_key(learner, Table, (named["table"] for _, named in read))
    facts = by_key(learner, Fact, (named["fact"] for _, named in read))
    mine = Event.objects.filter(learner=learner)
    here: set[tuple[Any, ...]] = set(mine.values_list("kind", "happened_at", "answer", "table", "fact"))
    new = []
    for event, named in read:
        event.learner, event.answer, event.guide = learner, answers.get(named["answer"]), guides.get(named["guide"])
        event.table, event.fact = tables.get(named["table"]), facts.get(named["fact"])
        if named["table"] and not event.table:  # else it would speak of the whole guide
            continue
        if not (event.answer or event.fact or event.guide):
            continue
        mark = (event.kind, event.happened_at, event.answer_id, event.table_id, event.fact_id)
        if mark not in here:
            here.add(mark)
            new.append(event)
    Event.objects.bulk_create(new, ignore_conflicts=True, batch_size=BATCH)


def _read_event(entry: Any) -> tuple[Event, dict[str, str]]:
    """An event, and by their names in the file the token and the keys of what it is about."""
    named = {name: key_in(entry, name) for name in ("answer", "guide", "table", "fact")}
    return Event(kind=Event.Kind(entry["kind"]), happened_at=moment_in(entry["happened_at"])), named


def _make_rule_outs(learner: Learner, entries: list[Any]) -> None:
    """What was ruled out of questions that this site has; none twice. Files of older versions hold no such list."""
    read = list(each_made("rule_outs", entries, _read_rule_out))
    questions = by_key(learner, Question, (question for _, _, question in read))
    here = set(RuleOut.objects.of(learner).values_list("token", flat=True))
    for ruled_out, started_at, question in read:
        if question in questions and ruled_out.token not in here:
            here.add(ruled_out.token)
            ruled_out.learner, ruled_out.question = learner, questions[question]
            ruled_out.save()
            RuleOut.objects.filter(pk=ruled_out.pk).update(started_at=started_at)


def _read_rule_out(entry: Any) -> tuple[RuleOut, datetime, str]:
    """What was ruled out, without what this site has to give; when that began, and the key of the question."""
    finished_at = entry["finished_at"]
    standings = [shaped(Standing.from_json(option), Standing) for option in entry["options"]]
    if sum(standing.is_right for standing in standings) != 1:
        raise ValueError("one is right")
    _ = [standing.deciding for standing in standings]
    ruled_out = RuleOut(
        token=token_in(entry), context=text_in(entry["context"], LONGEST_CONTEXT), stem=text_in(entry["stem"]),
        options=[standing.to_json() for standing in standings],
        struck=[within(place, 0, len(standings) - 1) for place in shaped(entry["struck"], list[int])],
        finished_at=moment_in(finished_at) if finished_at else None,
    )  # fmt: skip
    return ruled_out, moment_in(entry["started_at"]), key_in(entry, "question")
