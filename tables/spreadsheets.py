"""Plain Python: one table as CSV or TSV in, the Markdown document that says the same out."""

import csv
import io
import re
from codecs import BOM_UTF8
from pathlib import PurePosixPath

from tables.exports.delimited import ID, unguarded
from tables.reader.decoding import LINE_END, decode
from tables.reader.limits import LIMITS, Limits

SUFFIXES = {".csv": "", ".tsv": "\t", ".tab": "\t"}
DELIMITERS = ",;\t|"
SEPARATOR = re.compile(r'"?sep=([^\w\s"]|\t)"?', re.IGNORECASE)
"""A first line that tells a spreadsheet, and no reader, what separates the cells."""
MARKUP = re.compile(r"([\\`*_\[\]<>|~&:^{}!#$])")


class NotASheet(ValueError):
    """The file holds no table of cells; the message says why."""


def is_sheet(name: str) -> bool:
    """Whether a file is CSV or TSV by its name."""
    return PurePosixPath(name.lower()).suffix in SUFFIXES


def markdown_of_sheet(data: bytes, name: str, limits: Limits = LIMITS, *, exact: frozenset[str] = frozenset()) -> bytes:
    """
    The table of a CSV or TSV file as a Markdown document; its first row is the header, its name the title.

    Every cell comes to say, character for character, what it said in the sheet, without the apostrophe of a guard.
    Texts in `exact` look guarded and are not: they stay, save where a byte order mark says that all was guarded. What
    is not UTF-8 is given back as it is: reading it says where it is wrong. Raises NotASheet.
    """
    stay = frozenset[str]() if data.startswith(BOM_UTF8) else exact
    decoded = decode(data, limits)
    if not decoded.is_readable:
        return data
    rows = _rows("\n".join(decoded.lines), name)
    if not rows:
        raise NotASheet("There is no row in it. The first line of a sheet names its columns.")
    width = max(len(row) for row in rows)
    if width > limits.columns:
        raise NotASheet(f"It has {width} columns; the limit is {limits.columns}. Split it into several tables.")
    if _holds_keys(rows[0]):
        rows = [row[1:] for row in rows]
    rows = [[cell if cell in stay else unguarded(cell) for cell in row] for row in rows]
    title = PurePosixPath(name.replace("\\", "/")).stem
    lines = [f"# {_escaped(title)}", "", _line(rows[0]), "|" + "---|" * max(len(rows[0]), 1)]
    return ("\n".join([*lines, *map(_line, rows[1:])]) + "\n").encode()


def keys_of_rows(data: bytes, name: str, limits: Limits = LIMITS) -> frozenset[str]:
    """The keys of rows that an export of ours holds where they were asked for; of any other file, none."""
    rows = _rows("\n".join(decode(data, limits).lines), name)
    return frozenset(row[0] for row in rows[1:]) if rows and _holds_keys(rows[0]) else frozenset()


def _holds_keys(header: list[str]) -> bool:
    return header[:1] == [ID] and len(header) > 1


def _rows(text: str, name: str) -> list[list[str]]:
    first, _, rest = text.partition("\n")
    if told := SEPARATOR.fullmatch(first):
        text, delimiter = rest, told[1]
    else:
        delimiter = SUFFIXES.get(PurePosixPath(name.lower()).suffix, "") or _delimiter(first)
    try:
        read = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=False))
    except csv.Error as error:
        raise NotASheet(f"It cannot be read as a sheet: {error}.") from error
    return [row for row in read if any(cell.strip() for cell in row)]


def _delimiter(first: str) -> str:
    """What separates the cells of the first line; a comma where nothing does."""
    return max(DELIMITERS, key=first.count) if any(mark in first for mark in DELIMITERS) else ","


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(_escaped(cell) for cell in cells)} |"


def _escaped(text: str) -> str:
    """Markdown that shows just this text; its line ends become line breaks."""
    escaped = MARKUP.sub(r"\\\1", text.strip())
    return "<br>".join(part.strip() for part in LINE_END.split(escaped))
