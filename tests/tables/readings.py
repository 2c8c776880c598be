"""Readings made by hand, without the reader: what tests of matching and publishing start from."""

from collections.abc import Mapping, Sequence
from html import escape

from tables.reader.document import Cell, Head, Kind, Point, PointList, Reading, Row, Table, Topic

type Grid = Sequence[Sequence[str]]
type Document = Mapping[str, Mapping[str, Grid] | Sequence[Table]]

INSTANCES = [
    ["Instance", "Hardware", "Use Case", "Special Feature"],
    ["P3", "8x Tesla V100", "Training", "General DL"],
    ["P4d", "A100 UltraClusters", "Large scale", "High bandwidth"],
    ["Trn1", "AWS Trainium", "Training", "50% cost savings"],
    ["Inf2", "AWS Inferentia2", "Inference", "Cost-optimized"],
]
DROPOUTS = [
    ["Question", "Answer"],
    ["Network too complex?", "Dropout"],
    ["Want feature selection?", "L1 (Lasso)"],
    ["Keep all features?", "L2 (Ridge)"],
]
DOCUMENT: Document = {"EC2": {"GPU Instances": INSTANCES}, "Quick Decisions": {"Which Regularization?": DROPOUTS}}


def make_reading(document: Document = DOCUMENT, *, title: str = "Section 6") -> Reading:
    """A document of topics, each with grids by title or with tables made before."""
    topics = tuple(
        Topic(title=topic, line=1, intro=(), tables=tuple(make_tables(tables))) for topic, tables in document.items()
    )
    return Reading(title=title, front_matter={}, intro=(), topics=topics, problems=())


def make_tables(tables: Mapping[str, Grid] | Sequence[Table]) -> Sequence[Table]:
    """Tables as they are, or made from grids by title."""
    if isinstance(tables, Mapping):
        return [make_table(title, grid) for title, grid in tables.items()]
    return tables


def make_table(
    title: str, grid: Grid, *, label: str = "", points: Sequence[str] = (), directive: Mapping[str, str] | None = None
) -> Table:
    """One table; its kind is guessed from its first header alone."""
    kind = Kind.DECISION if grid[0][0] == "Question" else Kind.ENTITY
    listed = tuple(Point(line=1, source=point, text=point, html=escape(point)) for point in points)
    return Table(
        title=title,
        label=label,
        path=(),
        line=1,
        last_line=len(grid) + 1,
        kind=kind,
        kind_reason="made by hand",
        head=tuple(Head(source=name, text=name, html=escape(name), name=name) for name in grid[0]),
        rows=tuple(Row(line=place, cells=tuple(map(make_cell, texts))) for place, texts in enumerate(grid[1:], 3)),
        list_after=PointList(label="", line=1, last_line=1, points=listed) if points else None,
        directive=dict(directive or {}),
    )


def make_cell(text: str) -> Cell:
    """A cell without markup."""
    return Cell(text, text, escape(text, quote=False))


def changed(grid: Grid, row: int, column: int, text: str) -> list[list[str]]:
    """The grid with one cell written anew; row 0 is the header."""
    copy = [list(line) for line in grid]
    copy[row][column] = text
    return copy
