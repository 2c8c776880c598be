"""Plain Python: all that is to be typed in a guide in; the signs that no keyboard has, for buttons, out."""

import unicodedata
from collections import Counter
from collections.abc import Iterable

MOST = 10
SIGNS = frozenset({"Sm", "So", "No"})
ON_KEYS = frozenset("+=|~<>^")
"""Signs that keyboards have; on phones some are far away, but they can be typed."""
INFINITE = ("inf", "infinity")
NAMES = {"∞": "infinity", "−": "minus", "×": "times", "≤": "at most", "≥": "at least", "→": "arrow", "≈": "about"}


def symbols_in(texts: Iterable[str]) -> tuple[str, ...]:
    """
    The signs and Greek letters in these texts, the most frequent first, 10 at most.

    They are those of a whole guide, whatever is asked, so that they give no single answer away. A guide that writes
    "inf" gets the sign for it, and a minus.
    """
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(sign for sign in set(text) if is_symbol(sign))
        if set(INFINITE) & set(text.lower().replace("-", " ").replace("+", " ").replace(",", " ").split()):
            counts.update("∞−")
    ranked = sorted(counts, key=lambda sign: (-counts[sign], sign))
    return tuple(ranked[:MOST])


def is_symbol(sign: str) -> bool:
    """Whether a character is a mathematical sign, another symbol, a raised or lowered digit, or a Greek letter."""
    if sign in ON_KEYS or sign.isascii():
        return False
    return unicodedata.category(sign) in SIGNS or name_of(sign).startswith("greek small letter")


def name_of(sign: str) -> str:
    """How a sign is called, for those who do not see it."""
    return NAMES.get(sign) or unicodedata.name(sign, "sign").lower()


def spoken(sign: str) -> str:
    """The same as short as people say it: "sigma"."""
    return name_of(sign).removeprefix("greek small letter ").removesuffix(" sign")
