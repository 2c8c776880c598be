"""Plain Python: the lines of a document in, its front matter and the number of lines it takes out."""

import re

OPENING = re.compile(r"---[ \t]*")
CLOSING = re.compile(r"(?:---|\.\.\.)[ \t]*")
PAIR = re.compile(r"([A-Za-z_][\w.-]*)[ \t]*:(?:[ \t]+(.*)|[ \t]*)", re.DOTALL)
KNOWN_KEYS = frozenset({"id", "title", "description", "tags", "lang", "licence", "author", "source"})


def read_front_matter(lines: list[str]) -> tuple[dict[str, str], int] | None:
    """
    The keys and values between `---` at line 1 and the next `---` or `...`, and how many lines they take.

    ({}, 0) when the document does not begin with `---`; None when it does but this is no front matter: it does not end,
    or holds a line that is no `key: value`. Known keys are in lower case, the rest as written; of a repeated key the
    first counts.
    """
    if not lines or not OPENING.fullmatch(lines[0]):
        return {}, 0
    pairs: dict[str, str] = {}
    for place, line in enumerate(lines[1:], start=2):
        if CLOSING.fullmatch(line):
            return pairs, place
        pair = PAIR.fullmatch(line)
        if pair is None:
            return None
        key = pair[1].lower() if pair[1].lower() in KNOWN_KEYS else pair[1]
        pairs.setdefault(key, _unquote((pair[2] or "").strip()))
    return None


def _unquote(value: str) -> str:
    is_quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
    return value[1:-1] if is_quoted else value
