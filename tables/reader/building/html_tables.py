"""Plain Python: finds tables written as HTML, which are not read, and says so."""

import re
from bisect import bisect_left

from tables.reader.blocks import BlockKind
from tables.reader.building.parts import Part
from tables.reader.problems import Problems

TABLE = re.compile(r"<table(?=[\s>]|$)", re.IGNORECASE)
TABLE_END = re.compile(r"</table\s*>", re.IGNORECASE)
ROW = re.compile(r"<tr(?=[\s>/]|$)", re.IGNORECASE)
SPAN = re.compile(r"\b(?:row|col)span\s*=", re.IGNORECASE)


def drop_html_tables(parts: list[Part], lines: list[str], problems: Problems) -> list[Part]:
    """The parts without those of HTML tables. Each outermost table gets one warning; a blank line does not end it."""
    if not any(part.block.kind is BlockKind.HTML for part in parts):
        return parts
    ends = [number for number, line in enumerate(lines, start=1) if TABLE_END.search(line)]
    kept: list[Part] = []
    inside = 0
    for part in parts:
        block = part.block
        if block.kind is not BlockKind.HTML or (block.line > inside and not _begins(part)):
            kept.append(part)
        elif block.line > inside:
            first = next(number for number, line in zip(block.numbers, block.lines, strict=True) if TABLE.search(line))
            place = bisect_left(ends, first)
            inside = max(ends[place] if place < len(ends) else 0, block.last_line)
            _report(first, inside, lines, problems)
    return kept


def _begins(part: Part) -> bool:
    return any(TABLE.search(line) for line in part.block.lines) and not part.block.lines[0].lstrip().startswith("<!--")


def _report(first: int, last: int, lines: list[str], problems: Problems) -> None:
    source = "\n".join(lines[first - 1 : last])
    count = len(ROW.findall(source))
    rows = "1 row" if count == 1 else f"{count} rows"
    spans = " and cells that span several" if SPAN.search(source) else ""
    message = f"The HTML table in line {first}, with {rows}{spans}, was not imported."
    problems.warn("html-table", first, message, "Write it as a Markdown table.", last_line=last)
