"""Plain Python: takes tables written as HTML, which are not read, out of the blocks of a document and says so."""

import re
from bisect import bisect_right
from functools import cached_property

from tables.reader.blocks import Block, BlockKind
from tables.reader.building.parts import Part
from tables.reader.building.prose import render_html
from tables.reader.problems import Problems

TABLE = re.compile(r"<table(?=[\s>]|$)", re.IGNORECASE)
TABLE_END = re.compile(r"</table\s*>", re.IGNORECASE)
MARK = re.compile(f"(?P<opens>{TABLE.pattern})|{TABLE_END.pattern}", re.IGNORECASE | re.MULTILINE)
ROW = re.compile(r"<tr(?=[\s>/]|$)", re.IGNORECASE | re.MULTILINE)
SPAN = re.compile(r"\b(?:row|col)span\s*=", re.IGNORECASE)
DIVISION = 6


def drop_html_tables(parts: list[Part], lines: list[str], problems: Problems) -> list[Part]:
    """
    The parts without the HTML tables in them, be it in a list or quote; the words around a table stay.

    Each outermost table gets one warning; a blank line does not end it.
    """
    cutter = _Cutter(1, len(lines), lines, problems)
    kept: list[Part] = []
    for part in parts:
        block = part.block
        if block.kind is not BlockKind.HTML:
            _Cutter(block.line, block.last_line, lines, problems).cut_inside(block)
            kept.append(part)
        elif not cutter.cut(block):
            kept.append(part)
        elif block.lines:
            kept.append(Part(block, is_top=False))
    return kept


class _Cutter:
    """
    Goes through HTML blocks in order, those of a document or of one list or quote, beyond which no table runs.

    `inside` is the line to which the last open table runs.
    """

    def __init__(self, first: int, last: int, lines: list[str], problems: Problems) -> None:
        self.first, self.last = first, last
        self.lines = lines
        self.problems = problems
        self.inside = 0

    @cached_property
    def ends(self) -> list[int]:
        """The lines with the end of a table."""
        return [number for number in range(self.first, self.last + 1) if TABLE_END.search(self.lines[number - 1])]

    def cut_inside(self, holder: Block) -> None:
        """Take the tables out of every HTML block in a list or quote."""
        stack = [holder]
        while stack:
            block = stack.pop()
            stack.extend(reversed(block.children))
            if block.kind is BlockKind.HTML:
                self.cut(block)

    def cut(self, block: Block) -> bool:
        """
        Take the tables out of an HTML block; tells whether there were any.

        The words around them are left as HTML that stands alone, without blank lines; no lines if there are none.
        """
        if block.line > self.inside and not _begins_table(block):
            return False
        words = [line for line in self._outside(block).split("\n") if line.strip(" \t")]
        block.lines, block.level = ["<div>", *words, "</div>"], DIVISION
        if not render_html(block)[0]:
            block.lines = []
        return True

    def _outside(self, block: Block) -> str:
        """What of a block stands outside of tables, each of which becomes a line end."""
        text = "\n".join(block.lines)
        kept: list[str] = []
        depth = int(block.line <= self.inside)
        begin = place = row = first = 0
        for mark in MARK.finditer(text):
            row, place = row + text.count("\n", place, mark.start()), mark.start()
            if mark["opens"]:
                if depth == 0:
                    kept.append(text[begin:place])
                    begin, first = place, block.numbers[row]
                depth += 1
            elif depth:
                depth -= 1
                if depth == 0:
                    self._report(first, block.numbers[row], text[begin:place])
                    begin = mark.end()
        if depth:
            following = bisect_right(self.ends, block.last_line)
            self.inside = self.ends[following] if following < len(self.ends) else block.last_line
            self._report(first, self.inside, "\n".join(self.lines[first - 1 : self.inside]))
        else:
            kept.append(text[begin:])
        return "\n".join(kept)

    def _report(self, first: int, last: int, source: str) -> None:
        """Report a table, unless it is one that began in a block before: then `first` is 0."""
        if not first:
            return
        count = len(ROW.findall(source))
        rows = "1 row" if count == 1 else f"{count} rows"
        spans = " and cells that span several" if SPAN.search(source) else ""
        message = f"The HTML table in line {first}, with {rows}{spans}, was not imported."
        self.problems.warn("html-table", first, message, "Write it as a Markdown table.", last_line=last)


def _begins_table(block: Block) -> bool:
    return any(TABLE.search(line) for line in block.lines) and not block.lines[0].lstrip().startswith("<!--")
