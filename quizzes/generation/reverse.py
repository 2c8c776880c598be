"""Plain Python: a value and its column in, the question which row has it out, with other rows to choose from."""

from quizzes.generation.candidates import Candidate
from quizzes.generation.choosing import both_ends, fair_set
from quizzes.generation.forward import why_none
from quizzes.generation.grids import Cell, Column, Says, is_bare
from quizzes.generation.ledger import Code
from quizzes.generation.made import Made, QuestionKind
from quizzes.generation.making import TableMaking
from quizzes.generation.mentions import gives_away
from quizzes.generation.words import is_same_name, is_unsafe_pair

KIND = QuestionKind.REVERSE


def make_reverse(making: TableMaking, column: Column, cell: Cell) -> Made | None:
    """The question, or None with the reason in the ledger; a value that several rows share is asked by select-all."""
    if len(column.alike(cell)) > 1 or making.is_hidden(cell, KIND) or _is_stopped(making, cell):
        return None
    stem = column.reverse(cell)
    needs = making.needs(cell, stem, cell.name)
    candidates = _candidates(making, column, cell)
    lures = fair_set(cell.name, candidates, needs, clash=is_same_name)
    if not lures:
        making.stop(cell, *why_none(cell.name, candidates, needs, is_same_name), KIND)
        return None
    return making.made(
        cell,
        KIND,
        stem=stem,
        asks=stem,
        answer=cell.name,
        guess_chance=1 / (1 + len(lures)),
        antecedent=making.antecedent(cell),
        candidates=candidates,
        needs=needs,
    )


def _is_stopped(making: TableMaking, cell: Cell) -> bool:
    if is_bare(cell):
        making.stop(cell, Code.YES_OR_NO, f"“{cell.text}” alone does not tell a row.", KIND)
        return True
    if making.is_anyway(cell):
        return False
    if cell.says is Says.ANOTHER_ROW:
        making.stop(cell, Code.POINTER, f"“{cell.text}” names another row of the table.", KIND)
        return True
    if gives_away(cell.text, cell.name):
        making.stop(cell, Code.GIVEAWAY, f"“{cell.text}” holds the name of its row.", KIND)
        return True
    return False


def _candidates(making: TableMaking, column: Column, cell: Cell) -> tuple[Candidate, ...]:
    grid = making.grid
    seen = {grid.forms[cell.place]}
    places = []
    for place in making.near.of(cell.place, column):
        form = grid.forms[place]
        if column.cells[place].is_usable and form not in seen and not grid.is_same_name(cell.place, place):
            seen.add(form)
            places.append(place)

    def candidate_at(place: int) -> Candidate | None:
        other = column.cells[place]
        if _is_answer_too(making, column, cell, place) or not making.is_fair_name(cell, other, KIND):
            return None
        stem = column.reverse(other)
        similarity = making.near.similarity(cell.place, place)
        return Candidate(other.name, similarity, 0, making.table.key, stem, (other.thing,), True)

    return both_ends(places, candidate_at, is_same_name)


def _is_answer_too(making: TableMaking, column: Column, cell: Cell, place: int) -> bool:
    """Whether a row of the same name as the other one could be read as having the value."""
    namesakes = making.grid.namesakes(place)
    return len(namesakes) > 1 and any(is_unsafe_pair(cell.text, column.cells[other].text) for other in namesakes)
