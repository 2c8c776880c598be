"""Plain Python: what is not asked and what is not offered, with the reason. Nothing is left out in silence."""

from dataclasses import asdict, dataclass
from enum import StrEnum


class Code(StrEnum):
    """Why a question is not made or a lure not offered."""

    EMPTY = "R1"
    BOTH_THE_SAME = "R2"
    VAGUE = "R3"
    POINTER = "R4"
    GIVEAWAY = "R5"
    TOO_FEW_LURES = "R6"
    YES_OR_NO = "R7"
    TRUE_ELSEWHERE = "R8"
    TWO_ANSWERS = "R9"
    SHARED_BY_MOST = "R12"
    STANDS_OUT = "R13"
    UNREACHED = "R14"
    NEAR = "near"
    PIN = "pin"
    TOO_LONG = "size"


@dataclass(frozen=True, slots=True)
class Skip:
    """
    One thing left out.

    With an empty `text` the question itself is not made; else `text` is the option that it never gets. `reason` is one
    plain sentence for the author. What is made from cells has no `question_key` but a `kind` (empty: no question of any
    kind), the name of its `row` (empty: a whole column), its `column` and `value`, and where it is one cell the keys.
    """

    table_key: str
    question_key: str
    code: Code
    text: str
    reason: str
    kind: str = ""
    row: str = ""
    column: str = ""
    value: str = ""
    row_key: str = ""
    header: str = ""

    def to_json(self) -> dict[str, str]:
        """The skip as plain values."""
        return {**asdict(self), "code": self.code.value}
