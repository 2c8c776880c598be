"""Plain Python: a column of numbers in, the task to order rows by it out."""

import re
import unicodedata

from quizzes.generation.grids import Column
from quizzes.generation.made import Judged, Made, QuestionKind
from quizzes.generation.making import TableMaking
from quizzes.generation.wording import order_stem
from quizzes.generation.words import comparable

FEWEST = 3
SHOWN = 5
ROWS_KEPT = 40
FACTORIALS = {3: 6, 4: 24, 5: 120}
_QUANTITY = re.compile(r"(?P<before>[$€£¥]?)\s*(?P<number>[-−]?\d[\d,\u202f\u00a0 ]*(?:\.\d+)?)\s*(?P<unit>[^\d<>~]*)")


def make_order_by(making: TableMaking, column: Column) -> Made | None:
    """The task; None unless every cell is one number of one unit, all different, in three rows or more."""
    cells = column.cells
    found = [_quantity(cell.text) for cell in cells]
    quantities = [quantity for quantity in found if quantity]
    units = {unit for unit, _ in quantities}
    numbers = {number for _, number in quantities}
    if len(cells) < FEWEST or len(units) != 1 or len(numbers) != len(cells) or _is_hidden(making, column):
        return None
    if len({comparable(cell.name) for cell in cells}) < len(cells):
        return None
    step = max(1, len(cells) / ROWS_KEPT)
    kept = [int(place * step) for place in range(min(ROWS_KEPT, len(cells)))]
    rows = [
        Judged(cells[place].name, cells[place].thing, cells[place].fact, column.name, cells[place].text, number=number)
        for place in kept
        for _, number in [quantities[place]]
    ]
    return Made(
        kind=QuestionKind.ORDER_BY,
        table_key=making.table.key,
        facts=tuple(row.fact for row in rows),
        guess_chance=1 / FACTORIALS[min(SHOWN, len(rows))],
        context=making.title,
        stem=order_stem(column.name),
        about=(column.key,),
        column=column.name,
        asks=column.name,
        rows=tuple(rows),
    )


def _is_hidden(making: TableMaking, column: Column) -> bool:
    hidden = making.pins.hidden(making.title, column.name)
    return "" in hidden or QuestionKind.ORDER_BY.value in hidden


def _quantity(text: str) -> tuple[str, float] | None:
    """Unit and number of a text that is nothing else: no range, no bound, no remark."""
    found = _QUANTITY.fullmatch(unicodedata.normalize("NFKC", text.strip()))
    if not found or len(found["unit"].split()) > 2:
        return None
    digits = re.sub(r"[, \u202f\u00a0]", "", found["number"]).replace("−", "-")
    return found["before"] + comparable(found["unit"]), float(digits)
