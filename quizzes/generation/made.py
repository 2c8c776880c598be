"""Plain Python: one question of any kind as it is kept, with all that is needed to ask it at any time."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Self

from quizzes.generation.candidates import Candidate
from quizzes.generation.sources import Thing


class QuestionKind(StrEnum):
    """The ways of asking."""

    FORWARD = "forward"
    REVERSE = "reverse"
    WHICH_OF_TWO = "which-of-two"
    SELECT_ALL = "select-all"
    TYPED = "typed"
    TYPED_NAME = "typed-name"
    DECISION = "decision"
    LOOKUP = "lookup"
    REVERSED = "reversed"
    ORDER_BY = "order-by"
    REBUILD = "rebuild"


ONE_CHOICE = frozenset(
    {
        QuestionKind.FORWARD, QuestionKind.REVERSE, QuestionKind.WHICH_OF_TWO, QuestionKind.DECISION,
        QuestionKind.LOOKUP, QuestionKind.REVERSED,
    }
)  # fmt: skip
"""The kinds in which one of several options is right."""
WRITTEN = frozenset({QuestionKind.TYPED, QuestionKind.TYPED_NAME})
CLICKED = frozenset(QuestionKind) - WRITTEN
CHANCE_WHEN_TYPED = 0.02


@dataclass(frozen=True, slots=True)
class FactKey:
    """
    What identifies a fact: a value cell by its row's key and its column's header, or an authored question by its key.

    Row and header are those of the table as written, whatever way its kind makes it read.
    """

    table_key: str
    row_key: str = ""
    header: str = ""
    question_key: str = ""


@dataclass(frozen=True, slots=True)
class Judged:
    """
    One row of a question that shows several, or one cell to be put back.

    `value` is what stands there, `column` the column as asked. In select-all `is_right` says whether the row is to be
    ticked, in order-by `number` is what the rows are ordered by, in rebuild a placeholder has `is_fixed`.
    """

    name: str
    thing: Thing
    fact: FactKey
    column: str
    value: str
    is_right: bool = True
    number: float = 0.0
    is_fixed: bool = False

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """What `dataclasses.asdict` made of it, back again."""
        return cls(**{**stored, "thing": Thing(**stored["thing"]), "fact": FactKey(**stored["fact"])})


@dataclass(frozen=True, slots=True)
class Made:
    """
    One question.

    Its identity is `kind` and the one fact of `facts`; where there are several facts or none, `kind`, `table_key` and
    `about` (the column or aspect and the value, the column or aspect, nothing). `guess_chance` is that of a full set of
    options: the drawn set has its own. `column` is the column as asked, which decides the contrast; `asks` the words
    that a contrast is about (in `reversed` the answer whose question is looked for; a lure's `answer_to` is its own).
    `things` are the rows of the right answer, `subject` is the row asked about, or the row that holds the answer.
    `needs` are words that the right option shares with the stem: each must stand in a lure too. `accepted` are further
    texts that are right when typed. `rows` holds what select-all, order-by and rebuild show. `fixed_place` is that of
    the right option where options keep the order of the table.
    """

    kind: QuestionKind
    table_key: str
    facts: tuple[FactKey, ...]
    guess_chance: float
    context: str
    stem: str
    answer: str = ""
    antecedent: str = ""
    about: tuple[str, ...] = ()
    column: str = ""
    asks: str = ""
    subject: Thing | None = None
    things: tuple[Thing, ...] = ()
    has_own_row: bool = True
    neighbour: Thing | None = None
    candidates: tuple[Candidate, ...] = ()
    needs: tuple[str, ...] = ()
    accepted: tuple[str, ...] = ()
    rows: tuple[Judged, ...] = ()
    fixed_place: int | None = None

    @property
    def identity(self) -> tuple[str, ...]:
        """The same for the same question of the same document, whatever its texts and options; unique in a bank."""
        if self.about or len(self.facts) != 1:
            return (self.kind.value, self.table_key, *self.about)
        fact = self.facts[0]
        return (self.kind.value, fact.table_key, fact.row_key, fact.header, fact.question_key)

    def to_json(self) -> dict[str, Any]:
        """The question as plain values for a JSON field; what is empty is left out."""
        return {name: value for name, value in asdict(self).items() if value not in ("", (), None)}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """What `to_json` gave, as a question again."""
        made: dict[str, Any] = dict(stored)
        made["kind"] = QuestionKind(stored["kind"])
        made["facts"] = tuple(FactKey(**fact) for fact in stored.get("facts", ()))
        made["things"] = tuple(Thing(**thing) for thing in stored.get("things", ()))
        made["candidates"] = tuple(Candidate.from_json(each) for each in stored.get("candidates", ()))
        made["rows"] = tuple(Judged.from_json(row) for row in stored.get("rows", ()))
        for name in ("about", "needs", "accepted"):
            made[name] = tuple(stored.get(name, ()))
        for name in ("subject", "neighbour"):
            made[name] = Thing(**stored[name]) if stored.get(name) else None
        return cls(**made)
