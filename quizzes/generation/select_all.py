"""Plain Python: a value that several rows share in, the task to tick them all out."""

from collections.abc import Iterable, Sequence

from quizzes.generation.forward import SHARED_BY_MOST
from quizzes.generation.grids import Cell, Column, Says
from quizzes.generation.ledger import Code
from quizzes.generation.made import Judged, Made, QuestionKind
from quizzes.generation.making import TableMaking
from quizzes.generation.values import says_yes, says_yes_or_no
from quizzes.generation.wording import select_all_stem
from quizzes.generation.words import comparable, is_same_name

FEWEST_ROWS = 3
MOST_RIGHT = 2 / 3
"""Of the rows shown: where near rows fall out, 60% of the table may be all of what is left."""
ROWS_KEPT = 12
"""Of either sort; a long table shows a sample of those that share a value."""
ROWS_LOOKED_AT = 40
KIND = QuestionKind.SELECT_ALL


def make_select_alls(making: TableMaking, column: Column) -> list[Made]:
    """One question for each value that two rows or more share, or a reason in the ledger."""
    if column.is_yes_no:
        return _for_yes(making, column)
    shared = [cells for cells in column.sharing.values() if len(cells) > 1]
    made = (_for_value(making, column, cells) for cells in shared)
    return [question for question in made if question]


def _for_yes(making: TableMaking, column: Column) -> list[Made]:
    yes = column.yes_cells()
    no = [cell for cell in column.cells if says_yes_or_no(cell.text) and not says_yes(cell.text)]
    doubtful = {comparable(cell.name) for cell in yes} & {comparable(cell.name) for cell in no}
    right, wrong = ([cell for cell in cells if comparable(cell.name) not in doubtful] for cells in (yes, no))
    question = _made(making, column, "Yes", right, wrong) if right else None
    if not right:
        making.stop_column(column, Code.SHARED_BY_MOST, "No row says yes here.", KIND, "Yes")
    return [question] if question else []


def _for_value(making: TableMaking, column: Column, right: list[Cell]) -> Made | None:
    names = {comparable(cell.name) for cell in right}
    others = [column.cells[place] for place in sorted(making.near.of(right[0].place, column))]
    others = [other for other in others if other.says is Says.VALUE and comparable(other.name) not in names]
    wrong = [other for other in others if making.is_fair_name(right[0], other, KIND)]
    return _made(making, column, right[0].text, right, wrong)


def _made(making: TableMaking, column: Column, value: str, right: Sequence[Cell], wrong: Sequence[Cell]) -> Made | None:
    if making.is_hidden(right[0], KIND):
        return None
    shown, wrong = _once(right), _apart(wrong, right[:ROWS_KEPT])
    stopped = _why_not(len(right), len(column.cells), len(shown), len(wrong))
    if stopped:
        making.stop_column(column, *stopped, KIND, value)
        return None
    right, wrong = _some(shown), _some(wrong)
    both = sorted((*right, *wrong), key=lambda cell: cell.place)
    stem = select_all_stem(column=column.name, value=value)
    return Made(
        kind=KIND,
        table_key=making.table.key,
        facts=tuple(cell.fact for cell in (both if column.is_yes_no else right)),
        guess_chance=1 / (2 ** len(both) - 1),
        context=making.title,
        stem=stem,
        antecedent=making.antecedent(right[0]),
        about=(column.key, comparable(value)),
        column=column.name,
        asks=stem,
        things=tuple(cell.thing for cell in right),
        rows=tuple(Judged(cell.name, cell.thing, cell.fact, column.name, cell.text, cell in right) for cell in both),
    )


def _why_not(sharing: int, rows: int, right: int, wrong: int) -> tuple[Code, str] | None:
    if sharing > SHARED_BY_MOST * rows:
        return Code.SHARED_BY_MOST, f"{sharing} of {rows} rows have it: ticking all would be a good guess."
    if not wrong or right + wrong < FEWEST_ROWS:
        return Code.TOO_FEW_LURES, "Fewer than three rows can be judged."
    if right > MOST_RIGHT * (right + wrong):
        return Code.SHARED_BY_MOST, f"{right} of the {right + wrong} rows that can be judged have it."
    return None


def _once(cells: Iterable[Cell]) -> list[Cell]:
    """The first of each name."""
    return list({comparable(cell.name): cell for cell in reversed(list(cells))}.values())[::-1]


def _apart(cells: Sequence[Cell], right: Sequence[Cell]) -> list[Cell]:
    """The cells whose names could not be taken for one of the right ones, or for one another."""
    apart: list[Cell] = []
    for cell in cells:
        if len(apart) < ROWS_LOOKED_AT and not any(is_same_name(cell.name, other.name) for other in (*right, *apart)):
            apart.append(cell)
    return apart


def _some(cells: Sequence[Cell]) -> list[Cell]:
    step = max(1, len(cells) / ROWS_KEPT)
    return [cells[int(number * step)] for number in range(min(ROWS_KEPT, len(cells)))]
