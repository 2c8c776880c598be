"""A backup, line by line, with every doubt about its being whole said before anybody relies on it."""

import gzip
import json
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from studysite.backups.values import EDITION, FORMAT, DamagedBackup

type Line = dict[str, Any] | list[Any]


def read_lines(path: Path) -> Iterator[Line]:
    """The lines of a backup, the first of them its head. Raises DamagedBackup at the first that is not whole."""
    try:
        with gzip.open(path, "rt", encoding="utf-8") as file:
            for line in file:
                yield json.loads(line)
    except (EOFError, OSError, UnicodeDecodeError, ValueError, zlib.error) as error:
        raise DamagedBackup(f"{path} cannot be read as a backup ({error}).") from error


def read_head(lines: Iterator[Line], path: Path) -> dict[str, Any]:
    """The first line. Raises DamagedBackup where it is not that of a backup we can read."""
    head = next(lines, None)
    if not isinstance(head, dict) or head.get("format") != FORMAT:
        raise DamagedBackup(f"{path} is not a backup of Studysite.")
    if head["edition"] != EDITION:
        raise DamagedBackup(f"{path} has a form that this version cannot read: install a newer version first.")
    return head


def read_tables(lines: Iterator[Line], path: Path) -> Iterator[tuple[str, list[str], Iterator[list[Any]]]]:
    """
    Name, fields and rows of each table, in the order of the file; its rows must be taken before the next is asked for.

    Raises DamagedBackup where the last line is missing or counts other rows than there were.
    """
    counts: dict[str, int] = {}
    line = next(lines, None)
    while isinstance(line, dict) and "table" in line:
        rows = _Rows(lines)
        yield line["table"], line["fields"], iter(rows)
        counts[line["table"]] = rows.count
        line = rows.after
    if not isinstance(line, dict) or line.get("rows") != counts or next(lines, None) is not None:
        raise DamagedBackup(f"{path} does not hold the rows it says it holds: it is not whole.")


class _Rows:
    """The rows up to the next line that is none, which is then found in `after`."""

    def __init__(self, lines: Iterator[Line]) -> None:
        self.lines, self.count, self.after = lines, 0, None

    after: Line | None

    def __iter__(self) -> Iterator[list[Any]]:
        for line in self.lines:
            if isinstance(line, dict):
                self.after = line
                return
            self.count += 1
            yield line


def check_backup(path: Path) -> dict[str, int]:
    """The number of rows of each table of a backup that is whole. Raises DamagedBackup for any other."""
    lines = read_lines(path)
    read_head(lines, path)
    return {label: sum(1 for _ in rows) for label, _, rows in read_tables(lines, path)}
