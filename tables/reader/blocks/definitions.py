"""Plain Python: the lines of a paragraph in, the link definitions it begins with out."""

from tables.reader.inline.links import SPACES, fold_label, read_destination, read_label, read_title
from tables.reader.inline.pieces import Link
from tables.reader.inline.rules import unescape


def take_definitions(lines: list[str], links: dict[str, Link]) -> int:
    """
    Add the definitions at the beginning of a paragraph to `links`, where the first of a label stays.

    Returns how many lines they take. Footnotes (`[^1]: ...`) are left to the paragraph.
    """
    if not lines[0].startswith("["):
        return 0
    text = "\n".join(lines)
    end = 0
    while found := _read_definition(text, end):
        label, link, end = found
        links.setdefault(label, link)
    return text.count("\n", 0, end) + (end >= len(text))


def _read_definition(text: str, start: int) -> tuple[str, Link, int] | None:
    """One definition at `start`, and where the next line begins."""
    label = read_label(text, start)
    if label is None or not label[0].strip() or label[0].startswith("^") or not text.startswith(":", label[1]):
        return None
    destination = read_destination(text, _past(text, label[1] + 1))
    if destination is None:
        return None
    address, end = destination
    line_end = _end_of_line(text, end)
    before_title = _past(text, end)
    title = read_title(text, before_title) if before_title > end else None
    title_end = _end_of_line(text, title[1]) if title else None
    if title and title_end is not None:
        return fold_label(label[0]), Link(unescape(address), unescape(title[0])), title_end
    return (fold_label(label[0]), Link(unescape(address)), line_end) if line_end is not None else None


def _past(text: str, start: int) -> int:
    spaces = SPACES.match(text, start)
    return spaces.end() if spaces else start


def _end_of_line(text: str, start: int) -> int | None:
    """Where the next line begins when nothing but spaces stands before it; the length of the text at its end."""
    while text[start : start + 1] in (" ", "\t"):
        start += 1
    if start == len(text):
        return start
    return start + 1 if text[start] == "\n" else None
