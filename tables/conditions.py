"""Plain Python: what is asked of one column of a table, and whether a cell's text answers it."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from tables.reader.forms import compare_form, fold, is_placeholder
from tables.sorting import measures


class How(StrEnum):
    """The ways to ask, as an address spells them."""

    HAS = "has"
    IS = "is"
    NOT = "not"
    STARTS = "starts"
    NONE = "none"
    OVER = "over"
    UNDER = "under"

    @property
    def words(self) -> str:
        """For readers, between the name of a column and what its cells are held against."""
        return WORDS[self]


WORDS = {
    How.HAS: "contains",
    How.IS: "is",
    How.NOT: "is not",
    How.STARTS: "starts with",
    How.NONE: "has no value",
    How.OVER: "is more than",
    How.UNDER: "is less than",
}
OF_NUMBERS = frozenset({How.OVER, How.UNDER})


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing asked of a column, by its slug; `text` is what a cell is held against, empty only for "none"."""

    column: str
    how: How
    text: str = ""

    @property
    def value(self) -> str:
        """As an address spells it: "over:2000"."""
        return f"{self.how}:{self.text}"

    @property
    def words(self) -> str:
        """For readers, after the name of the column: "is more than 2000"."""
        return f"{self.how.words} {self.text}".rstrip()


def test_of(condition: Condition) -> Callable[[str], bool]:
    """
    Whether the text of a cell answers the condition.

    Texts are compared without regard to case and accents, a placeholder holds none. Numbers are compared by their
    sizes, with units and bounds ("<100MB" is less than 100MB); a cell that is none is neither more nor less.
    """
    wanted, form = fold(condition.text), compare_form(condition.text)

    def is_over(text: str) -> bool | None:
        sizes = measures([text, condition.text])
        return sizes[0] > sizes[1] if sizes and sizes[0] != sizes[1] else None

    tests: dict[How, Callable[[str], bool]] = {
        How.HAS: lambda text: not is_placeholder(text) and wanted in fold(text),
        How.IS: lambda text: compare_form(text) == form,
        How.NOT: lambda text: compare_form(text) != form,
        How.STARTS: lambda text: not is_placeholder(text) and fold(text).startswith(wanted),
        How.NONE: is_placeholder,
        How.OVER: lambda text: is_over(text) is True,
        How.UNDER: lambda text: is_over(text) is False,
    }
    return tests[condition.how]


def is_number(text: str) -> bool:
    """Whether cells can be more or less than this."""
    return bool(measures([text]))
