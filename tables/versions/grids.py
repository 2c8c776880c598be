"""Plain Python: a stored table and the same table in a newer reading in, which columns and rows are the same out."""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from tables.reader import document
from tables.reader.forms import compare_form, is_placeholder
from tables.versions.matching import Matching, match_likest, match_names, overlaps, similarity
from tables.versions.state import ASKED_BY_AUTHOR, ColumnState, Part, RowState, TableState, subject_place

SAME_VALUES = 0.6
SAME_QUESTION = 0.9

form = lru_cache(maxsize=50_000)(compare_form)


@dataclass(frozen=True, slots=True)
class Grid:
    """Columns and rows of a table, stored or newly read, by place; texts are in compare form."""

    headers: list[str]
    subject: int
    rows: list[list[str]]

    @property
    def subjects(self) -> list[str]:
        """What names each row."""
        return [row[self.subject] if row else "" for row in self.rows]

    def facts(self) -> frozenset[Hashable]:
        """(subject, column, value) of every value cell that holds a value."""
        return frozenset(
            (subject, header, value)
            for subject, row in zip(self.subjects, self.rows, strict=True)
            for place, (header, value) in enumerate(zip(self.headers, row, strict=True))
            if place != self.subject and not is_placeholder(value)
        )


def grid_of_reading(table: document.Table) -> Grid:
    """The grid of a table as read."""
    return Grid(
        headers=[form(head.text) for head in table.head],
        subject=table.subject,
        rows=[[form(cell.text) for cell in row.cells] for row in table.rows],
    )


def grid_of_state(table: TableState, columns: list[ColumnState], rows: list[RowState]) -> Grid:
    """The grid of these columns and rows of a stored table."""
    return Grid(
        headers=[form(column.text) for column in columns],
        subject=subject_place([column.name for column in columns], table.directive),
        rows=[[form(row.text(column)) for column in columns] for row in rows],
    )


def standing[P: Part](table: TableState, parts: Iterable[P]) -> list[P]:
    """The parts a table has, or had when it was archived."""
    return [part for part in parts if part.archived_at == table.archived_at]


@dataclass(frozen=True, slots=True)
class GridMatch:
    """Which stored column and row each place of the newer table is; guessed ones were found by their values."""

    columns: dict[int, ColumnState]
    rows: dict[int, RowState]
    guessed: frozenset[UUID]

    def without(self, apart: frozenset[UUID]) -> "GridMatch":
        """Without the guesses about these stored parts."""
        wrong = self.guessed & apart
        return GridMatch(
            columns={place: column for place, column in self.columns.items() if column.key not in wrong},
            rows={place: row for place, row in self.rows.items() if row.key not in wrong},
            guessed=self.guessed - wrong,
        )

    def tied(self, old: TableState, ties: Mapping[UUID, int]) -> "GridMatch":
        """With those of the stored table's parts where an author puts them that stand nowhere yet, in free places."""
        if not ties:
            return self
        return GridMatch(
            _tied(self.columns, old, old.columns, ties), _tied(self.rows, old, old.rows, ties), self.guessed
        )

    def less(self, rows: frozenset[UUID], places: Iterable[int]) -> "GridMatch":
        """Without these rows, which went to another table, and without what was guessed to be at these places."""
        taken = set(places)
        gone = rows | {row.key for place, row in self.rows.items() if place in taken}
        kept = {place: row for place, row in self.rows.items() if row.key not in gone}
        return GridMatch(self.columns, kept, self.guessed - gone)


def _tied[P: (ColumnState, RowState)](
    found: dict[int, P], table: TableState, parts: Iterable[P], ties: Mapping[UUID, int]
) -> dict[int, P]:
    taken = {part.key for part in found.values()}
    told = {ties[part.key]: part for part in standing(table, parts) if part.key in ties and part.key not in taken}
    return told | found


