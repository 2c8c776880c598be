"""Plain Python: one question of any kind as it is kept, with all that is needed to ask it at any time."""

from collections.abc import Mapping
from dataclasses import dataclass
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

    def to_json(self, home: str = "") -> dict[str, str]:
        """Plain values for a JSON field; what is empty is left out, and the table where it is `home`."""
        stored = {} if self.table_key == home else {"table_key": self.table_key}
        for name in ("row_key", "header", "question_key"):
            if value := getattr(self, name):
                stored[name] = value
        return stored

    @classmethod
    def from_json(cls, stored: Mapping[str, str], home: str = "") -> Self:
        """What `to_json` gave, back again."""
        return cls(**{"table_key": home, **stored})


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

    def to_json(self, home: str = "") -> dict[str, Any]:
        """Plain values for a JSON field; what is usual is left out, and the table where it is `home`."""
        stored: dict[str, Any] = {
            "name": self.name,
            "thing": self.thing.to_json(home),
            "fact": self.fact.to_json(home),
            "column": self.column,
            "value": self.value,
        }
        if not self.is_right:
            stored["is_right"] = False
        if self.number:
            stored["number"] = self.number
        if self.is_fixed:
            stored["is_fixed"] = True
        return stored

    @classmethod
    def from_json(cls, stored: Mapping[str, Any], home: str = "") -> Self:
        """What `to_json`, or `dataclasses.asdict`, made of it, back again."""
        thing, fact = Thing.from_json(stored["thing"], home), FactKey.from_json(stored["fact"], home)
        return cls(**{**stored, "thing": thing, "fact": fact})


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
        """
        The question as plain values for a JSON field; what is empty or usual is left out.

        Usual is that it `asks` its stem, that its subject is its only thing, and its own table of all it is made of.
        """
        home = self.table_key
        stored: dict[str, Any] = {"kind": self.kind.value, "table_key": home, "guess_chance": self.guess_chance}
        for name in PLAIN:
            if value := getattr(self, name):
                stored[name] = value
        for name in TEXTS:
            if texts := getattr(self, name):
                stored[name] = list(texts)
        for name in PARTS:
            if parts := getattr(self, name):
                stored[name] = [part.to_json(home) for part in parts]
        for name in THINGS:
            if thing := getattr(self, name):
                stored[name] = thing.to_json(home)
        if not self.has_own_row:
            stored["has_own_row"] = False
        if self.asks != self.stem:
            stored["asks"] = self.asks
        if self.subject and self.things == (self.subject,):
            del stored["things"]
        if self.fixed_place is not None:
            stored["fixed_place"] = self.fixed_place
        return stored

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """What `to_json` gave, as a question again."""
        made, home = dict(stored), stored["table_key"]
        made["kind"] = QuestionKind(stored["kind"])
        for name in TEXTS:
            made[name] = tuple(stored.get(name, ()))
        for name, part in PARTS.items():
            made[name] = tuple(part.from_json(each, home) for each in stored.get(name, ()))
        for name in THINGS:
            made[name] = Thing.from_json(stored[name], home) if stored.get(name) else None
        made.setdefault("asks", stored.get("stem", ""))
        if made["subject"] and not made["things"]:
            made["things"] = (made["subject"],)
        return cls(**made)


PLAIN = ("context", "stem", "answer", "antecedent", "column")
TEXTS = ("about", "needs", "accepted")
THINGS = ("subject", "neighbour")
PARTS: Mapping[str, type[FactKey | Thing | Candidate | Judged]] = {
    "facts": FactKey, "things": Thing, "candidates": Candidate, "rows": Judged,
}  # fmt: skip
