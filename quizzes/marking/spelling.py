"""Plain Python: typed texts in the form in which they are compared, and which differences are slips of the keyboard."""

import re
import unicodedata
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise

from quizzes.generation.words import norm, tokens
from tables.reader.forms import compare_form

FEWEST_LETTERS = 4
"""A text with fewer is no slip of another: `Trn1` is another instance than `Trn1n`."""
LONG = 8
"""Characters from which two slips are forgiven, not one."""

_DASHES = re.compile("[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")
_SPOKEN = str.maketrans({"&": " and ", "∞": "inf", "≤": "<=", "≥": ">=", "×": "x", "²": "^2", "³": "^3"})
_OPERATORS = str.maketrans({"×": "*", "·": "*", "⋅": "*", "÷": "/", "²": "^2", "³": "^3", "[": "(", "]": ")"})
_OF_FORMULAS = frozenset("*^√∑")
_RANGE = re.compile(r"(?<=\d) ?- ?(?=\d)")
_NEGATIVE = re.compile(r"(?<!\w)-(?=\.?\d|inf\b)")
_CLOSING = re.compile(r"\.(?!\w)")
_MINUS = "−"
_FIGURES = re.compile(rf"[\d<>=~%{_MINUS}]")
_NEGATIONS = frozenset({"no", "not", "non", "never", "without"})
_NEGATIVE_STARTS = ("in", "im", "un", "ir")


class Notation(StrEnum):
    """How a text is to be read: words, a formula (its signs count, its spaces do not), code (its case counts too)."""

    TEXT = "text"
    FORMULA = "formula"
    CODE = "code"


def notation_of(text: str, column: str = "", *, is_code: bool = False) -> Notation:
    """How a cell is to be read: by its mark as code, else by the name of its column or its signs."""
    if is_code:
        return Notation.CODE
    is_formula = "formula" in tokens(column) or not _OF_FORMULAS.isdisjoint(text)
    return Notation.FORMULA if is_formula else Notation.TEXT


@lru_cache(maxsize=16384)
def folded(text: str, notation: Notation = Notation.TEXT) -> str:
    """
    The form in which a typed answer is compared, without spaces, hyphens and full stops at the end of a word.

    A minus and the dash of a range stay: `-1 to 1` is not `1 to 1`, nor `0-1` 01. Only invisible texts have none.
    """
    if notation is Notation.TEXT:
        return _folded_words(text) or compare_form(text)
    bare = _DASHES.sub("-", text.strip(" `").translate(_OPERATORS))
    bare = "".join(unicodedata.normalize("NFKC", bare).split())
    return bare if notation is Notation.CODE else bare.casefold().rstrip(".")


def _folded_words(text: str) -> str:
    plain = norm(_DASHES.sub("-", text).translate(_SPOKEN)).replace("infinity", "inf")
    signed = _NEGATIVE.sub(_MINUS, _RANGE.sub(_MINUS, plain))
    return _CLOSING.sub("", signed).replace("-", "").replace(" ", "")


def any_order(text: str) -> tuple[str, ...]:
    """The words of a text without their order, none where it matters: below three words, with digits, with signs."""
    found = tokens(text)
    has_figures = any(sign.isdigit() or sign in "<>=+~^*" for sign in text)
    return () if len(found) < 3 or has_figures else tuple(sorted(found))


def slips(given: str, meant: str, notation: Notation = Notation.TEXT) -> int | None:
    """
    How many slips of the keyboard make `given` of `meant`: 1 or 2 (0 if equal); None if it is another text.

    Figures, signs of comparison and negations are never slips. In a formula only its signs can be, in code also case.
    """
    one, other = folded(given, notation), folded(meant, notation)
    if one == other:
        return 0
    if notation is Notation.CODE and one.casefold() == other.casefold():
        return 1
    count = distance(one, other, 2 if len(other) >= LONG else 1)
    if count is None or min(_letters(one), _letters(other)) < FEWEST_LETTERS:
        return None
    if _turns_round(given, meant, one, other) or (notation is Notation.FORMULA and _names(one) != _names(other)):
        return None
    return count


def _letters(form: str) -> int:
    return sum(sign.isalpha() for sign in form)


def _names(form: str) -> str:
    return "".join(sign for sign in form if sign.isalnum())


def _turns_round(given: str, meant: str, one: str, other: str) -> bool:
    """Whether they say different things: other figures, a `no` more or less, `dependent` for `independent`."""
    if _FIGURES.findall(one) != _FIGURES.findall(other):
        return True
    if _NEGATIONS & set(tokens(given)) != _NEGATIONS & set(tokens(meant)):
        return True
    return any(one == start + other or other == start + one for start in _NEGATIVE_STARTS)


def distance(one: str, other: str, limit: int) -> int | None:
    """
    Letters added, left out, mistaken or swapped with the next one (Damerau-Levenshtein); None above the limit.

    Costs at most the length of a text times the limit; two unlike texts are told apart in their first letters.
    """
    if abs(len(one) - len(other)) > limit or not any(piece in other for piece in _pieces(one, 2 * limit + 1)):
        return None
    far = limit + 1
    before, last = [far] * (len(other) + 1), [min(place, far) for place in range(len(other) + 1)]
    for row, letter in enumerate(one, start=1):
        now = [far] * (len(other) + 1)
        now[0] = min(row, far)
        for place in range(max(1, row - limit), min(len(other), row + limit) + 1):
            mistaken = last[place - 1] + (letter != other[place - 1])
            now[place] = min(last[place] + 1, now[place - 1] + 1, mistaken, far)
            if row > 1 and place > 1 and letter == other[place - 2] and one[row - 2] == other[place - 1]:
                now[place] = min(now[place], before[place - 2] + 1)
        before, last = last, now
        if min(before) > limit and min(last) > limit:
            return None
    return last[-1] if last[-1] <= limit else None


@lru_cache(maxsize=64)
def _pieces(text: str, count: int) -> tuple[str, ...]:
    """A text in so many pieces: a slip spoils two at most, so with two for each slip and one more, one is whole."""
    cuts = [len(text) * place // count for place in range(count + 1)]
    return tuple(text[start:end] for start, end in pairwise(cuts))
