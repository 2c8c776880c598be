"""Plain Python: a guide and its author's pins in, every fair question, the ledger and the sibling facts out."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from quizzes.generation.cells import questions_of_cells
from quizzes.generation.decisions import prepare
from quizzes.generation.grids import Grid
from quizzes.generation.index import Index
from quizzes.generation.ledger import Code, Skip
from quizzes.generation.lending import Lending
from quizzes.generation.made import FactKey, Made
from quizzes.generation.making import Making, TableMaking
from quizzes.generation.pins import Pins
from quizzes.generation.reversed import make_reversed
from quizzes.generation.same_facts import Disagreement, SameFacts
from quizzes.generation.sources import AuthoredQuestion, SourceTable
from quizzes.generation.statements import Statements
from quizzes.generation.typed import make_typed_answer
from tables.reader.document import Kind

BY_CHOICE = ("", "decision", "lookup")
UNASKABLE = frozenset({Code.EMPTY, Code.VAGUE, Code.POINTER, Code.TWO_ANSWERS})


@dataclass(frozen=True, slots=True)
class FullBank:
    """
    All questions of a guide, in the order of its tables; the ledger of what is left out.

    `siblings` are groups of 2 to 6 facts that teach the same thing in several places, no fact in two groups.
    """

    questions: tuple[Made, ...]
    skips: tuple[Skip, ...]
    siblings: tuple[tuple[FactKey, ...], ...]
    disagreements: tuple[Disagreement, ...]


class BankMaking:
    """
    A bank in the making, a table at a time, so that a large guide's questions need not be held all at once.

    `tables` are all tables of the guide: any of them may make a wrong option true. Cost grows with the cells.
    """

    def __init__(
        self, tables: Iterable[SourceTable], questions: Sequence[AuthoredQuestion], pins: Pins | None = None
    ) -> None:
        self._tables, pins = list(tables), pins or Pins()
        self._index = Index(self._tables, pins.aliases)
        self._making = Making(self._index, Statements(self._index, questions), pins)
        self._questions = questions
        self.same_facts = SameFacts(self._index, questions, pins)

    def questions(self) -> Iterator[Made]:
        """Every fair question, in the order of the tables. To be walked through once."""
        authored = prepare(self._tables, self._questions, self._making.pins)
        self._making.skips.extend(authored.skips)
        lending = Lending(self._index)
        by_table: dict[str, list[AuthoredQuestion]] = {}
        for question in self._questions:
            by_table.setdefault(question.table_key, []).append(question)
        prepared = {each.facts[0].question_key: each for each in authored.prepared}
        barred = {skip.question_key for skip in authored.skips if not skip.text and skip.code in UNASKABLE}
        for table in self._tables:
            of_table = TableMaking(self._making, Grid(table))
            askable = [question for question in by_table.get(table.key, ()) if question.key not in barred]
            if table.has_things and table.kind is not Kind.PLAIN:
                yield from questions_of_cells(of_table, lending)
            yield from _authored(of_table, askable, prepared)

    @property
    def skips(self) -> tuple[Skip, ...]:
        """The ledger: complete when all questions are made."""
        return tuple(dict.fromkeys(self._making.skips))


def make_bank(
    tables: Iterable[SourceTable], questions: Sequence[AuthoredQuestion], pins: Pins | None = None
) -> FullBank:
    """Every fair question of a guide, all held at once. The same input gives the same bank."""
    making = BankMaking(tables, questions, pins)
    made = tuple(making.questions())
    return FullBank(made, making.skips, making.same_facts.groups(), making.same_facts.disagreements())


def _authored(making: TableMaking, questions: Sequence[AuthoredQuestion], prepared: dict[str, Made]) -> Iterator[Made]:
    for place, asked in enumerate(questions):
        hidden = making.pins.hidden(making.title, asked.text)
        if reason := next((hidden[kind] or "The author has hidden it." for kind in BY_CHOICE if kind in hidden), ""):
            making.skips.append(Skip(making.table.key, asked.key, Code.PIN, "", reason, value=asked.text))
        elif asked.key in prepared:
            yield prepared[asked.key]
        if "" in hidden:
            continue
        reverse = make_reversed(making, questions, place)
        typed = make_typed_answer(making, asked, asked.stem)
        yield from (question for question in (reverse, typed) if question and question.kind.value not in hidden)
