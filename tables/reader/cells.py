"""Plain Python: one line of a table in, its cells or its alignments out, as GFM splits them."""

import re

DELIMITER = re.compile(r"\|?[ \t]*+:?-++:?[ \t]*+(?:\|[ \t]*+:?-++:?[ \t]*+)*+\|?[ \t]*")
BORDER = re.compile(r"(?<!\\)\|")
TICKS = re.compile(r"(?<!\\)(\\*+)(`++)")
BLANKS = " \t"


def split_row(line: str) -> list[str]:
    """
    The cells of a row, left to right, as written save that `\\|` has become `|`. May be empty.

    A pipe directly after a backslash is no border, also within code. Only spaces and tabs are trimmed.
    """
    text = line.strip(BLANKS)
    if text == "|":
        return []
    if text.startswith("|"):
        text = text[1:]
    if text.endswith("|") and not text.endswith("\\|"):
        text = text[:-1]
    return [cell.strip(BLANKS).replace("\\|", "|") for cell in BORDER.split(text)]


def read_delimiter(line: str) -> list[str] | None:
    """The alignments "left", "center", "right" or "" of a delimiter row; None when the line is none."""
    if not DELIMITER.fullmatch(line):
        return None
    return [_alignment(cell.strip(BLANKS)) for cell in line.strip(BLANKS).strip("|").split("|")]


def _alignment(cell: str) -> str:
    return {"::": "center", ":-": "left", "-:": "right"}.get(cell[:1] + cell[-1:], "")


def count_pipes(line: str) -> int:
    """How many borders a line would have if it were a row."""
    return len(BORDER.findall(line))


def code_spans(line: str) -> list[tuple[int, int]]:
    """
    Where the inline code of a line begins and ends, back-ticks included, borders of cells not regarded.

    A backslash keeps a run of back-ticks from opening code, not from closing it.
    """
    runs = list(TICKS.finditer(line))
    following: dict[int, int] = {}
    closing = [-1] * len(runs)
    for place in range(len(runs) - 1, -1, -1):
        width = len(runs[place][2])
        closing[place] = following.get(width, -1)
        following[width] = place
    spans: list[tuple[int, int]] = []
    place = 0
    while place < len(runs):
        is_escaped = len(runs[place][1]) % 2 == 1
        end = -1 if is_escaped else closing[place]
        if end >= 0:
            spans.append((runs[place].start(2), runs[end].end()))
        place = max(place, end) + 1
    return spans


def code_across_border(line: str) -> str:
    """The first piece of inline code in a row's line that a border cuts in two, with its back-ticks; "" if none."""
    cut = (line[start:end] for start, end in code_spans(line) if BORDER.search(line, start, end))
    return next(cut, "")


def without_code(line: str) -> str:
    """A line less its inline code."""
    kept, position = [], 0
    for start, end in code_spans(line):
        kept.append(line[position:start])
        position = end
    return "".join([*kept, line[position:]])
