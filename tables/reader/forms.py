"""Plain Python: text in, the forms in which it is compared and searched out."""

import re
import unicodedata

PLACEHOLDERS = frozenset({"", "-", "--", "–", "—", "n/a", "na", "...", "?", "tbd"})
"""The one list of cells that hold no value, in lower case; white space around them does not count."""

_INVISIBLE = re.compile(
    "[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\U000e0000-\U000e007f]"
)
_QUOTES = {'"': '"', "'": "'", "“": "”", "„": "“”", "‘": "’", "‚": "‘’", "«": "»", "»": "«", "‹": "›", "「": "」"}
_BINDING_MARKS = frozenset({0, 7, 8, 9})
"""Combining classes that are no accents: vowel signs, nuktas, kana voicing, viramas."""


def compare_form(text: str) -> str:
    """
    The form in which two texts are equal when they say the same.

    NFKC, casefolded, white space folded, without zero-width and bidi controls, surrounding quotes, footnote asterisks
    and a final full stop. A text made of such marks only keeps them.
    """
    if text.isascii():
        folded = " ".join(text.lower().split())
    else:
        folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
        folded = " ".join(_INVISIBLE.sub("", folded).split())
    while folded != (shorter := _without_one_mark(folded)):
        folded = shorter
    return folded


def _without_one_mark(text: str) -> str:
    """The text less one layer of asterisks, full stop or quotes; the text itself when nothing would be left of it."""
    if text.endswith("*"):
        shorter = text.rstrip("* ")
    elif text.endswith(".") and not text.endswith(".."):
        shorter = text[:-1].rstrip()
    elif len(text) > 1 and text[-1] in _QUOTES.get(text[0], ""):
        shorter = text[1:-1].strip()
    else:
        return text
    return shorter or text


def is_blank(text: str) -> bool:
    """Whether there is nothing to see in a text: no character but white space and invisible ones."""
    return not _INVISIBLE.sub("", text).strip()


def is_placeholder(text: str) -> bool:
    """Whether a cell says "no value": empty, a dash, N/A, TBD and the like. `None`, `No` and `0` are values."""
    if text.isascii():
        return " ".join(text.split()).lower() in PLACEHOLDERS
    folded = " ".join(_INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).split())
    return folded.casefold() in PLACEHOLDERS


def fold(text: str) -> str:
    """The form for searching and filtering: NFKC, casefolded, accents stripped, white space collapsed."""
    if text.isascii():
        return " ".join(text.lower().split())
    folded = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text)).casefold()
    marked = unicodedata.normalize("NFKD", folded)
    bare = "".join(character for character in marked if unicodedata.combining(character) in _BINDING_MARKS)
    return " ".join(unicodedata.normalize("NFKC", bare).split())
