"""Which things a learner mixes up, counted on from answers of the log that were not given here."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from quizzes.actions.answers import asked_of
from quizzes.actions.confusions import all_tallies, first_pair, keep_tallies
from quizzes.actions.entries import by_key, each_made
from quizzes.actions.replaying import StartedOver
from quizzes.actions.tables_at_hand import TablesAtHand
from quizzes.confusions import MixUp, Tallies, Tally, after_mix_ups, after_opening, after_right, mix_ups_of
from quizzes.contrasts.cards import Contrast
from quizzes.contrasts.verdicts import other_things, thing_asked
from quizzes.generation.sources import Thing
from quizzes.models import Answer, Learner, Sitting
from tables.models import Column, Table


@dataclass(frozen=True, slots=True)
class Verdict:
    """
    What one answer says of things: what it mixed up, or that its learner knew `right` among the `others`.

    `others` are None where any might have been typed. `opened` are the two whose contrast a right answer opened.
    """

    answer: Answer
    mix_ups: tuple[MixUp, ...] = ()
    right: Thing | None = None
    others: Collection[Thing] | None = None
    opened: tuple[Thing, Thing] | None = None

    @property
    def tables(self) -> set[str]:
        """The hex of the keys of the tables it speaks of."""
        return {pair.asked.table_key for pair in self.mix_ups} | ({self.right.table_key} if self.right else set())


def count_on(learner: Learner, answers: Iterable[Answer]) -> None:
    """
    Count what these answers mixed up, and the right days, as if they had been given here, in the order of time.

    What was withdrawn or counted as right mixed nothing up, nor did what the learner started over with since. The
    learner must be locked; each answer has its slot, question and sitting. 5 queries, more beyond 500 tables. Raises
    Fault for an answer whose verdict cannot be read.
    """
    verdicts = [each for each in each_made("answers", answers, _verdict) if each]
    at_hand = _tables_named(learner, {key for each in verdicts for key in each.tables})
    before, started_over = all_tallies(learner, at_hand), StartedOver(learner)
    of_table: dict[str, dict[MixUp, Tally]] = defaultdict(dict)  # an answer looks at all pairs of its table
    for pair, tally in before.items():
        of_table[pair.asked.table_key][pair] = tally
    for each in sorted(verdicts, key=lambda each: each.answer.answered_at):
        for key in each.tables & at_hand.ids.keys():
            if not started_over.since(each.answer.question.guide_id, at_hand.ids[key], each.answer.answered_at):
                of_table[key] = _after(of_table[key], each, key, learner)
    after = {pair: tally for tallies in of_table.values() for pair, tally in tallies.items()}
    keep_tallies(learner, at_hand, {pair: tally for pair, tally in after.items() if tally != before.get(pair)})


def _verdict(answer: Answer) -> Verdict | None:
    """What a stored answer says; None where that is nothing. Raises what a verdict that is not one makes fail."""
    slot, stored = answer.slot, answer.contrast or {}
    if answer.sitting.mode == Sitting.Mode.COVER or "shown" not in stored or stored.get("in_doubt"):
        return None
    if answer.is_right:
        slot.synonyms = None
        asked = asked_of(slot)
        opened = first_pair(_contrasts(stored)) if stored.get("opens") else None
        return Verdict(answer, right=thing_asked(asked), others=other_things(asked), opened=opened)
    if slot.is_undone or answer.is_counted_right:
        return None
    mix_ups = mix_ups_of(_contrasts(stored))
    for thing in {thing for pair in mix_ups for thing in (pair.asked, pair.said) if thing.row_key}:
        UUID(thing.row_key)
    return Verdict(answer, mix_ups)


def _contrasts(stored: dict[str, Any]) -> list[Contrast]:
    return [Contrast.from_json(each) for each in stored["shown"]]


def _after(tallies: Tallies, each: Verdict, table: str, learner: Learner) -> dict[MixUp, Tally]:
    if each.right is None:
        return after_mix_ups(tallies, (pair for pair in each.mix_ups if pair.asked.table_key == table))
    on = each.answer.study_day or learner.day_of(each.answer.answered_at)
    after = after_right(tallies, each.right, others=each.others, on=on)
    return after_opening(after, *each.opened) if each.opened else after


def _tables_named(learner: Learner, keys: Iterable[str]) -> TablesAtHand:
    """These tables without any row: enough to know the things of a pair by. 2 queries, more beyond 500 tables."""
    tables = by_key(learner, Table, keys)
    columns = Column.objects.live().filter(table__in=[table.pk for table in tables.values()])
    named = columns.values_list("table__key", "name", "key")
    return TablesAtHand(
        ids={key: table.pk for key, table in tables.items()},
        columns={(table.hex, name): key for table, name, key in named},
    )
