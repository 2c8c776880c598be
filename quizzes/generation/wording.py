"""Plain Python: a column and a row in, the words of a question out."""

import re
from dataclasses import dataclass
from functools import lru_cache

from quizzes.generation.index import without_remark
from quizzes.generation.words import comparable

_YEAR = re.compile(r"\d{4}")
_NAMELESS = frozenset({"", "name", "names", "title", "item", "items", "column 1", "no", "nr", "id"})
_ENDS = ("?", "!", "？", "！", "؟")


@dataclass(frozen=True, slots=True)
class Wording:
    """How one column is asked in both directions, with {row}, {value}, {head} and {col} to be filled in."""

    forward: str
    reverse: str


ANY_OTHER = Wording("What is listed under “{col}” for {row}?", "Which {head} has “{value}” under “{col}”?")
_OF = Wording("What is the {header} of {row}?", "Which {head} has this {header}: {value}?")
_USED_WHEN = Wording("When should you use {row}?", "Which {head} fits this situation: {value}?")
_USED_FOR = Wording("What is {row} used for?", "Which {head} is the one used for: {value}?")
_BEST_FOR = Wording("What is {row} best for?", "Which {head} is best for: {value}?")
_YEARS = Wording("In which year did {row} appear?", "Which {head} appeared in {value}?")

KNOWN = {
    "use case": _USED_FOR,
    "use cases": _USED_FOR,
    "when to use": _USED_WHEN,
    "use when": _USED_WHEN,
    "best for": _BEST_FOR,
    "optimize when": Wording("When do you optimize for {row}?", "Which {head} do you optimize when: {value}?"),
    "how it works": Wording("How does {row} work?", "Which {head} works like this: {value}?"),
    "cause": Wording("What causes {row}?", "Which {head} is caused by: {value}?"),
    "year": _YEARS,
    "example": Wording("Which example goes with {row}?", "Which {head} goes with this example: {value}?"),
    "full name": Wording("What does {row} stand for?", "Which {head} is short for: {value}?"),
    "innovation": Wording("What was new in {row}?", "Which {head} brought this: {value}?"),
} | dict.fromkeys(
    ("trade-off", "key feature", "special feature", "issue", "formula", "purpose", "range", "symptom"), _OF
)


def wording_of(column: str, values: list[str], pinned: Wording | None = None) -> Wording:
    """The templates for a column: the author's, else those its header asks for, else such as fit any."""
    if pinned:
        return pinned
    known = KNOWN.get(comparable(column), ANY_OTHER)
    if known is _YEARS and not all(_YEAR.fullmatch(value) for value in values):
        return ANY_OTHER
    return known


def forward_stem(wording: Wording, *, column: str, row: str) -> str:
    """The question for what stands under a column for a row."""
    return _filled(wording.forward, column=column, row=row)


def reverse_stem(wording: Wording, *, head: str, column: str, value: str) -> str:
    """The question for the row that has a value under a column."""
    stem = _filled(wording.reverse, head=head, column=column, value=value)
    # A value may end its own sentence: "Which task asks: Is it spam?"
    return stem.removesuffix("?") if stem.endswith(tuple(f"{end}?" for end in _ENDS)) else stem


def which_of_two_stem(*, column: str, value: str, first: str, second: str) -> str:
    """The question which of two things has a value."""
    return f"{column}: “{value}”. {first} or {second}?"


def select_all_stem(*, column: str, value: str) -> str:
    """The question which rows share a value; how many is not told."""
    return f"Which have “{value}” under “{column}”? Select all."


def order_stem(column: str) -> str:
    """The task to order rows by a column of numbers."""
    return f"Put these in order of {column}, lowest first."


REBUILD_STEM = "Put each value back where it belongs."


def reversed_stem(answer: str) -> str:
    """The question which of several questions an answer belongs to."""
    return f"Which of these is answered by {answer}?"


@lru_cache(maxsize=1024)
def head_of(header: str) -> str:
    """What a row is called in a question: the first header, in lower case but for abbreviations; else `one`."""
    header = without_remark(header).strip(" :?.#")
    if comparable(header) in _NAMELESS:
        return "one"
    return " ".join(word if any(sign.isupper() for sign in word[1:]) else word.lower() for word in header.split())


def _filled(template: str, *, column: str, **texts: str) -> str:
    """The template with its texts put in, in one pass: a brace in a cell is a brace."""
    texts |= {"col": column, "header": head_of(column)}
    return "".join(
        texts.get(piece, f"{{{piece}}}") if place % 2 else piece for place, piece in enumerate(_pieces(template))
    )


@lru_cache(maxsize=1024)
def _pieces(template: str) -> tuple[str, ...]:
    """Text and name of a hole in turn."""
    return tuple(re.split(r"\{(\w+)\}", template))
