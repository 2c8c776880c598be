"""Ruling out: begin with a question, strike its wrong options. No memory moves, nothing counts as an answer."""

from collections.abc import Iterable
from dataclasses import replace
from random import Random

from django.db import transaction
from django.utils import timezone

from quizzes.actions.dealing import NothingToAsk
from quizzes.actions.sittings import lock
from quizzes.actions.tables_at_hand import TablesAtHand, fetch_tables
from quizzes.generation.drawing import draw
from quizzes.generation.made import QuestionKind
from quizzes.generation.options import Option, right_option, wrong_option
from quizzes.generation.sources import Thing
from quizzes.models import Learner, Question, RuleOut, Slot
from quizzes.rule_out import Standing, Verdict, stand, tellable, things_of
from tables.models import Guide, Table

AUTHORED = (QuestionKind.DECISION, QuestionKind.LOOKUP)
LOOKED_AT = 60
"""So many questions are looked at, at most, for one that can be ruled out."""


@transaction.atomic
def begin_rule_out(learner: Learner, guide: Guide, token: str, *, table: Table | None = None) -> RuleOut:
    """
    Begin with one of the author's questions of a guide or a table: one not ruled out yet, else that of longest ago.

    Sent again with the same token it gives what was begun. Raises NothingToAsk. About 9 queries at any size.
    """
    lock(learner)
    if begun := RuleOut.objects.of(learner).filter(token=token).first():
        return begun
    wanted = Question.objects.asked().filter(guide=guide, kind__in=AUTHORED)
    if table:
        wanted = wanted.filter(table=table)
    for question, options, at_hand in _with_tables(_in_turn(learner, wanted.values_list("pk", flat=True), token)):
        if standing := stand(question.made.asks, options, at_hand.tables):
            return _keep(learner, question, token, standing)
    raise NothingToAsk


@transaction.atomic
def begin_from_slot(slot: Slot, token: str) -> RuleOut:
    """Begin with a question that was answered, with its options as they were. Raises NothingToAsk."""
    lock(slot.learner)
    if begun := RuleOut.objects.of(slot.learner).filter(token=token).first():
        return begun
    if slot.kind not in AUTHORED:
        raise NothingToAsk
    asks = slot.question.made.asks
    shown = [Option.from_json(option) for option in slot.options]
    right = next(option for option in shown if option.is_right)
    tables = fetch_tables(things_of(shown), guide=slot.sitting.guide).tables
    told = tellable(asks, right, [option for option in shown if not option.is_right], tables)
    standing = stand(asks, [option for option in shown if option.is_right or option in told], tables)
    if not standing:
        raise NothingToAsk
    return _keep(slot.learner, slot.question, token, standing)


@transaction.atomic
def strike(run: RuleOut, place: int, column: str) -> RuleOut:
    """
    Try to strike the option at this place by its cell of this column; it is struck where that cell decides.

    Sent twice it is the same; of what is struck or over already nothing changes. Raises ValueError for no such cell.
    """
    lock(run.learner)
    kept = RuleOut.objects.get(pk=run.pk)
    standings = kept.standings
    if not (0 <= place < len(standings) and standings[place].has(column)):
        raise ValueError(f"no cell {column} of option {place}")
    if kept.finished_at or place in kept.struck:
        return kept
    kept.tried = {"place": place, "column": column}
    if standings[place].judge(column) is Verdict.DECIDES:
        kept.struck = [*kept.struck, place]
    if len(kept.struck) == len(standings) - 1:
        kept.finished_at = timezone.now()
    kept.save(update_fields=["tried", "struck", "finished_at"])
    return kept


def _in_turn(learner: Learner, questions: Iterable[int], token: str) -> list[int]:
    """At most 60 questions, by chance, those ruled out already behind the others, the latest last."""
    done = RuleOut.objects.of(learner).filter(question__in=questions).order_by("started_at", "pk")
    last = {question: turn for turn, question in enumerate(done.values_list("question_id", flat=True), start=1)}
    mixed = sorted(questions)
    Random(token).shuffle(mixed)
    return sorted(mixed, key=lambda question: last.get(question, 0))[:LOOKED_AT]


def _with_tables(wanted: list[int]) -> Iterable[tuple[Question, list[Option], TablesAtHand]]:
    """These questions in this order, each with the options to show, with the tables of all at hand. 3 queries."""
    found = Question.objects.in_bulk(wanted)
    questions = [found[pk] for pk in wanted if pk in found]
    at_hand = fetch_tables({thing for question in questions for thing in _all_things(question)})
    for question in questions:
        yield question, _drawn(question, at_hand), at_hand


def _all_things(question: Question) -> set[Thing]:
    made = question.made
    return things_of([right_option(made), *map(wrong_option, made.candidates)])


def _drawn(question: Question, at_hand: TablesAtHand) -> list[Option]:
    """The options drawn from those that can be told apart from the answer; empty where these are too few."""
    made = question.made
    wrong = [wrong_option(candidate) for candidate in made.candidates]
    told = {option.text for option in tellable(made.asks, right_option(made), wrong, at_hand.tables)}
    if not told:
        return []
    left = tuple(candidate for candidate in made.candidates if candidate.text in told)
    return list(draw(replace(made, candidates=left), seed=question.pk, first_sight=False).options)


def _keep(learner: Learner, question: Question, token: str, standing: list[Standing]) -> RuleOut:
    return RuleOut.objects.create(
        learner=learner,
        question=question,
        token=token,
        context=question.context,
        stem=question.stem,
        options=[each.to_json() for each in standing],
    )
