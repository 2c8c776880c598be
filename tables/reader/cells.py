"""Plain Python: one line of a table in, its cells or its alignments out, as GFM splits them."""

import re

DELIMITER = re.compile(r"\|?[ \t]*+:?-++:?[ \t]*+(?:\|[ \t]*+:?-++:?[ \t]*+)*+\|?[ \t]*")
BORDER = re.compile(r"(?<!\\)\|")
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
