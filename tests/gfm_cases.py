"""Compare the reader with the public GFM test files: `python -m tests.gfm_cases spec.txt extensions.txt`."""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

from tables.reader import read

EXAMPLE = re.compile(r"^`{32} example[^\n]*\n(.*?)^\.\n(.*?)^`{32}$", re.DOTALL | re.MULTILINE)
SECTION = re.compile(r"^## (.*)$", re.MULTILINE)

type Grid = list[list[str]]


@dataclass(slots=True)
class ExpectedTables(HTMLParser):
    """The words and alignments of every table of an HTML text: the header first, then the rows."""

    grids: list[Grid] = field(default_factory=list)
    alignments: list[list[str]] = field(default_factory=list)
    is_in_cell: bool = False

    def __post_init__(self) -> None:
        HTMLParser.__init__(self)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.grids.append([])
            self.alignments.append([])
        elif tag == "tr":
            self.grids[-1].append([])
        elif tag in ("th", "td"):
            self.grids[-1][-1].append("")
            self.is_in_cell = True
            if tag == "th":
                self.alignments[-1].append(dict(attrs).get("align") or "")
        elif tag == "br" and self.is_in_cell:
            self.handle_data(" ")

    def handle_endtag(self, tag: str) -> None:
        self.is_in_cell = self.is_in_cell and tag not in ("th", "td")

    def handle_data(self, data: str) -> None:
        if self.is_in_cell:
            self.grids[-1][-1][-1] += data


def examples(text: str) -> Iterator[tuple[str, str]]:
    """
    The Markdown and the HTML of every example about tables; a visible arrow stands for a tab.

    Those are the examples of the sections on tables, and those elsewhere that make a table without writing it as HTML.
    """
    _, *parts = SECTION.split(text)
    for title, section in zip(parts[::2], parts[1::2], strict=True):
        for source, expected in EXAMPLE.findall(section):
            if title.startswith("Tables") or ("<table" in expected and "<table" not in source):
                yield source.replace("→", "\t"), expected.replace("→", "\t")


def agrees(source: str, expected: str) -> bool:
    """Whether the reader finds the tables of an example, cell by cell, with their alignments."""
    theirs = ExpectedTables()
    theirs.feed(expected)
    tables = read(source.encode()).tables
    grids = [[[head.text for head in t.head], *([cell.text for cell in row.cells] for row in t.rows)] for t in tables]
    return [folded(grid) for grid in grids] == [folded(grid) for grid in theirs.grids] and [
        [head.align for head in table.head] for table in tables
    ] == theirs.alignments


def folded(grid: Grid) -> Grid:
    return [[" ".join(cell.split()) for cell in row] for row in grid]


def main(paths: list[str]) -> int:
    """Print how many examples of each file agree, and those that do not; 0 when all do and there are any."""
    failed = 0 if paths else 1
    for path in paths:
        cases = list(examples(Path(path).read_text("utf-8")))
        wrong = [source for source, expected in cases if not agrees(source, expected)]
        print(f"{path}: {len(cases) - len(wrong)} of {len(cases)} table examples agree")
        print(*wrong, sep="\n----\n", end="")
        failed += len(wrong) + (not cases)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
