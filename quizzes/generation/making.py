"""Plain Python: what the makers of questions share: the guide, the author's pins, and the ledger they write."""

from dataclasses import dataclass, field
from functools import cached_property

from quizzes.generation.candidates import Candidate
from quizzes.generation.choosing import shared_words
from quizzes.generation.grids import Cell, Column, Grid
from quizzes.generation.index import Index
from quizzes.generation.ledger import Code, Skip
from quizzes.generation.made import Made, QuestionKind
from quizzes.generation.neighbourhood import Neighbourhood
from quizzes.generation.pins import Pins
from quizzes.generation.statements import Statements
from quizzes.generation.words import comparable, is_unsafe_pair


@dataclass(slots=True)
class Making:
    """The guide whose questions are being made, and what was left out so far."""

    index: Index
    statements: Statements
    pins: Pins
    skips: list[Skip] = field(default_factory=list)


class TableMaking:
    """The same for one of its tables."""

    def __init__(self, making: Making, grid: Grid) -> None:
        self.index = making.index
        self.statements = making.statements
        self.pins = making.pins
        self.skips = making.skips
        self.grid = grid
        self.table = grid.table
        self.title = grid.table.title
        self.near = Neighbourhood(making.index, grid)

    def stop(self, cell: Cell, code: Code, reason: str, kind: QuestionKind | None = None) -> None:
        """Note that a cell is not asked, or not in this kind."""
        self._note(cell, code, "", reason, kind)

    def stop_column(self, column: Column, code: Code, reason: str, kind: QuestionKind, value: str = "") -> None:
        """Note that a column, or one value shared in it, is not asked in this kind."""
        skip = Skip(self.table.key, "", code, "", reason, kind=kind.value, column=column.name, value=value)
        self.skips.append(skip)

    @cached_property
    def known_beyond(self) -> frozenset[int]:
        """The places of the things of which another table, or a question of another, speaks."""
        names = enumerate(self.grid.names)
        return frozenset(place for place, name in names if self.statements.speak_of(name, self.table.key))

    def is_barred(self, prompt: str) -> bool:
        """Whether the author bars anything from the options of this value or question."""
        return bool(self.pins.never_offered(self.title, prompt))

    def is_anyway(self, cell: Cell) -> bool:
        """Whether the author wants the cell asked although a rule says no."""
        return self.pins.asked_anyway(self.title, *prompts_of(cell))

    def is_hidden(self, cell: Cell, kind: QuestionKind) -> bool:
        """Whether the author has hidden this question; noted where so."""
        if not self.pins.hide:
            return False
        hidden = self.pins.hidden(self.title, *prompts_of(cell))
        reason = hidden.get("", hidden.get(kind.value))
        if reason is not None:
            self.stop(cell, Code.PIN, reason or "The author has hidden it.", kind)
        return reason is not None

    def is_fair_name(self, cell: Cell, other: Cell, kind: QuestionKind) -> bool:
        """Whether the name of another row is wrong when asked which row has this cell's value."""
        if is_unsafe_pair(cell.text, other.text):
            return False
        reason = self.pins.bar and self._never(cell.text, other.name)
        if reason:
            self._note(cell, Code.PIN, other.name, reason, kind)
            return False
        if other.place not in self.known_beyond:
            return True
        said = self.statements.elsewhere(other.name, cell.text, self.table.key)
        if said is None or self.is_anyway(cell):
            return True
        self._note(cell, Code.TRUE_ELSEWHERE, other.name, said.where, kind)
        return False

    def is_fair_value(self, cell: Cell, other: Cell, kind: QuestionKind) -> bool:
        """Whether the value of another row is wrong when asked what this cell's row has."""
        if is_unsafe_pair(cell.text, other.text):
            return False
        reason = self.pins.bar and (self._never(cell.text, other.name) or self._never(other.text, cell.name))
        if reason:
            self._note(cell, Code.PIN, other.text, reason, kind)
            return False
        if cell.place not in self.known_beyond:
            return True
        said = self.statements.elsewhere(cell.name, other.text, self.table.key)
        if said is None or self.is_anyway(cell):
            return True
        self._note(cell, Code.TRUE_ELSEWHERE, other.text, said.where, kind)
        return False

    def made(
        self,
        cell: Cell,
        kind: QuestionKind,
        *,
        stem: str,
        asks: str,
        answer: str,
        guess_chance: float,
        antecedent: str = "",
        candidates: tuple[Candidate, ...] = (),
        needs: tuple[str, ...] = (),
        accepted: tuple[str, ...] = (),
    ) -> Made:
        """A question about one cell, whose neighbour is the row most like the cell's."""
        neighbour = self.near.nearest(cell.place)
        return Made(
            kind=kind,
            table_key=self.table.key,
            facts=(cell.fact,),
            guess_chance=guess_chance,
            context=self.title,
            stem=stem,
            answer=answer,
            antecedent=antecedent,
            column=cell.column,
            asks=asks,
            subject=cell.thing,
            things=(cell.thing,),
            neighbour=None if neighbour is None else self.grid.things[neighbour],
            candidates=candidates,
            needs=needs,
            accepted=accepted,
        )

    def needs(self, cell: Cell, stem: str, right: str) -> tuple[str, ...]:
        """The words that a lure must share with the stem as the right option does; none where the author waives it."""
        return () if self.is_anyway(cell) else shared_words(stem, right)

    def antecedent(self, cell: Cell) -> str:
        """What the value leaves unsaid, if the author says."""
        return self.pins.antecedent(self.title, cell.text)

    def accepted(self, cell: Cell) -> tuple[str, ...]:
        """Further texts that are right when the value is typed."""
        return self.pins.accepted(self.title, *prompts_of(cell))

    def _never(self, prompt: str, text: str) -> str:
        pinned = self.pins.never_offered(self.title, prompt)
        form = comparable(text)
        return (pinned[form] or "The author says so.") if form in pinned else ""

    def _note(self, cell: Cell, code: Code, text: str, reason: str, kind: QuestionKind | None) -> None:
        self.skips.append(
            Skip(
                self.table.key, "", code, text, reason, kind=kind.value if kind else "", row=cell.name,
                column=cell.column, value=cell.text, row_key=cell.fact.row_key, header=cell.fact.header,
            )
        )  # fmt: skip


def prompts_of(cell: Cell) -> tuple[str, str]:
    """The texts by which a pin may mean this cell: its value, or its row and column."""
    return cell.text, f"{cell.name} / {cell.column}"
