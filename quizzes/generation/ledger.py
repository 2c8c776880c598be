"""Plain Python: what is not asked and what is not offered, with the reason. Nothing is left out in silence."""

from dataclasses import asdict, dataclass
from enum import StrEnum


class Code(StrEnum):
    """Why a question is not made or a lure not offered."""

    EMPTY = "R1"
    VAGUE = "R3"
    POINTER = "R4"
    TOO_FEW_LURES = "R6"
    TRUE_ELSEWHERE = "R8"
    TWO_ANSWERS = "R9"
    NEAR = "near"
    PIN = "pin"


@dataclass(frozen=True, slots=True)
class Skip:
    """
    One thing left out.

    With an empty `text` the question itself is not made; else `text` is the option that it never gets. `reason` is one
    plain sentence for the author.
    """

    table_key: str
    question_key: str
    code: Code
    text: str
    reason: str

    def to_json(self) -> dict[str, str]:
        """The skip as plain values."""
        return {**asdict(self), "code": self.code.value}
