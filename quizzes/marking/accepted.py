"""Plain Python: a cell in, every form in which it may be typed out; and the parts of a cell that is a list."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from quizzes.generation.sources import SourceTable
from quizzes.generation.words import comparable, norm
from quizzes.marking.spelling import Notation, folded
from tables.reader.forms import is_placeholder

Synonyms = Mapping[str, tuple[str, ...]]
"""Comparable form of a text to other texts that mean the same."""

_REMARK = re.compile(r"(?P<head>.*\w\S*)(?:\s+\(|（)(?P<inside>[^()（）]*)[)）]$")
_NAME = re.compile(r"[^\W\d_][\w-]*")
_OUTSIDE = r"(?![^()]*\))"
_STRONG = re.compile(rf"(?:[;；，、]|(?<!\d),|,(?!\d)|(?<=\S)\s+\+\s+(?=\S)){_OUTSIDE}")
_AND = re.compile(rf"(?:\s+and\s+|\s*&\s*){_OUTSIDE}", re.IGNORECASE)
_SLASH = re.compile(rf"\s*/\s*{_OUTSIDE}")
_WRITTEN_AND = re.compile(rf"{_STRONG.pattern}|{_AND.pattern}", re.IGNORECASE)
_WRITTEN_ALL = re.compile(rf"{_WRITTEN_AND.pattern}|{_SLASH.pattern}", re.IGNORECASE)
_FULL_NAME = "full name"


@dataclass(frozen=True)
class Accepted:
    """
    How one text may be typed.

    `asked` is the question: a synonym that it already shows is no answer to it.
    """

    text: str
    notation: Notation = Notation.TEXT
    synonyms: Synonyms = field(default_factory=dict)
    asked: str = ""

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """What can only mean this text: itself, then its synonyms."""
        if not self.synonyms:
            return (self.text,)
        heads = dict.fromkeys((self.text, *self.short_texts))
        pinned = [synonym for head in heads for synonym in self.synonyms.get(comparable(head), ())]
        shown = folded(self.asked)
        return (self.text, *(synonym for synonym in pinned if not shown or folded(synonym) not in shown))

    @cached_property
    def short_texts(self) -> tuple[str, ...]:
        """The text without the bracket at its end, and a name that stands in it; another text may be called so too."""
        remark = _REMARK.match(self.text) if self.notation is Notation.TEXT else None
        if remark is None or len(parts_of_list(self.text)) > 1:
            return ()
        return (remark["head"], remark["inside"]) if _is_name(remark["inside"]) else (remark["head"],)

    @cached_property
    def whole(self) -> frozenset[str]:
        """The folded forms of `texts`."""
        return frozenset(folded(text, self.notation) for text in self.texts)

    @cached_property
    def short(self) -> frozenset[str]:
        """The folded forms of `short_texts`, without those of `texts`."""
        return frozenset(folded(text, self.notation) for text in self.short_texts) - self.whole

    @cached_property
    def parts(self) -> tuple["Accepted", ...]:
        """The parts of a list; none for any other text."""
        if self.notation is not Notation.TEXT:
            return ()
        return tuple(Accepted(part, synonyms=self.synonyms, asked=self.asked) for part in parts_of_list(self.text))

    @property
    def forms(self) -> frozenset[str]:
        """All folded forms."""
        return self.whole | self.short

    def is_same_as(self, other: "Accepted") -> bool:
        """Whether both are one text, or lists of the same parts."""
        if folded(self.text, self.notation) == folded(other.text, other.notation):
            return True
        return bool(self.parts) and self._part_forms == other._part_forms

    @cached_property
    def _part_forms(self) -> frozenset[str]:
        return frozenset(folded(part.text) for part in self.parts)


def _is_name(inside: str) -> bool:
    """Whether a bracket holds another name (Lasso, fp16), not a remark (fastest, sum=1)."""
    if not _NAME.fullmatch(inside):
        return False
    return inside != inside.lower() or inside == inside.upper() or any(sign.isdigit() for sign in inside)


def parts_of_list(text: str) -> tuple[str, ...]:
    """
    The parts of a list, two or more, each once; none if the text is no list.

    At commas, semicolons and plus signs; only without any of these at `and`, else at slashes between single words.
    """
    if not _WRITTEN_ALL.search(text):
        return ()
    for separator in (_STRONG, _AND, _SLASH):
        found = _pieces(separator, text)
        if len(found) > 1 and (separator is not _SLASH or all(_is_word(piece) for piece in found)):
            return found
    return ()


def ways_to_split(typed: str) -> tuple[tuple[str, ...], ...]:
    """A typed list as its pieces: at strong separators alone, then at `and` too, then at every slash."""
    return tuple(dict.fromkeys(_pieces(way, typed) for way in (_STRONG, _WRITTEN_AND, _WRITTEN_ALL)))


def _pieces(separator: re.Pattern[str], text: str) -> tuple[str, ...]:
    stripped = (piece.strip().removeprefix("and ") for piece in separator.split(text))
    return tuple(dict.fromkeys(piece for piece in stripped if folded(piece)))


def _is_word(piece: str) -> bool:
    return len(piece) > 1 and " " not in piece


def synonyms_in(tables: Iterable[SourceTable], pinned: Synonyms | None = None) -> dict[str, tuple[str, ...]]:
    """
    What the guide itself says in two ways, both ways round: a name and its full name; with the author's pins.

    `pinned` has any text as key. Walks the tables that have a column of full names.
    """
    found: dict[str, list[str]] = {}
    for text, others in (pinned or {}).items():
        found.setdefault(comparable(text), []).extend(others)
    for table in tables:
        for name, full in _full_names(table):
            found.setdefault(comparable(name), []).append(full)
            found.setdefault(comparable(full), []).append(name)
    return {text: tuple(dict.fromkeys(others)) for text, others in found.items()}


def _full_names(table: SourceTable) -> list[tuple[str, str]]:
    places = [place for place, header in enumerate(table.headers) if norm(header) == _FULL_NAME]
    if not places or not table.has_things:
        return []
    pairs = ((row.name, row.cells[places[0]]) for row in table.rows)
    return [pair for pair in pairs if not any(is_placeholder(text) for text in pair)]


class Lists:
    """
    The cells of a guide that are lists, made once for many questions.

    What may be typed beside a list although the answer leaves it out: further parts of a list that holds all of it.
    `R-squared, RMSE, MAE` elsewhere makes MAE welcome in `RMSE, R-squared`.
    """

    def __init__(self, tables: Iterable[SourceTable]) -> None:
        self._holding: dict[str, set[tuple[str, ...]]] = {}
        cells = {cell for table in tables for row in table.rows for cell in row.cells[1:]}
        for parts in set(map(parts_of_list, cells)):
            for part in parts:
                self._holding.setdefault(folded(part), set()).add(parts)

    def beside(self, answer: str) -> tuple[str, ...]:
        """The further parts, sorted; none for an answer that is no list."""
        mine = {folded(part) for part in parts_of_list(answer)}
        if not mine:
            return ()
        fewest = min((self._holding.get(part, set()) for part in mine), key=len)
        longer = [parts for parts in fewest if mine < {folded(part) for part in parts}]
        return tuple(sorted({part for parts in longer for part in parts if folded(part) not in mine}))
