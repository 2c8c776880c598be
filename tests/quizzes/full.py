"""The full bank of the seed, and how many options its questions have."""

from collections import Counter
from functools import cache

from quizzes.generation.bank import FullBank, make_bank
from quizzes.generation.drawing import draw
from quizzes.generation.made import FactKey, Made, QuestionKind
from quizzes.generation.pins import Pins, read_pins
from quizzes.generation.sources import SourceTable
from tests.quizzes.guides import FIXTURES, questions_of, seed_tables


def full_bank_of(*tables: SourceTable, pins: Pins | None = None) -> FullBank:
    """The full bank of a guide that consists of these tables."""
    return make_bank(tables, [question for table in tables for question in questions_of(table)], pins)


@cache
def seed_full_bank() -> FullBank:
    """The full bank of the seed with the pins that are shipped with it."""
    return full_bank_of(*seed_tables(), pins=read_pins((FIXTURES / "section-6.pins.json").read_text()))


def options_of(made: Made, seed: int = 1, *, first_sight: bool = True) -> list[str]:
    """The texts of the options drawn."""
    return [option.text for option in draw(made, seed=seed, first_sight=first_sight).options]


@cache
def counts_of(table_key: str) -> Counter[tuple[str, int]]:
    """How many questions of each kind, with how many options, a table of the seed has."""
    own = [made for made in seed_full_bank().questions if made.table_key == table_key]
    return Counter((made.kind.value, len(options_of(made))) for made in own)


def number(table_key: str, kind: QuestionKind, options: int | None = None) -> int:
    """How many questions of a kind a table of the seed has; those with so many options alone, if given."""
    counts = counts_of(table_key)
    return sum(count for (own, size), count in counts.items() if own == kind and options in {None, size})


def facts_of(table_key: str) -> set[FactKey]:
    """The facts of a table of the seed that some question asks; rebuilding it not counted."""
    own = [made for made in seed_full_bank().questions if made.table_key == table_key]
    return {fact for made in own if made.kind is not QuestionKind.REBUILD for fact in made.facts}


def made_in(bank: FullBank, kind: QuestionKind) -> list[Made]:
    """The questions of one kind."""
    return [made for made in bank.questions if made.kind is kind]


def find(table_key: str, kind: QuestionKind, answer: str, *, column: str = "") -> Made:
    """The question of the seed of this kind and answer."""
    own = [made for made in made_in(seed_full_bank(), kind) if made.table_key == table_key]
    return next(made for made in own if made.answer == answer and column in {"", made.column})
