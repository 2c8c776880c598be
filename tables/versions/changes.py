"""Plain Python: two states of a guide in, the difference in words of the guide out."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from uuid import UUID

from tables.versions.grids import form
from tables.versions.state import (
    ColumnState,
    GuideState,
    PointState,
    RowState,
    TableState,
    TopicState,
    live,
)


class Kind(StrEnum):
    """What can change, in the order in which a summary names it."""

    GUIDE = "guide"
    TOPIC = "topic"
    TABLE = "table"
    COLUMN = "column"
    ROW = "row"
    CELL = "cell"
    POINT = "point"


class How(StrEnum):
    """What happened to it, in the order in which a summary names it. `REWRITTEN` changes markup or spacing alone."""

    ADDED = "added"
    RETURNED = "returned"
    RENAMED = "renamed"
    MOVED = "moved"
    CHANGED = "changed"
    REORDERED = "put in another order"
    REWRITTEN = "written differently"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Change:
    """
    One difference. `table`, `row` and `column` name the place as far as it has one, by the names it has now.

    `old` and `new` are Markdown sources or names; empty where there is none. `guessed` says that a rename was found by
    likeness and may be wrong.
    """

    part: Kind
    how: How
    table: str = ""
    row: str = ""
    column: str = ""
    old: str = ""
    new: str = ""
    guessed: bool = False

    @property
    def sentence(self) -> str:
        """The change in one line, for a list."""
        place = " / ".join(name for name in (self.table, self.row, self.column) if name)
        what = f"{self.part.value.capitalize()} {self.how.value}"
        new = self.new or ("(empty)" if self.how is How.CHANGED else "")
        if self.old and new:
            return f"{what}: {place}: {self.old} -> {new}" if place else f"{what}: {self.old} -> {new}"
        words = self.new or self.old
        return ": ".join(part for part in (what, place, words) if part)


@dataclass(frozen=True, slots=True)
class Diff:
    """
    What a reading changes in a guide; `against` is the guide's version that it was compared with.

    `remade` says that the site works something out differently although the document says the same.
    """

    against: int
    changes: tuple[Change, ...]
    remade: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to write for readers."""
        return not self.changes and not self.remade

    @property
    def guessed(self) -> list[Change]:
        """The renames that were found by likeness: an author accepts them before they are published."""
        return [change for change in self.changes if change.guessed]

    @property
    def counts(self) -> Counter[tuple[Kind, How]]:
        """How often each thing happened; a row counts once as changed however many of its cells did."""
        seen = {
            (change.part, change.how, *((change.table, change.row) if change.part is Kind.CELL else (number,)))
            for number, change in enumerate(self.changes)
        }
        return Counter((Kind.ROW if part is Kind.CELL else part, how) for part, how, *_ in seen)

    @property
    def summary(self) -> str:
        """The counts as one sentence: "1 row added, 1 changed, 1 removed."."""
        if not self.changes:
            return "The document says the same; its pages were made anew." if self.remade else "No changes."
        counts = self.counts
        phrases = [_phrase(part, {how: counts[part, how] for how in How if counts[part, how]}) for part in Kind]
        return f"{', '.join(phrase for phrase in phrases if phrase)}."


def _phrase(part: Kind, counts: Mapping[How, int]) -> str:
    words: list[str] = []
    for how, number in counts.items():
        noun = "" if words else f" {part.value}{'s' if number > 1 else ''}"
        words.append(f"{number}{noun} {how.value}")
    return ", ".join(words)


def compare(old: GuideState, new: GuideState, *, against: int, guessed: frozenset[UUID] = frozenset()) -> Diff:
    """Lay the next state of a guide beside the stored one; both hold the same keys for the same parts."""
    changes = tuple(_guide_changes(old, new, guessed))
    remade = not changes and without_lines(old) != without_lines(new)
    return Diff(against, changes, remade)


def without_lines(guide: GuideState) -> GuideState:
    """The guide as readers see it: a table that moved down by a blank line is the same."""
    return replace(
        guide,
        tables=tuple(
            replace(
                table,
                first_line=0,
                last_line=0,
                rows=tuple(replace(row, line=0) for row in table.rows),
                points=tuple(replace(point, line=0) for point in table.points),
            )
            for table in guide.tables
        ),
    )


type Named = TopicState | TableState | ColumnState | RowState | PointState


def _guide_changes(old: GuideState, new: GuideState, guessed: frozenset[UUID]) -> Iterator[Change]:
    if old.title != new.title and old.title:
        yield Change(Kind.GUIDE, How.RENAMED, old=old.title, new=new.title)
    if (old.intro, old.front_matter) != (new.intro, new.front_matter) and old.tables:
        yield Change(Kind.GUIDE, How.CHANGED, new=new.title)
    yield from _comings_and_goings(Kind.TOPIC, "", old.topics, new.topics, frozenset())
    olds = {topic.key: topic for topic in old.topics}
    for topic in live(new.topics):
        if topic.key in olds and olds[topic.key].archived_at is None and olds[topic.key].intro != topic.intro:
            yield Change(Kind.TOPIC, How.CHANGED, new=topic.title)
    yield from _table_comings_and_goings(old, new, guessed)
    before = {table.key: table for table in live(old.tables)}
    moved = _moved_rows(old, new)
    for table in live(new.tables):
        if table.key in before:
            yield from _table_changes(before[table.key], table, guessed, moved)
        yield from _arrivals(table, guessed, moved)


type Moved = Mapping[UUID, tuple[str, RowState]]
"""The rows that changed tables, by key: the name of the table where each stood, and the row as it was there."""


