"""Plain Python: a size and a seed in, the Markdown of made-up guides out."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from quizzes.demo.words import COLUMNS, THINGS, TOPICS, invented_name
from tables.reader.limits import LIMITS

TABLES_OF_GUIDE = 20
TABLES_OF_TOPIC = 5


@dataclass(frozen=True, slots=True)
class Document:
    """A made-up guide: its title, and its text as an author would hand it in."""

    title: str
    text: str


def documents(*, tables: int, rows: int, columns: int, seed: int) -> Iterator[Document]:
    """
    Guides with so many tables in all, each of so many rows, made one after the other.

    `columns` counts the one that names the rows. A guide has at most TABLES_OF_GUIDE tables, fewer where they are long.
    Raises ValueError for what the reader would not take.
    """
    if not (0 < rows <= LIMITS.rows_of_table and 1 < columns <= len(COLUMNS) + 1):
        raise ValueError(f"A table has 1 to {LIMITS.rows_of_table:,} rows and 2 to {len(COLUMNS) + 1} columns.")
    most = max(1, min(TABLES_OF_GUIDE, LIMITS.rows_of_document // rows))
    for number, start in enumerate(range(0, tables, most), 1):
        yield _document(number, min(most, tables - start), rows, columns, Random(f"{seed}/guide/{number}"))


def _document(number: int, tables: int, rows: int, columns: int, chance: Random) -> Document:
    title = f"Demo {number}: {invented_name(chance)} Handbook"
    lines = [f"# {title}", ""]
    for place in range(tables):
        if place % TABLES_OF_TOPIC == 0:
            lines += [f"## {TOPICS[place // TABLES_OF_TOPIC % len(TOPICS)]} {place // TABLES_OF_TOPIC + 1}", ""]
        lines += _table(place, rows, columns, chance)
    return Document(title, "\n".join(lines))


def _table(place: int, rows: int, columns: int, chance: Random) -> list[str]:
    thing = THINGS[place % len(THINGS)]
    asked = sorted(chance.sample(list(COLUMNS), columns - 1), key=list(COLUMNS).index)
    head = [f"{thing.capitalize()}", *asked]
    lines = [f"### {invented_name(chance)} {thing}s", "", _line(head), _line(["---"] * columns)]
    names: dict[str, None] = {}
    while len(names) < rows:
        names[" ".join(invented_name(chance) for _ in range(chance.randint(1, 2)))] = None
    lines += [_line([name, *(COLUMNS[column](chance) for column in asked)]) for name in names]
    return [*lines, ""]


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"
