"""Plain Python: what questions are made from. Tables and authored questions as plain text, and the things in them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Self

from tables.reader.document import Kind


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One row; `cells` has one plain text for each header."""

    key: str
    cells: tuple[str, ...]

    @property
    def name(self) -> str:
        """The first cell, which names the row; empty in a table without columns."""
        return self.cells[0] if self.cells else ""


@dataclass(frozen=True, slots=True)
class Thing:
    """
    What an answer can name: a row of a table, or the column of an aspect table.

    Exactly one of `row_key` and `header` is set.
    """

    table_key: str
    row_key: str = ""
    header: str = ""

    def to_json(self, home: str = "") -> dict[str, str]:
        """Plain values for a JSON field; what is empty is left out, and the table where it is `home`."""
        stored = {} if self.table_key == home else {"table_key": self.table_key}
        if self.row_key:
            stored["row_key"] = self.row_key
        if self.header:
            stored["header"] = self.header
        return stored

    @classmethod
    def from_json(cls, stored: Mapping[str, str], home: str = "") -> Self:
        """What `to_json` gave, back again."""
        return cls(stored.get("table_key", home), stored.get("row_key", ""), stored.get("header", ""))


@dataclass(frozen=True, slots=True)
class SourceTable:
    """
    One table. Keys are opaque; `title` is the full name, a companion's label included; headers are unique in it.

    `rows` may be a part of the table's rows where only these are looked at (see `quizzes.contrasts.rows`).
    """

    key: str
    topic: str
    title: str
    kind: Kind
    headers: tuple[str, ...]
    rows: tuple[SourceRow, ...]

    @property
    def has_things(self) -> bool:
        """Whether its cells are values of things: not so in a table of questions and answers."""
        return self.kind not in {Kind.DECISION, Kind.LOOKUP}

    def things(self) -> Iterator[tuple[str, Thing]]:
        """Each thing with its name, in the order of the table."""
        if self.kind is Kind.ASPECT:
            yield from ((header, Thing(self.key, header=header)) for header in self.headers[1:])
        elif self.has_things:
            yield from ((row.name, Thing(self.key, row_key=row.key)) for row in self.rows)

    def row(self, key: str) -> SourceRow | None:
        """The row of this key. Walks the rows: for many look-ups make a dictionary."""
        return next((row for row in self.rows if row.key == key), None)

    def values(self, thing: Thing) -> list[tuple[str, str]] | None:
        """
        Name of column (or aspect) and plain text of each value of this thing, in the order of the table.

        None when the table, as given, does not hold it.
        """
        if thing.header:
            return self._aspects(thing.header)
        row = self.row(thing.row_key)
        return None if row is None else self.values_of_row(row)

    def values_of_row(self, row: SourceRow) -> list[tuple[str, str]]:
        """Name of column and plain text of each value of a row: all its cells but the first."""
        return list(zip(self.headers[1:], row.cells[1:], strict=False))

    def _aspects(self, header: str) -> list[tuple[str, str]] | None:
        if header not in self.headers:
            return None
        place = self.headers.index(header)
        return [(row.name, row.cells[place]) for row in self.rows]

    def name_of(self, thing: Thing) -> str:
        """The thing's name as written; empty when the table, as given, does not hold it."""
        if thing.header:
            return thing.header
        row = self.row(thing.row_key)
        return row.name if row else ""


@dataclass(frozen=True, slots=True)
class AuthoredQuestion:
    """
    One question the author wrote: a row of a decision or lookup table, or a key point that reads as a decision.

    `header` is the first header of a lookup table ("Scenario"), without which its text is no question; else empty.
    """

    key: str
    table_key: str
    text: str
    answer: str
    header: str = ""

    @property
    def stem(self) -> str:
        """The question as it is asked."""
        if not self.header:
            return self.text
        stop = "" if self.text.endswith((".", "?", "!", "…", "。", "？")) else "."
        return f"{self.header}: {self.text}{stop} What is recommended?"
