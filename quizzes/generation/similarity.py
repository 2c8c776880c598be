"""Plain Python: how alike two rows of a table are, 0 to 1, and which row is most easily taken for another."""

from collections.abc import Sequence

from quizzes.generation.index import Index
from quizzes.generation.sources import Thing
from quizzes.generation.words import comparable, jaccard, words
from tables.reader.forms import is_placeholder

NEIGHBOURHOOD = 100
"""Rows before and after a row among which its nearest is looked for: a table of any length costs the same."""

Values = Sequence[tuple[str, str]]


def is_same_value(one: str, other: str) -> bool:
    """Whether two cells say the same; two placeholders do."""
    if is_placeholder(one) or is_placeholder(other):
        return is_placeholder(one) and is_placeholder(other)
    return comparable(one) == comparable(other)


def row_similarity(name: str, values: Values, other_name: str, other_values: Values) -> float:
    """Half for equal cells, 0.4 for shared words, a quarter if the names share a word; never above 1."""
    pairs = list(zip(values, other_values, strict=False))
    equal = sum(is_same_value(one, other) for (_, one), (_, other) in pairs)
    share = equal / len(pairs) if pairs else 0.0
    alike = jaccard(_all_words(name, values), _all_words(other_name, other_values))
    return min(1.0, 0.5 * share + 0.4 * alike + 0.25 * bool(words(name) & words(other_name)))


def nearest(index: Index, thing: Thing) -> Thing | None:
    """The thing of the same table most like this one, the first of equals; None where it stands alone."""
    name, values = index.name_of(thing), index.values(thing)
    best, most = None, -1.0
    for other_name, other in index.around(thing, NEIGHBOURHOOD):
        alike = row_similarity(name, values, other_name, index.values(other))
        if alike > most:
            best, most = other, alike
    return best


def _all_words(name: str, values: Values) -> frozenset[str]:
    return words(name).union(*(words(value) for _, value in values))
