"""Plain Python: which names of a table stand in a text, by whole words and the longest first."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from quizzes.generation.words import CACHED, norm, tokens

_GAPS = re.compile(r"[\s/+]+")
SQUEEZED = 6
"""Letters from which a name written as one word cannot stand in another by chance."""

_EDGES = ".<>=~%-"


@lru_cache(maxsize=CACHED)
def name_tokens(text: str) -> tuple[str, ...]:
    """The whole words by which a name is found. A hyphen ends no word: `Auto-detect` does not mention Auto."""
    return tuple(token for token in (piece.strip(_EDGES) for piece in _GAPS.split(norm(text))) if token)


class Names:
    """The names of one table's things, to be looked for in texts at a cost that does not grow with the table."""

    def __init__(self, names: Iterable[str]) -> None:
        self._starting: dict[str, dict[tuple[str, ...], None]] = {}
        for name in names:
            tokens = name_tokens(name)
            # A row that is only a number would be "named" by every quantity.
            if any(sign.isalpha() for sign in "".join(tokens)):
                self._starting.setdefault(tokens[0], {})[tokens] = None

    def mentioned(self, text: str) -> set[tuple[str, ...]]:
        """The tokens of each name that stands in the text; where one name begins another, the longer one."""
        return set(self._found(name_tokens(text)))

    def _found(self, tokens: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        place = 0
        while place < len(tokens):
            here = [name for name in self._starting.get(tokens[place], ()) if tokens[place : place + len(name)] == name]
            longest = max(here, key=len, default=None)
            if longest:
                yield longest
            place += len(longest) if longest else 1


def mentions(text: str, name: str) -> bool:
    """Whether this one name stands in the text as whole words."""
    own, said = name_tokens(name), name_tokens(text)
    return bool(own) and any(said[start : start + len(own)] == own for start in range(len(said) - len(own) + 1))


def gives_away(text: str, name: str) -> bool:
    """Whether the text holds the name, written as one word too: `pytorchddp` holds PyTorch DDP."""
    squeezed = "".join(tokens(name))
    return mentions(text, name) or (len(squeezed) >= SQUEEZED and squeezed in "".join(tokens(text)))
