"""Plain Python: graded answers in; which rows a learner takes for which, how often, and when that is over, out."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from quizzes.contrasts.cards import Contrast, Layout, Role
from quizzes.generation.sources import Thing

FEWEST = 2.0
"""Mix-ups from which a pair is listed."""
RIGHT_DAYS = 2
"""Days with a right answer after which a count is halved."""


@dataclass(frozen=True, slots=True)
class MixUp:
    """Two things of one table in one direction: `asked` was asked or would have been right, `said` was answered."""

    asked: Thing
    said: Thing

    @property
    def reversed(self) -> "MixUp":
        """The same two the other way round."""
        return MixUp(self.said, self.asked)


@dataclass(frozen=True, slots=True)
class Tally:
    """
    How often one learner mixed up two things in one direction.

    `right_days` are the days with a right answer since the count was last halved, 0 or 1; `last_right_on` the last.
    `is_told` says that the contrast of the two was opened after a right answer since they were last mixed up.
    """

    count: float = 0.0
    right_days: int = 0
    last_right_on: date | None = None
    is_told: bool = False

    def with_mix_up(self) -> "Tally":
        """The tally after one more mix-up. Right days are kept: what was known once is not forgotten by a slip."""
        return replace(self, count=self.count + 1, is_told=False)

    def with_right(self, on: date) -> "Tally":
        """The tally after a right answer on a day; a second one on that day, or one of an earlier day, adds nothing."""
        if self.last_right_on is not None and on <= self.last_right_on:
            return self
        days = self.right_days + 1
        if days < RIGHT_DAYS:
            return replace(self, right_days=days, last_right_on=on)
        return replace(self, count=self.count / 2, right_days=0, last_right_on=on)


Tallies = Mapping[MixUp, Tally]


@dataclass(frozen=True, slots=True)
class Pair:
    """
    Two things that a learner mixes up; `one` was the one asked when they were first mixed up.

    `one_as_other` counts how often `other` was said for `one`, `other_as_one` the reverse.
    """

    one: Thing
    other: Thing
    one_as_other: float
    other_as_one: float

    @property
    def count(self) -> float:
        """Both directions together."""
        return self.one_as_other + self.other_as_one


def mix_ups_of(shown: Iterable[Contrast]) -> tuple[MixUp, ...]:
    """
    The pairs (asked, said) of one wrong answer, from the contrasts that it is met with.

    Only a chosen row of the same table counts: nothing borrowed, no unknown text, no "I don't know", no missed tick.
    """
    found = (
        MixUp(each.right.thing, each.other.thing)
        for each in shown
        if each.layout is Layout.SIDE_BY_SIDE and each.right and each.other and each.other.role is Role.CHOSEN
    )
    return tuple(dict.fromkeys(found))


def after_mix_ups(tallies: Tallies, mix_ups: Iterable[MixUp]) -> dict[MixUp, Tally]:
    """The tallies after a wrong answer; `mix_ups` as `mix_ups_of` gives them."""
    after = dict(tallies)
    for mix_up in mix_ups:
        after[mix_up] = after.get(mix_up, Tally()).with_mix_up()
    return after


def after_right(
    tallies: Tallies, right: Thing, *, others: Collection[Thing] | None = None, on: date
) -> dict[MixUp, Tally]:
    """
    The tallies after a right answer on a study day: both directions of each pair of the right thing with an option.

    `others` are the things among the options. None stands for all: whoever types might have typed any of them.
    """
    return {
        mix_up: tally.with_right(on) if _were_open(mix_up, right, others) else tally
        for mix_up, tally in tallies.items()
    }


def _were_open(mix_up: MixUp, right: Thing, others: Collection[Thing] | None) -> bool:
    pair = {mix_up.asked, mix_up.said}
    return right in pair and (others is None or pair - {right} <= set(others))


def count_of(tallies: Tallies, one: Thing, other: Thing) -> float:
    """How often two things were mixed up, whichever was asked."""
    return sum(tallies[each].count for each in _both_ways(one, other) if each in tallies)


def opens(tallies: Tallies, one: Thing, other: Thing) -> bool:
    """Whether a right answer opens the contrast of two things: they were mixed up, and it has not done so since."""
    untold = any(not tallies[each].is_told for each in _both_ways(one, other) if each in tallies)
    return untold and count_of(tallies, one, other) >= 1


def after_opening(tallies: Tallies, one: Thing, other: Thing) -> dict[MixUp, Tally]:
    """The tallies once the contrast of two things was opened."""
    told = {each: replace(tallies[each], is_told=True) for each in _both_ways(one, other) if each in tallies}
    return {**tallies, **told}


def _both_ways(one: Thing, other: Thing) -> tuple[MixUp, MixUp]:
    return MixUp(one, other), MixUp(other, one)


def mixed_up(tallies: Tallies, *, fewest: float = FEWEST) -> tuple[Pair, ...]:
    """ "You mix these up": the pairs of two mix-ups or more, the most first, equals as they were first met."""
    pairs: dict[frozenset[Thing], Pair] = {}
    for mix_up in tallies:
        if (both := frozenset((mix_up.asked, mix_up.said))) not in pairs:
            pairs[both] = _pair(tallies, mix_up)
    listed = [pair for pair in pairs.values() if pair.count >= fewest]
    return tuple(sorted(listed, key=lambda pair: -pair.count))


def _pair(tallies: Tallies, mix_up: MixUp) -> Pair:
    there, back = (tallies.get(each, Tally()).count for each in (mix_up, mix_up.reversed))
    return Pair(mix_up.asked, mix_up.said, there, back)


def matrix(tallies: Tallies, things: Sequence[Thing]) -> tuple[tuple[float, ...], ...]:
    """A table's confusions: a row for each thing asked, in it a count for each thing said, both in this order."""
    return tuple(tuple(tallies.get(MixUp(asked, said), Tally()).count for said in things) for asked in things)
