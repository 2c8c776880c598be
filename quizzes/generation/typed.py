"""Plain Python: a cell in, the task to write its value, or the name of its row, out."""

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain

from quizzes.generation.forward import contradicts_namesake
from quizzes.generation.grids import Cell, Column, Says
from quizzes.generation.made import CHANCE_WHEN_TYPED, FactKey, Made, QuestionKind
from quizzes.generation.making import TableMaking
from quizzes.generation.mentions import gives_away, mentions
from quizzes.generation.sources import AuthoredQuestion
from quizzes.generation.values import is_bare_yes_no
from quizzes.generation.words import CACHED, NEAR, comparable, meaning, traces, words

LONGEST = 40
"""Letters beyond which nobody is asked to write a text."""
ALL_LOOKED_AT = 64
SHARING_LOOKED_AT = 24


def make_typed(making: TableMaking, column: Column, cell: Cell) -> Made | None:
    """The value in writing; None where it is no answer, too long, or said by the name of the row."""
    kind = QuestionKind.TYPED
    if not _can_be_written(cell.text) or contradicts_namesake(making, column, cell):
        return None
    if meaning(cell.text) <= meaning(cell.name) or making.is_hidden(cell, kind):
        return None
    stem = column.forward(cell)
    return _typed(making, cell, kind, stem, cell.text, making.accepted(cell))


class NameWriting:
    """Asks for names in writing, where no other row of the column could be meant."""

    def __init__(self, making: TableMaking, column: Column) -> None:
        self._making = making
        self._column = column
        self._meanings = [meaning(cell.text) for cell in column.cells]
        self._by_word: dict[str, list[int]] = {}
        self._by_trace: dict[str, list[int]] = {}
        for cell, words_of_cell in zip(column.cells, self._meanings, strict=True):
            for word in words_of_cell:
                self._by_word.setdefault(word, []).append(cell.place)
            for trace in traces(cell.text):
                self._by_trace.setdefault(trace, []).append(cell.place)
        self._pointing = [cell for cell in column.cells if cell.says is Says.POINTER]

    def make(self, cell: Cell) -> Made | None:
        """The name of the row in writing; None where another row could be meant, or the value holds the name."""
        kind, making = QuestionKind.TYPED_NAME, self._making
        if not _can_be_written(cell.name) or gives_away(cell.text, cell.name) or making.is_hidden(cell, kind):
            return None
        # What the author would not offer, since it might be right, is right when written.
        accepted = making.pins.never_offered_texts(making.title, cell.text)
        if any(self._like(cell, accepted)) or any(self._pointing_at(cell)):
            return None
        stem = self._column.reverse(cell)
        return _typed(making, cell, kind, stem, cell.name, accepted)

    def _like(self, cell: Cell, accepted: tuple[str, ...]) -> Iterator[Cell]:
        """The other rows that could be right, by what they say here or by what another table says of them."""
        kind = QuestionKind.TYPED_NAME
        for other in self._others_to_compare(cell):
            if other.place == cell.place or other.name in accepted or not other.is_usable:
                continue
            if not self._making.is_fair_name(cell, other, kind):
                yield other

    def _others_to_compare(self, cell: Cell) -> Iterable[Cell]:
        cells, mine = self._column.cells, self._meanings[cell.place]
        if len(cells) <= ALL_LOOKED_AT:
            if self._making.is_barred(cell.text):
                return cells
            places = self._making.known_beyond.union(*(self._by_trace[trace] for trace in traces(cell.text)))
            return [cells[place] for place in sorted(places)]
        shared = Counter(chain.from_iterable(self._by_word[word][:SHARING_LOOKED_AT] for word in mine))
        alike = {place for place, count in shared.items() if _may_be_same(count, mine, self._meanings[place])}
        return [cells[place] for place in sorted(alike.union(self._making.near.of(cell.place, self._column)))]

    def _pointing_at(self, cell: Cell) -> Iterator[Cell]:
        return (other for other in self._pointing if mentions(other.text, cell.name))


def make_typed_answer(making: TableMaking, asked: AuthoredQuestion, kind_stem: str) -> Made | None:
    """The answer to an author's question in writing; None where it is too long or a bare yes or no."""
    if not _can_be_written(asked.answer) or meaning(asked.answer) <= words(asked.text):
        return None
    naming = making.index.naming(asked.answer)
    return Made(
        kind=QuestionKind.TYPED,
        table_key=asked.table_key,
        facts=(FactKey(asked.table_key, question_key=asked.key),),
        guess_chance=CHANCE_WHEN_TYPED,
        context=making.title,
        stem=f"{kind_stem} Type it.",
        answer=asked.answer,
        antecedent=making.pins.antecedent(making.title, asked.text),
        asks=asked.text,
        things=naming.things,
        has_own_row=naming.has_own_row,
        accepted=making.pins.accepted(making.title, asked.text),
    )


def _may_be_same(shared: int, mine: frozenset[str], theirs: frozenset[str]) -> bool:
    return shared >= min(len(mine), len(theirs)) or shared >= NEAR * len(mine | theirs)


@lru_cache(maxsize=CACHED)
def _can_be_written(text: str) -> bool:
    return 0 < len(text) <= LONGEST and not is_bare_yes_no(text) and any(sign.isalnum() for sign in comparable(text))


def _typed(
    making: TableMaking, cell: Cell, kind: QuestionKind, stem: str, answer: str, accepted: tuple[str, ...]
) -> Made:
    return making.made(
        cell,
        kind,
        stem=f"{stem} Type it.",
        asks=stem,
        answer=answer,
        guess_chance=CHANCE_WHEN_TYPED,
        antecedent=making.antecedent(cell) if kind is QuestionKind.TYPED_NAME else "",
        accepted=accepted,
    )
