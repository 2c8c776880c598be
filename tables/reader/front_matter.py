"""Plain Python: the lines of a document in, its front matter and the number of lines it takes out."""

import re
from dataclasses import dataclass, field

OPENING = re.compile(r"---[ \t]*")
CLOSING = re.compile(r"(?:---|\.\.\.)[ \t]*")
PAIR = re.compile(r"([A-Za-z_][\w.-]*)[ \t]*:(?:[ \t]+(.*)|[ \t]*)", re.DOTALL)
KNOWN_KEYS = frozenset({"id", "title", "description", "tags", "lang", "licence", "author", "source"})


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """
    The values and the lines of its keys, and how many lines it takes.

    Known keys are in lower case, the rest as written; of a repeated key the first counts. `wrong` says why what began
    like front matter is none, as the end of a sentence; then it has no keys and takes no lines.
    """

    pairs: dict[str, str] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)
    length: int = 0
    wrong: str = ""


def read_front_matter(lines: list[str]) -> FrontMatter:
    """What stands between `---` at line 1 and the next `---` or `...`; empty when the document begins otherwise."""
    if not lines or not OPENING.fullmatch(lines[0]):
        return FrontMatter()
    pairs: dict[str, str] = {}
    places: dict[str, int] = {}
    for place, line in enumerate(lines[1:], start=2):
        if CLOSING.fullmatch(line):
            return FrontMatter(pairs, places, place)
        pair = PAIR.fullmatch(line)
        if pair is None:
            return FrontMatter(wrong=f"line {place} is no “key: value”")
        key = pair[1].lower() if pair[1].lower() in KNOWN_KEYS else pair[1]
        pairs.setdefault(key, _unquote((pair[2] or "").strip()))
        places.setdefault(key, place)
    return FrontMatter(wrong="no second --- ends it")


def _unquote(value: str) -> str:
    is_quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
    return value[1:-1] if is_quoted else value
