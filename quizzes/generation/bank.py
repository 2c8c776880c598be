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


def make_bank(
    tables: Iterable[SourceTable], questions: Sequence[AuthoredQuestion], pins: Pins | None = None
) -> FullBank:
    """
    Every fair question of a guide. The same input gives the same bank.

    `tables` are all tables of the guide: any of them may make a wrong option true. Cost grows with the cells.
    """
    tables, pins = list(tables), pins or Pins()
    index = Index(tables, pins.aliases)
    making = Making(index, Statements(index, questions), pins)
    authored = prepare(tables, questions, pins)
    making.skips.extend(authored.skips)
    lending = Lending(index)
    by_table: dict[str, list[AuthoredQuestion]] = {}
    for question in questions:
        by_table.setdefault(question.table_key, []).append(question)
    prepared = {each.facts[0].question_key: each for each in authored.prepared}
    barred = {skip.question_key for skip in authored.skips if not skip.text and skip.code in UNASKABLE}
    made: list[Made] = []
    for table in tables:
        of_table = TableMaking(making, Grid(table))
        askable = [question for question in by_table.get(table.key, ()) if question.key not in barred]
        if table.has_things and table.kind is not Kind.PLAIN:
            made.extend(questions_of_cells(of_table, lending))
        made.extend(_authored(of_table, askable, prepared))
    same = SameFacts(index, questions, pins)
    return FullBank(tuple(made), tuple(dict.fromkeys(making.skips)), same.groups(), same.disagreements())


def _authored(making: TableMaking, questions: Sequence[AuthoredQuestion], prepared: dict[str, Made]) -> Iterator[Made]:
    for place, asked in enumerate(questions):
        if asked.key in prepared:
            yield prepared[asked.key]
        reverse = make_reversed(making, questions, place)
        typed = make_typed_answer(making, asked, asked.stem)
        yield from (question for question in (reverse, typed) if question)
