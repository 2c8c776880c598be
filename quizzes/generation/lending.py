"""Plain Python: values that stand under the same header in other tables, for a column with too few of its own."""

from collections.abc import Iterator
from dataclasses import dataclass

from quizzes.generation.grids import Cell
from quizzes.generation.index import Index
from quizzes.generation.making import TableMaking
from quizzes.generation.pins import pinned_titles
from quizzes.generation.sources import SourceTable, Thing
from quizzes.generation.values import is_offerable, says_yes_or_no
from quizzes.generation.words import comparable, words
from tables.reader.document import Kind

TABLES_LOOKED_AT = 6
ROWS_LOOKED_AT = 8
LENDERS = frozenset({Kind.ENTITY, Kind.PAIRS})


@dataclass(frozen=True, slots=True)
class Loan:
    """A value of another table, with the row it stands in; `reach` is 1 in the same topic, else 2."""

    text: str
    thing: Thing
    reach: int

    @property
    def words(self) -> frozenset[str]:
        """The words of the value."""
        return words(self.text)

    def is_pinned_for(self, making: TableMaking, cell: Cell) -> bool:
        """Whether the author bars the value, or the row it stands in, from this cell's questions."""
        pinned = making.pins.never_offered(making.title, cell.text)
        name = making.index.name_of(self.thing)
        return bool(pinned) and not pinned.keys().isdisjoint({comparable(self.text), comparable(name)})


class Lending:
    """The columns of a guide's entity tables, by header."""

    def __init__(self, index: Index) -> None:
        self._columns: dict[str, list[tuple[SourceTable, int]]] = {}
        for table in index.tables.values():
            for place, header in enumerate(table.headers[1:] if table.kind in LENDERS else (), start=1):
                self._columns.setdefault(comparable(header), []).append((table, place))

    def values(self, table: SourceTable, header: str, never: frozenset[str]) -> Iterator[Loan]:
        """What other tables have under this header: those of the same topic first, none whose title is in `never`."""
        places = self._columns.get(comparable(header), ())
        others = [(other, place) for other, place in places if other.key != table.key]
        others.sort(key=lambda found: found[0].topic != table.topic)
        for other, place in others[:TABLES_LOOKED_AT]:
            if not never.isdisjoint(pinned_titles(other.title)):
                continue
            for row in other.rows[:ROWS_LOOKED_AT]:
                text = row.cells[place]
                if is_offerable(text) and is_offerable(row.name) and not says_yes_or_no(text):
                    yield Loan(text, Thing(other.key, row_key=row.key), 1 if other.topic == table.topic else 2)
