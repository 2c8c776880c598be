"""Plain Python: questions in, the plain text formats GIFT and Aiken out, question by question."""

import re
from collections.abc import Iterable, Iterator
from html import escape as html
from itertools import groupby
from string import ascii_uppercase

from quizzes.generation.made import ONE_CHOICE, WRITTEN, QuestionKind
from quizzes.packages.items import Choice, Item
from quizzes.packages.moodle import asked_html, category, shares_of, tags_of

GIFT_HELD = frozenset(QuestionKind) - {QuestionKind.REBUILD}
AIKEN_HELD = ONE_CHOICE
MEANT = re.compile(r"[\\~=#{}:]")
"""What means something in GIFT unless a backslash stands before it."""
ARROW, WEIGHT = "->", "%"
"""Between the two halves of a pair; before and after a share of the points. No escape helps what is typed with them."""


def gift(items: Iterable[Item]) -> Iterator[str]:
    """
    GIFT with a category for each topic; ids and tags stand in comments, as Moodle reads them.

    What is typed is left out where its answer would be misread, whatever else may be typed.
    """
    held = (
        item for item in items if item.kind in GIFT_HELD and (item.kind not in WRITTEN or not is_misread(item.answer))
    )
    for path, of_topic in groupby(held, key=lambda item: category(item.place)):
        yield f"$CATEGORY: {_one_line(path)}\n\n"
        yield from map(_gift, of_topic)


def is_misread(typed: str) -> bool:
    """Whether GIFT would take an answer that is typed for a pair or for a share of the points."""
    return ARROW in typed or typed.startswith(WEIGHT)


def _gift(item: Item) -> str:
    tags = "".join(f" [tag:{tag}]" for tag in tags_of(item))
    lines = [f"// [id:{item.id}]{tags}", f"::{_meant(item.name[:250])}::[html]{_meant(asked_html(item))}{{"]
    return "\n".join([*lines, *_answers(item), "}"]) + "\n\n"


def _answers(item: Item) -> Iterator[str]:
    if item.kind in WRITTEN:
        typed = (answer for answer in item.answers if not is_misread(answer))
        yield from (f"={_meant(answer.replace('*', '\\*'))}" for answer in typed)
    elif item.kind is QuestionKind.ORDER_BY:
        for place, choice in enumerate(item.choices, start=1):
            yield f"={_meant(html(choice.text))} -> {place}"
    else:
        is_single = item.kind in ONE_CHOICE
        for choice, share in zip(item.choices, shares_of(item.choices), strict=True):
            mark = ("=" if choice.is_right else "~") if is_single else f"~%{share}%"
            yield f"{mark}{_meant(_option(choice.text))}{_feedback(choice)}"


def _option(text: str) -> str:
    """A text as HTML that begins with no share of the points."""
    return html(text).replace(WEIGHT, f"&#{ord(WEIGHT)};", int(text.startswith(WEIGHT)))


def _feedback(choice: Choice) -> str:
    return f"#{_meant(html(choice.says))}" if choice.says else ""


def _meant(text: str) -> str:
    return MEANT.sub(r"\\\g<0>", _one_line(text))


def aiken(items: Iterable[Item]) -> Iterator[str]:
    """Aiken, which holds nothing but one line of question, its options and the letter of the right one."""
    for item in items:
        if item.kind in AIKEN_HELD:
            options = [f"{letter}. {_one_line(choice.text)}" for letter, choice in _lettered(item)]
            right = next(letter for letter, choice in _lettered(item) if choice.is_right)
            yield "\n".join([_aiken_stem(item), *options, f"ANSWER: {right}"]) + "\n\n"


def _lettered(item: Item) -> Iterable[tuple[str, Choice]]:
    return zip(ascii_uppercase, item.choices, strict=False)


def _aiken_stem(item: Item) -> str:
    """The question on a line that cannot be taken for an option."""
    return f"“{_one_line(item.context)}”: {_one_line(item.stem)}"


def _one_line(text: str) -> str:
    return " ".join(text.split())
