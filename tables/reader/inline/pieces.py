"""Plain Python: what a line of inline Markdown is made of once it has been read from left to right."""

from collections.abc import Mapping, Set
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Link:
    """Where a link reference definition points to."""

    address: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """What the document defines for its inline text: link references by folded label, footnotes by mark."""

    links: Mapping[str, Link] = field(default_factory=dict)
    footnotes: Set[str] = frozenset()


@dataclass(slots=True)
class Node:
    """An element: em, strong, del, code, a, br, and two of our own, `image` (its alt inside) and `footnote`."""

    tag: str
    children: list["Piece"] = field(default_factory=list)
    address: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Raw:
    """A tag written as HTML which may be shown: `name` is "sup" or "/sup", `html` what was written."""

    name: str
    html: str


@dataclass(slots=True)
class Run:
    """
    A run of `*`, `_` or `~~` that may open or close emphasis.

    Pairing moves characters out of `left` into `closes` (innermost first) and `opens` (innermost first).
    """

    mark: str
    length: int
    can_open: bool
    can_close: bool
    left: int = 0
    opens: list[str] = field(default_factory=list)
    closes: list[str] = field(default_factory=list)


type Piece = str | Node | Raw | Run
