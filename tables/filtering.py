"""Plain Python: turns the rows of a table and what its address asks into the rows to show, and chips to choose from."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Protocol

from tables.address import Asked
from tables.conditions import test_of
from tables.reader.forms import compare_form, fold, is_placeholder
from tables.sorting import order_rows


class FilterColumn(Protocol):
    """What is asked of a column here."""

    slug: str
    name: str
    is_facet: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One row: the plain text of each of its cells, and the same folded for searching, one cell a line."""

    texts: Sequence[str]
    folded: str


@dataclass(frozen=True, slots=True)
class Value:
    """One chip. `count` is how many rows it stands for while all other columns stay as they are chosen."""

    text: str
    count: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """The chips of one column, in the order in which its values first appear."""

    slug: str
    name: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """`places` are the positions of the rows to show, counted from 0 in the order of the document."""

    places: list[int]
    facets: list[Facet]


def show_rows(columns: Sequence[FilterColumn], lines: Sequence[Line], asked: Asked) -> Shown:
    """
    The rows that an address asks for, in its order, with the chips of the columns that have them.

    A line has one text for each column. It is shown when its cells hold every word of the query (placeholders hold
    none) and answer every condition, and in each column with chosen chips one of their values. Columns get chips by
    `is_facet`, or because the address chose one. Two values are the same when their compare forms are.
    """
    form = cache(compare_form)
    places = {column.slug: place for place, column in enumerate(columns)}
    chosen = {places[slug]: {form(value) for value in values} for slug, values in asked.chips.items()}
    holds = query_test(asked.query)
    tests = [(places[condition.column], test_of(condition)) for condition in asked.conditions]
    # Of each row that holds the query and answers the conditions: the columns whose chosen chips it does not hold.
    failed = {
        row: {place for place, values in chosen.items() if form(line.texts[place]) not in values}
        for row, line in enumerate(lines)
        if holds(line.folded) and all(answers(line.texts[place]) for place, answers in tests)
    }
    order = _order(lines, places.get(asked.sort), is_descending=asked.is_descending)
    facets = []
    for place, column in enumerate(columns):
        if column.is_facet or place in chosen:
            texts = [line.texts[place] for line in lines]
            counted = Counter(form(texts[row]) for row, columns_failed in failed.items() if columns_failed <= {place})
            facets.append(_facet(column, texts, asked.chips.get(column.slug, ()), form, counted))
    return Shown([row for row in order if failed.get(row) == set()], facets)


def query_test(query: str) -> Callable[[str], bool]:
    """A test whether the folded text of a row, one cell a line, holds every word of this query outside placeholders."""
    words = fold(query).split()

    def holds(folded: str) -> bool:
        if not all(word in folded for word in words):
            return False
        text = "\n".join(cell for cell in folded.split("\n") if not is_placeholder(cell))
        return all(word in text for word in words)

    return holds if words else lambda folded: True


def _order(lines: Sequence[Line], column: int | None, *, is_descending: bool) -> Sequence[int]:
    """All rows, also those left out: what counts as a number must not hang on the filter."""
    if column is None:
        return range(len(lines))
    return order_rows([line.texts[column] for line in lines], is_descending=is_descending)


def _facet(
    column: FilterColumn,
    texts: Sequence[str],
    chosen: Sequence[str],
    form: Callable[[str], str],
    counts: Mapping[str, int],
) -> Facet:
    """The chips of one column: its values, and those that were chosen though no row holds them."""
    offered = [text for text in texts if not is_placeholder(text)] if column.is_facet else []
    spelled: dict[str, str] = {}
    for text in (*offered, *chosen):
        spelled.setdefault(form(text), text)
    picked = {form(value) for value in chosen}
    values = (Value(text, counts.get(key, 0), key in picked) for key, text in spelled.items())
    return Facet(column.slug, column.name, tuple(values))
