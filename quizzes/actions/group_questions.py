"""How the questions of a group do: looked at again at most every ten minutes, told as figures that name nobody."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F, Q, QuerySet, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from quizzes.actions.group_blind_spots import STALE, counting_in
from quizzes.analysis import QuestionFigure, Reply, next_analysis
from quizzes.blind_spots import FEWEST, Figure
from quizzes.generation.made import ONE_CHOICE, QuestionKind
from quizzes.models import Analysis, Answer, Learner, Question, Sitting
from studysite.accounts.actions.groups import lock
from studysite.accounts.models import Group
from tables.models import Guide

WITH_OPTIONS = [kind.value for kind in (*ONE_CHOICE, QuestionKind.SELECT_ALL)]
COLUMNS = ("guide", "table", "question", "kind", "answer", "asked", "right %", "wrong option", "it %", "discrimination")


@dataclass(frozen=True, slots=True)
class Analysed:
    """
    The questions that something is told of, by their ids in the order of the guides, and how many there are in all.

    Nothing is told (`is_told`) while fewer than three members count and have answered.
    """

    is_told: bool
    figures: dict[int, QuestionFigure]
    asked: int

    @property
    def waiting(self) -> int:
        """How many questions too few members have answered."""
        return self.asked - len(self.figures)

    def hardest_first(self) -> list[int]:
        """The questions, those with the fewest right answers first; "nearly all" stands for all."""
        told = {pk: figure.right_percent for pk, figure in self.figures.items()}
        return sorted(told, key=lambda pk: (told[pk] is None, told[pk] or 0))

    def doubtful_first(self) -> list[int]:
        """The questions, those that tell least who knows the rest first; at the end those where this is not told."""
        told = {pk: figure.discrimination for pk, figure in self.figures.items()}
        return sorted(told, key=lambda pk: (told[pk] is None, told[pk] or 0))


def questions_of(group: Group) -> Analysed:
    """How the questions of its guides do, by its present members who count. 3 queries, 8 when it is looked at again."""
    analysis = look_at_questions(group)
    shown = {int(name): found for name, each in analysis.questions.items() if (found := _shown(each))}
    asked = Question.objects.asked().filter(guide__in=Guide.objects.studied_by(group).values("pk"))
    every = list(asked.values_list("pk", flat=True))
    figures = {pk: shown[pk] for pk in every if pk in shown}
    return Analysed(len(analysis.learners) >= FEWEST, figures, len(every))


def with_figures(questions: Sequence[int], analysed: Analysed) -> list[tuple[Question, QuestionFigure]]:
    """These questions, by their ids, in this order, each with its figure. 1 query."""
    found = Question.objects.select_related("guide", "table__guide", "table__shown_with__guide").in_bulk(questions)
    return [(found[pk], analysed.figures[pk]) for pk in questions if pk in found]


def question_rows(analysed: Analysed) -> Iterator[tuple[object, ...]]:
    """A row under `COLUMNS` for each question that something is told of. 1 query."""
    for question, each in with_figures(list(analysed.figures), analysed):
        right: object = "nearly all" if each.right_percent is None else each.right_percent
        lured = each.lure_percent if each.lure else None
        yield (
            question.guide.title, question.table.name, question.stem, question.get_kind_display(), question.answer,
            each.asked, right, each.lure, lured, each.discrimination,
        )  # fmt: skip


def look_at_questions(group: Group) -> Analysis:
    """The last look, or a new one where that is old or speaks of somebody who is gone or does not want to count."""
    counting = counting_in(group)
    analysis = Analysis.objects.filter(group=group).first()
    if analysis and set(analysis.learners) <= counting and timezone.now() - analysis.looked_at < STALE:
        return analysis
    return _look_again(group, counting)


def forget_in_analysis(analysis: Analysis, learner: Learner) -> None:
    """Take a learner's id out of what was looked at: figures that speak of them are told no more."""
    now = timezone.now()
    for name, each in analysis.questions.items():
        if learner.pk in QuestionFigure.from_json(each).figure.learners:
            analysis.questions[name] = QuestionFigure(Figure(now)).to_json()
    analysis.learners = [other for other in analysis.learners if other != learner.pk]
    analysis.save(update_fields=["questions", "learners"])


@transaction.atomic
def _look_again(group: Group, counting: Collection[int]) -> Analysis:
    lock(group)
    analysis = Analysis.objects.filter(group=group).first() or Analysis(group=group)
    replies = _replies(counting, Guide.objects.studied_by(group))
    before = {name: QuestionFigure.from_json(each) for name, each in analysis.questions.items()}
    now = timezone.now()
    analysis.questions = {name: each.to_json() for name, each in next_analysis(before, replies, now).items()}
    analysis.learners = sorted({who for told in replies.values() for who in told})
    analysis.looked_at = now
    analysis.save()
    return analysis


def _replies(counting: Collection[int], guides: QuerySet[Guide]) -> dict[str, dict[int, Reply]]:
    """Of each question asked now, what each learner answered last. 2 queries."""
    newest = _newest(counting, guides)
    lures = _lures(newest.filter(slot__points__lt=1, slot__kind__in=WITH_OPTIONS))
    replies: dict[str, dict[int, Reply]] = defaultdict(dict)
    for pk, learner, question, points, at in newest.values_list(
        "pk", "learner", "question", "slot__points", "answered_at"
    ):
        replies[str(question)][learner] = Reply(points == 1, at, lures.get(pk, frozenset()))
    return replies


def _newest(counting: Collection[int], guides: QuerySet[Guide]) -> QuerySet[Answer]:
    """
    The newest answer of each learner to each question as it is asked now.

    Left out: what came back in the same sitting, what was withdrawn, cells somebody uncovered and judged themselves,
    meetings under way, whose solutions are nobody's to know yet, and what was taken in from a file.
    """
    answers = Answer.objects.filter(
        Q(sitting__meeting=None) | Q(sitting__meeting__finished_at__isnull=False),
        learner__in=counting,
        sitting__is_taken_in=False,
        question__guide__in=guides.values("pk"),
        question__retired_at=None,
        question__hidden_at=None,
        slot__value_hash=F("question__fact__value_hash"),
        slot__returns=None,
        slot__is_undone=False,
    ).exclude(sitting__mode=Sitting.Mode.COVER)
    place = Window(
        RowNumber(), partition_by=[F("learner"), F("question")], order_by=[F("answered_at").desc(), F("pk").desc()]
    )
    return answers.order_by().annotate(place=place).filter(place=1)


def _lures(missed: QuerySet[Answer]) -> dict[int, frozenset[str]]:
    """The wrong options that were taken, by the id of an answer. 1 query."""
    found = missed.values_list("pk", "given", "slot__options")
    return {pk: _taken(given or {}, options) for pk, given, options in found.iterator(chunk_size=2000)}


def _taken(given: Mapping[str, Any], options: Sequence[Mapping[str, Any]]) -> frozenset[str]:
    places: Iterable[int] = given.get("ticked", [given["choice"]] if "choice" in given else [])
    return frozenset(
        options[place]["text"] for place in places if place < len(options) and not options[place].get("is_right")
    )


def _shown(stored: list[Any]) -> QuestionFigure | None:
    each = QuestionFigure.from_json(stored)
    return each if each.figure.is_shown else None
