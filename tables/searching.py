"""
Plain Python: texts in, the words that a search goes by out; and which of the entries found answers a query best.

The prepared text of an entry is made once, when it is written. It has one line for each cell, a line has its words
between single spaces (" leaky relu \\n inf to inf "), so that the words of a phrase never come from two cells. Scripts
that put no spaces between words are spaced by character, and a sign (an emoji, an arrow, the + of "40+") is a word.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from typing import NamedTuple

from tables.reader.forms import fold, is_placeholder

MOST_TERMS = 12
LONGEST_WORD = 60
LONGEST_TEXT = 100_000

_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3031-\u3035"
    "\u3038-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\U0001b000-\U0001b16f"
    "\U00020000-\U0003ffff]"
)
_SIGNS = frozenset({"Sm", "Sc", "So"})
VARIATIONS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_QUOTED = re.compile(r'["“”„«»]([^"“”„«»]*)["“”„«»]|([^\s"“”„«»]+)')


class _Spacing(dict[int, str]):
    """For each character: itself inside a word, itself between spaces, or a space. Filled as characters are met."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        category = unicodedata.category(character)
        if VARIATIONS.match(character):
            spaced = ""
        elif category in _SIGNS or character == "#" or (category[0] in "LNM" and _UNSPACED.match(character)):
            spaced = f" {character} "
        else:
            spaced = character if category[0] in "LNM" else " "
        self[code] = spaced
        return spaced


_SPACING = _Spacing()
_ASCII = [(re.escape(chr(code)), _SPACING[code]) for code in range(128)]
_LETTERS = "".join(character for character, spaced in _ASCII if len(spaced) == 1 and spaced != " ")
_ASCII_WORDS = re.compile("|".join([f"[{_LETTERS}]+", *(character for character, spaced in _ASCII if len(spaced) > 1)]))


@dataclass(frozen=True)
class Term:
    """
    One thing a query asks for: words that must follow each other in one cell.

    Unless it `is_whole` (was written in quotes), its last word may also be the beginning of one.
    """

    words: tuple[str, ...]
    is_whole: bool = False

    @cached_property
    def whole(self) -> str:
        """What a prepared text holds if it has the words as they are."""
        return f" {' '.join(self.words)} "

    @cached_property
    def beginning(self) -> str:
        """What a prepared text holds if the last word may go on."""
        return self.whole if self.is_whole else self.whole[:-1]

    def stands_in(self, prepared: str, *, as_whole: bool = False) -> bool:
        """Whether a prepared text answers this term."""
        return (self.whole if as_whole else self.beginning) in prepared


def words_of(text: str) -> list[str]:
    """The words of a text in their order, folded, none longer than 60 characters."""
    return [word[:LONGEST_WORD] for word in fold(text).translate(_SPACING).split()]


def places_of_words(folded: str) -> list[tuple[str, int, int]]:
    """The words of a folded text, each with where it begins and ends."""
    if folded.isascii():
        return [(word[0][:LONGEST_WORD], *word.span()) for word in _ASCII_WORDS.finditer(folded)]
    places: list[tuple[str, int, int]] = []
    start = 0
    for end, character in enumerate(folded + " "):
        spaced = _SPACING[ord(character)]
        if len(spaced) == 1 and spaced != " ":
            continue
        if word := folded[start:end]:
            places.append((word[:LONGEST_WORD], start, end))
        if len(spaced) > 1:
            places.append((character, end, end + 1))
        start = end + 1
    return places


def prepare(*cells: str) -> str:
    """The prepared text of these cells; those that hold no word or no value leave no line. At most 100,000 long."""
    lines = (f" {' '.join(words_of(cell))} " for cell in cells if not is_placeholder(cell))
    return "\n".join(line for line in lines if line.strip())[:LONGEST_TEXT]


def read_query(text: str) -> list[Term]:
    """
    What a query asks for, each term once, the first 12 of them; nothing if it has neither letter, digit nor picture.

    Never fails, whatever the text.
    """
    found = _QUOTED.findall(text)
    terms = [Term(tuple(words_of(quoted or word)), is_whole=bool(quoted)) for quoted, word in found]
    terms = list(dict.fromkeys(term for term in terms if term.words))[:MOST_TERMS]
    return terms if any(_says_something(word) for term in terms for word in term.words) else []


def _says_something(word: str) -> bool:
    """Whether there is more to a word than signs that every keyboard has."""
    return not word.isascii() or word.isalnum()


class Kind(IntEnum):
    """What was found, in the order in which equally good hits stand."""

    GUIDE = 1
    TOPIC = 2
    TABLE = 3
    ROW = 4
    CONCEPT = 5
    QUESTION = 6
    CELL = 7
    POINT = 8


@dataclass(frozen=True, slots=True)
class Candidate:
    """
    One entry that may answer a query, with the order in which it was written.

    All texts are prepared: its name, all that it says (its name too), and the names of what it stands under.
    """

    kind: Kind
    name: str
    text: str
    order: int
    context: str = ""


def kind_found(candidate: Candidate, terms: Sequence[Term]) -> Kind:
    """A row that is not found by its name, but by one of its cells alone, counts as that cell."""
    if candidate.kind is not Kind.ROW or any(term.stands_in(candidate.name) for term in terms):
        return candidate.kind
    said = [term for term in terms if term.stands_in(candidate.text)]
    return Kind.CELL if any(all_in(line, said) for line in candidate.text.split("\n")) else Kind.ROW


def answers(candidate: Candidate, terms: Sequence[Term]) -> bool:
    """Whether an entry holds all that is asked for, some of it perhaps in the names of what it stands under."""
    return all(term.stands_in(candidate.text) or term.stands_in(candidate.context) for term in terms)


class Rank(NamedTuple):
    """A key that sorts better answers first."""

    field: int
    kind: Kind
    begins_otherwise: bool
    length: int
    order: int


def rank(candidate: Candidate, terms: Sequence[Term]) -> Rank:
    """
    How well a candidate answers, and as what kind of thing.

    The name that is just what was asked, names that hold all of it as whole words, then as beginnings; then what holds
    it in its cells, again whole words first; last what holds some of it and stands under the rest. Among equals: names
    that begin with it, shorter names, what stands first.
    """
    name, text = candidate.name, candidate.text
    is_named = all_in(name, terms)
    if is_named:
        asked = " ".join(word for term in terms for word in term.words)
        field = 0 if name == f" {asked} " else 1 if all_in(name, terms, as_whole=True) else 2
    elif not all_in(text, terms):
        field = 7
    else:
        in_part = any(term.stands_in(name) for term in terms)
        field = (3 if in_part else 4) if all_in(text, terms, as_whole=True) else (5 if in_part else 6)
    begins = name.startswith(terms[0].beginning)
    return Rank(field, kind_found(candidate, terms), not begins, len(name) if is_named else 0, candidate.order)


def all_in(prepared: str, terms: Iterable[Term], *, as_whole: bool = False) -> bool:
    """Whether a prepared text answers all of these terms."""
    return all(term.stands_in(prepared, as_whole=as_whole) for term in terms)
