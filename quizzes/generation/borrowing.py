"""Plain Python: names of rows that may stand in as wrong options where a table has too few other answers."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from zlib import crc32

from quizzes.generation.index import Index
from quizzes.generation.similarity import row_similarity
from quizzes.generation.sources import AuthoredQuestion, Thing
from quizzes.generation.values import is_bare_yes_no, is_offerable
from quizzes.generation.words import jaccard, words

ROWS_LOOKED_AT = 16
TABLES_LOOKED_AT = 12
ANSWERS_LOOKED_AT = 12
OVERLAP = 0.3
"""Jaccard of question and cell from which a row says too much about the question to be borrowed."""
SHARED_NAME = 0.5


@dataclass(frozen=True, slots=True)
class Loan:
    """A row (or column of an aspect table) whose name may be borrowed; `reach` and `similarity` as of a Candidate."""

    name: str
    thing: Thing
    reach: int
    similarity: float


def loans(index: Index, asked: AuthoredQuestion, other_answers: Iterable[str]) -> Iterator[Loan]:
    """
    Names that fit the question, nearest first; nothing is said yet about their being safe.

    First from the tables in which the right answer is a row, then from the entity tables of their topics, then the same
    for the other answers of the question's table, at last from the topic of that table.
    """
    if is_bare_yes_no(asked.answer) or not any(sign.isalpha() for sign in asked.answer):
        return
    right = index.naming(asked.answer).things
    seen: set[str] = set()
    for reach, thing in _starting_points(index, asked, right, other_answers):
        if thing.table_key in seen:
            continue
        seen.add(thing.table_key)
        for name, other in _around(index, thing, is_home=thing in right):
            if other not in right and is_offerable(name) and not _is_about(index, other, asked):
                yield Loan(name, other, reach, _similarity(index, asked, right, thing, name, other))


def _starting_points(
    index: Index, asked: AuthoredQuestion, right: Iterable[Thing], other_answers: Iterable[str]
) -> Iterator[tuple[int, Thing]]:
    homes = list(right)
    yield from ((1, thing) for thing in homes)
    yield from ((2, thing) for home in homes for thing in _in_topic(index, index.tables[home.table_key].topic, asked))
    for _, answer in zip(range(ANSWERS_LOOKED_AT), other_answers, strict=False):
        for thing in index.naming(answer).things:
            yield 2, thing
            yield from ((2, other) for other in _in_topic(index, index.tables[thing.table_key].topic, asked))
    yield from ((2, thing) for thing in _in_topic(index, index.tables[asked.table_key].topic, asked))


def _in_topic(index: Index, topic: str, asked: AuthoredQuestion) -> Iterator[Thing]:
    """One row of each entity table of a topic, another for each question so that not the first rows serve them all."""
    for table in index.entity_tables(topic)[:TABLES_LOOKED_AT]:
        if table.rows:
            yield Thing(table.key, row_key=table.rows[crc32(asked.text.encode()) % len(table.rows)].key)


def _around(index: Index, thing: Thing, *, is_home: bool) -> list[tuple[str, Thing]]:
    around = index.around(thing, ROWS_LOOKED_AT // 2)
    return around if is_home else [(index.name_of(thing), thing), *around]


def _is_about(index: Index, thing: Thing, asked: AuthoredQuestion) -> bool:
    return any(jaccard(words(asked.text), words(value)) >= OVERLAP for _, value in index.values(thing))


def _similarity(
    index: Index, asked: AuthoredQuestion, right: Iterable[Thing], thing: Thing, name: str, other: Thing
) -> float:
    if thing in right:
        return row_similarity(index, thing, other)
    return SHARED_NAME * bool(words(asked.answer) & words(name))
