"""Plain Python: values that can only be read with another row, and short names that fit more than one thing."""

import re
from collections.abc import Iterator

from quizzes.generation.grids import Cell, Column, Grid, Says
from quizzes.generation.mentions import name_tokens
from quizzes.generation.sources import SourceTable
from quizzes.generation.words import comparable, parts, tokens, words
from quizzes.notes_check.findings import Code, Finding, Place, make_finding
from quizzes.notes_check.notes import Notes

MEND_OTHER = "Say it in words of its own, or leave it: such a value is only ever typed, or not asked at all."
MEND_SHORT = "Write the whole name, or say here which one it means."
MOST_MEANINGS = 6
MOST_WORDS, MOST_BYTES = 6, 60
"""Size of a value that can still lean on the row it names; bytes, since a sign of Chinese says more than a letter."""

SHORT_NAME = re.compile(r"[A-Z][A-Z0-9]{1,5}")
_QUOTES = "'\"“”‘’`"
_PIECES = re.compile(r"[^\w-]+")


def other_rows(notes: Notes) -> Iterator[Finding]:
    """Values that speak of their row by naming another row of the table; not where a whole column does just that."""
    for grid in notes.grids:
        places = {name_tokens(name): place for place, name in reversed(list(enumerate(grid.names)))}
        for column in grid.columns:
            pairs = [(cell, _other_row(cell, grid, places)) for cell in column.cells]
            naming = [(cell, other) for cell, other in pairs if other is not None]
            whole = [cell for cell, other in naming if comparable(cell.text) == grid.forms[other]]
            if 2 * len(whole) < len(grid.names):
                yield from (_naming(notes, grid, column, cell, other) for cell, other in naming)


def _other_row(cell: Cell, grid: Grid, places: dict[tuple[str, ...], int]) -> int | None:
    """The place of the first row that the cell names and means; None for none."""
    if cell.says not in {Says.POINTER, Says.ANOTHER_ROW}:
        return None
    named = grid.mentioned.mentioned(cell.text) - {name_tokens(cell.name)}
    meant = sorted(places[name] for name in named if name in places and _is_meant(cell, grid.names[places[name]]))
    return meant[0] if meant else None


def _is_meant(cell: Cell, name: str) -> bool:
    """
    Whether the short value leans on the name: `List` is one, "list" or "List of keys" may be the plain word.

    In a longer text the name is a reference beside what the text says itself. A name in lower case is meant only where
    the cell points at it.
    """
    if len(tokens(cell.text)) > MOST_WORDS or len(cell.text.encode()) > MOST_BYTES:
        return False
    if cell.says is Says.POINTER:
        return True
    if name.islower() or cell.text.strip(_QUOTES) == name != cell.text:
        return False
    if not re.search(rf"(?<!\w){re.escape(name)}s?(?!\w)", cell.text):
        return False
    return not (name.istitle() and name.isalpha() and cell.text.startswith(name) and cell.text != name)


def _naming(notes: Notes, grid: Grid, column: Column, cell: Cell, other: int) -> Finding:
    places = (notes.place_of(cell.fact), notes.place_of_thing(grid.things[other]))
    sentence = f"{cell.name}, {column.name}: “{cell.text}” can only be read beside the row {grid.names[other]}."
    return make_finding(Code.OTHER_ROW, places, sentence, MEND_OTHER)


def short_names(notes: Notes) -> Iterator[Finding]:
    """Short names in capitals that stand in the names of several things of one table, and are no name themselves."""
    bearing = _bearing(notes)
    if not bearing:
        return
    for grid in notes.grids:
        for column in grid.columns:
            for cell in column.cells:
                for short, table, names in _fitting(notes, bearing, cell.text):
                    if words(column.name) & (words(table.headers[0]) | words(table.title)):
                        yield _ambiguous(notes, notes.place_of(cell.fact), short, table, names)
    for question in notes.questions:
        for short, table, names in _fitting(notes, bearing, question.answer):
            yield _ambiguous(notes, notes.place_of_question(question.key), short, table, names)


type Bearing = dict[str, list[tuple[SourceTable, list[str]]]]


def _bearing(notes: Notes) -> Bearing:
    """Each short name with the tables in which two names or more hold it as a whole word."""
    bearing: Bearing = {}
    for grid in notes.grids:
        holding: dict[str, list[str]] = {}
        for name in dict.fromkeys(grid.names):
            pieces = [piece for piece in _PIECES.split(name) if piece]
            for piece in set(pieces) if len(pieces) > 1 else ():
                if SHORT_NAME.fullmatch(piece):
                    holding.setdefault(piece, []).append(name)
        for piece, names in holding.items():
            if len(names) > 1 and not notes.index.named(piece):
                bearing.setdefault(piece, []).append((grid.table, names))
    return bearing


def _fitting(notes: Notes, bearing: Bearing, text: str) -> Iterator[tuple[str, SourceTable, list[str]]]:
    for part in parts(text) if bearing else ():
        for table, names in bearing.get(part, ()):
            if not notes.index.named(part):
                yield part, table, names


def _ambiguous(notes: Notes, place: Place, short: str, table: SourceTable, names: list[str]) -> Finding:
    listed = " or ".join(names[:MOST_MEANINGS])
    sentence = f"“{short}” may mean {listed} of “{table.title}”."
    places = (place, *_rows_named(notes, table, names[:MOST_MEANINGS]))
    meanings = tuple(names[:MOST_MEANINGS])
    return make_finding(Code.AMBIGUOUS, places, sentence, MEND_SHORT, word=short, meanings=meanings)


def _rows_named(notes: Notes, table: SourceTable, names: list[str]) -> Iterator[Place]:
    for name, thing in table.things():
        if name in names:
            yield notes.place_of_thing(thing)
