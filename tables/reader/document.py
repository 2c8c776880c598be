"""Plain Python: what a Markdown document of comparison tables is once it has been read."""

from dataclasses import dataclass, field
from enum import StrEnum


class Severity(StrEnum):
    """How much it matters: an error stops publishing, a warning asks for a look, information asks for nothing."""

    ERROR = "error"
    WARNING = "warning"
    INFORMATION = "information"


class Kind(StrEnum):
    """What a table is, and so how it can be asked. Guessed by `tables.kinds`, overridable by the author."""

    ENTITY = "entity"
    ASPECT = "aspect"
    DECISION = "decision"
    LOOKUP = "lookup"
    PAIRS = "pairs"
    MATRIX = "matrix"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Problem:
    """
    One thing the author should know.

    `line` and `last_line` count from 1 in the file as it was uploaded; `column` names the table column, if any.
    `message` is one plain sentence saying what was done, `advice` what to do about it (may be empty). `offset` counts
    bytes from 0, for a file that is not UTF-8.
    """

    code: str
    severity: Severity
    line: int
    message: str
    advice: str = ""
    last_line: int = 0
    column: str = ""
    offset: int | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """One body cell: its Markdown exactly as written (after `\\|` became `|`), its plain text, its safe HTML."""

    source: str
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class Head:
    """
    One header cell.

    `name` is its text made unique in its table (an empty header becomes "Column 2", a repeated one gets a number).
    `align` is "left", "center", "right" or "".
    """

    source: str
    text: str
    html: str
    name: str
    align: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One body row; `cells` has exactly one entry for each header, padded or cut as GFM says."""

    line: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """A block of prose (paragraph, list, code, quote) with its Markdown, plain text and safe block HTML."""

    line: int
    last_line: int
    source: str
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class Point:
    """
    One item of the list attached to a table.

    `question` and `answer` are set, as plain text, when the item reads as a decision ("Need X? -> **Y**").
    """

    line: int
    source: str
    text: str
    html: str
    question: str = ""
    answer: str = ""


@dataclass(frozen=True, slots=True)
class PointList:
    """
    The list that belongs to a table, under its label ("Key Exam Points"; may be empty).

    `asks` is True when its items are offered as decision questions without being switched on (the arrow shape).
    """

    label: str
    line: int
    last_line: int
    points: tuple[Point, ...]
    asks: bool = False


@dataclass(frozen=True, slots=True)
class LeftOut:
    """One line of a table that became no row, with the reason in words."""

    line: int
    why: str


@dataclass(frozen=True, slots=True)
class Table:
    """
    One table, in the order of the document.

    `title` is the nearest heading above it, `label` the label line directly above it without its colon, `path` the
    headings between its topic and its title, outermost first. `companion` is True for a labelled table whose heading
    already has a table: it is shown on the page of that first table. `breaks` are the positions of rows (0-based)
    before which the author drew a line of dashes. `directive` holds the keys of a `<!-- study: ... -->` comment.
    `number` counts tables of one name below one heading from 1; `subject` is the place of the column that names rows.
    """

    title: str
    label: str
    path: tuple[str, ...]
    line: int
    last_line: int
    kind: Kind
    kind_reason: str
    head: tuple[Head, ...]
    rows: tuple[Row, ...]
    companion: bool = False
    intro: tuple[Note, ...] = ()
    notes: tuple[Note, ...] = ()
    list_after: PointList | None = None
    left_out: tuple[LeftOut, ...] = ()
    breaks: tuple[int, ...] = ()
    directive: dict[str, str] = field(default_factory=dict)
    number: int = 1
    subject: int = 0

    @property
    def name(self) -> str:
        """
        What readers call it: the title, with the label of a companion ("Activation Functions: When to Use").

        A second table of that name below one heading is called "... (2)".
        """
        name = f"{self.title}: {self.label}" if self.companion and self.label else self.title
        return f"{name} ({self.number})" if self.number > 1 else name


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic; `title` is empty for the unnamed first topic of tables that stand above any topic heading."""

    title: str
    line: int
    intro: tuple[Note, ...]
    tables: tuple[Table, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """
    A whole document as read. A reading with errors may be looked at, never published.

    `links` maps the label of each link definition, folded, to its "address" and "title".
    """

    title: str
    front_matter: dict[str, str]
    intro: tuple[Note, ...]
    topics: tuple[Topic, ...]
    problems: tuple[Problem, ...]
    links: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def tables(self) -> list[Table]:
        """Every table in document order."""
        return [table for topic in self.topics for table in topic.tables]

    @property
    def errors(self) -> list[Problem]:
        """The problems that stop publishing."""
        return [problem for problem in self.problems if problem.severity is Severity.ERROR]
