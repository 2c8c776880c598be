"""Rebuild a table: one column, one row or all that can be taken out, put back in one question."""

import secrets
from dataclasses import dataclass, replace

from django.db import transaction

from quizzes.actions.dealing import NothingToAsk, facts_by_key
from quizzes.actions.sittings import lock
from quizzes.generation.drawing import MOST_FREE_CELLS, take_out
from quizzes.generation.made import QuestionKind
from quizzes.generation.sources import Thing
from quizzes.generation.words import comparable
from quizzes.models import Learner, Question, Sitting, Slot
from quizzes.shown import Shown, shown_of
from tables.models import Guide, Table
from tables.versions.state import subject_place

EVERYTHING = "all"
FEWEST = 2


@dataclass(frozen=True, slots=True)
class Taken:
    """What is taken out of a table: a column as asked, or the row of a thing; with neither, everything."""

    column: str = ""
    thing: Thing | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that can be taken out: `value` names it in a form, `cells` is how many holes that makes."""

    value: str
    name: str
    taken: Taken
    cells: int


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be taken out of one table; `usual` is all of it, or of a long table the first column."""

    everything: Choice
    columns: tuple[Choice, ...]
    rows: tuple[Choice, ...]

    @property
    def usual(self) -> str:
        """The value of the choice to begin with."""
        is_long = self.everything.cells > MOST_FREE_CELLS
        return self.columns[0].value if is_long and self.columns else self.everything.value

    def taken(self, value: str) -> Taken | None:
        """What a value of the form names; None for what is not offered."""
        every = (self.everything, *self.columns, *self.rows)
        return next((choice.taken for choice in every if choice.value == value), None)


def rebuilt_tables(guide: Guide) -> list[Table]:
    """The tables of a guide that can be rebuilt, in its order. 1 query."""
    asked = Question.objects.asked().filter(guide=guide, kind=QuestionKind.REBUILD)
    return [question.table for question in asked.select_related("table__topic").order_by("position")]


def question_of(table: Table) -> Question | None:
    """The question that asks to rebuild a table, if there is one. 1 query."""
    return Question.objects.asked().filter(table=table, kind=QuestionKind.REBUILD).first()


def choices_in(question: Question) -> Choices:
    """
    What can be taken out of the table of a question.

    A column needs two different values, a row two cells: else there is nothing to choose from.
    """
    free = [cell for cell in question.made.rows if not cell.is_fixed]
    columns: dict[str, list[str]] = {}
    rows: dict[Thing, list[str]] = {}
    names: dict[Thing, str] = {}
    for cell in free:
        columns.setdefault(cell.column, []).append(comparable(cell.value))
        rows.setdefault(cell.thing, []).append(cell.value)
        names[cell.thing] = cell.name
    return Choices(
        Choice(EVERYTHING, "Everything", Taken(), len(free)),
        tuple(
            Choice(f"column-{number}", name, Taken(column=name), len(values))
            for number, (name, values) in enumerate(columns.items(), start=1)
            if len(set(values)) >= FEWEST
        ),
        tuple(
            Choice(f"row-{number}", names[thing], Taken(thing=thing), len(values))
            for number, (thing, values) in enumerate(rows.items(), start=1)
            if len(values) >= FEWEST
        ),
    )


@transaction.atomic
def start_rebuild(
    learner: Learner, question: Question, taken: Taken, token: str, *, retry_of: Sitting | None = None
) -> Sitting:
    """
    Begin to rebuild the table of a question: a sitting of one slot.

    The same token starts one sitting. Raises NothingToAsk where nothing can be taken out. 7 queries.
    """
    lock(learner)
    started = Sitting.objects.of(learner).filter(token=token).first()
    if started:
        return started
    sitting = Sitting(
        learner=learner, guide=question.guide, mode=Sitting.Mode.REBUILD, scope=Sitting.Scope.TABLE,
        table=question.table, topic=question.topic, kinds=[QuestionKind.REBUILD.value], retry_of=retry_of, token=token,
        seed=secrets.randbits(63), returns_missed=False,
    )  # fmt: skip
    slot = _slot(sitting, question, taken)
    sitting.save()
    slot.save()
    return sitting


def rebuild_again(sitting: Sitting, token: str) -> Sitting:
    """Begin once more with what a sitting took out, as far as the table still has it. Raises NothingToAsk."""
    slot = sitting.slots.first()
    question = Question.objects.asked().filter(pk=slot.question_id).first() if slot else None
    if slot is None or question is None:
        raise NothingToAsk
    return start_rebuild(sitting.learner, question, _taken_of(Shown.from_json(slot.shown)), token, retry_of=sitting)


def _taken_of(shown: Shown) -> Taken:
    """What was taken out, as the holes tell."""
    free = [cell for cell in shown.cells if not cell.is_fixed]
    columns = {hole.row.column for hole in shown.holes}
    things = {hole.row.thing for hole in shown.holes}
    if len(shown.holes) == len(free):
        return Taken()
    if len(columns) == 1 and len(things) > 1:
        return Taken(column=next(iter(columns)))
    return Taken(thing=next(iter(things)))


def _slot(sitting: Sitting, question: Question, taken: Taken) -> Slot:
    made = question.made
    drawn = take_out(made, seed=sitting.seed, column=taken.column, thing=taken.thing)
    if not drawn.holes:
        raise NothingToAsk
    facts = facts_by_key([question])
    ids = dict(zip(made.facts, (facts.get(key) for key in question.prepared["keys"]), strict=True))
    asked = [ids.get(fact) if fact else None for fact in drawn.facts]
    shown = replace(shown_of(made, drawn, asked, answer=""), head=_head(question.table))
    return Slot(
        learner=sitting.learner, sitting=sitting, question=question, position=1, kind=question.kind,
        context=question.context, stem=question.stem, options=[], shown=shown.to_json(),
        value_hash=next((fact[1] for fact in asked if fact), ""),
    )  # fmt: skip


def _head(table: Table) -> str:
    """What stands above the names of the rows. 1 query."""
    names = list(table.columns.live().order_by("position").values_list("name", flat=True))
    return names[subject_place(names, table.directive)] if names else ""
