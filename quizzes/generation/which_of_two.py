"""Plain Python: a value in, the question which of the only two rows has it out."""

from quizzes.generation.candidates import Candidate
from quizzes.generation.grids import Cell, Column
from quizzes.generation.ledger import Code
from quizzes.generation.made import Made, QuestionKind
from quizzes.generation.making import TableMaking
from quizzes.generation.wording import which_of_two_stem
from quizzes.generation.words import comparable, is_same_name, is_unsafe_pair, words

KIND = QuestionKind.WHICH_OF_TWO


def make_which_of_two(making: TableMaking, column: Column, cell: Cell, other: Cell) -> Made | None:
    """The question, or None with the reason in the ledger. `other` is the only other cell that says something."""
    if making.is_hidden(cell, KIND):
        return None
    stopped = _why_not(making, cell, other)
    if stopped:
        making.stop(cell, *stopped, KIND)
        return None
    first, second = sorted((cell, other), key=lambda each: each.place)
    stem = which_of_two_stem(column=column.name, value=cell.text, first=first.name, second=second.name)
    # Of a pair the other one's value, not the stem, says what the wrong name would have been right for.
    answer_to = which_of_two_stem(column=column.name, value=other.text, first=first.name, second=second.name)
    alike = making.near.similarity(cell.place, other.place)
    lure = Candidate(other.name, alike, 0, making.table.key, answer_to, (other.thing,), True)
    return Made(
        kind=KIND,
        table_key=making.table.key,
        facts=(cell.fact,),
        guess_chance=1 / 2,
        context=making.title,
        stem=stem,
        answer=cell.name,
        antecedent=making.antecedent(cell),
        fixed_place=int(cell.place > other.place),
        column=column.name,
        asks=stem,
        subject=cell.thing,
        things=(cell.thing,),
        neighbour=other.thing,
        candidates=(lure,),
    )


def _why_not(making: TableMaking, cell: Cell, other: Cell) -> tuple[Code, str] | None:
    if comparable(cell.text) == comparable(other.text):
        return Code.BOTH_THE_SAME, f"Both have “{cell.text}” here."
    if is_same_name(cell.name, other.name) or is_unsafe_pair(cell.text, other.text):
        return Code.TOO_FEW_LURES, f"{cell.name} and {other.name} could be taken for each other here."
    given = words(f"{cell.column} {cell.text}") & words(cell.name) - words(other.name)
    if given and not making.is_anyway(cell):
        return Code.GIVEAWAY, f"The words of the question give “{cell.name}” away."
    if not making.is_fair_name(cell, other, KIND):
        return Code.TOO_FEW_LURES, f"{other.name} could be right too."
    return None
