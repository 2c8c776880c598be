"""Plain Python: a text as its normal form, its words and its parts, and which two texts must not stand together."""

import re
import unicodedata
from functools import lru_cache

from tables.reader.forms import compare_form

STOP_WORDS = frozenset(
    {
        "a", "the", "an", "of", "or", "and", "to", "for", "in", "on", "with", "is", "are", "be", "vs", "by", "from",
        "at", "as", "it", "its", "you", "your", "use", "used", "using", "when", "what", "which", "how", "more", "most",
        "not", "no", "yes", "than", "into", "per", "via", "etc", "all", "any", "up",
    }
)  # fmt: skip
SUFFIXES = ("ization", "ations", "ation", "ings", "ing", "ers", "ies", "ed", "es", "s")
SIGNS = "<>=+~./%-"
CACHED = 65536
"""Texts whose forms are remembered: those of the rows that are looked at together."""
NEAR = 0.6
"""Jaccard of words from which two texts are read as one."""

_SEPARATORS = re.compile(rf"[\s{re.escape(SIGNS)}]+")
_OTHER_ASCII = re.compile(rf"[^a-z0-9{re.escape(SIGNS)}]+")
_PIECES = re.compile(r"[,/()，、／（）]|\s+with\s+|(?<=[^\s+])\s*\+\s*(?=[^\s+])")
_NUMBER = re.compile(r"(?<![\w.)])-?\d+(?:\.\d+)?|\d+(?:\.\d+)?")
_ENDLESS = re.compile(r"(?<![\w.)])-?inf(?:inity)?\b|(?<=\D)inf(?:inity)?\b")
_RANGE_WORDS = re.compile(r"\b(?:to|inf|infinity)\b", re.IGNORECASE)
_CAPITALS = re.compile(r"(?<!\w)[A-Z]{1,2}(?!\w)")
_FORMULA = re.compile(r"\w\(|[\^*]")


@lru_cache(maxsize=CACHED)
def norm(text: str) -> str:
    """
    The form in which two texts are compared: casefolded letters, digits and signs of arithmetic, single spaces.

    Empty for a text of other signs alone; `comparable` has a form for these.
    """
    return _normalized(text)


def _normalized(text: str) -> str:
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    if folded.isascii():
        return _OTHER_ASCII.sub(" ", folded).strip()
    return " ".join(folded.translate(_KEPT).split())


class _Kept(dict[int, str]):
    """What the normal form keeps of each sign, looked up once."""

    def __missing__(self, code: int) -> str:
        self[code] = kept = self._of(chr(code))
        return kept

    def _of(self, sign: str) -> str:
        if sign.isalnum() or sign in SIGNS:
            return sign
        category = unicodedata.category(sign)
        if category == "Cf":
            return ""
        # Vowel signs of many scripts are marks, not letters: a word without them is another word.
        return sign if category[0] == "M" else " "


_KEPT = _Kept()


@lru_cache(maxsize=CACHED)
def comparable(text: str) -> str:
    """`norm` without a final full stop; for a text of other signs alone (an arrow) its compare form; empty for none."""
    return norm(text).rstrip(". ") or compare_form(text)


@lru_cache(maxsize=CACHED)
def tokens(text: str) -> tuple[str, ...]:
    """The runs of letters and digits of the normal form, in their order, none left out."""
    return tuple(token for token in _SEPARATORS.split(norm(text)) if token)


@lru_cache(maxsize=CACHED)
def words(text: str) -> frozenset[str]:
    """The tokens that carry meaning, without stop words and endings: `Sequence` and `Sequences` are one word."""
    return frozenset(_stem(token) for token in tokens(text) if _is_word(token))


def said_in(text: str, wanted: frozenset[str]) -> frozenset[str]:
    """Which of these words a text holds; of a text that is looked at once nothing is remembered."""
    normal = _normalized(text)
    # A word is the beginning of its token.
    if not any(word in normal for word in wanted):
        return frozenset()
    return wanted.intersection(_stem(token) for token in _SEPARATORS.split(normal) if token and _is_word(token))


def _is_word(token: str) -> bool:
    if token in STOP_WORDS:
        return False
    # Two letters are a whole word in scripts without capitals (Chinese, Arabic).
    has_capitals = token.upper() != token
    return len(token) >= 3 or not has_capitals or any(sign.isdigit() for sign in token)


