"""Plain Python: a table in, the task to put its values back out."""

from quizzes.generation.grids import Says
from quizzes.generation.ledger import Code, Skip
from quizzes.generation.made import Judged, Made, QuestionKind
from quizzes.generation.making import TableMaking
from quizzes.generation.wording import REBUILD_STEM

FEWEST = 2
MOST_THINGS = 40
KIND = QuestionKind.REBUILD


def make_rebuild(making: TableMaking) -> Made | None:
    """The task; None for a table of one row or one column of values, or for one that fits no page."""
    grid = making.grid
    if len(grid.things) < FEWEST or len(grid.columns) < FEWEST:
        return None
    if len(grid.things) > MOST_THINGS:
        reason = f"A table of {len(grid.things)} rows is too long to be put together on one page."
        making.skips.append(Skip(making.table.key, "", Code.TOO_LONG, "", reason, kind=KIND.value))
        return None
    cells = [column.cells[place] for place in range(len(grid.things)) for column in grid.columns]
    rows = tuple(
        Judged(cell.name, cell.thing, cell.fact, cell.column, cell.text, is_fixed=cell.says is Says.NOTHING)
        for cell in cells
    )
    return Made(
        kind=KIND,
        table_key=making.table.key,
        # Vague and pointing cells may be placed, but have no memory.
        facts=tuple(cell.fact for cell in cells if cell.is_usable),
        guess_chance=1 / max(len({cell.text for cell in column.cells}) for column in grid.columns),
        context=making.title,
        stem=REBUILD_STEM,
        about=("table",),
        asks=making.title,
        rows=rows,
    )
