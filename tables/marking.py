"""Plain Python: marks where the terms of a search stand in a text as it is written."""

from collections.abc import Iterator, Sequence

from tables.reader.forms import fold
from tables.searching import Term, places_of_words

type Pieces = list[tuple[str, bool]]

BEFORE_A_HIT = 60


def mark_terms(text: str, terms: Sequence[Term]) -> Pieces:
    """
    The text in pieces, each with whether it is a hit. Joined, the pieces are the text.

    A hit is found as the search finds it: at the beginning of a word, without regard to case, accents and width.
    """
    folded, origins = _fold_with_origins(text)
    hits = [False] * len(text)
    for start, end in _places(folded, terms):
        after = max(origins[end - 1] + 1, [*origins, len(text)][end])  # with the accents of its last letter
        hits[origins[start] : after] = [True] * (after - origins[start])
    pieces: Pieces = []
    for character, hit in zip(text, hits, strict=True):
        if pieces and pieces[-1][1] == hit:
            pieces[-1] = (pieces[-1][0] + character, hit)
        else:
            pieces.append((character, hit))
    return pieces


def has_hit(pieces: Pieces) -> bool:
    """Whether anything is marked."""
    return any(is_hit for _, is_hit in pieces)


def cut(pieces: Pieces, length: int) -> Pieces:
    """A long text around its first hit, with an ellipsis where something was left out; about `length` characters."""
    if sum(len(text) for text, _ in pieces) <= length:
        return pieces
    first = next((place for place, (_, is_hit) in enumerate(pieces) if is_hit), 0)
    before = "".join(text for text, _ in pieces[:first])
    start = before[-BEFORE_A_HIT:].partition(" ")[2] if len(before) > BEFORE_A_HIT else before
    kept: Pieces = [(f"…{start}" if start != before else start, False)] if before else []
    left = length
    for text, is_hit in pieces[first:]:
        kept.append((text[:left], is_hit))
        left -= len(text)
        if left <= 0:
            return [*kept, ("…", False)]
    return kept


def _fold_with_origins(text: str) -> tuple[str, list[int]]:
    """The text folded character by character, and for each folded one the place it came from."""
    folded = [" " if character.isspace() else fold(character) for character in text]
    return "".join(folded), [place for place, form in enumerate(folded) for _ in form]


def _places(folded: str, terms: Sequence[Term]) -> Iterator[tuple[int, int]]:
    words = places_of_words(folded)
    for term in terms:
        *before, last = term.words
        for place in range(len(words) - len(before)):
            window = words[place : place + len(term.words)]
            word, start, end = window[-1]
            if [known for known, _, _ in window[:-1]] != before or not word.startswith(last):
                continue
            if word == last:
                yield window[0][1], end
            elif not term.is_whole:
                yield window[0][1], start + len(last)
