"""Plain Python: which texts say something that can be an option or a reason, and which only look as if they did."""

import re

from quizzes.generation.words import norm, tokens
from tables.reader.forms import is_placeholder

VAGUE = frozenset(
    {
        "varies", "any", "other", "custom", "both", "depends", "it depends", "same", "optional", "some", "all",
        "various", "several", "see text",
    }
)  # fmt: skip
BARE = frozenset({"yes", "no", "true", "false"})
YES_MARKS = frozenset("✓✔✅☑")
NO_MARKS = frozenset("✗✘❌☒✕✖")

_POINTER = re.compile(r"(?:same as|similar to|like|as above|see|ditto)(?:\s|$)")
_YES_OR_NO = re.compile(r"(?:yes|no)(?:[^\w-]|$)")


def is_vague(text: str) -> bool:
    """Whether the whole text is a word like `varies` or `both`, right of anything. `High` and `Low` are not vague."""
    return " ".join(tokens(text)) in VAGUE


def is_bare_yes_no(text: str) -> bool:
    """Whether the whole text is yes, no, true, false or a tick or cross."""
    return " ".join(tokens(text)) in BARE or _mark(text) in YES_MARKS | NO_MARKS


def says_yes_or_no(text: str) -> bool:
    """Whether it begins with its yes or no: `Yes (zeros out features)`, `No feature selection`."""
    return is_bare_yes_no(text) or bool(_YES_OR_NO.match(norm(text))) or _mark(text) in YES_MARKS | NO_MARKS


def says_yes(text: str) -> bool:
    """Whether it begins with yes, true or a tick, so that the column's name is true of the row."""
    return says_yes_or_no(text) and (norm(text).startswith(("yes", "true")) or _mark(text) in YES_MARKS)


def is_pointer(text: str) -> bool:
    """Whether it only points elsewhere: `Same as LSTM`, `see above`, `ditto`."""
    return bool(_POINTER.match(norm(text)))


def is_offerable(text: str) -> bool:
    """Whether it can stand among options: no placeholder, nothing vague, no pointer."""
    return not (is_placeholder(text) or is_vague(text) or is_pointer(text))


def states_something(text: str) -> bool:
    """Whether it can make a stem true: vague, empty and yes/no texts never do."""
    return not (is_placeholder(text) or is_vague(text) or says_yes_or_no(text))


def _mark(text: str) -> str:
    return text.strip()[:1]