@lru_cache(maxsize=CACHED)
def _stem(token: str) -> str:
    for suffix in SUFFIXES:
        if token.endswith(suffix) and len(token) - len(suffix) >= 3:
            token = token[: -len(suffix)]
            break
    if len(token) > 4 and token[-1] == token[-2]:
        token = token[:-1]
    return token[:-1] if len(token) > 4 and token[-1] == "e" else token


def meaning(text: str) -> frozenset[str]:
    """The words of a text, or all its tokens where it has no word (`No`, `C`)."""
    return words(text) or frozenset(tokens(text))


def jaccard(one: frozenset[str], other: frozenset[str]) -> float:
    """Shared words over all words, 0 to 1; 0 for two empty sets."""
    shared = len(one & other)
    return shared / (len(one) + len(other) - shared) if shared else 0.0


@lru_cache(maxsize=CACHED)
def parts(name: str) -> tuple[str, ...]:
    """
    The name itself, then its pieces at commas, slashes, plus signs, brackets and `with`, each once.

    `P3, P4d` is also P3 and P4d; `ReLU (start here)` is also ReLU; `C++` is only itself.
    """
    pieces = [name, *_PIECES.split(name)]
    return tuple(dict.fromkeys(piece.strip() for piece in pieces if piece.strip()))


def is_formula(text: str) -> bool:
    """Whether it is written with signs of calculation, so that only the very same text says the same."""
    return bool(_FORMULA.search(text))


def is_same_name(one: str, other: str) -> bool:
    """
    Whether the names of two rows of a table could be meant for one thing: equal, or one of them a part of the other.

    More alike they may be (Sequence to Vector, Vector to Sequence): the author tells them apart.
    """
    return comparable(one) in _part_forms(other) or comparable(other) in _part_forms(one)


@lru_cache(maxsize=CACHED)
def _part_forms(name: str) -> frozenset[str]:
    return frozenset(map(comparable, (name, *parts(name))))


@lru_cache(maxsize=CACHED)
def traces(text: str) -> frozenset[str]:
    """What two texts that a reader could take for each other have in common at least one of: words and tokens."""
    return words(text).union(tokens(text)) or frozenset({comparable(text)})


@lru_cache(maxsize=CACHED)
def is_unsafe_pair(one: str, other: str) -> bool:
    """
    Whether a fair judge could read both as the same answer, so that they must not be options of one question.

    Equal, one inside the other, or nearly the same words. Short quantities only when their numbers are equal.
    """
    if traces(one).isdisjoint(traces(other)):
        return False
    if comparable(one) == comparable(other):
        return True
    if not _is_same_to_a_reader(one, other):
        return False
    return not (_is_quantity(one) and _is_quantity(other)) or _numbers(one) == _numbers(other)


def _is_same_to_a_reader(one: str, other: str) -> bool:
    mine, theirs = words(one), words(other)
    if not (mine and theirs):
        mine, theirs = frozenset(tokens(one)), frozenset(tokens(other))
    elif not mine.isdisjoint(theirs):
        # Where the words meet, abbreviations tell texts apart: "Memory vs. I/O", "Memory vs. compute".
        mine, theirs = mine | _abbreviations(one), theirs | _abbreviations(other)
    if not (mine and theirs):
        return False
    return mine <= theirs or theirs <= mine or jaccard(mine, theirs) >= NEAR


@lru_cache(maxsize=CACHED)
def _abbreviations(text: str) -> frozenset[str]:
    """The short tokens that are no words but written in capitals."""
    capitals = _CAPITALS.findall(unicodedata.normalize("NFKC", text))
    return frozenset(token.casefold() for token in capitals if not _is_word(token.casefold())) - STOP_WORDS


@lru_cache(maxsize=CACHED)
def _is_quantity(text: str) -> bool:
    letters = sum(sign.isalpha() for sign in _RANGE_WORDS.sub("", text))
    return letters <= 6 and bool(_numbers(text))


def _numbers(text: str) -> frozenset[float]:
    text = unicodedata.normalize("NFKC", text).casefold()
    # "-inf to inf" is as much a range as "0 to 1".
    return frozenset(float(number) for number in (*_NUMBER.findall(text), *_ENDLESS.findall(text)))
