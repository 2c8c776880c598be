"""An independent reading of Markdown tables, by markdown-it-py, in the words of this project."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block.table import table as table_rule
from markdown_it.token import Token

ALIGNMENTS = {None: "", "text-align:left": "left", "text-align:center": "center", "text-align:right": "right"}
UNDERLINE = re.compile(r"-+[ \t]*")
BLOCK_MARK = re.compile(r">|(?:[-+*]|[0-9]{1,9}[.)]|#{1,6})(?:[ \t]|$)")


@dataclass(slots=True)
class OracleTable:
    """First and last line from 1, alignments, and each row (the header first) as line, sources and texts."""

    line: int
    last_line: int
    align: list[str] = field(default_factory=list)
    rows: list[tuple[int, list[str], list[str]]] = field(default_factory=list)


def strict_table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """The library's rule for tables, behind the rules that CommonMark puts first: setext headings and block marks."""
    if start + 1 < end and UNDERLINE.fullmatch(line_of(state, start + 1)):
        return False
    return not BLOCK_MARK.match(line_of(state, start)) and table_rule(state, start, end, silent)


def line_of(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]]


ORACLE = MarkdownIt("commonmark", {"maxNesting": 100}).enable(["table", "strikethrough"])
ORACLE.block.ruler.at("table", strict_table, {"alt": ["paragraph", "reference"]})


def oracle_tables(text: str) -> list[OracleTable]:
    """Every table of a document, in order."""
    tables: list[OracleTable] = []
    for token in ORACLE.parse(text):
        if token.type == "table_open" and token.map:
            tables.append(OracleTable(token.map[0] + 1, token.map[1]))
        elif token.type == "tr_open" and token.map:
            tables[-1].rows.append((token.map[0] + 1, [], []))
        elif token.type == "th_open":
            tables[-1].align.append(ALIGNMENTS[token.attrs.get("style")])
        elif token.type == "inline" and token.level > 3 and tables and is_cell(token, tables[-1]):
            tables[-1].rows[-1][1].append(token.content)
            tables[-1].rows[-1][2].append(oracle_text(token.children or []))
    return tables


def is_cell(token: Token, table: OracleTable) -> bool:
    return token.map is not None and table.line <= token.map[0] + 1 <= table.last_line


def oracle_text(tokens: Sequence[Token]) -> str:
    """What a reader sees of inline tokens: tags dropped, an image as its alt, a line break as one."""
    words = []
    for token in tokens:
        if token.type == "image":
            words.append(oracle_text(token.children or []))
        elif token.type in ("softbreak", "hardbreak") or re.fullmatch(r"<br\s*/?>", token.content):
            words.append("\n")
        elif token.type != "html_inline":
            words.append(token.content)
    return unicodedata.normalize("NFC", "".join(words)).strip(" \t\n")
