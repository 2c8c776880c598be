"""Plain Python: how alike two rows of a table are, 0 to 1, and which row is most easily taken for another."""

from quizzes.generation.index import Index
from quizzes.generation.sources import Thing
from quizzes.generation.words import jaccard, words

NEIGHBOURHOOD = 32
"""Rows before and after a row among which its nearest is looked for: a table of any length costs the same."""


def row_similarity(index: Index, one: Thing, other: Thing) -> float:
    """Half for equal cells, 0.4 for shared words, a quarter if the names share a word; never above 1."""
    mine, theirs = index.forms(one), index.forms(other)
    equal = sum(form == other_form for form, other_form in zip(mine, theirs, strict=False))
    share = equal / len(mine) if mine else 0.0
    alike = jaccard(index.words(one), index.words(other))
    shares_name = bool(words(index.name_of(one)) & words(index.name_of(other)))
    return min(1.0, 0.5 * share + 0.4 * alike + 0.25 * shares_name)


def nearest(index: Index, thing: Thing) -> Thing | None:
    """The thing of the same table most like this one, the first of equals; None where it stands alone."""
    around = [other for _, other in index.around(thing, NEIGHBOURHOOD)]
    return max(around, key=lambda other: row_similarity(index, thing, other), default=None)
