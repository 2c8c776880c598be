"""Drill a pair of rows: one question at a time, until each column that differs was right twice."""

import secrets
from uuid import UUID

from django.db import transaction

from quizzes.actions.dealing import NothingToAsk
from quizzes.actions.sittings import finish_sitting, lock
from quizzes.actions.tables_at_hand import TablesAtHand, fetch_tables
from quizzes.drill import DrillAnswer, DrillQuestion, drill_questions, next_of_drill
from quizzes.generation.options import Option
from quizzes.generation.sources import Thing
from quizzes.models import Fact, Learner, Question, Sitting, Slot
from quizzes.shown import Shown
from tables.models import Table


@transaction.atomic
def start_drill(learner: Learner, table: Table, pair: tuple[Thing, Thing], token: str) -> Sitting:
    """
    Begin the drill of a pair: one question at a time, until each column that differs was right twice.

    The same token starts one sitting. Raises NothingToAsk where the two differ in nothing.
    """
    lock(learner)
    started = Sitting.objects.of(learner).filter(token=token).first()
    if started:
        return started
    sitting = Sitting(
        learner=learner, guide=table.guide, mode=Sitting.Mode.DRILL, scope=Sitting.Scope.PAIR, table=table,
        pair=[thing.to_json() for thing in pair], token=token, seed=secrets.randbits(63),
    )  # fmt: skip
    sitting.save()
    if not _ask_next(sitting):
        raise NothingToAsk
    return sitting


@transaction.atomic
def go_on_drilling(sitting: Sitting) -> None:
    """Ask the next question of a drill, or end it where nothing is left. Called twice it asks one question."""
    lock(sitting.learner)
    if not sitting.slots.filter(points=None).exists() and not _ask_next(sitting):
        finish_sitting(sitting)


def _ask_next(sitting: Sitting) -> bool:
    one, other = (Thing(**thing) for thing in sitting.pair)
    at_hand = fetch_tables((one, other))
    table = at_hand.tables.get(one.table_key)
    slots = list(sitting.slots.order_by("position"))
    answers = [
        DrillAnswer(slot.shown["column"], Thing(**slot.shown["subject"]), slot.points == 1)
        for slot in slots
        if not slot.is_undone
    ]
    questions = drill_questions(table, one, other) if table else ()
    asked = next_of_drill(questions, answers, seed=sitting.seed)
    slot = _slot(sitting, asked, at_hand, len(slots) + 1) if asked else None
    if slot:
        slot.save()
    return slot is not None


def _slot(sitting: Sitting, asked: DrillQuestion, at_hand: TablesAtHand, position: int) -> Slot | None:
    """The question as a slot; None where its cell is no fact of the guide any more. 2 queries."""
    table = at_hand.tables[asked.right.table_key]
    names = [table.name_of(thing) for thing in asked.options]
    fact = _fact_of(asked, at_hand)
    question = Question.objects.filter(table=sitting.table).order_by("position").first()
    if fact is None or question is None:
        return None
    options = [
        Option(name, thing == asked.right, thing.table_key, "", (thing,), True)
        for name, thing in zip(names, asked.options, strict=True)
    ]
    other = next(thing for thing in asked.options if thing != asked.right)
    shown = Shown(
        facts=((fact.pk, fact.value_hash),), guess_chance=1 / 2, answer=table.name_of(asked.right), column=asked.column,
        subject=asked.right, things=(asked.right,), neighbour=other,
    )  # fmt: skip
    return Slot(
        learner=sitting.learner, sitting=sitting, question=question, position=position,
        kind=Question.Kind.WHICH_OF_TWO, context=table.title[:700], options=[option.to_json() for option in options],
        stem=f"{asked.column}: “{asked.value}”. {names[0]} or {names[1]}?", shown=shown.to_json(),
        right=asked.options.index(asked.right), value_hash=fact.value_hash,
    )  # fmt: skip


def _fact_of(asked: DrillQuestion, at_hand: TablesAtHand) -> Fact | None:
    """The fact of the cell asked: its row and column as written, whichever way the table reads."""
    table = at_hand.tables[asked.right.table_key]
    if asked.right.header:
        row = next((row for row in table.rows if row.name == asked.column), None)
        row_key, header = row.key if row else "", asked.right.header
    else:
        row_key, header = asked.right.row_key, asked.column
    column = at_hand.columns.get((table.key, header))
    if not row_key or column is None:
        return None
    return Fact.objects.filter(row__key=UUID(row_key), column__key=column).first()
