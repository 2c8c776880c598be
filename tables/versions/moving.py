"""Plain Python: the tables of a guide and of a newer reading in, the rows that went from one table to another out."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from tables.reader import document
from tables.reader.forms import is_placeholder
from tables.versions.grids import SAME_VALUES, GridMatch, form
from tables.versions.matching import Matching, match_likest, overlaps
from tables.versions.state import ColumnState, GuideState, RowState, TableState, live, subject_place

type Place = tuple[int, int]
"""Where a row stands in a reading: the place of its table in the document and its own in that table, from 0."""

type Head = tuple[str, int]
"""What heads a column: its name in compare form, and its number among equals."""


@dataclass(frozen=True, slots=True)
class Match:
    """A stored table, or the new one, with what was read of it and which of its parts are the same."""

    known: TableState
    table: document.Table
    grid: GridMatch


@dataclass(frozen=True, slots=True)
class Move:
    """A row and the table where it stood; `columns` are that table's, in the order of those where it stands now."""

    row: RowState
    table: TableState
    columns: tuple[ColumnState, ...]

    def under(self, columns: list[ColumnState], own: frozenset[UUID]) -> RowState:
        """The row under the columns where it stands now; `own` are the keys of all columns that its table ever had."""
        left = {column.key.hex for column in self.columns}
        cells = {hexed: cell for hexed, cell in self.row.cells.items() if hexed not in left}
        for old, new in zip(self.columns, columns, strict=True):
            known_by = self.row.known_by(old)
            texts = {name: text for name, text in self.row.cells.get(old.key.hex, {}).items() if name != "column"}
            cells[new.key.hex] = texts if known_by in own else {**texts, "column": known_by.hex}
        return replace(self.row, cells=cells)


@dataclass(frozen=True, slots=True)
class Moves:
    """The moves by where the rows stand now; `guessed` holds the keys of those whose values are not all the same."""

    found: Mapping[Place, Move]
    guessed: frozenset[UUID]

    @property
    def left(self) -> frozenset[UUID]:
        """The keys of the rows that moved."""
        return frozenset(move.row.key for move in self.found.values())

    def into(self, table: int) -> dict[int, Move]:
        """The rows that the table at this place of the document took in, by their places in it."""
        return {row: move for (place, row), move in self.found.items() if place == table}


@dataclass(frozen=True, slots=True)
class _Said:
    """What a row says in compare form, and in which table; its `name` holds its columns beside its subject."""

    home: UUID
    heads: tuple[Head, ...]
    name: Hashable
    values: frozenset[tuple[Head, str]]


@dataclass(frozen=True, slots=True)
class _Gone:
    """A stored row that its table does not have any more, or has under another name as likeness has it."""

    row: RowState
    table: TableState
    said: _Said

    def to(self, heads: tuple[Head, ...]) -> Move:
        """The move to a table of these heads, which are the same in any order."""
        columns = dict(zip(self.said.heads, live(self.table.columns), strict=True))
        return Move(self.row, self.table, tuple(columns[head] for head in heads))


@dataclass(frozen=True, slots=True)
class _Come:
    """A row that was read and that is none of its table's by name."""

    place: Place
    said: _Said


def find_moves(old: GuideState, matches: list[Match], apart: frozenset[UUID], told: Mapping[UUID, Place]) -> Moves:
    """
    Find rows that left one table and came into another of the same columns, under the same subject.

    First those that an author tells, then those that say all the same; these go before likeness within a table. Then,
    as guesses, those of whose values 60 % are the same. Where a row may be two others, it is none of them.
    """
    gone, come = list(_gone(old, matches, apart, told)), list(_come(matches))
    matching = Matching()
    _match_told(matching, gone, come, told)
    olds, news = [row.said for row in gone], [row.said for row in come]
    _match_same(matching, olds, news)
    stayed = {row.key for match in matches for row in match.grid.rows.values()}
    free_old = [one for one in matching.free_old(range(len(gone))) if gone[one].row.key not in stayed]
    free_new = [new for new in matching.free_new(range(len(come))) if not _is_taken(matches, come[new].place)]
    match_likest(matching, _likenesses(olds, news, free_old, free_new), least=SAME_VALUES)
    found = {come[new].place: gone[one].to(news[new].heads) for new, one in matching.old_of.items()}
    return Moves(found, frozenset(found[come[new].place].row.key for new in matching.guessed))


