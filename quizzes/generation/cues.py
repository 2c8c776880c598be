"""Plain Python: a question with its options in, what might hint at the right one out. Nothing is skipped for a cue."""

import re
from collections.abc import Iterable, Iterator

from quizzes.generation.candidates import LONG
from quizzes.generation.words import tokens

SAME_START = 5
SHORT_NAME = 4
LONGER = 1.5
VOWELS = "aeiou"
NAME = re.compile(r"\b[A-Z][A-Za-z]{1,3}\d*\b")


def soft_cues(stem: str, answer: str, others: Iterable[str]) -> tuple[str, ...]:
    """
    One sentence for each thing that hints at the answer, for its author to judge; none where nothing does.

    `others` are the wrong options that the question may draw; it has none where the answer is typed.
    """
    others = list(others)
    found = (
        _words(stem, answer, others),
        _names(stem, answer),
        _length(answer, others),
        _article(stem, answer, others),
    )
    return tuple(cue for cues in found for cue in cues)


def _words(stem: str, answer: str, others: list[str]) -> Iterator[str]:
    asked, right = set(tokens(stem)), set(tokens(answer))
    wrong = {token for other in others for token in tokens(other)}
    for word in sorted(right - wrong):
        if word in asked and len(word) >= SAME_START:
            yield f"“{word}” stands in the question and in the right answer alone."
        alike = sorted(other for other in asked - right if _start_alike(word, other))
        if alike and not any(_start_alike(alike[0], other) for other in wrong):
            yield f"“{alike[0]}” in the question begins like “{word}” in the right answer alone."


def _start_alike(one: str, other: str) -> bool:
    return len(one) >= SAME_START and one[:SAME_START] == other[:SAME_START]


def _names(stem: str, answer: str) -> Iterator[str]:
    """A short name in the question that begins a longer word of the answer: Inf2, Inferentia2."""
    for name in dict.fromkeys(NAME.findall(stem)):
        letters = name.rstrip("0123456789").lower()
        longer = [word for word in tokens(answer) if word.startswith(letters) and len(word) > len(name)]
        if len(name) <= SHORT_NAME and longer:
            yield f"“{name}” in the question is the beginning of “{longer[0]}” in the right answer."


def _length(answer: str, others: list[str]) -> Iterator[str]:
    longest = max((len(other) for other in others), default=0)
    if longest and len(answer) > LONG and len(answer) > LONGER * longest:
        yield "The right answer is by far the longest."


def _article(stem: str, answer: str, others: list[str]) -> Iterator[str]:
    last = (re.findall(r"\w+", stem.lower()) or [""])[-1]
    if last not in {"a", "an"} or not others:
        return
    fitting = [text for text in (answer, *others) if (text[:1].lower() in VOWELS) == (last == "an")]
    if fitting == [answer]:
        yield f"Only the right answer fits the “{last}” that the question ends in."
