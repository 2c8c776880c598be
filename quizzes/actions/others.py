"""How other people answered a question, without telling who."""

from collections.abc import Mapping, Sequence
from typing import Any

from quizzes.generation.made import ONE_CHOICE, QuestionKind
from quizzes.models import Answer, Slot
from quizzes.others import FEWEST, Other, Share, shares_of_options, shares_of_outcomes

MOST = 500
"""So many of the newest answers are looked at, however many there are."""


def shares_of(slot: Slot) -> tuple[Share, ...]:
    """
    The shares of what other people answered to the question of an answered slot; none before three did.

    Each person counts once, with their newest answer to what is asked here. Guests are left out: they are soon made,
    and whoever made two would see what the third person said; so is what was taken in from a file. 1 query, over at
    most 500 answers. Needs the answer, if there is one.
    """
    others = _others(slot)
    if len(others) < FEWEST:
        return ()
    if slot.kind in ONE_CHOICE or slot.kind == QuestionKind.SELECT_ALL:
        answer: Answer | None = getattr(slot, "answer", None)
        return shares_of_options(
            [option["text"] for option in slot.options],
            others,
            right=frozenset(option["text"] for option in slot.options if option["is_right"]),
            mine=_texts(answer.given if answer else None, slot.options),
        )
    return shares_of_outcomes(Answer.Outcome.choices, others)


def _others(slot: Slot) -> list[Other]:
    newest = Answer.objects.filter(question=slot.question_id).order_by("-answered_at").values("pk")[:MOST]
    answers = Answer.objects.filter(
        pk__in=newest,
        learner__user__isnull=False,
        slot__value_hash=slot.value_hash,
        slot__returns=None,
        slot__is_undone=False,
        sitting__is_taken_in=False,
    ).exclude(learner=slot.learner_id)
    found: dict[int, Other] = {}
    for learner, given, outcome, options in answers.order_by("-answered_at", "-pk").values_list(
        "learner", "given", "outcome", "slot__options"
    ):
        found.setdefault(learner, Other(_texts(given, options), outcome))
    return list(found.values())


def _texts(given: Mapping[str, Any] | None, options: Sequence[Mapping[str, Any]]) -> frozenset[str]:
    """The texts of the options that were chosen or ticked."""
    said = given or {}
    places = said.get("ticked", [said["choice"]] if "choice" in said else [])
    return frozenset(options[place]["text"] for place in places if place < len(options))
