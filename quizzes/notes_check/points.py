"""Plain Python: key points that say of a row what its table says under another column."""

import re
from collections.abc import Iterator

from quizzes.generation.sources import SourceTable, Thing
from quizzes.generation.statements import says_the_same
from quizzes.generation.words import tokens, words
from quizzes.notes_check.findings import Code, Finding, make_finding
from quizzes.notes_check.notes import Notes
from quizzes.notes_check.repeats import MEND_APART
from tables.reader.document import Kind
from tables.reader.forms import is_placeholder
from tables.versions.state import PointState, live

UP = frozenset({"high", "higher", "highest", "large", "larger", "big", "bigger", "long", "longer", "many", "more"})
UP |= {"much", "great", "greater", "fast", "faster", "high", "increase", "increasing", "max", "maximum", "most"}
DOWN = frozenset({"low", "lower", "lowest", "small", "smaller", "little", "short", "shorter", "few", "fewer", "less"})
DOWN |= {"slow", "slower", "decrease", "decreasing", "min", "minimum", "least"}

_SAYS = re.compile(r"\s*(?:=+>?|-+>|→|⇒|：|:\s)\s*|\s+[–—-]\s+")


def points_apart(notes: Notes) -> Iterator[Finding]:
    """Points "<row and column> = <what is said>" whose words stand in another column of that row."""
    for table in notes.asked_tables():
        points = live(notes.state_of(table).points)
        if points and table.kind is not Kind.ASPECT:
            named = [(words(name), name, thing) for name, thing in table.things() if words(name)]
            for point in points:
                yield from _apart(notes, table, point, named)


def _apart(
    notes: Notes, table: SourceTable, point: PointState, named: list[tuple[frozenset[str], str, Thing]]
) -> Iterator[Finding]:
    left, *right = _SAYS.split(point.text, maxsplit=1)
    if not right or not words(right[0]):
        return
    row = _row_named(left, named)
    if row is None:
        return
    name, thing = row
    values = [(column, value) for column, value in notes.index.values(thing) if not is_placeholder(value)]
    meant = [(column, value) for column, value in values if _is_column(left, name, column)]
    said = [(column, value) for column, value in values if _says(right[0], value)]
    if len(meant) == 1 and said and meant[0] not in said and not words(meant[0][1]) & words(right[0]):
        (column, value), (other, other_value) = meant[0], said[0]
        place = notes.place_of_point(notes.state_of(table), point)
        cells = tuple(notes.place_of_cell(table.key, thing.row_key, header) for header in (column, other))
        sentence = (
            f"“{point.text}”: the table says “{other_value}” of {name} under “{other}”, and “{value}” under “{column}”."
        )
        yield make_finding(Code.APART, (place, *cells), sentence, MEND_APART)


def _row_named(left: str, named: list[tuple[frozenset[str], str, Thing]]) -> tuple[str, Thing] | None:
    """The one row whose name stands in the left side; of several the longest name; None where that is not clear."""
    said = words(left)
    found = sorted((row for row in named if row[0] <= said), key=lambda row: -len(row[0]))
    if not found or (len(found) > 1 and len(found[0][0]) == len(found[1][0])):
        return None
    return found[0][1], found[0][2]


def _is_column(left: str, name: str, column: str) -> bool:
    """Whether what the left side says beside the name means this column: in its words, or in the same direction."""
    beside = set(tokens(left)) - set(tokens(name))
    headed = set(tokens(column))
    if words(column) and words(column) <= words(" ".join(beside)):
        return True
    return any(beside & way and headed & way and not headed & other for way, other in ((UP, DOWN), (DOWN, UP)))


def _says(said: str, value: str) -> bool:
    return len(words(said)) >= 2 and says_the_same(said, value)
