"""What an author does to a document between two imports: text in, text out."""

import re
from collections.abc import Callable
from pathlib import Path

SEED = Path(__file__).parent.parent / "fixtures" / "section-6.md"

type Edit = Callable[[str], str]
type Rows = list[list[str]]


def seed() -> str:
    """The text of the document that ships with the project."""
    return SEED.read_text(encoding="utf-8")


def replace(old: str, new: str, *, times: int = 1) -> Edit:
    """Write something else where `old` stands, which must be there that often."""

    def edit(text: str) -> str:
        assert text.count(old) == times, f"{old!r} stands {text.count(old)} times"
        return text.replace(old, new)

    return edit


def rewrite(pattern: str, new: str) -> Edit:
    """Write something else wherever a regular expression matches."""
    return lambda text: re.sub(pattern, new, text, flags=re.MULTILINE)


def in_table(above: str, change: Callable[[Rows], Rows]) -> Edit:
    """Change the header and body cells of the table below a heading or label line."""

    def edit(text: str) -> str:
        before, table, after = split_at_table(text, above)
        lines = table.splitlines()
        rows = change([cells(line) for line in (lines[0], *lines[2:])])
        written = [f"| {' | '.join(row)} |" for row in rows]
        return before + "\n".join([written[0], "|---" * len(rows[0]) + "|", *written[1:]]) + after

    return edit


def split_at_table(text: str, above: str) -> tuple[str, str, str]:
    """What stands before the table below a line, the table, and what follows."""
    start = text.index("\n|", text.index(f"{above}\n")) + 1
    end = text.find("\n\n", start)
    return (text[:start], text[start:end], text[end:]) if end > 0 else (text[:start], text[start:].rstrip("\n"), "\n")


def cells(line: str) -> list[str]:
    """The cells of a row without escapes."""
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def cell(row: int, column: int, text: str) -> Callable[[Rows], Rows]:
    """Write one cell anew; row 0 is the header."""

    def change(rows: Rows) -> Rows:
        rows[row][column] = text
        return rows

    return change


def without_row(row: int) -> Callable[[Rows], Rows]:
    """Leave one row out."""
    return lambda rows: rows[:row] + rows[row + 1 :]


def with_row(*texts: str) -> Callable[[Rows], Rows]:
    """Add a row at the end."""
    return lambda rows: [*rows, list(texts)]


def without_column(column: int) -> Callable[[Rows], Rows]:
    """Leave one column out."""
    return lambda rows: [row[:column] + row[column + 1 :] for row in rows]


def with_column(name: str, value: str) -> Callable[[Rows], Rows]:
    """Add a column at the end."""
    return lambda rows: [[*row, name if place == 0 else f"{value} {place}"] for place, row in enumerate(rows)]


def upside_down(rows: Rows) -> Rows:
    """The last row first."""
    return [rows[0], *reversed(rows[1:])]


def mirrored(rows: Rows) -> Rows:
    """The last column behind the first."""
    return [[row[0], *reversed(row[1:])] for row in rows]


def sections(text: str, level: int) -> tuple[str, list[str]]:
    """What stands before the first heading of a level, and the sections below each."""
    first, *others = re.split(rf"^(?={'#' * level} )", text, flags=re.MULTILINE)
    return first, others


def reversed_topics(text: str) -> str:
    """The last topic first."""
    first, topics = sections(text, 2)
    return first + "".join(reversed([f"{topic.rstrip()}\n\n" for topic in topics]))


def reversed_tables(text: str) -> str:
    """In every topic the last table first."""
    first, topics = sections(text, 2)
    turned = []
    for topic in topics:
        intro, tables = sections(topic, 3)
        turned.append(intro + "".join(reversed([f"{table.rstrip()}\n\n" for table in tables])))
    return first + "".join(turned)


def split_table(above: str, at: int, *headings: str) -> Edit:
    """Make two tables of the one below a heading: the second with the rows from `at`, each below its new heading."""

    def edit(text: str) -> str:
        before, table, after = split_at_table(text, above)
        head, rule, *rows = table.splitlines()
        parts = ["\n".join([head, rule, *some]) for some in (rows[:at], rows[at:])]
        first, second = headings if len(headings) == 2 else (above, *headings)
        before = before.replace(f"{above}\n", f"{first}\n")
        return f"{before}{parts[0]}\n\n" + (f"{second}\n\n" if second else "") + parts[1] + after

    return edit


def move_row(above: str, row: int, to: str) -> Edit:
    """Take a row, counted from 1, from the table below a line to the end of the one below another."""

    def edit(text: str) -> str:
        before, table, after = split_at_table(text, above)
        lines = table.splitlines()
        moved = lines.pop(row + 1)
        before, table, after = split_at_table(before + "\n".join(lines) + after, to)
        return f"{before}{table}\n{moved}{after}"

    return edit


def without_section(heading: str) -> Edit:
    """Leave out a heading and all below it."""

    def edit(text: str) -> str:
        start, end = section_span(text, heading)
        return text[:start] + text[end:]

    return edit


def move_section(heading: str, before: str) -> Edit:
    """Take a heading with all below it to before another heading."""

    def edit(text: str) -> str:
        start, end = section_span(text, heading)
        section, rest = text[start:end], text[:start] + text[end:]
        place = rest.index(f"{before}\n")
        return rest[:place] + section.rstrip() + "\n\n" + rest[place:]

    return edit


def section_span(text: str, heading: str) -> tuple[int, int]:
    """Where a section begins and ends."""
    start = text.index(f"{heading}\n")
    level = len(heading) - len(heading.lstrip("#"))
    following = re.compile(rf"^#{{1,{level}}} ", re.MULTILINE).search(text, start + 1)
    return start, following.start() if following else len(text)


def every_table(change: Callable[[Rows], Rows]) -> Edit:
    """Change every table of the seed, whose tables end at blank lines."""

    def edit(text: str) -> str:
        def rebuild(match: re.Match[str]) -> str:
            lines = match[0].splitlines()
            rows = change([cells(line) for line in (lines[0], *lines[2:])])
            written = [f"| {' | '.join(row)} |" for row in rows]
            return "\n".join([written[0], "|---" * len(rows[0]) + "|", *written[1:]]) + "\n"

        return re.sub(r"(?:^\|.*\n)+", rebuild, text, flags=re.MULTILINE)

    return edit


def chained(*edits: Edit) -> Edit:
    """One edit after the other."""

    def edit(text: str) -> str:
        for one in edits:
            text = one(text)
        return text

    return edit
