"""Plain Python: what a guide has to pack in, what each file holds of it and what it has to leave out, in words, out."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from quizzes.generation.made import ONE_CHOICE, WRITTEN, QuestionKind
from quizzes.packages.cards import BACKWARDS, FRONTS
from quizzes.packages.moodle import HELD as IN_MOODLE
from quizzes.packages.plain import AIKEN_HELD, ARROW, GIFT_HELD, WEIGHT

GROUPS: tuple[tuple[frozenset[QuestionKind], str, str], ...] = (
    (ONE_CHOICE, "question with options", "questions with options"),
    (frozenset({QuestionKind.SELECT_ALL}), "“select all”", "“select all”"),
    (WRITTEN, "to be typed", "to be typed"),
    (frozenset({QuestionKind.ORDER_BY}), "to be put in order", "to be put in order"),
    (frozenset({QuestionKind.REBUILD}), "table to be rebuilt", "tables to be rebuilt"),
)
"""Kinds of question by what an author of exams calls them: one, several."""


@dataclass(frozen=True, slots=True)
class Format:
    """
    One file of questions, by its name in the address; cards hold facts, the others questions of these kinds.

    `holds_all_typed` says that it misreads no answer that is typed.
    """

    file: str
    name: str
    content_type: str
    kinds: frozenset[QuestionKind]
    for_what: str
    is_of_cards: bool = False
    is_of_missed: bool = False
    holds_all_typed: bool = True


CARD_KINDS = frozenset((*FRONTS, *BACKWARDS))
ANKI = "application/vnd.anki"
TEXT = "text/plain"
FORMATS = {
    each.file: each
    for each in (
        Format("anki.apkg", "Anki deck", ANKI, CARD_KINDS, "Opens in Anki; imported again, it updates.", True),
        Format(
            "anki.txt", "Anki, as text", TEXT, CARD_KINDS, "For Anki's import of text, and for your own eyes.", True
        ),
        Format("missed.apkg", "Anki deck of what you missed", ANKI, CARD_KINDS, "What you last got wrong.", True, True),
        Format("missed.txt", "What you missed, as text", TEXT, CARD_KINDS, "The same as text.", True, True),
        Format(
            "moodle.xml",
            "Moodle XML",
            "application/xml",
            IN_MOODLE,
            "With feedback, ids and categories.",
        ),
        Format(
            "gift.txt",
            "GIFT",
            TEXT,
            GIFT_HELD,
            "Text that Moodle and others import, with feedback and ids.",
            holds_all_typed=False,
        ),
        Format("aiken.txt", "Aiken", TEXT, AIKEN_HELD, "The plainest text: no feedback, no ids."),
    )
}


@dataclass(frozen=True, slots=True)
class Offer:
    """One file as the export page lists it: how much it holds, and what is left out, both in words."""

    format: Format
    count: int
    holds: str
    leaves_out: str


def offer_of(wanted: Format, kinds: Mapping[str, int], misread: int) -> Offer:
    """
    What a file of questions holds and what it leaves out, given how many questions of each kind there are.

    `misread` counts those to be typed whose answer GIFT would take for something else.
    """
    unheld = 0 if wanted.holds_all_typed else misread
    held = sum(kinds.get(kind.value, 0) for kind in wanted.kinds) - unheld
    left = [_counted(group - wanted.kinds, one, many, kinds) for group, one, many in GROUPS]
    if unheld:
        left.insert(0, f"{unheld:,} to be typed with “{ARROW}” in the answer or “{WEIGHT}” before it")
    return Offer(wanted, held, _questions(held), ", ".join(filter(None, left)))


def offer_of_cards(wanted: Format, cards: int, *, asked: int, facts: int) -> Offer:
    """What a file of cards holds: a card for each fact that one question asks for alone."""
    left = []
    if asked > cards:
        left.append(f"{_facts(asked - cards)} asked only together with others")
    if facts > asked:
        left.append(f"{_facts(facts - asked)} not asked")
    return Offer(wanted, cards, f"{cards:,} card{'' if cards == 1 else 's'}", ", ".join(left))


def _counted(kinds: Collection[QuestionKind], one: str, many: str, counts: Mapping[str, int]) -> str:
    count = sum(counts.get(kind.value, 0) for kind in kinds)
    return f"{count:,} {one if count == 1 else many}" if count else ""


def _questions(count: int) -> str:
    return f"{count:,} question{'' if count == 1 else 's'}"


def _facts(count: int) -> str:
    return f"{count:,} fact{'' if count == 1 else 's'}"
