"""Plain Python: marks where the words of a search stand in a text as it is written."""

from collections.abc import Iterator, Sequence

from tables.reader.forms import fold


def mark_words(text: str, words: Sequence[str]) -> list[tuple[str, bool]]:
    """
    The text in pieces, each with whether it is a hit. Joined, the pieces are the text.

    `words` are folded; a hit is found without regard to case, accents and width.
    """
    folded, origins = _fold_with_origins(text)
    hits = [False] * len(text)
    for start, end in _places(folded, words):
        for origin in origins[start:end]:
            hits[origin] = True
    pieces: list[tuple[str, bool]] = []
    for character, hit in zip(text, hits, strict=True):
        if pieces and pieces[-1][1] == hit:
            pieces[-1] = (pieces[-1][0] + character, hit)
        else:
            pieces.append((character, hit))
    return pieces


def _fold_with_origins(text: str) -> tuple[str, list[int]]:
    """The text folded character by character, and for each folded one the place it came from."""
    folded = [" " if character.isspace() else fold(character) for character in text]
    return "".join(folded), [place for place, form in enumerate(folded) for _ in form]


def _places(folded: str, words: Sequence[str]) -> Iterator[tuple[int, int]]:
    for word in filter(None, words):
        start = folded.find(word)
        while start >= 0:
            yield start, start + len(word)
            start = folded.find(word, start + 1)
