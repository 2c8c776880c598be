"""Plain Python: a table as it is asked, things down and columns across, whichever way it was written."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from functools import cached_property

from quizzes.generation.made import FactKey
from quizzes.generation.mentions import Names, name_tokens
from quizzes.generation.sources import SourceTable, Thing
from quizzes.generation.values import is_bare_yes_no, is_offerable, is_pointer, is_vague, says_yes, says_yes_or_no
from quizzes.generation.wording import Wording, forward_stem, head_of, reverse_stem
from quizzes.generation.words import comparable, is_same_name
from tables.reader.document import Kind
from tables.reader.forms import is_placeholder


class Says(Enum):
    """What kind of text a cell holds."""

    NOTHING = auto()
    ANYTHING = auto()
    POINTER = auto()
    ANOTHER_ROW = auto()
    VALUE = auto()


@dataclass(frozen=True, slots=True)
class Cell:
    """One value cell as asked."""

    place: int
    name: str
    thing: Thing
    column: str
    text: str
    says: Says
    fact: FactKey

    @property
    def is_usable(self) -> bool:
        """Whether it says something of its row by itself."""
        return self.says is Says.VALUE or self.says is Says.ANOTHER_ROW


class Column:
    """One column as asked: all its cells, in the order of the things. `head` is what a thing is called."""

    def __init__(self, head: str, name: str, key: str, cells: list[Cell]) -> None:
        self.head = head
        self.name = name
        self.key = key
        self.cells = cells
        self.wording: Wording
        self.sharing: dict[str, list[Cell]] = {}
        self.forms = [comparable(cell.text) for cell in cells]
        for cell, form in zip(cells, self.forms, strict=True):
            if cell.is_usable:
                self.sharing.setdefault(form, []).append(cell)
        self.firsts = sorted(cells[0].place for cells in self.sharing.values())
        self._forward: dict[int, str] = {}
        self._reverse: dict[int, str] = {}

    @property
    def usable(self) -> list[Cell]:
        """The cells that say something of their row."""
        return [cell for cell in self.cells if cell.is_usable]

    def forward(self, cell: Cell) -> str:
        """The question for the value of a cell."""
        if cell.place not in self._forward:
            self._forward[cell.place] = forward_stem(self.wording, column=self.name, row=cell.name)
        return self._forward[cell.place]

    def reverse(self, cell: Cell) -> str:
        """The question for the row of a cell."""
        if cell.place not in self._reverse:
            stem = reverse_stem(self.wording, head=self.head, column=self.name, value=cell.text)
            self._reverse[cell.place] = stem
        return self._reverse[cell.place]

    def alike(self, cell: Cell) -> list[Cell]:
        """The cells with the same value, this one among them."""
        return self.sharing.get(comparable(cell.text), [cell])

    @cached_property
    def is_yes_no(self) -> bool:
        """Whether every cell begins with yes or no, or says nothing or anything, and at least half say yes or no."""
        judged = [cell for cell in self.cells if says_yes_or_no(cell.text)]
        return 2 * len(judged) >= len(self.cells) and all(
            says_yes_or_no(cell.text) or cell.says in {Says.NOTHING, Says.ANYTHING} for cell in self.cells
        )

    def yes_cells(self) -> list[Cell]:
        """The cells that say yes."""
        return [cell for cell in self.cells if says_yes(cell.text)]


class Grid:
    """
    The things of one table and their values.

    Things without a name that means them (`-`, `Any`) are left out, with all their cells: nothing could be asked.
    """

    def __init__(self, table: SourceTable) -> None:
        self.table = table
        self.head = "option" if table.kind is Kind.ASPECT else head_of(table.headers[0] if table.headers else "")
        self.nameless = [thing for name, thing in table.things() if not is_offerable(name)]
        named = [(name, thing) for name, thing in table.things() if is_offerable(name)]
        self.names = [name for name, _ in named]
        self.things = [thing for _, thing in named]
        self.mentioned = Names(self.names)
        self.columns = list(self._columns())
        self.forms = [comparable(name) for name in self.names]
        self._equals: dict[str, list[int]] = {}
        for place, form in enumerate(self.forms):
            self._equals.setdefault(form, []).append(place)
        self._same: dict[tuple[int, int], bool] = {}

    def namesakes(self, place: int) -> list[int]:
        """The places of the things of this name, this one among them."""
        return self._equals[self.forms[place]]

    def is_same_name(self, place: int, other: int) -> bool:
        """Whether the names at two places could be meant for one thing."""
        both = (place, other) if place < other else (other, place)
        if both not in self._same:
            self._same[both] = is_same_name(self.names[place], self.names[other])
        return self._same[both]

    def _columns(self) -> Iterator[Column]:
        if not self.things:
            return
        if self.table.kind is Kind.ASPECT:
            places = {header: place for place, header in enumerate(self.table.headers)}
            for row in self.table.rows:
                if is_placeholder(row.name):
                    continue
                texts = [row.cells[places[thing.header]] for thing in self.things]
                facts = [FactKey(self.table.key, row.key, thing.header) for thing in self.things]
                yield self._column(row.name, row.key, texts, facts)
            return
        rows = [row for row in self.table.rows if is_offerable(row.name)]
        for place, header in enumerate(self.table.headers[1:], start=1):
            facts = [FactKey(self.table.key, row.key, header) for row in rows]
            yield self._column(header, header, [row.cells[place] for row in rows], facts)

    def _column(self, name: str, key: str, texts: list[str], facts: list[FactKey]) -> Column:
        cells = [
            Cell(place, self.names[place], thing, name, text, self._said(text, self.names[place]), fact)
            for place, (thing, text, fact) in enumerate(zip(self.things, texts, facts, strict=True))
        ]
        return Column(self.head, name, key, cells)

    def _said(self, text: str, own_name: str) -> Says:
        if is_placeholder(text):
            return Says.NOTHING
        if is_vague(text):
            return Says.ANYTHING
        if is_pointer(text):
            return Says.POINTER
        return Says.ANOTHER_ROW if self.mentioned.mentioned(text) - {name_tokens(own_name)} else Says.VALUE


def is_bare(cell: Cell) -> bool:
    """Whether the whole cell is a yes or a no."""
    return is_bare_yes_no(cell.text)
