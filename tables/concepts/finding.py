"""
Plain Python: names in, the places where they stand in a text out.

Whole words, case as written, a longer name before a shorter one inside it, a plural s accepted. A hyphen ends no word,
nor does a full stop before a letter: "Auto-detect" does not name Auto, "Node.js" does not name Node.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter

# Scripts written without spaces: each sign is a step of its own, and a word may end after any of them.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_STEP = re.compile(rf"[{_UNSPACED}]|[^\W{_UNSPACED}]+|[^\w\s]")
_GOES_ON_BEFORE = re.compile(rf"(?:[^\W{_UNSPACED}]|[^\W{_UNSPACED}][-.])\Z")
_GOES_ON_AFTER = re.compile(rf"[^\W{_UNSPACED}]|[-.][^\W{_UNSPACED}]|\+\+|#")
_EDGE = 2
"""Signs beside a name that tell whether a word goes on there."""

_COMMON = (
    "a an and any are as at be by do for from get has have if in into is it its let like no not of off on one or out"
    " over see set so than that the then they this to up use via was when where while will with yes you"
)
COMMON = frozenset(_COMMON.split())
"""Words that are names only where they fill a cell: a keyword `for` is not meant by every "for"."""


@dataclass(frozen=True, slots=True)
class Span:
    """One name found: its place in the text, the thing's compare form, and whether only the author calls it so."""

    start: int
    end: int
    form: str
    by_alias: bool


class Finder:
    """Names to be looked for. The cost of a look is that of the text, however many names there are."""

    def __init__(self, names: Mapping[str, str], aliases: Mapping[str, str] | None = None) -> None:
        """`names` and the author's `aliases` map a text to the compare form of the thing it names."""
        self._names = {text: (form, True) for text, form in (aliases or {}).items()}
        self._names |= {text: (form, False) for text, form in names.items()}
        self._reach: dict[str, int] = {}
        for text in self._names:
            if step := _STEP.match(text):
                self._reach[step[0]] = max(len(text), self._reach.get(step[0], 0))

    def find(self, text: str) -> list[Span]:
        """The names in a text, from left to right, none overlapping another."""
        return list(self._found(text))

    def _found(self, text: str) -> Iterator[Span]:
        free, steps = 0, [(step[0], step.start(), step.end()) for step in _STEP.finditer(text)]
        for number, (step, start, _) in enumerate(steps):
            reach = max(self._reach.get(step, 0), self._reach.get(step[:-1], 0) if step[-1] == "s" else 0)
            if start < free or not reach or _GOES_ON_BEFORE.search(text, max(start - _EDGE, 0), start):
                continue
            limit = bisect_right(steps, start + reach + 1, key=itemgetter(2))
            if span := self._longest(text, start, [end for *_, end in steps[number:limit]]):
                free = span.end
                yield span

    def _longest(self, text: str, start: int, ends: Sequence[int]) -> Span | None:
        for end in reversed(ends):
            if _GOES_ON_AFTER.match(text, end):
                continue
            for name in (text[start:end], text[start : end - 1] if text[end - 1] == "s" else ""):
                fills = start == 0 and end == len(text) == len(name)
                if name in self._names and (fills or _may_stand_among_words(name)):
                    return Span(start, end, *self._names[name])
        return None


def _may_stand_among_words(name: str) -> bool:
    """Whether the name can be told from the words around it: a single sign, a number or a common word cannot."""
    letters = sum(sign.isalpha() for sign in name)
    return letters > 0 and len(name) > 1 and name not in COMMON


def holds_name(text: str, name: str) -> bool:
    """Whether a longer text holds this name as whole words."""
    return text != name and bool(Finder({name: name}).find(text))
