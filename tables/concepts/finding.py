"""
Plain Python: names in, the places where they stand in a text out.

Whole words, case as written, a longer name before a shorter one inside it, a plural s accepted. A hyphen ends no word,
nor does a full stop before a letter: "Auto-detect" does not name Auto, "Node.js" does not name Node.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

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
        self._starting: dict[str, list[tuple[str, str, bool]]] = {}
        self._add(names, by_alias=False)
        self._add({text: form for text, form in (aliases or {}).items() if text not in names}, by_alias=True)
        for entries in self._starting.values():
            entries.sort(key=lambda entry: -len(entry[0]))

    def _add(self, names: Mapping[str, str], *, by_alias: bool) -> None:
        for text, form in names.items():
            if step := _STEP.match(text):
                self._starting.setdefault(step[0], []).append((text, form, by_alias))

    def find(self, text: str) -> list[Span]:
        """The names in a text, from left to right, none overlapping another."""
        return list(self._found(text))

    def _found(self, text: str) -> Iterator[Span]:
        free = 0
        for step in _STEP.finditer(text):
            if step.start() < free or _GOES_ON_BEFORE.search(text, max(step.start() - _EDGE, 0), step.start()):
                continue
            if span := self._longest(text, step.start(), self._candidates(step[0])):
                free = span.end
                yield span

    def _candidates(self, step: str) -> Iterable[tuple[str, str, bool]]:
        found = self._starting.get(step, [])
        plural = self._starting.get(step[:-1], []) if step.endswith("s") else []
        return (*found, *(entry for entry in plural if entry[0] == step[:-1]))

    def _longest(self, text: str, start: int, candidates: Iterable[tuple[str, str, bool]]) -> Span | None:
        for name, form, by_alias in candidates:
            end = start + len(name)
            if not text.startswith(name, start):
                continue
            fills = start == 0 and end == len(text)
            if not fills and not _may_stand_among_words(name):
                continue
            for ends_at in (end, end + 1) if text[end : end + 1] == "s" else (end,):
                if not _GOES_ON_AFTER.match(text, ends_at):
                    return Span(start, ends_at, form, by_alias)
        return None


def _may_stand_among_words(name: str) -> bool:
    """Whether the name can be told from the words around it: a single sign, a number or a common word cannot."""
    letters = sum(sign.isalpha() for sign in name)
    return letters > 0 and len(name) > 1 and name not in COMMON


def holds_name(text: str, name: str) -> bool:
    """Whether a longer text holds this name as whole words."""
    return text != name and bool(Finder({name: name}).find(text))
