"""Plain Python: the lines of one table in, its header and rows out, with what was left out of them."""

import re
from dataclasses import dataclass, field

from tables.reader.blocks import Block
from tables.reader.building.context import Context
from tables.reader.building.parts import is_attribute_line
from tables.reader.cells import code_across_border, count_pipes, read_delimiter, split_row
from tables.reader.document import Cell, Head, LeftOut, Row
from tables.reader.forms import fold, is_blank
from tables.reader.inline import Rendered
from tables.reader.names import name_column

DASHES = re.compile(r"[-:]+")
CODE_TAG = re.compile(r"</?code", re.IGNORECASE)
EMPTY = Cell("", "", "")
LONE_TAG = re.compile(r"</?[A-Za-z][^<>]*>")


@dataclass(slots=True)
class Grid:
    """What the lines of a table hold. `footnotes` are the marks met in its cells, `breaks` places of dash rows."""

    head: tuple[Head, ...] = ()
    rows: list[Row] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    breaks: list[int] = field(default_factory=list)
    footnotes: list[str] = field(default_factory=list)
    short_lines: list[int] = field(default_factory=list)


class GridBuilder:
    """Reads one table, called `name` in what it reports."""

    def __init__(self, block: Block, name: str, context: Context) -> None:
        self.block = block
        self.name = name
        self.context = context
        self.problems = context.problems
        self.grid = Grid()

    def build(self) -> Grid | None:
        """The whole table; None when it has too many columns."""
        sources = split_row(self.block.lines[0])
        most = self.context.limits.columns
        if len(sources) > most:
            message = f"The table “{self.name}” has {len(sources)} columns; the limit is {most}."
            self.problems.error("too-many-columns", self.block.line, message, "Split it or turn it round.")
            return None
        self._read_head(sources)
        for number, line in zip(self.block.numbers[2:], self.block.lines[2:], strict=True):
            if not self._read_line(number, line):
                break
        self._report_short_rows()
        self._report_repeated_subjects()
        return self.grid

    def _read_head(self, sources: list[str]) -> None:
        alignments = read_delimiter(self.block.lines[1]) or []
        names: list[str] = []
        heads: list[Head] = []
        for source, alignment in zip(sources, alignments, strict=True):
            rendered = self._render(source, self.block.line, f"Column {len(heads) + 1}")
            names.append(name_column(rendered.text, names))
            if is_blank(rendered.text):
                self._report_empty_header(len(names))
            heads.append(Head(source, rendered.text, rendered.html, names[-1], alignment))
        self.grid.head = tuple(heads)
        self._report_pipe(self.block.line, self.block.lines[0], [])

    def _report_empty_header(self, number: int) -> None:
        name = f"Column {number}"
        message = f"The header of column {number} is empty; it is called “{name}”."
        self.problems.inform("empty-header", self.block.line, message, column=name)

    def _read_line(self, number: int, line: str) -> bool:
        """Read one line below the delimiter row; tells whether to go on."""
        cells = split_row(line)
        if why := self._reason_to_leave_out(number, line, cells):
            self.grid.left_out.append(LeftOut(number, why))
            return True
        if not self._has_room(number):
            return False
        width = len(self.grid.head)
        self._report_shape(number, line, cells, width)
        padded = (cells + [""] * width)[:width]
        self.grid.rows.append(Row(number, tuple(self._cell(number, *pair) for pair in enumerate(padded))))
        self.context.rows += 1
        return True

    def _reason_to_leave_out(self, number: int, line: str, cells: list[str]) -> str:
        filled = [cell for cell in cells if cell]
        if not filled:
            return "All its cells are empty."
        if all(DASHES.fullmatch(cell) for cell in filled) and any("-" in cell for cell in filled):
            self.grid.breaks.append(len(self.grid.rows))
            message = f"Line {number} of the table “{self.name}” holds only dashes: a break between rows, not a row."
            self.problems.warn("dash-row", number, message, "Take it out if no break is wanted.")
            return "It holds only dashes: a break between rows."
        if is_attribute_line(line):
            return "It holds attributes of the table."
        return "It holds nothing but an HTML tag." if LONE_TAG.fullmatch(line.strip(" \t")) else ""

    def _has_room(self, number: int) -> bool:
        limits = self.context.limits
        if len(self.grid.rows) >= limits.rows_of_table:
            message = f"The table “{self.name}” has more than {limits.rows_of_table:,} rows."
        elif self.context.rows >= limits.rows_of_document:
            message = f"The document has more than {limits.rows_of_document:,} rows, at the table “{self.name}”."
        else:
            return True
        self.problems.error("too-many-rows", number, message, "Split it by topic.")
        return False

    def _report_shape(self, number: int, line: str, cells: list[str], width: int) -> None:
        """Report a line that fits the header badly."""
        cut = [cell for cell in cells[width:] if cell]
        if not self._report_pipe(number, line, cut) and cut:
            message = f"Line {number} has {len(cells)} cells for {width} columns; “{' | '.join(cut)}” was cut."
            self.problems.warn("row-too-long", number, message, "Add a column, or write | within a cell as \\|.")
        if not count_pipes(line):
            message = f"Line {number} stands directly below the table “{self.name}” and was read as a row of it."
            self.problems.warn("line-below-table", number, message, "Put a blank line before it if it is no row.")
        elif len(cells) < width:
            self.grid.short_lines.append(number)

    def _report_pipe(self, number: int, line: str, cut: list[str]) -> bool:
        """Report a pipe that divides what looks like code; tells whether there is one."""
        code = code_across_border(line)
        if not code or (CODE_TAG.search(code) and not cut):
            return False
        lost = f"; “{' | '.join(cut)}” was cut" if cut else ""
        message = f"The | in {code} in line {number} ends the cell there, as in any table{lost}."
        self.problems.warn("pipe-in-code", number, message, "Write \\| for a pipe within code too.")
        return True

    def _cell(self, number: int, column: int, source: str) -> Cell:
        if not source:
            return EMPTY
        rendered = self._render(source, number, self.grid.head[column].name)
        return Cell(source, rendered.text, rendered.html)

    def _render(self, source: str, number: int, column: str) -> Rendered:
        rendered = self.context.renderer.inline(source)
        longest = self.context.limits.cell_length
        if len(source) > longest:
            message = f"The cell in line {number}, column “{column}”, has {len(source):,} characters; "
            advice = "Move the text below the table."
            self.problems.error("cell-too-long", number, f"{message}the limit is {longest:,}.", advice, column=column)
        else:
            self.context.note_markup(rendered, number, column)
        self.grid.footnotes += rendered.footnotes
        return rendered

    def _report_short_rows(self) -> None:
        lines = self.grid.short_lines
        if lines:
            rows = "1 row" if len(lines) == 1 else f"{len(lines)} rows"
            have = "has" if len(lines) == 1 else "have"
            message = f"{rows} from line {lines[0]} {have} fewer cells than the header; empty cells are not asked."
            self.problems.warn("rows-too-short", lines[0], message, "Fill them in.", last_line=lines[-1])

    def _report_repeated_subjects(self) -> None:
        seen: dict[str, int] = {}
        for row in self.grid.rows:
            subject = fold(row.cells[0].text)
            if subject and subject in seen:
                message = f"“{row.cells[0].text}” in line {row.line} also names the row in line {seen[subject]}."
                self.problems.inform("duplicate-subject", row.line, f"{message} Both rows are kept.")
            seen.setdefault(subject, row.line)
