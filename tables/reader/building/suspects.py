"""Plain Python: finds what looks like a table and is none, so that its author can mend it."""

import re
from itertools import takewhile

from tables.reader.blocks import Block, BlockKind, Scan
from tables.reader.cells import count_pipes, read_delimiter, without_code
from tables.reader.problems import Problems

INNER_DELIMITER = re.compile(r"\|[ \t]*:?-{2,}:?[ \t]*\|")
GRID_RULE = re.compile(r"\+(?:[-=:]+\+)+[ \t]*")
WORDS = re.compile(r"[^\s|:-]")


def report_suspects(scan: Scan, problems: Problems) -> None:
    """Report delimiter rows that fit no header, pipe rows without one, and whole tables on one line."""
    for mismatch in scan.mismatches:
        message = (
            f"The delimiter row in line {mismatch.line} has {_cells(mismatch.delimiter_cells)}, the line above it"
            f" {mismatch.header_cells}; no table was read."
        )
        problems.warn("count-mismatch", mismatch.line, message, "Give both lines the same number of cells.")
    mismatched = {mismatch.line for mismatch in scan.mismatches}
    stack = [scan.root]
    while stack:
        block = stack.pop()
        stack.extend(block.children)
        if block.kind is BlockKind.PARAGRAPH and not mismatched.intersection(block.numbers):
            _report_paragraph(block, scan.lazy, problems)


def _cells(count: int) -> str:
    return "1 cell" if count == 1 else f"{count} cells"


def _report_paragraph(block: Block, lazy: set[int], problems: Problems) -> None:
    told = _report_headless(block, problems)
    run: list[tuple[int, str]] = []
    for number, line in zip([*block.numbers[told:], 0], [*block.lines[told:], ""], strict=True):
        if GRID_RULE.fullmatch(line):
            continue
        bare = without_code(line)
        if count_pipes(bare) >= 2:
            if _is_whole_table(bare):
                message = f"Line {number} looks like a whole table on one line; it was read as text."
                problems.warn("one-line-table", number, message, "Put each row on a line of its own.")
            else:
                run.append((number, line))
                continue
        if len(run) > 1:
            _report_run(run, lazy, problems)
        run = []


def _report_headless(block: Block, problems: Problems) -> int:
    """Report a paragraph that begins with a delimiter row; tells how many of its lines that and the rows are."""
    if not count_pipes(block.lines[0]) or not read_delimiter(block.lines[0]):
        return 0
    rows = list(takewhile(count_pipes, block.lines))
    message = f"The delimiter row in line {block.line} has no header in the line above it; no table was read."
    advice = "Write header, delimiter row and rows one below the other, without blank lines between them."
    problems.warn("no-header", block.line, message, advice, last_line=block.numbers[len(rows) - 1])
    return len(rows)


def _is_whole_table(line: str) -> bool:
    inner = INNER_DELIMITER.search(line)
    return inner is not None and WORDS.search(line, 0, inner.start() + 1) is not None


def _report_run(run: list[tuple[int, str]], lazy: set[int], problems: Problems) -> None:
    first, last = run[0][0], run[-1][0]
    reason, advice = " but have no delimiter row", "Write a line such as |---|---| below the header."
    crossed = next((number for number, line in run if _is_crossed_delimiter(line)), 0)
    if lazy.intersection(number for number, _ in run):
        reason, advice = " but continue the text above them", "Put a blank line before them."
    elif crossed:
        reason, advice = f", but the delimiter row in line {crossed} has + between its cells", "Write | in its place."
    message = f"Lines {first} to {last} look like a table{reason}; they were read as text."
    problems.warn("no-delimiter", first, message, advice, last_line=last)


def _is_crossed_delimiter(line: str) -> bool:
    """Whether a line is a delimiter row save that + stands between its cells, as some editors draw tables."""
    return {"+", "-"} <= set(line) <= set("|+-: \t")
