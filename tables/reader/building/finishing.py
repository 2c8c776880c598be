"""Plain Python: drafts in, the finished topics and tables of a reading out."""

import re
from collections.abc import Callable, Iterable

from tables import kinds
from tables.reader.blocks import Block, BlockKind
from tables.reader.building.context import Context
from tables.reader.building.drafts import Draft, TableDraft
from tables.reader.building.labels import is_bold
from tables.reader.building.parts import Part
from tables.reader.building.points import make_points
from tables.reader.building.prose import make_note
from tables.reader.building.rows import Grid, GridBuilder
from tables.reader.document import Kind, Note, Table, Topic
from tables.reader.forms import fold, is_placeholder

ONLY_A_LINK = re.compile(r"<a [^>]*>[^<]*</a>")


class Finisher:
    """
    Renders what the drafts hold. `footnotes` are the blocks of the document's footnotes by mark.

    `tell` hears after each table how many are rendered, and of how many.
    """

    def __init__(self, footnotes: dict[str, Block], context: Context, tell: Callable[[int, int], None]) -> None:
        self.footnotes = footnotes
        self.context = context
        self.tell = tell
        self.grids: dict[TableDraft, Grid] = {}
        self.used: set[str] = set()

    def finish(self, draft: Draft) -> tuple[tuple[Note, ...], tuple[Topic, ...]]:
        """The introduction of the guide and its topics. All cells are rendered before any note."""
        tables = [table for topic in draft.topics for table in topic.tables]
        for number, table in enumerate(tables, start=1):
            grid = GridBuilder(table.block, _name(table), self.context).build()
            if grid:
                self.grids[table] = grid
            self.tell(number, len(tables))
        self.used = {mark for grid in self.grids.values() for mark in grid.footnotes}
        intro = self._notes(draft.intro)
        topics = tuple(
            Topic(topic.title, topic.line, self._notes(topic.intro), tuple(self._tables(topic.tables)))
            for topic in draft.topics
        )
        return intro, topics

    def _tables(self, drafts: list[TableDraft]) -> list[Table]:
        return [self._table(draft, self.grids[draft]) for draft in drafts if draft in self.grids]

    def _table(self, draft: TableDraft, grid: Grid) -> Table:
        kind, reason = self._kind(draft, grid)
        return Table(
            title=draft.title,
            label=draft.label,
            path=draft.path,
            line=draft.block.line,
            last_line=draft.block.last_line,
            kind=kind,
            kind_reason=reason,
            head=grid.head,
            rows=tuple(grid.rows),
            companion=draft.companion,
            intro=self._notes(draft.intro),
            notes=self._notes(draft.notes) + self._footnotes_of(grid),
            list_after=make_points(*draft.points, self.context) if draft.points else None,
            left_out=tuple(grid.left_out),
            breaks=tuple(grid.breaks),
            directive=draft.directive,
            number=draft.number,
            subject=self._subject(draft, grid),
        )

    def _notes(self, parts: list[Part]) -> tuple[Note, ...]:
        """The notes of parts. A footnote that a table's cell refers to is shown with that table only."""
        shown = (
            part for part in parts if part.block.mark not in self.used or part.block.kind is not BlockKind.FOOTNOTE
        )
        return self._render(shown)

    def _footnotes_of(self, grid: Grid) -> tuple[Note, ...]:
        return self._render(Part(self.footnotes[mark]) for mark in dict.fromkeys(grid.footnotes))

    def _render(self, parts: Iterable[Part]) -> tuple[Note, ...]:
        notes = (make_note(part, self.context) for part in parts)
        return tuple(note for note in notes if note)

    def _kind(self, draft: TableDraft, grid: Grid) -> tuple[Kind, str]:
        """What the directive says, else what the words and the shape of the table show."""
        if "kind" in draft.directive:
            return Kind(draft.directive["kind"]), "The document says so."
        kind, reason = kinds.classify(
            f"{draft.title}: {draft.label}" if draft.label else draft.title,
            [head.text for head in grid.head],
            [[cell.text for cell in row.cells] for row in grid.rows],
            bold_keys=bool(grid.rows) and all(is_bold(row.cells[0].html) for row in grid.rows),
            links_only=_holds_only_links(grid),
        )
        if kind is not Kind.ENTITY:
            message = f"The table “{_name(draft)}” was taken for the kind “{kind}”. {reason}"
            self.context.problems.inform("kind-guessed", draft.block.line, message)
        return kind, reason

    def _subject(self, draft: TableDraft, grid: Grid) -> int:
        """The column that the directive names, else the first."""
        places = {fold(head.name): place for place, head in enumerate(grid.head)}
        skipped = [part.strip() for part in draft.directive.get("skip", "").split(",") if part.strip()]
        for name in [*skipped, *([draft.directive["subject"]] if "subject" in draft.directive else [])]:
            if fold(name) not in places:
                message = f"The directive names the column “{name}”, which the table “{_name(draft)}” does not have."
                self.context.problems.warn("directive", draft.block.line, message, "Write the header as in the table.")
        return places.get(fold(draft.directive.get("subject", "")), 0)


def _name(draft: TableDraft) -> str:
    name = f"{draft.title}: {draft.label}" if draft.companion else draft.title
    return f"{name} ({draft.number})" if draft.number > 1 else name


def _holds_only_links(grid: Grid) -> bool:
    values = [cell for row in grid.rows for cell in row.cells[1:] if not is_placeholder(cell.text)]
    return bool(values) and all(ONLY_A_LINK.fullmatch(cell.html) for cell in values)
