"""Plain Python: finds what looks like a table and is none, so that its author can mend it."""

import re

from tables.reader.blocks import Block, BlockKind, Scan
from tables.reader.cells import count_pipes, without_code
from tables.reader.problems import Problems

INNER_DELIMITER = re.compile(r"\|[ \t]*:?-{2,}:?[ \t]*\|")
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
    run: list[int] = []
    for number, line in zip([*block.numbers, 0], [*block.lines, ""], strict=True):
        bare = without_code(line)
        if count_pipes(bare) >= 2:
            if _is_whole_table(bare):
                message = f"Line {number} looks like a whole table on one line; it was read as text."
                problems.warn("one-line-table", number, message, "Put each row on a line of its own.")
            else:
                run.append(number)
                continue
        if len(run) > 1:
            _report_run(run, lazy, problems)
        run = []


def _is_whole_table(line: str) -> bool:
    inner = INNER_DELIMITER.search(line)
    return inner is not None and WORDS.search(line, 0, inner.start() + 1) is not None


def _report_run(run: list[int], lazy: set[int], problems: Problems) -> None:
    first, last = run[0], run[-1]
    message = f"Lines {first} to {last} look like a table but have no delimiter row; they were read as text."
    advice = "Write a line such as |---|---| below the header."
    if lazy.intersection(run):
        message = f"Lines {first} to {last} look like a table but continue the text above them; they were read as text."
        advice = "Put a blank line before them."
    problems.warn("no-delimiter", first, message, advice, last_line=last)
