"""
Plain Python: a guide as it is stored, part by part, under the keys and slugs it was once given.

Fields bear the names of the models' fields. Parts stand in document order; archived ones stay, behind the live ones.
Prose (introductions, notes) is a list of {"source", "text", "html"}.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from tables.reader.document import Kind
from tables.reader.forms import fold

type Prose = list[dict[str, str]]
type StoredCell = dict[str, str]

ASKED_BY_AUTHOR = frozenset({Kind.DECISION, Kind.LOOKUP})


class Part(Protocol):
    """What all parts of a guide have."""

    @property
    def key(self) -> UUID: ...
    @property
    def archived_at(self) -> datetime | None: ...


def live[P: Part](parts: Iterable[P]) -> list[P]:
    """The parts that the newest version of the document holds."""
    return [part for part in parts if part.archived_at is None]


@dataclass(frozen=True, slots=True)
class ColumnState:
    """One column."""

    key: UUID
    slug: str
    name: str
    source: str
    text: str
    html: str
    align: str
    position: int
    is_facet: bool = False
    archived_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class RowState:
    """
    One row; `cells` maps the hex of a column's key to source, text and html, those of archived columns included.

    A cell that came with its row from another table has "column" too: the hex of the key of the column it was under
    when what it says was first known.
    """

    key: UUID
    slug: str
    subject: str
    cells: dict[str, StoredCell]
    folded: str
    position: int
    line: int
    archived_at: datetime | None = None

    def text(self, column: ColumnState) -> str:
        """Plain text of the cell under a column; empty where the row has none."""
        return self.cells.get(column.key.hex, {}).get("text", "")

    def known_by(self, column: ColumnState) -> UUID:
        """The key of the column from which that of the fact under this column follows."""
        hexed = self.cells.get(column.key.hex, {}).get("column")
        return UUID(hexed) if hexed else column.key


@dataclass(frozen=True, slots=True)
class PointState:
    """One item of the list attached to a table."""

    key: UUID
    source: str
    text: str
    html: str
    position: int
    line: int
    archived_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class QuestionState:
    """One question of the author's; exactly one of `row` and `point` is set, to the key of where it was read."""

    key: UUID
    row: UUID | None
    point: UUID | None
    question: str
    answer: str
    explanation: str
    position: int
    archived_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class TableState:
    """One table with its parts; `topic` and `shown_with` are keys."""

    key: UUID
    slug: str
    topic: UUID
    title: str
    position: int
    kind: str
    label: str = ""
    number: int = 1
    path: list[str] = field(default_factory=list)
    shown_with: UUID | None = None
    kind_reason: str = ""
    kind_is_set: bool = False
    directive: dict[str, str] = field(default_factory=dict)
    intro: Prose = field(default_factory=list)
    notes: Prose = field(default_factory=list)
    points_label: str = ""
    breaks: list[int] = field(default_factory=list)
    first_line: int = 0
    last_line: int = 0
    row_count: int = 0
    column_count: int = 0
    archived_at: datetime | None = None
    columns: tuple[ColumnState, ...] = ()
    rows: tuple[RowState, ...] = ()
    points: tuple[PointState, ...] = ()
    questions: tuple[QuestionState, ...] = ()

    @property
    def name(self) -> str:
        """What readers call it; a companion's title carries its label, a second table of that name its number."""
        return f"{self.full_title} ({self.number})" if self.number > 1 else self.full_title

    @property
    def full_title(self) -> str:
        """The name without the number, which is for display alone."""
        return f"{self.title}: {self.label}" if self.shown_with and self.label else self.title

    @property
    def subject_column(self) -> ColumnState | None:
        """The live column that names the rows: the first, unless the document's directive names another."""
        columns = live(self.columns)
        place = subject_place([column.name for column in columns], self.directive)
        return columns[place] if columns else None

    @property
    def value_columns(self) -> list[ColumnState]:
        """The live columns that say something of the rows, in order."""
        return [column for column in live(self.columns) if column is not self.subject_column]


@dataclass(frozen=True, slots=True)
class TopicState:
    """One topic; its title is empty for tables above any topic heading."""

    key: UUID
    slug: str
    title: str
    position: int
    intro: Prose
    archived_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class GuideState:
    """
    A whole guide. One that was never published has no topics and no tables.

    `links` maps the folded label of each link definition to its "address" and "title".
    """

    key: UUID
    title: str
    document_id: str = ""
    front_matter: dict[str, Any] = field(default_factory=dict)
    intro: Prose = field(default_factory=list)
    links: dict[str, dict[str, str]] = field(default_factory=dict)
    topics: tuple[TopicState, ...] = ()
    tables: tuple[TableState, ...] = ()

    def keys(self) -> Iterator[UUID]:
        """Every key that a part of this guide carries or carried."""
        yield from (topic.key for topic in self.topics)
        for table in self.tables:
            yield table.key
            for parts in (table.columns, table.rows, table.points, table.questions):
                yield from (part.key for part in parts)


def subject_place(names: list[str], directive: dict[str, str]) -> int:
    """Place of the column that names the rows, counted from 0."""
    wanted = fold(directive.get("subject", ""))
    return next((place for place, name in enumerate(names) if wanted and fold(name) == wanted), 0)
