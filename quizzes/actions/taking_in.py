"""A learner's history in again, here or on another site that has the same guides: nothing twice, then a replay."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import batched
from typing import Any

from django.db import transaction
from django.utils import timezone

from quizzes.actions.entries import Fault, by_key, each_made
from quizzes.actions.plans import drop_plans
from quizzes.actions.recounting import count_on
from quizzes.actions.replaying import replay
from quizzes.actions.sittings import lock
from quizzes.actions.wishes_taken_in import take_in_wishes
from quizzes.exports import FORMAT
from quizzes.models import Answer, AnswerFact, Event, Fact, Learner, Question, RuleOut, Sitting, Slot
from quizzes.rule_out import Standing
from tables.models import Guide, Table

BATCH = 500
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
        return _take_in(learner, stored)
    except Fault as fault:
        raise BadFile(f"Entry {fault.number} of “{fault.name}” cannot be read. Nothing was changed.") from None


def _take_in(learner: Learner, stored: dict[str, Any]) -> TakenIn:
    here = set(Answer.objects.filter(learner=learner).values_list("token", flat=True))
    entries = list(each_made("answers", stored["answers"], lambda entry: (str(entry["token"]), entry)))
    fresh = [entry for token, entry in entries if token not in here]
    questions = by_key(learner, Question, each_made("answers", fresh, lambda entry: entry["question"]))
    asked = [entry for entry in fresh if entry["question"] in questions]
    facts = by_key(learner, Fact, (told["fact"] for entry in asked for told in _facts_of(entry)))
    sittings = _make_sittings(learner, stored["sittings"], {str(entry.get("sitting")) for entry in asked})
    kept = [entry for entry in asked if _is_of(sittings.get(str(entry.get("sitting"))), questions[entry["question"]])]
    answers: list[Answer] = []
    for some in batched(kept, BATCH):
        answers += _make_answers(learner, some, sittings, questions, facts)
    _make_events(learner, stored["events"])
    count_on(learner, answers)
    take_in_wishes(learner, stored)
    _make_rule_outs(learner, stored.get("rule_outs", []))
    replay(learner)
    drop_plans(learner)
    return TakenIn(len(kept), len(entries) - len(fresh), len(fresh) - len(kept))


def _is_of(sitting: Sitting | None, question: Question) -> bool:
    """A sitting asks of one guide alone."""
    return sitting is not None and sitting.guide_id == question.guide_id


def _facts_of(entry: Any) -> list[dict[str, Any]]:
    told = entry.get("facts", [])
    if not isinstance(told, list) or not all(isinstance(each, dict) and "fact" in each for each in told):
        raise Fault("answers", int(entry.get("position", 0) or 0))
    return told


def _make_sittings(learner: Learner, entries: list[Any], wanted: set[str]) -> dict[str, Sitting]:
    """Those that new answers belong to, by the tokens of the file; one that is here already is not mixed up with it."""
    guides = by_key(learner, Guide, each_made("sittings", entries, lambda entry: entry["guide"]))
    tables = by_key(learner, Table, (entry["table"] for entry in entries if entry.get("table")))
    taken = set(Sitting.objects.filter(learner=learner).values_list("token", flat=True))

    def make(entry: Any) -> tuple[str, Sitting | None, datetime]:
        token, started_at = str(entry["token"]), datetime.fromisoformat(entry["started_at"])
        if token not in wanted or entry["guide"] not in guides:
            return token, None, started_at
        number = next(number for number in range(1, 1000) if _named(token, number) not in taken)
        taken.add(_named(token, number))
        finished_at = entry.get("finished_at") or entry["started_at"]
        return (
            token,
            Sitting(
                learner=learner, guide=guides[entry["guide"]], table=tables.get(entry.get("table") or ""),
                mode=Sitting.Mode(entry["mode"]), scope=Sitting.Scope(entry["scope"]), token=_named(token, number),
                seed=0, finished_at=datetime.fromisoformat(finished_at), minutes=entry.get("minutes"),
                pass_mark=entry.get("pass_mark"), returns_missed=False,
            ),
            started_at,
        )  # fmt: skip

    made = list(each_made("sittings", entries, make))
    found = {}
    for token, sitting, started_at in made:
        if sitting:
            sitting.save()
            Sitting.objects.filter(pk=sitting.pk).update(started_at=started_at)
            found[token] = sitting
    return found


def _named(token: str, number: int) -> str:
    return token[:64] if number == 1 else f"{token[:58]}-{number}"


def _make_answers(
    learner: Learner,
    entries: Sequence[Any],
    sittings: dict[str, Sitting],
    questions: dict[str, Question],
    facts: dict[str, Fact],
) -> list[Answer]:
    places: Counter[int] = Counter()
    slots = list(each_made("answers", entries, lambda entry: _slot(learner, entry, sittings, questions, facts)))
    for sitting in {slot.sitting_id: slot.sitting for slot in slots}.values():
        places[sitting.pk] = sitting.slots.count()
    for slot in slots:
        places[slot.sitting_id] += 1
        slot.position = places[slot.sitting_id]
    Slot.objects.bulk_create(slots, batch_size=BATCH)
    pairs = zip(entries, slots, strict=True)
    answers = list(each_made("answers", pairs, lambda pair: _answer(learner, *pair)))
    Answer.objects.bulk_create(answers, batch_size=BATCH)
    told = [
        _told(learner, answer, each, facts[each["fact"]])
        for answer, entry in zip(answers, entries, strict=True)
        for each in _facts_of(entry)
        if each["fact"] in facts
    ]
    AnswerFact.objects.bulk_create(told, batch_size=BATCH)
    return answers


def _slot(
    learner: Learner, entry: Any, sittings: dict[str, Sitting], questions: dict[str, Question], facts: dict[str, Fact]
) -> Slot:
    kept, shown = entry["slot"], dict(entry["slot"]["shown"])
    if "facts" in shown:
        shown["facts"] = [
            [facts[fact[0]].pk, fact[1]] if fact and fact[0] in facts else None for fact in shown["facts"]
        ]
    return Slot(
        learner=learner, sitting=sittings[str(entry["sitting"])], question=questions[entry["question"]],
        position=1, token=str(entry["token"])[:64], kind=Question.Kind(kept["kind"]),
        context=str(kept["context"])[:700],
        stem=str(kept["stem"]), options=list(kept["options"]), shown=shown, value_hash=str(kept["value_hash"])[:64],
        right=kept["right"], points=float(kept["points"]), is_flagged=bool(kept["is_flagged"]),
        is_undone=bool(kept["is_undone"]),
    )  # fmt: skip


def _answer(learner: Learner, entry: Any, slot: Slot) -> Answer:
    day, seconds = entry.get("study_day"), entry.get("seconds")
    return Answer(
        learner=learner, sitting=slot.sitting, slot=slot, question=slot.question, position=slot.position,
        token=slot.token, chosen=entry["chosen"], given=entry["given"], is_right=bool(entry["is_right"]),
        outcome=Answer.Outcome(entry["outcome"]), points=float(entry["points"]),
        confidence=str(entry["confidence"])[:10], contrast=entry["contrast"],
        answered_at=_moment(entry["answered_at"]),
        study_day=date.fromisoformat(day) if day else None,
        took=None if seconds is None else timedelta(seconds=float(seconds)),
    )  # fmt: skip


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else timezone.make_aware(moment)


def _told(learner: Learner, answer: Answer, each: dict[str, Any], fact: Fact) -> AnswerFact:
    return AnswerFact(
        learner=learner, answer=answer, fact=fact, is_right=bool(each["is_right"]), is_unknown=bool(each["is_unknown"]),
        guess_chance=min(max(float(each["guess_chance"]), 0.0), 1.0), value_hash=str(each["value_hash"])[:64],
    )  # fmt: skip


def _make_events(learner: Learner, entries: list[Any]) -> None:
    """Events of answers that are here, and of facts and tables that this site has; none twice."""
    tokens = [entry.get("answer") for entry in entries if isinstance(entry, dict) and entry.get("answer")]
    answers: dict[str, Answer] = {}
    for some in batched(tokens, BATCH):
        answers |= {answer.token: answer for answer in Answer.objects.filter(learner=learner, token__in=some)}
    guides = by_key(learner, Guide, each_made("events", entries, lambda entry: entry["guide"] or ""))
    tables = by_key(learner, Table, each_made("events", entries, lambda entry: entry["table"] or ""))
    facts = by_key(learner, Fact, each_made("events", entries, lambda entry: entry["fact"] or ""))
    mine = Event.objects.filter(learner=learner)
    here = set(mine.values_list("kind", "happened_at", "answer", "table", "fact"))

    def make(entry: Any) -> Event | None:
        answer, table = answers.get(entry["answer"] or ""), tables.get(entry["table"] or "")
        fact, guide = facts.get(entry["fact"] or ""), guides.get(entry["guide"] or "")
        if not (answer or fact or guide):
            return None
        return Event(
            learner=learner, kind=Event.Kind(entry["kind"]), happened_at=datetime.fromisoformat(entry["happened_at"]),
            answer=answer, guide=guide, table=table, fact=fact,
        )  # fmt: skip

    made = [event for event in each_made("events", entries, make) if event]
    new = [
        event for event in made
        if (event.kind, event.happened_at, event.answer_id, event.table_id, event.fact_id) not in here
    ]  # fmt: skip
    Event.objects.bulk_create(new, batch_size=BATCH)


def _make_rule_outs(learner: Learner, entries: list[Any]) -> None:
    """What was ruled out of questions that this site has; none twice. Files of older versions hold no such list."""
    questions = by_key(learner, Question, each_made("rule_outs", entries, lambda entry: entry["question"]))
    here = set(RuleOut.objects.of(learner).values_list("token", flat=True))

    def make(entry: Any) -> tuple[RuleOut, datetime] | None:
        token, finished_at = str(entry["token"])[:64], entry["finished_at"]
        question = questions.get(entry["question"])
        if question is None or token in here:
            return None
        here.add(token)
        options = [Standing.from_json(option).to_json() for option in entry["options"]]
        ruled_out = RuleOut(
            learner=learner, question=question, token=token, context=str(entry["context"])[:700],
            stem=str(entry["stem"]), options=options, struck=[int(place) for place in entry["struck"]],
            finished_at=datetime.fromisoformat(finished_at) if finished_at else None,
        )  # fmt: skip
        return ruled_out, datetime.fromisoformat(entry["started_at"])

    for ruled_out, started_at in filter(None, list(each_made("rule_outs", entries, make))):
        ruled_out.save()
        RuleOut.objects.filter(pk=ruled_out.pk).update(started_at=started_at)
