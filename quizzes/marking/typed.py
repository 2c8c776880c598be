"""Plain Python: a typed answer and the right one in; whether it is right, a slip, partly right or another row out."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from quizzes.contrasts.columns import column_values
from quizzes.generation.sources import SourceTable, Thing
from quizzes.generation.words import comparable
from quizzes.marking.accepted import Accepted, Synonyms, ways_to_split
from quizzes.marking.spelling import Notation, any_order, folded, slips
from tables.reader.forms import is_placeholder

LONGEST = 500
"""Characters of a typed answer that are looked at; a cell has no more to type."""


class Outcome(StrEnum):
    """
    What a typed answer is.

    EMPTY and NEAR_MISS are no answer yet: the first is asked again, the second once, with nothing told but "almost".
    """

    RIGHT = "right"
    NEAR_MISS = "near miss"
    PARTLY = "partly right"
    ANOTHER_ROW = "another row"
    WRONG = "wrong"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class Rival:
    """
    A text that would be the answer to something else: a name or value of another row, or another question's answer.

    `thing` is that row (or column of an aspect table), None where the text is no row's.
    """

    text: str
    thing: Thing | None = None
    is_code: bool = False


@dataclass(frozen=True)
class Expected:
    """
    The right text of one question, and all that decides about another one.

    `asked` is the stem; `also` are the author's further texts for this very question. `synonyms` come from
    `quizzes.marking.accepted.synonyms_in`, `extras` from its `Lists`.
    """

    text: str
    rivals: Sequence[Rival] = ()
    synonyms: Synonyms = field(default_factory=dict)
    also: Sequence[str] = ()
    extras: Sequence[str] = ()
    notation: Notation = Notation.TEXT
    asked: str = ""

    @cached_property
    def right(self) -> Accepted:
        """How the right text may be typed."""
        form = comparable(self.text)
        synonyms = {**self.synonyms, form: (*self.synonyms.get(form, ()), *self.also)} if self.also else self.synonyms
        return Accepted(self.text, self.notation, synonyms, self.asked)

    @cached_property
    def others(self) -> list[tuple[Rival, Accepted]]:
        """The rivals that say something else, with how they may be typed."""
        found = [(rival, self._accepted(rival)) for rival in self.rivals if not is_placeholder(rival.text)]
        return [(rival, accepted) for rival, accepted in found if not self.right.is_same_as(accepted)]

    def _accepted(self, rival: Rival) -> Accepted:
        is_like = self.notation is not Notation.CODE or rival.is_code
        return Accepted(rival.text, self.notation if is_like else Notation.TEXT, self.synonyms)


@dataclass(frozen=True, slots=True)
class Judgement:
    """
    What became of a typed answer.

    `missing` are parts of the right list that were not typed, `surplus` typed parts that belong to no such list, both
    as written. `chosen` is the rival whose text it is: its row is the one that was chosen.
    """

    outcome: Outcome
    missing: tuple[str, ...] = ()
    surplus: tuple[str, ...] = ()
    chosen: Rival | None = None


@dataclass(frozen=True, slots=True)
class _Listed:
    """A typed list held against the right one."""

    matched: int = 0
    slipped: int = 0
    missing: tuple[str, ...] = ()
    surplus: tuple[str, ...] = ()

    @property
    def is_complete(self) -> bool:
        return self.matched > 0 and not (self.slipped or self.missing or self.surplus)

    @property
    def is_near(self) -> bool:
        return self.slipped > 0 and not (self.missing or self.surplus)

    @property
    def is_partly(self) -> bool:
        return self.matched + self.slipped > 0 and bool(self.missing) and not self.surplus


def check_typed(given: str, expected: Expected) -> Judgement:
    """
    Judge what was typed against the right text.

    What another row is called, or has, is never a slip. Costs grow with the rivals, unless it is right at once.
    """
    given = given.strip()[:LONGEST]
    if is_placeholder(given) or not folded(given):
        return Judgement(Outcome.EMPTY)
    if folded(given, expected.notation) in expected.right.whole:
        return Judgement(Outcome.RIGHT)
    other = _claimed(given, expected)
    listed = _against_list(given, expected)
    if other is None and (_is_right_in_short(given, expected) or listed.is_complete):
        return Judgement(Outcome.RIGHT)
    if listed.is_partly:
        return Judgement(Outcome.PARTLY, listed.missing, chosen=other)
    if other := other or _claimed_loosely(given, expected):
        return Judgement(Outcome.ANOTHER_ROW, listed.missing, listed.surplus, other)
    if listed.is_near or _is_near(given, expected):
        return Judgement(Outcome.NEAR_MISS)
    return Judgement(Outcome.WRONG, listed.missing, listed.surplus)


def rivals_of_value(table: SourceTable, asked: Thing, column: str) -> tuple[Rival, ...]:
    """What else could be typed where a value is asked: that column's values of all other things, then their names."""
    others = [(name, thing) for name, thing in table.things() if thing != asked]
    values = dict(column_values(table, column))
    return (
        *(Rival(values[thing], thing) for _, thing in others if thing in values),
        *(Rival(name, thing) for name, thing in others),
    )