def _moved_rows(old: GuideState, new: GuideState) -> Moved:
    homes = {row.key: table.key for table in live(new.tables) for row in live(table.rows)}
    return {
        row.key: (table.name, row)
        for table in live(old.tables)
        for row in live(table.rows)
        if homes.get(row.key, table.key) != table.key
    }


def _arrivals(table: TableState, guessed: frozenset[UUID], moved: Moved) -> Iterator[Change]:
    """The rows that came from other tables, each followed by those of its values that came with it changed."""
    for row in (row for row in live(table.rows) if row.key in moved):
        (place, before), is_guess = moved[row.key], row.key in guessed
        yield Change(Kind.ROW, How.MOVED, table.name, row.subject, old=place, new=table.name, guessed=is_guess)
        known = {cell.get("column", hexed): cell for hexed, cell in before.cells.items()}
        for column in live(table.columns):
            was, now = known.get(row.known_by(column).hex, {}), row.cells.get(column.key.hex, {})
            yield from _cell_change(table, row, column, was, now)


def _table_comings_and_goings(old: GuideState, new: GuideState, guessed: frozenset[UUID]) -> Iterator[Change]:
    yield from _comings_and_goings(Kind.TABLE, "", old.tables, new.tables, guessed)
    before = {table.key: table for table in live(old.tables)}
    topics = {topic.key: topic.title for topic in (*old.topics, *new.topics)}
    for table in live(new.tables):
        if table.key in before and before[table.key].topic != table.topic:
            from_topic, to_topic = topics[before[table.key].topic], topics[table.topic]
            yield Change(Kind.TABLE, How.MOVED, table=table.name, old=from_topic, new=to_topic)


def _comings_and_goings(
    part: Kind, table: str, old: Iterable[Named], new: Iterable[Named], guessed: frozenset[UUID]
) -> Iterator[Change]:
    """Parts added, returned, renamed and removed, and whether those that stayed stand in another order."""
    olds, news = {each.key: each for each in old}, list(new)
    for each in live(news):
        before = olds.get(each.key)
        if before is None or before.archived_at is not None:
            yield Change(part, How.RETURNED if before else How.ADDED, table=table, new=name_of(each))
        elif form(name_of(before)) != form(name_of(each)):
            yield Change(
                part, How.RENAMED, table=table, old=name_of(before), new=name_of(each), guessed=each.key in guessed
            )
        elif written(before) != written(each):
            yield Change(part, How.REWRITTEN, table=table, old=written(before), new=written(each))
    staying = {each.key for each in live(news)}
    for before in live(olds.values()):
        if before.key not in staying:
            yield Change(part, How.REMOVED, table=table, old=name_of(before))
    if _order(live(olds.values()), staying) != _order(live(news), {before.key for before in live(olds.values())}):
        yield Change(part, How.REORDERED, table=table)


def _order(parts: Iterable[Named], among: set[UUID]) -> list[UUID]:
    return [part.key for part in parts if part.key in among]


def name_of(part: Named) -> str:
    """What an author calls it."""
    match part:
        case TopicState():
            return part.title
        case TableState():
            return part.full_title
        case ColumnState():
            return part.name
        case RowState():
            return part.subject
        case PointState():
            return part.text


def written(part: Named) -> str:
    """The Markdown of its name; a row's name is a cell and changes as one."""
    match part:
        case ColumnState() | PointState():
            return part.source
        case RowState():
            return ""
        case _:
            return name_of(part)


def _table_changes(old: TableState, new: TableState, guessed: frozenset[UUID], moved: Moved) -> Iterator[Change]:
    if old.kind != new.kind:
        yield Change(Kind.TABLE, How.CHANGED, table=new.name, old=old.kind, new=new.kind)
    elif _surroundings(old) != _surroundings(new):
        yield Change(Kind.TABLE, How.CHANGED, table=new.name)
    yield from _comings_and_goings(Kind.COLUMN, new.name, old.columns, new.columns, guessed)
    columns = {column.key: column for column in live(old.columns)}
    common = [(columns[column.key], column) for column in live(new.columns) if column.key in columns]
    for before, column in common:
        if before.align != column.align:
            yield Change(Kind.COLUMN, How.CHANGED, table=new.name, old=before.align, new=column.align or column.name)
    old_rows, new_rows = ([row for row in rows if row.key not in moved] for rows in (old.rows, new.rows))
    yield from _comings_and_goings(Kind.ROW, new.name, old_rows, new_rows, guessed)
    yield from _cell_changes(old, new, [column for _, column in common])
    yield from _comings_and_goings(Kind.POINT, new.name, old.points, new.points, guessed)


def _surroundings(table: TableState) -> tuple[object, ...]:
    """All that an author writes about a table beside its grid."""
    sources = [note["source"] for note in (*table.intro, *table.notes)]
    return (table.label, table.path, sources, len(table.intro), table.points_label, table.breaks, table.directive)


def _cell_changes(old: TableState, new: TableState, columns: list[ColumnState]) -> Iterator[Change]:
    rows = {row.key: row for row in live(old.rows)}
    for row in live(new.rows):
        if (before := rows.get(row.key)) is None:
            continue
        for column in columns:
            was, now = before.cells.get(column.key.hex, {}), row.cells.get(column.key.hex, {})
            yield from _cell_change(new, row, column, was, now)


def _cell_change(
    table: TableState, row: RowState, column: ColumnState, was: Mapping[str, str], now: Mapping[str, str]
) -> Iterator[Change]:
    if was.get("source") == now.get("source"):
        return
    is_same = form(was.get("text", "")) == form(now.get("text", ""))
    if is_same or column is not table.subject_column:  # a row renamed is said as such
        how = How.REWRITTEN if is_same else How.CHANGED
        old, new = was.get("source", ""), now.get("source", "")
        yield Change(Kind.CELL, how, table.name, row.subject, column.name, old, new)