def match_grids(old: TableState, new: document.Table) -> GridMatch:
    """
    Match columns by name, then by values; rows by subject, then by their other values.

    Live parts go before archived ones of the same name; only a name brings an archived part back.
    """
    columns, column_count = _live_first(old, old.columns)
    rows, row_count = _live_first(old, old.rows)
    old_grid, new_grid = grid_of_state(old, columns, rows), grid_of_reading(new)
    column_match = _match_columns(old_grid, new_grid, column_count, row_count)
    same = column_match.old_of
    is_authored = old.kind in ASKED_BY_AUTHOR
    row_match = _match_rows(old_grid, new_grid, row_count, {new: old for new, old in same.items()}, is_authored)
    guessed = {columns[same[place]].key for place in column_match.guessed}
    guessed |= {rows[row_match.old_of[place]].key for place in row_match.guessed}
    return GridMatch(
        columns={place: columns[other] for place, other in same.items()},
        rows={place: rows[other] for place, other in row_match.old_of.items()},
        guessed=frozenset(guessed),
    )


def _live_first[P: Part](table: TableState, parts: Iterable[P]) -> tuple[list[P], int]:
    ordered = sorted(parts, key=lambda part: part.archived_at != table.archived_at)
    return ordered, len(standing(table, ordered))


def _match_columns(old: Grid, new: Grid, live_columns: int, live_rows: int) -> Matching:
    pairs = _rows_named_once(old.subjects[:live_rows], new.subjects)
    old_values = {
        place: frozenset((rank, old.rows[row][place]) for rank, (row, _) in enumerate(pairs))
        for place in range(len(old.headers))
    }
    new_values = {
        place: frozenset((rank, new.rows[row][place]) for rank, (_, row) in enumerate(pairs))
        for place in range(len(new.headers))
    }
    matching = Matching()
    names = dict(enumerate(new.headers))
    for places in (range(live_columns), range(live_columns, len(old.headers))):
        match_names(matching, {place: old.headers[place] for place in places}, names, old_values, new_values)
    scores = {
        (one, other): _share_of_values(old_values[one] & new_values[other], len(pairs))
        for one in matching.free_old(range(live_columns))
        for other in matching.free_new(names)
    }
    match_likest(matching, scores, least=SAME_VALUES)
    return matching


def _share_of_values(shared: frozenset[tuple[int, str]], rows: int) -> float:
    """Share of rows with the same value; columns that share nothing but placeholders share nothing."""
    if not any(not is_placeholder(value) for _, value in shared):
        return 0.0
    return len(shared) / rows


def _rows_named_once(old: list[str], new: list[str]) -> list[tuple[int, int]]:
    """Places of the rows that have their subject for themselves on both sides."""
    old_times, new_times = Counter(old), Counter(new)
    places = {subject: place for place, subject in enumerate(old)}
    return [
        (places[subject], place)
        for place, subject in enumerate(new)
        if new_times[subject] == old_times[subject] == 1
    ]  # fmt: skip


def _match_rows(old: Grid, new: Grid, live_rows: int, same: dict[int, int], is_authored: bool) -> Matching:
    values = {other: place for place, other in same.items() if other != old.subject and place != new.subject}
    old_values = {place: _row_values(row, {other: other for other in values}) for place, row in enumerate(old.rows)}
    new_values = {
        place: _row_values(row, {other: mine for other, mine in values.items()}) for place, row in enumerate(new.rows)
    }
    matching = Matching()
    names = dict(enumerate(new.subjects))
    for places in (range(live_rows), range(live_rows, len(old.rows))):
        subjects = {place: old.subjects[place] for place in places}
        match_names(matching, subjects, names, old_values, new_values)
    free_old = {place: old_values[place] for place in matching.free_old(range(live_rows))}
    free_new = {place: new_values[place] for place in matching.free_new(names)}
    scores: dict[tuple[int, int], float] = {}
    for (one, other), shared in overlaps(free_old, free_new).items():
        filled = {place for place, _ in free_old[one] | free_new[other]}
        scores[one, other] = shared / len(filled)
        if is_authored and not _is_same_question(old.subjects[one], new.subjects[other], scores[one, other]):
            scores[one, other] = 0.0
    match_likest(matching, scores, least=SAME_VALUES)
    return matching


def _row_values(row: list[str], places: dict[int, int]) -> frozenset[tuple[int, str]]:
    """Every value of a row that is one, with the place of its column on the old side."""
    return frozenset(
        (old, row[place]) for old, place in places.items() if place < len(row) and not is_placeholder(row[place])
    )


def _is_same_question(old: str, new: str, share: float) -> bool:
    return share == 1.0 and similarity(old, new) >= SAME_QUESTION
