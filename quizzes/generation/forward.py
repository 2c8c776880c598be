"""Plain Python: a row and a column in, the question what stands there out, with values of other rows to choose from."""

from collections.abc import Iterator

from quizzes.generation.candidates import FEWEST_LURES, LURES, Candidate
from quizzes.generation.choosing import Clash, both_ends, could_stand, fair_set
from quizzes.generation.grids import Cell, Column, Says, is_bare
from quizzes.generation.ledger import Code
from quizzes.generation.lending import Lending
from quizzes.generation.made import Made, QuestionKind
from quizzes.generation.making import TableMaking
from quizzes.generation.mentions import gives_away
from quizzes.generation.words import is_unsafe_pair

SHARED_BY_MOST = 0.6
FEWEST_SHARING = 3
BORROWED = 4
KIND = QuestionKind.FORWARD


def make_forward(making: TableMaking, lending: Lending, column: Column, cell: Cell) -> Made | None:
    """The question, or None with the reason in the ledger."""
    if making.is_hidden(cell, KIND) or _is_stopped(making, column, cell):
        return None
    stem = column.forward(cell)
    needs = making.needs(cell, stem, cell.text)
    candidates = _own(making, column, cell)
    lures = fair_set(cell.text, candidates)
    borrowed = _borrowed(making, lending, cell, candidates) if len(lures) < FEWEST_LURES and not is_bare(cell) else ()
    if borrowed or needs:
        candidates = (*candidates, *borrowed)
        lures = fair_set(cell.text, candidates, needs, most_lures(candidates))
    if not lures:
        making.stop(cell, *why_none(cell.text, candidates, needs), KIND)
        return None
    return making.made(
        cell,
        KIND,
        stem=stem,
        asks=stem,
        answer=cell.text,
        guess_chance=1 / (1 + len(lures)),
        candidates=candidates,
        needs=needs,
    )


def most_lures(candidates: tuple[Candidate, ...]) -> int:
    """How many wrong values are shown: a third one that comes from a strange table would be struck out at a glance."""
    return FEWEST_LURES if any(candidate.reach for candidate in candidates) else LURES


def why_none(
    right: str, candidates: tuple[Candidate, ...], needs: tuple[str, ...], clash: Clash = is_unsafe_pair
) -> tuple[Code, str]:
    """Why no two of these candidates can stand beside the right option."""
    if not could_stand(candidates, clash):
        return Code.TOO_FEW_LURES, "Fewer than two fair wrong answers were found."
    if needs and fair_set(right, candidates, clash=clash):
        return Code.GIVEAWAY, f"The words of the question give “{right}” away."
    return Code.STANDS_OUT, f"“{right}” would be the only long answer."


def contradicts_namesake(making: TableMaking, column: Column, cell: Cell) -> bool:
    """Whether another row of the same name says something else here, so that the question has two answers."""
    return any(column.forms[place] != column.forms[cell.place] for place in making.grid.namesakes(cell.place))


def _is_stopped(making: TableMaking, column: Column, cell: Cell) -> bool:
    if contradicts_namesake(making, column, cell):
        making.stop(cell, Code.TWO_ANSWERS, f"Two rows are called “{cell.name}” and differ here.", KIND)
        return True
    if cell.says is Says.ANOTHER_ROW and not making.is_anyway(cell):
        making.stop(cell, Code.POINTER, f"“{cell.text}” names another row of the table.", KIND)
        return True
    sharing = len(column.alike(cell))
    if sharing >= FEWEST_SHARING and sharing >= SHARED_BY_MOST * len(column.cells):
        making.stop(cell, Code.SHARED_BY_MOST, f"{sharing} of {len(column.cells)} rows have “{cell.text}” here.", KIND)
        return True
    if gives_away(cell.text, cell.name) and not making.is_anyway(cell):
        making.stop(cell, Code.GIVEAWAY, f"“{cell.text}” holds the name of its row.", KIND)
        return True
    return False


def _own(making: TableMaking, column: Column, cell: Cell) -> tuple[Candidate, ...]:
    seen = {column.forms[cell.place]}
    places = []
    for place in making.near.of(cell.place, column):
        form = column.forms[place]
        if column.cells[place].says is Says.VALUE and form not in seen:
            seen.add(form)
            places.append(place)

    def candidate_at(place: int) -> Candidate | None:
        other = column.cells[place]
        if not making.is_fair_value(cell, other, KIND):
            return None
        stem = column.forward(other)
        similarity = making.near.similarity(cell.place, place)
        return Candidate(other.text, similarity, 0, making.table.key, stem, (other.thing,), True)

    return both_ends(places, candidate_at)


def _borrowed(making: TableMaking, lending: Lending, cell: Cell, own: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    return tuple(found for found, _ in zip(_fair_loans(making, lending, cell, own), range(BORROWED), strict=False))


def _fair_loans(making: TableMaking, lending: Lending, cell: Cell, own: tuple[Candidate, ...]) -> Iterator[Candidate]:
    never = making.pins.never_borrowed(making.title)
    said = making.statements.words_of(cell.name)
    taken = [cell.text, *(candidate.text for candidate in own)]
    for loan in lending.values(making.table, cell.column, never):
        clashes = any(is_unsafe_pair(loan.text, text) for text in taken)
        if not clashes and loan.words and said.isdisjoint(loan.words) and not loan.is_pinned_for(making, cell):
            taken.append(loan.text)
            yield Candidate(loan.text, 0.0, loan.reach, loan.thing.table_key, "", (loan.thing,), True)
