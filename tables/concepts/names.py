"""Plain Python: the tables of a guide in, the names of the things they speak of out."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from tables.kinds import MARKS
from tables.naming import TAIL
from tables.reader.document import Kind
from tables.reader.forms import compare_form, fold, is_placeholder
from tables.versions.state import ASKED_BY_AUTHOR, ColumnState, TableState, live

LONGEST_NAME = 80
LONGEST_FORM = 200
"""A sign may become many in the compare form of a name."""
LONGEST_ANSWER = 40
MOST_WORDS_OF_ANSWER = 4
MOST_WORDS_OF_PART = 3
NO_NAMES = frozenset({"all", "any", "both", "default", "none", "other", "others", "same", "total", "varies"}) | MARKS

_LIST = re.compile(r",\s+|;\s*|\s+\+\s+")
_PHRASE = re.compile(r",\s+|;\s*|\s+\+\s+|\s+(?:with|or|and|/)\s+")
_INSIDE = re.compile(r"\(([^()]*)\)$")
_NAME = re.compile(r"[^\W\d_][\w-]*")


@dataclass(slots=True)
class Name:
    """
    One thing by its name as first written. `spellings` are all its own names, the one in brackets included.

    "L1 (Lasso)" is also called L1 and Lasso.
    """

    form: str
    name: str
    spellings: dict[str, None] = field(default_factory=dict)


def names_in(tables: Iterable[TableState]) -> dict[str, Name]:
    """Every thing of these tables by its compare form: rows, compared columns, then what else the answers name."""
    tables = list(tables)
    found: dict[str, Name] = {}
    for table in tables:
        for text in things_of(table):
            _add(found, text)
    rows_and_columns = frozenset(found)
    for table in tables:
        for question in live(table.questions):
            for part in parts_of_answer(question.answer, rows_and_columns):
                _add(found, part)
    _add_names_in_brackets(found)
    return found


def _add(found: dict[str, Name], text: str) -> None:
    form = compare_form(text)
    found.setdefault(form, Name(form, text)).spellings[text] = None


def things_of(table: TableState) -> Iterator[str]:
    """The names of what a table compares: its columns where rows are aspects, else its rows."""
    if table.kind in ASKED_BY_AUTHOR or table.kind == Kind.PLAIN:
        return
    if table.kind == Kind.ASPECT:
        texts = [heading(column) for column in table.value_columns]
    else:
        texts = [row.subject for row in live(table.rows)]
    yield from (text for text in texts if is_name(text))


def heading(column: ColumnState) -> str:
    """What stands above a column."""
    return column.text or column.name


def is_name(text: str) -> bool:
    """Whether a text can be the name of a thing: short, and no placeholder or mark for yes and no."""
    if len(text) > LONGEST_NAME or is_placeholder(text) or fold(text) in NO_NAMES:
        return False
    return 0 < len(compare_form(text)) <= LONGEST_FORM


def parts_of_answer(answer: str, known: Collection[str]) -> list[str]:
    """
    The things that an answer names: itself, itself without a remark ("ReLU (start here)"), or the parts of a list.

    `known` are compare forms of names. A slash splits nothing. None for a sentence, a number, yes and no.
    """
    bare = TAIL.sub("", answer)
    for text in (answer, bare):
        if compare_form(text) in known:
            return [text]
    listed, phrased = _LIST.split(bare), _PHRASE.split(bare)
    if len(listed) > 1 and all(_is_part(part, known) for part in listed):
        return listed
    if len(phrased) > 1 and any(compare_form(part) in known for part in phrased):
        return phrased if all(_is_part(part, known) for part in phrased) else []
    is_short = len(answer) <= LONGEST_ANSWER and len(answer.split()) <= MOST_WORDS_OF_ANSWER
    return [answer] if is_short and is_name(answer) and any(sign.isalpha() for sign in answer) else []


def _is_part(part: str, known: Collection[str]) -> bool:
    if compare_form(part) in known:
        return True
    begins = part[:1].isupper() or part[:1].isdigit() or part[:1].lower() == part[:1].upper()
    return begins and is_name(part) and len(part.split()) <= MOST_WORDS_OF_PART and any(map(str.isalpha, part))


def _add_names_in_brackets(found: dict[str, Name]) -> None:
    """Both names of "L1 (Lasso)", unless another thing is called so."""
    claims: dict[str, list[Name]] = {}
    for name in found.values():
        for spelling in list(name.spellings):
            for text in second_names(spelling):
                claims.setdefault(text, []).append(name)
    for text, claimants in claims.items():
        if compare_form(text) not in found and len({name.form for name in claimants}) == 1:
            claimants[0].spellings[text] = None


def second_names(text: str) -> tuple[str, ...]:
    """Both names of a text that ends in one in brackets: L1 and Lasso of "L1 (Lasso)". None for any other."""
    inside = _INSIDE.search(text)
    bare = TAIL.sub("", text)
    if inside is None or not is_name(bare) or not _is_second_name(inside[1]):
        return ()
    return (bare, inside[1])


def _is_second_name(inside: str) -> bool:
    """Whether a bracket holds another name (Lasso, fp16), not a remark (fastest, sum=1)."""
    if not _NAME.fullmatch(inside):
        return False
    return inside != inside.lower() or any(sign.isdigit() for sign in inside)
