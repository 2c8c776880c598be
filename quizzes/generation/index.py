"""Plain Python: a guide's tables, indexed so that asking what a text names costs the same however large the guide."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from quizzes.generation.sources import SourceRow, SourceTable, Thing
from quizzes.generation.values import is_vague
from quizzes.generation.words import comparable, parts, words
from tables.reader.document import Kind
from tables.reader.forms import is_placeholder

THINGS_OF_A_TEXT = 8
_BRACKET_AT_END = re.compile(r"(?P<head>.*\S)\s*\((?P<inside>[^()]*)\)$")


@dataclass(frozen=True, slots=True)
class Naming:
    """
    The things a text names, at most 8: rows first, then columns of aspect tables, then rows of plain tables.

    `has_own_row` is True when the whole text (a remark in brackets left out) is their name, False when only parts are.
    """

    things: tuple[Thing, ...]
    has_own_row: bool


class Index:
    """
    What names what in one guide.

    Made in one pass over the names; no cell is looked at before it is asked for.
    """

    def __init__(self, tables: Iterable[SourceTable], aliases: Mapping[str, str] | None = None) -> None:
        self.tables = {table.key: table for table in tables}
        self._aliases = {comparable(alias): comparable(name) for alias, name in (aliases or {}).items()}
        self._rows: dict[Thing, SourceRow] = {}
        self._places: dict[Thing, int] = {}
        self._names: dict[str, list[Thing]] = {}
        self._short_names: dict[str, list[Thing]] = {}
        self._words: dict[Thing, frozenset[str]] = {}
        self._forms: dict[Thing, tuple[str, ...]] = {}
        self._topics: dict[str, list[SourceTable]] = {}
        for table in self.tables.values():
            self._take(table)

    def named(self, name: str) -> Sequence[Thing]:
        """Every thing of this very name, else those whose short name it is (`L1` for `L1 (Lasso)`), else by alias."""
        form = comparable(name)
        other = self._aliases.get(form, "")
        return self._names.get(form) or self._short_names.get(form) or self._names.get(other) or ()

    def naming(self, text: str) -> Naming:
        """What a text names as a whole, else what its parts name."""
        whole = self.named(text) or self.named(without_remark(text))
        things = whole or [thing for part in parts(text) for thing in self.named(part)]
        ordered = sorted(dict.fromkeys(things), key=self._rank)
        return Naming(tuple(ordered[:THINGS_OF_A_TEXT]), bool(whole))

    def name_of(self, thing: Thing) -> str:
        """The thing's name as written."""
        row = self._rows.get(thing)
        return row.name if row else thing.header

    def values(self, thing: Thing) -> list[tuple[str, str]]:
        """Name of column (or aspect) and text of each value of a thing."""
        table = self.tables[thing.table_key]
        row = self._rows.get(thing)
        return table.values_of_row(row) if row else table.values(thing) or []

    def words(self, thing: Thing) -> frozenset[str]:
        """All words of a thing, of its name and its values."""
        if thing not in self._words:
            own = words(self.name_of(thing))
            self._words[thing] = own.union(*(words(value) for _, value in self.values(thing)))
        return self._words[thing]

    def forms(self, thing: Thing) -> tuple[str, ...]:
        """Each value of a thing in its comparable form; a placeholder is empty, so that two of them are equal."""
        if thing not in self._forms:
            values = (value for _, value in self.values(thing))
            self._forms[thing] = tuple("" if is_placeholder(value) else comparable(value) for value in values)
        return self._forms[thing]

    def around(self, thing: Thing, reach: int) -> list[tuple[str, Thing]]:
        """The things of the same table up to `reach` places before and after this one, with names, itself left out."""
        table = self.tables[thing.table_key]
        if thing.header:
            return [(name, other) for name, other in table.things() if other != thing]
        place = self._places[thing]
        rows = table.rows[max(0, place - reach) : place + reach + 1]
        near = ((row.name, Thing(table.key, row_key=row.key)) for row in rows)
        return [(name, other) for name, other in near if other != thing]

    def entity_tables(self, topic: str) -> Sequence[SourceTable]:
        """The entity tables of a topic, in the order of the document."""
        return self._topics.get(topic, ())

    def _rank(self, thing: Thing) -> tuple[bool, bool]:
        return self.tables[thing.table_key].kind is Kind.PLAIN, bool(thing.header)

    def _take(self, table: SourceTable) -> None:
        if table.kind is Kind.ENTITY:
            self._topics.setdefault(table.topic, []).append(table)
        if table.has_things and table.kind is not Kind.ASPECT:
            for place, row in enumerate(table.rows):
                thing = Thing(table.key, row_key=row.key)
                self._rows[thing], self._places[thing] = row, place
        for name, thing in table.things():
            self._name(name, thing)

    def _name(self, name: str, thing: Thing) -> None:
        if is_placeholder(name) or is_vague(name):
            return
        self._names.setdefault(comparable(name), []).append(thing)
        for short in short_names(name):
            self._short_names.setdefault(comparable(short), []).append(thing)


def without_remark(text: str) -> str:
    """The text without a bracket at its end: `ReLU (start here)` is ReLU."""
    bracket = _BRACKET_AT_END.match(text)
    return bracket["head"] if bracket else text


def short_names(name: str) -> list[str]:
    """What else a name with a bracket at its end answers to: `L1 (Lasso)` to L1 and Lasso. A remark is no name."""
    bracket = _BRACKET_AT_END.match(name)
    if not bracket:
        return []
    inside = bracket["inside"].strip()
    return [bracket["head"], inside] if inside[:1].isalpha() and " " not in inside else [bracket["head"]]
