"""Plain Python: marks where the terms of a search stand in a text as it is written."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tables.reader.forms import fold
from tables.searching import VARIATIONS, Kind, Term, places_of_words

type Pieces = list[tuple[str, bool]]

BEFORE_A_HIT = 60


@dataclass(frozen=True, slots=True)
class Hit:
    """
    One thing found, as it is shown.

    `texts` are the label and the pieces of each text that holds words, apart from its own name.
    """

    kind: Kind
    url: str
    name: Pieces
    place: str = ""
    texts: Sequence[tuple[str, Pieces]] = ()


def mark_terms(text: str, terms: Sequence[Term]) -> Pieces:
    """
    The text in pieces, each with whether it is a hit. Joined, the pieces are the text.

    A hit is found as the search finds it: at the beginning of a word, without regard to case, accents and width.
    """
    folded, origins = _fold_with_origins(text)
    if not any(term.words[-1] in folded for term in terms):
        return [(text, False)] if text else []
    pieces: Pieces = []
    done = 0
    for start, after in _hits(text, folded, origins, terms):
        if start > done:
            pieces.append((text[done:start], False))
        pieces.append((text[start:after], True))
        done = after
    return [*pieces, (text[done:], False)] if done < len(text) else pieces


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


def _fold_with_origins(text: str) -> tuple[str, Sequence[int]]:
    """The text folded character by character, and for each folded one the place it came from."""
    if text.isascii():
        return text.lower(), range(len(text))
    folded = [" " if each.isspace() else "" if VARIATIONS.match(each) else fold(each) for each in text]
    return "".join(folded), [place for place, form in enumerate(folded) for _ in form]


def _hits(text: str, folded: str, origins: Sequence[int], terms: Sequence[Term]) -> list[tuple[int, int]]:
    """Where in the text the hits begin and end, in their order; those that touch are one."""
    ends = [*origins, len(text)]
    hits: list[tuple[int, int]] = []
    for start, end in sorted(_places(folded, terms)):
        begin, after = origins[start], max(origins[end - 1] + 1, ends[end])  # with the accents of its last letter
        if hits and begin <= hits[-1][1]:
            begin, after = hits[-1][0], max(after, hits.pop()[1])
        hits.append((begin, after))
    return hits


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
