"""The answers of a file: each read whole, with what was shown and what its verdict said, before any is kept."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import batched
from typing import Any

from quizzes.actions.entries import BATCH, day_in, is_key, moment_in, token_in
from quizzes.contrasts.cards import Contrast
from quizzes.generation.options import Option
from quizzes.models import Answer, AnswerFact, Fact, Learner, Question, Sitting, Slot
from quizzes.shapes import shaped, text_in, within
from quizzes.shown import Shown

LONGEST_CONTEXT = 700
LONGEST_HASH = 64
LONGEST_TOOK = 10.0**9
"""Seconds, some thirty years."""
OF_VERDICT = {
    "place": str, "also": list[dict[str, str]], "missing": list[str], "in_doubt": bool,
    "outdated": list[dict[str, str]], "changed": list[str], "opens": bool,
}  # fmt: skip
"""What a stored verdict holds beside its contrasts."""

type AskedKey = tuple[str, str] | None
"""As `quizzes.shown.AskedFact`, by the key of the fact."""


@dataclass(frozen=True, slots=True)
class AnswerIn:
    """
    One answer of the file with its slot, both without what this site has to give: learner, sitting, question, places.

    `sitting`, `question` and those of `told` (what it says of facts) and `asked` (the slot's facts, None where it keeps
    none) are as the file names them.
    """

    answer: Answer
    sitting: str
    question: str
    told: dict[str, AnswerFact]
    asked: list[AskedKey] | None


def read_answer(entry: Any) -> AnswerIn:
    """The answer of an entry. Raises LookupError, TypeError, ValueError, AttributeError or OverflowError."""
    slot, asked = _read_slot(entry["slot"])
    shown, places = Shown.from_json(slot.shown), len(slot.options)
    if entry["given"] is not None:
        _check_given(entry["given"], places, shown)
    day, seconds = entry.get("study_day"), entry.get("seconds")
    answer = Answer(
        token=token_in(entry), slot=slot, given=entry["given"],
        chosen=None if entry["chosen"] is None else _place(entry["chosen"], places),
        is_right=bool(entry["is_right"]), outcome=Answer.Outcome(entry["outcome"]),
        points=within(entry["points"], 0.0, 1.0), confidence=_confidence(entry["confidence"]),
        contrast=_verdict_in(entry["contrast"]), answered_at=moment_in(entry["answered_at"]),
        study_day=day_in(day) if day else None,
        took=None if seconds is None else timedelta(seconds=within(seconds, 0.0, LONGEST_TOOK)),
    )  # fmt: skip
    _check_keys([entry["slot"], answer.contrast])
    _ = answer.verdict  # which every page of it says
    facts = [(text_in(told["fact"]), _read_fact(told)) for told in shaped(entry.get("facts", []), list[dict[str, Any]])]
    if len(dict(facts)) < len(facts):
        raise ValueError("a fact twice")
    sitting = text_in(entry.get("sitting") or "")
    return AnswerIn(answer, sitting, text_in(entry["question"]), dict(facts), asked)


def _read_slot(kept: Any) -> tuple[Slot, list[AskedKey] | None]:
    options = [shaped(Option.from_json(option), Option) for option in kept["options"]]
    shown = dict(kept["shown"])
    asked = shaped(shown.pop("facts", None), list[AskedKey] | None)
    if look := shown.get("look"):
        shown["look"] = {"missed": within(look["missed"], 0, 10**6), "contrast": _contrast_in(look["contrast"])}
    if shown:
        kept_shown = shaped(Shown.from_json(shown), Shown)
        within(kept_shown.guess_chance, 0.0, 1.0)
        shown = kept_shown.to_json()
    slot = Slot(
        kind=Question.Kind(kept["kind"]), context=text_in(kept["context"], LONGEST_CONTEXT),
        stem=text_in(kept["stem"]), options=[option.to_json() for option in options], shown=shown,
        value_hash=text_in(kept["value_hash"], LONGEST_HASH),
        right=None if kept["right"] is None else _place(kept["right"], len(options)),
        points=within(kept["points"], 0.0, 1.0), is_flagged=bool(kept["is_flagged"]),
        is_undone=bool(kept["is_undone"]),
    )  # fmt: skip
    return slot, asked


def _place(number: Any, count: int) -> int:
    return within(shaped(number, int), 0, count - 1)


def _check_given(given: dict[str, Any], options: int, shown: Shown) -> None:
    """Look at each part of a `quizzes.marking.replies.Given`, and of the second try beside it."""
    for name, value in given.items():
        match name:
            case "choice":
                _place(value, options)
            case "ticked" | "order":
                for place in shaped(value, list[int]):
                    _place(place, options)
            case "placed":
                for hole, put in shaped(value, list[tuple[int, int]]):
                    _place(hole, len(shown.holes))
                    _place(put, len(shown.tray))
            case "text":
                text_in(value)
            case "again":
                _check_given(value or {}, options, shown)
            case "again_right":
                shaped(value, bool)
            case _:
                raise ValueError(name)


def _confidence(said: Any) -> str:
    return Answer.Confidence(said) if said else ""


def _verdict_in(stored: Any) -> dict[str, Any]:
    """A verdict as it is stored; one without contrasts for an answer that kept none, as of covered cells."""
    if stored is None:
        return {"shown": [], "place": ""}
    beside = {name: shaped(stored[name], kind) for name, kind in OF_VERDICT.items() if name in stored}
    if "place" not in beside:
        raise ValueError("no place")
    if "shown" not in stored:
        return _contrast_in(stored) | beside
    return {"shown": [_contrast_in(each) for each in stored["shown"]], **beside}


def _contrast_in(stored: Any) -> dict[str, Any]:
    contrast = shaped(Contrast.from_json(stored), Contrast)
    if contrast.lines and not (contrast.right and contrast.other):
        raise ValueError("one side alone")
    return contrast.to_json()


def _check_keys(value: Any) -> None:
    """Raises ValueError where a row or a table is named by what is no key."""
    if isinstance(value, dict):
        for name in ("table_key", "row_key"):
            if value.get(name) and not is_key(value[name]):
                raise ValueError(name)
        value = value.values()
    elif not isinstance(value, list | tuple):
        return
    for each in value:
        _check_keys(each)


def _read_fact(told: dict[str, Any]) -> AnswerFact:
    return AnswerFact(
        is_right=bool(told["is_right"]), is_unknown=bool(told["is_unknown"]),
        guess_chance=within(told["guess_chance"], 0.0, 1.0), value_hash=text_in(told["value_hash"], LONGEST_HASH),
    )  # fmt: skip


def keep_answers(
    learner: Learner,
    read: Iterable[AnswerIn],
    sittings: dict[str, Sitting],
    questions: dict[str, Question],
    facts: dict[str, Fact],
) -> Iterator[Answer]:
    """Keep answers behind those that their sittings have. All of them must be of these sittings and questions."""
    places: Counter[int] = Counter()
    for some in batched(read, BATCH):
        for each in some:
            answer, slot, sitting = each.answer, each.answer.slot, sittings[each.sitting]
            places[sitting.pk] += 1
            answer.position = slot.position = places[sitting.pk]
            answer.learner = slot.learner = learner
            answer.sitting = slot.sitting = sitting
            answer.question = slot.question = questions[each.question]
            if each.asked is not None:
                slot.shown["facts"] = [
                    [facts[fact[0]].pk, fact[1]] if fact and fact[0] in facts else None for fact in each.asked
                ]
        Slot.objects.bulk_create(each.answer.slot for each in some)
        Answer.objects.bulk_create(each.answer for each in some)
        AnswerFact.objects.bulk_create(_told_of(learner, some, facts), batch_size=BATCH)
        yield from (each.answer for each in some)


def _told_of(learner: Learner, read: Iterable[AnswerIn], facts: dict[str, Fact]) -> Iterator[AnswerFact]:
    for each in read:
        for key, told in each.told.items():
            if key in facts:
                told.learner, told.answer, told.fact = learner, each.answer, facts[key]
                yield told
