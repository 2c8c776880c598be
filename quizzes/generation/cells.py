"""Plain Python: a table in, all questions that its cells allow out; the ledger says why not more."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from quizzes.generation.forward import make_forward
from quizzes.generation.grids import Cell, Column, Says
from quizzes.generation.ledger import Code, Skip
from quizzes.generation.lending import Lending
from quizzes.generation.made import Made, QuestionKind
from quizzes.generation.making import TableMaking
from quizzes.generation.order_by import make_order_by
from quizzes.generation.rebuild import make_rebuild
from quizzes.generation.reverse import make_reverse
from quizzes.generation.select_all import make_select_alls
from quizzes.generation.typed import NameWriting, make_typed
from quizzes.generation.which_of_two import make_which_of_two
from quizzes.generation.wording import Wording, wording_of
from quizzes.generation.words import comparable

PAIR = 2
WHY = {
    Says.NOTHING: (Code.EMPTY, "There is no value."),
    Says.ANYTHING: (Code.VAGUE, "It could be said of anything."),
    Says.POINTER: (Code.POINTER, "It only points at another row."),
}


def questions_of_cells(making: TableMaking, lending: Lending) -> Iterator[Made]:
    """Every fair question of a table of things: column by column, then the rows in order, then the whole table."""
    for thing in making.grid.nameless:
        reason = "Its row has no name that means it."
        making.skips.append(
            Skip(making.table.key, "", Code.EMPTY, "", reason, row_key=thing.row_key, header=thing.header)
        )
    named = Counter(comparable(column.name) for column in making.grid.columns)
    for column in making.grid.columns:
        if named[comparable(column.name)] > 1:
            for cell in column.cells:
                making.stop(cell, Code.TWO_ANSWERS, f"“{column.name}” stands here twice.")
            continue
        pinned = making.pins.wording(making.title, column.name)
        column.wording = wording_of(
            column.name, [cell.text for cell in column.usable], Wording(*pinned) if pinned else None
        )
        yield from _of_column(making, lending, column)
    rebuilt = make_rebuild(making)
    if rebuilt:
        yield rebuilt


def _of_column(making: TableMaking, lending: Lending, column: Column) -> Iterator[Made]:
    count = len(making.grid.things)
    for cell in column.cells:
        if cell.says in WHY and not _is_anyway(making, cell):
            making.stop(cell, *WHY[cell.says])
    if count == PAIR:
        yield from _of_pair(making, column)
        return
    if column.is_yes_no:
        yield from make_select_alls(making, column)
        return
    usable = column.usable
    names = NameWriting(making, column)
    for cell in column.cells:
        if not cell.is_usable and not _is_anyway(making, cell):
            continue
        asked = cell if cell.is_usable else replace(cell, says=Says.VALUE)
        if len(usable) == PAIR and cell.is_usable:
            yield from _of_two_usable(making, column, names, cell)
        else:
            yield from _of_cell(making, lending, column, names, asked)
    yield from make_select_alls(making, column)
    ordered = make_order_by(making, column)
    if ordered:
        yield ordered


def _is_anyway(making: TableMaking, cell: Cell) -> bool:
    return cell.says in {Says.ANYTHING, Says.POINTER} and making.is_anyway(cell)


def _of_cell(making: TableMaking, lending: Lending, column: Column, names: NameWriting, cell: Cell) -> Iterator[Made]:
    reverse = make_reverse(making, column, cell)
    named = names.make(cell) if reverse else None
    made = (make_forward(making, lending, column, cell), reverse, make_typed(making, column, cell), named)
    yield from (question for question in made if question)


def _of_two_usable(making: TableMaking, column: Column, names: NameWriting, cell: Cell) -> Iterator[Made]:
    """A column in which only two rows have a value: asked as which of two, since forward would be the same choice."""
    other = next(each for each in column.usable if each.place != cell.place)
    reason = "Only two rows have a value here."
    making.stop(cell, Code.TOO_FEW_LURES, reason, QuestionKind.FORWARD)
    chosen = make_which_of_two(making, column, cell, other)
    named = names.make(cell) if chosen else None
    made = (chosen, make_typed(making, column, cell), named)
    yield from (question for question in made if question)


def _of_pair(making: TableMaking, column: Column) -> Iterator[Made]:
    """The questions of one column of a table of two things. What cannot be a choice is typed."""
    one, other = column.cells
    for cell, opposite in ((one, other), (other, one)):
        if not cell.is_usable:
            continue
        if opposite.says is Says.NOTHING:
            making.stop(cell, Code.EMPTY, f"{opposite.name} has no value here.")
            continue
        if opposite.is_usable:
            made = make_which_of_two(making, column, cell, opposite)
        else:
            made = None
            making.stop(cell, Code.TOO_FEW_LURES, f"“{opposite.text}” could be the same.", QuestionKind.WHICH_OF_TWO)
        made = made or make_typed(making, column, cell)
        if made:
            yield made