def rivals_of_name(table: SourceTable, asked: Thing) -> tuple[Rival, ...]:
    """What else could be typed where a name is asked: the names of all other things."""
    return tuple(Rival(name, thing) for name, thing in table.things() if thing != asked)


def _claimed(given: str, expected: Expected) -> Rival | None:
    """The rival whose text it is in full; else one that is called so for short, unless the right text is too."""
    for rival, accepted in expected.others:
        if folded(given, accepted.notation) in accepted.whole:
            return rival
    if folded(given, expected.notation) in expected.right.short:
        return None
    return next((rival for rival, one in expected.others if folded(given, one.notation) in one.short), None)


def _is_right_in_short(given: str, expected: Expected) -> bool:
    form = folded(given, expected.notation)
    if form in expected.right.short:
        return not any(form in accepted.short for _, accepted in expected.others)
    return expected.notation is Notation.TEXT and _has_same_words(given, expected.text)


def _claimed_loosely(given: str, expected: Expected) -> Rival | None:
    """The rival whose words, or whose parts of a list, stand in another order in what was typed."""
    typed = Accepted(given)
    return next(
        (rival for rival, one in expected.others if _has_same_words(given, rival.text) or typed.is_same_as(one)), None
    )


def _has_same_words(one: str, other: str) -> bool:
    return bool(any_order(one)) and any_order(one) == any_order(other)


def _is_near(given: str, expected: Expected) -> bool:
    """Whether it is a slip of the right text, and not as much one of a rival's."""
    mine = _fewest_slips(given, expected.right)
    if mine is None:
        return False
    return all((theirs := _fewest_slips(given, one)) is None or theirs > mine for _, one in expected.others)


def _fewest_slips(given: str, accepted: Accepted) -> int | None:
    counts = (slips(given, text, accepted.notation) for text in (*accepted.texts, *accepted.short_texts))
    return min((count for count in counts if count is not None), default=None)


def _against_list(given: str, expected: Expected) -> _Listed:
    """The split of what was typed that finds most parts of the right list; nothing at all if it is no list."""
    if not expected.right.parts:
        return _Listed()
    ways = [_matched(pieces, expected) for pieces in ways_to_split(given)]
    ways = [way for way in ways if way.matched + way.slipped]
    return max(ways, key=lambda way: (way.matched + way.slipped, way.matched, -len(way.surplus)), default=_Listed())


def _matched(pieces: Sequence[str], expected: Expected) -> _Listed:
    parts = expected.right.parts
    welcome = {folded(extra) for extra in expected.extras}
    exact: set[str] = set()
    near: set[str] = set()
    surplus: list[str] = []
    for piece in pieces:
        if same := next((part.text for part in parts if folded(piece) in part.forms), ""):
            exact.add(same)
        elif folded(piece) in welcome:
            continue
        elif alike := next((part.text for part in parts if _fewest_slips(piece, part)), ""):
            near.add(alike)
        else:
            surplus.append(piece)
    near -= exact
    missing = tuple(part.text for part in parts if part.text not in exact | near)
    return _Listed(len(exact), len(near), missing, tuple(surplus))
