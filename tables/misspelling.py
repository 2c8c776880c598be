"""Plain Python: a word that is nowhere and words that are somewhere in, those that it may be a slip of out."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from tables.searching import Term

SHORTEST, LONG = 4, 8
MOST_NEAR, MOST_VARIANTS = 2, 4


def can_be_a_slip(term: Term) -> bool:
    """Whether a term is one word of letters, long enough to be told from others when a letter is wrong."""
    return len(term.words) == 1 and not term.is_whole and len(term.words[0]) >= SHORTEST and term.words[0].isalpha()


def near(word: str, known: Iterable[str]) -> list[str]:
    """The two likeliest of the known words: one slip away, in a word of 8 letters or more two. May be empty."""
    allowed = 2 if len(word) >= LONG else 1
    letters = set(word)
    alike = {
        each for each in known if abs(len(each) - len(word)) <= allowed and len(letters ^ set(each)) <= 2 * allowed
    }
    slips = {each: _slips(word, each, allowed) for each in alike}
    return sorted((each for each in slips if 0 < slips[each] <= allowed), key=lambda each: (slips[each], each))[
        :MOST_NEAR
    ]


def variants(terms: Sequence[Term], known: Sequence[Iterable[str]]) -> list[list[Term]]:
    """
    What may have been meant: the terms with one of them put right, then with all that can be; at most four.

    `known` are the words that each term may be a slip of.
    """
    mended = [
        [replace(term, words=(word,)) for word in near(term.words[0], words)]
        for term, words in zip(terms, known, strict=True)
    ]
    single = [[*terms[:place], right, *terms[place + 1 :]] for place, rights in enumerate(mended) for right in rights]
    every = [rights[0] if rights else term for term, rights in zip(terms, mended, strict=True)]
    found = [*single[: MOST_VARIANTS - 1], every]
    return [each for place, each in enumerate(found) if each != list(terms) and each not in found[:place]]


def _slips(one: str, other: str, most: int) -> int:
    """Letters left out, put in, exchanged or swapped with their neighbour; counted no further than `most` + 1."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for place, letter in enumerate(one, start=1):
        earlier, before, row = before, row, [place]
        for at, against in enumerate(other, start=1):
            cost = min(before[at] + 1, row[at - 1] + 1, before[at - 1] + (letter != against))
            if place > 1 and at > 1 and letter == other[at - 2] and one[place - 2] == against:
                cost = min(cost, earlier[at - 2] + 1)
            row.append(cost)
        if min(*row, *before) > most:
            return most + 1
    return row[-1]