def _is_taken(matches: list[Match], place: Place) -> bool:
    table, row = place
    return row in matches[table].grid.rows


def _gone(old: GuideState, matches: list[Match], apart: frozenset[UUID], told: Mapping[UUID, Place]) -> Iterator[_Gone]:
    """Also what is only guessed to have stayed; what an author set apart only where it is told."""
    grids = [match.grid for match in matches]
    sure = {row.key for grid in grids for row in grid.rows.values() if row.key not in grid.guessed}
    for table in live(old.tables):
        columns = live(table.columns)
        heads = _numbered(form(column.text) for column in columns)
        subject = subject_place([column.name for column in columns], table.directive)
        for row in live(table.rows) if columns else ():
            is_apart = table.key in apart or row.key in apart
            if row.subject and row.key not in sure and (row.key in told or not is_apart):
                said = _said(table.key, heads, [form(row.text(column)) for column in columns], subject)
                yield _Gone(row, table, said)


def _come(matches: list[Match]) -> Iterator[_Come]:
    for place, match in enumerate(matches):
        heads = _numbered(form(head.text) for head in match.table.head)
        for number, row in enumerate(match.table.rows):
            known = match.grid.rows.get(number)
            if row.cells and (known is None or known.key in match.grid.guessed):
                texts = [form(cell.text) for cell in row.cells]
                yield _Come((place, number), _said(match.known.key, heads, texts, match.table.subject))


def _numbered(names: Iterable[str]) -> tuple[Head, ...]:
    seen: Counter[str] = Counter()
    heads: list[Head] = []
    for name in names:
        seen[name] += 1
        heads.append((name, seen[name]))
    return tuple(heads)


def _said(home: UUID, heads: tuple[Head, ...], texts: list[str], subject: int) -> _Said:
    values = zip(heads, texts, strict=True)
    said = frozenset((head, text) for head, text in values if head != heads[subject] and not is_placeholder(text))
    return _Said(home, heads, (frozenset(heads), heads[subject], texts[subject]), said)


def _match_told(matching: Matching, gone: list[_Gone], come: list[_Come], told: Mapping[UUID, Place]) -> None:
    places = {row.place: new for new, row in enumerate(come)} if told else {}
    for one, row in enumerate(gone):
        new = places.get(told[row.row.key]) if row.row.key in told else None
        if new is not None and matching.free_new([new]) and set(come[new].said.heads) == set(row.said.heads):
            matching.pair(one, new)


def _match_same(matching: Matching, olds: list[_Said], news: list[_Said]) -> None:
    """Pair rows that say all the same; several of them only where all left one table for one other."""
    come = _alike(news, matching.free_new(range(len(news))))
    for said, old_places in _alike(olds, matching.free_old(range(len(olds)))).items():
        new_places = come.get(said, [])
        left, reached = {olds[place].home for place in old_places}, {news[place].home for place in new_places}
        if len(old_places) == len(new_places) and len(left) == len(reached) == 1 and left != reached:
            for one, new in zip(old_places, new_places, strict=True):
                matching.pair(one, new)


def _alike(rows: list[_Said], places: Iterable[int]) -> dict[Hashable, list[int]]:
    found: dict[Hashable, list[int]] = defaultdict(list)
    for place in places:
        found[rows[place].name, rows[place].values].append(place)
    return found


def _likenesses(
    olds: list[_Said], news: list[_Said], free_old: Iterable[int], free_new: Iterable[int]
) -> dict[tuple[int, int], float]:
    """The share of their values that rows of one name and of different tables have in common."""
    old = {place: frozenset((olds[place].name, *value) for value in olds[place].values) for place in free_old}
    new = {place: frozenset((news[place].name, *value) for value in news[place].values) for place in free_new}
    return {
        (one, other): shared / len({head for head, _ in olds[one].values | news[other].values})
        for (one, other), shared in overlaps(old, new).items()
        if olds[one].home != news[other].home
    }
