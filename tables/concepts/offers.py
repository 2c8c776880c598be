"""Plain Python: the things of a guide in, the words in its cells that may be other names of them out."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tables.concepts.finding import COMMON, Finder
from tables.concepts.mentions import Reading
from tables.reader.forms import compare_form
from tables.versions.state import TableState, live

SHORTEST = 3
"""Letters from which a word written otherwise is worth a question."""


@dataclass(frozen=True, slots=True)
class Offer:
    """
    A text that may name one or more things: the last word of their names alone in a cell ("DDP"), or a name in other
    letters ("sigmoid"). `names` are theirs; `cell` is the first cell that holds it, in the table of that title.
    """

    text: str
    names: tuple[str, ...]
    title: str
    cell: str


def offered_names(tables: Iterable[TableState], reading: Reading) -> list[Offer]:
    """Each text once, where it first stands, in the order of the document; what the author barred is left out."""
    tails = _tails(reading)
    lowered = Finder({form: form for form in reading.concepts if len(form) >= SHORTEST and form not in COMMON})
    found: dict[str, Offer] = {}
    for table in tables:
        for cell in _cells(table):
            taken = [cell[span.start : span.end] for span in reading.spans(table, cell)]
            for text, forms in _candidates(cell, tails, lowered):
                names = [reading.concepts[form].name for form in forms if not reading.is_barred(table, cell, form)]
                if names and not any(text in name for name in taken):
                    found.setdefault(text, Offer(text, tuple(names), table.name, cell))
    return list(found.values())


def _cells(table: TableState) -> Iterator[str]:
    yield from (row.text(column) for row in live(table.rows) for column in live(table.columns))


def _tails(reading: Reading) -> dict[str, list[str]]:
    """The things whose names of several words end in each word, by that word as written."""
    tails: dict[str, list[str]] = {}
    for form, concept in reading.concepts.items():
        before, _, last = concept.name.rpartition(" ")
        if before and last.isalnum() and last.isupper() and len(last) > 1:
            tails.setdefault(last, []).append(form)
    return {last: forms for last, forms in tails.items() if compare_form(last) not in reading.concepts}


def _candidates(cell: str, tails: dict[str, list[str]], by_form: Finder) -> Iterator[tuple[str, list[str]]]:
    if cell in tails:
        yield cell, tails[cell]
    lowered = cell.lower()
    # Some letters are more than one in lower case: what is found there cannot be placed in the cell.
    if len(lowered) == len(cell):
        yield from ((cell[span.start : span.end], [span.form]) for span in by_form.find(lowered))
