"""Plain Python: how alike two rows of a table are, 0 to 1, and which row is most easily taken for another."""

from operator import eq
from typing import NamedTuple

from quizzes.generation.index import Index
from quizzes.generation.sources import Thing
from quizzes.generation.words import jaccard, words

NEIGHBOURHOOD = 32
"""Rows before and after a row among which its nearest is looked for: a table of any length costs the same."""


class Traits(NamedTuple):
    """What two rows are compared by: the comparable forms of the values, all words, those of the name."""

    forms: tuple[str, ...]
    words: frozenset[str]
    name: frozenset[str]


def traits_of(index: Index, thing: Thing) -> Traits:
    """The traits of one row."""
    return Traits(index.forms(thing), index.words(thing), words(index.name_of(thing)))


def likeness(mine: Traits, theirs: Traits) -> float:
    """Half for equal cells, 0.4 for shared words, a quarter if the names share a word; never above 1."""
    equal = sum(map(eq, mine.forms, theirs.forms))
    share = equal / len(mine.forms) if equal else 0.0
    alike = jaccard(mine.words, theirs.words)
    return min(1.0, 0.5 * share + 0.4 * alike + 0.25 * (not mine.name.isdisjoint(theirs.name)))


def row_similarity(index: Index, one: Thing, other: Thing) -> float:
    """How alike two rows are, 0 to 1."""
    return likeness(traits_of(index, one), traits_of(index, other))


def nearest(index: Index, thing: Thing) -> Thing | None:
    """The thing of the same table most like this one, the first of equals; None where it stands alone."""
    mine = traits_of(index, thing)
    around = [other for _, other in index.around(thing, NEIGHBOURHOOD)]
    return max(around, key=lambda other: likeness(mine, traits_of(index, other)), default=None)
