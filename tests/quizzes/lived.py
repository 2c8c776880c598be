"""Learners who answered a lot, made without asking: sittings, slots and answers in bulk, memory by a replay."""

from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.test import Client
from django.utils import timezone

from quizzes.actions.dashboard import Dashboard
from quizzes.actions.replaying import replay
from quizzes.models import Answer, AnswerFact, Learner, Question, Sitting, Slot
from tables.models import Guide

A_SITTING = 20


def live_through(
    learner: Learner,
    guide: Guide,
    answers: int,
    *,
    rights: Sequence[bool] = (True,),
    confidence: str = "",
    days: int = 10,
    questions: Sequence[Question] = (),
) -> None:
    """
    Let a learner have given so many answers in the last days, the last of them today, and memory be what they say.

    The questions (one for each fact of the guide unless said otherwise) are asked in turns; `rights` says, in turns
    too, what was right.
    """
    every = Question.objects.asked().filter(guide=guide, fact__is_asked=True).select_related("fact")
    asked = list(questions or {question.fact_id: question for question in every}.values())
    now = timezone.now()
    sittings, slots, given, told = [], [], [], []
    for number in range(answers):
        at = now - timedelta(days=days - 1 - number * days // answers, seconds=answers - number)
        if number % A_SITTING == 0:
            sittings.append(Sitting(learner=learner, guide=guide, scope=Sitting.Scope.GUIDE, seed=1, finished_at=at))
        question, is_right = asked[number % len(asked)], rights[number % len(rights)]
        slots.append(
            Slot(
                learner=learner, sitting=sittings[-1], question=question, position=number % A_SITTING + 1,
                kind=question.kind, context="", stem=question.stem, value_hash=question.fact.value_hash,
                points=float(is_right),
            )
        )  # fmt: skip
        given.append(
            Answer(
                learner=learner, sitting=sittings[-1], slot=slots[-1], question=question, position=slots[-1].position,
                token=slots[-1].token, is_right=is_right, points=float(is_right), confidence=confidence,
                outcome=Answer.Outcome.RIGHT if is_right else Answer.Outcome.WRONG,
                answered_at=at, study_day=learner.day_of(at),
            )
        )  # fmt: skip
        told.append(
            AnswerFact(
                learner=learner, answer=given[-1], fact=question.fact, is_right=is_right, guess_chance=0.25,
                value_hash=question.fact.value_hash,
            )
        )  # fmt: skip
    for model, rows in ((Sitting, sittings), (Slot, slots), (Answer, given), (AnswerFact, told)):
        model.objects.bulk_create(rows, batch_size=1000)
    with transaction.atomic():
        replay(Learner.objects.select_for_update().get(pk=learner.pk))
    learner.refresh_from_db()


def page_of(client: Client, guide: Guide | None = None) -> str:
    """The progress page of whoever the client is."""
    return client.get("/progress/", {"guide": guide.slug} if guide else {}).content.decode()


def board_of(client: Client) -> Dashboard:
    """What it is made from."""
    board: Dashboard = client.get("/progress/").context["board"]
    return board
