"""A group sits together: the same questions, with the same options in the same order; one leads, all answer."""

import secrets

from django.db import IntegrityError, transaction
from django.utils import timezone

from quizzes.actions.answers import Reply, SittingIsOver, asked_of, record_answer
from quizzes.actions.bank import refresh_bank
from quizzes.actions.dealing import NothingToAsk, facts_by_key, make_slot, pick_facts, questions_for
from quizzes.actions.scopes import Plan, facts_in_scope
from quizzes.actions.sittings import lock
from quizzes.actions.tables_at_hand import fetch_tables
from quizzes.contrasts.cards import Contrast
from quizzes.contrasts.verdicts import contrasts_of, things_of
from quizzes.generation.made import ONE_CHOICE
from quizzes.generation.options import Option
from quizzes.marking.replies import Given
from quizzes.models import Answer, Learner, Meeting, Sitting, Slot, new_token
from quizzes.others import FEWEST, Other, Share, shares_of_options
from studysite.accounts.models import Group, User
from tables.models import Guide

KINDS = tuple(sorted(kind.value for kind in ONE_CHOICE))
"""Kinds that a room can answer at once: one of the options is right."""


class AnotherIsUnderWay(Exception):
    """The group sits together already."""


@transaction.atomic
def begin_meeting(group: Group, guide: Guide, leader: Learner, *, by: User, count: int, token: str) -> Meeting:
    """
    A new meeting on so many questions of a guide, with the leader's own part in it. Raises NothingToAsk.

    Nothing that the leader remembers or mixes up decides what is asked: the others would see it. The same token begins
    one meeting. Raises AnotherIsUnderWay.
    """
    refresh_bank(guide)
    lock(leader)
    begun = Meeting.objects.filter(group=group, token=token).first()
    if begun:
        return begun
    seed = secrets.randbits(63)
    facts = pick_facts(facts_in_scope(Plan(guide, kinds=KINDS), Learner()), {}, count, seed)
    questions = questions_for(facts, KINDS, {}, seed)
    if not questions:
        raise NothingToAsk
    try:
        with transaction.atomic():
            meeting = Meeting.objects.create(group=group, guide=guide, by=by, count=len(questions), token=token)
    except IntegrityError:
        raise AnotherIsUnderWay from None
    run = _part(meeting, leader, seed)
    keys = facts_by_key(questions)
    Slot.objects.bulk_create(
        make_slot(run, question, place, keys, {}, {}) for place, question in enumerate(questions, start=1)
    )
    return meeting


def _part(meeting: Meeting, learner: Learner, seed: int) -> Sitting:
    return Sitting.objects.create(
        learner=learner, guide=meeting.guide, mode=Sitting.Mode.TOGETHER, scope=Sitting.Scope.GUIDE, seed=seed,
        kinds=list(KINDS), is_shuffled=False, returns_missed=False, meeting=meeting,
    )  # fmt: skip


@transaction.atomic
def take_part(meeting: Meeting, learner: Learner) -> Sitting:
    """A learner's part in a meeting, with the questions as all others have them; made once."""
    lock(learner)
    mine = Sitting.objects.of(learner).filter(meeting=meeting).first()
    if mine:
        return mine
    first = Sitting.objects.filter(meeting=meeting).order_by("pk").first()
    run = _part(meeting, learner, first.seed if first else 0)
    slots = list(Slot.objects.filter(sitting=first, position__lte=meeting.count).order_by("position"))
    for slot in slots:
        slot.pk, slot.learner, slot.sitting, slot.token = None, learner, run, new_token()
        slot.draft = slot.points = slot.shown_at = None
        slot.is_flagged = False
    Slot.objects.bulk_create(slots)
    return run


def answer_in(meeting: Meeting, slot: Slot, token: str, given: Given | None) -> Answer:
    """
    Keep an answer to the question that a meeting is at. Raises SittingIsOver once that is closed, and WrongToken.
    """
    at_it = Meeting.objects.under_way().filter(pk=meeting.pk, position=slot.position, is_closed=False)
    if not at_it.exists():
        raise SittingIsOver
    return record_answer(slot, token, Reply(given))


def close_question(meeting: Meeting, position: int) -> None:
    """Take no more answers to the question at this position and show its solution to all. Twice changes nothing."""
    Meeting.objects.under_way().filter(pk=meeting.pk, position=position).update(is_closed=True)


@transaction.atomic
def next_question(meeting: Meeting, position: int) -> None:
    """Go on from the closed question at this position; behind the last one the meeting ends. Twice changes nothing."""
    at_it = Meeting.objects.under_way().filter(pk=meeting.pk, position=position, is_closed=True)
    if meeting.is_at_the_end and at_it.exists():
        end_meeting(meeting)
    else:
        at_it.update(position=position + 1, is_closed=False)


@transaction.atomic
def end_meeting(meeting: Meeting) -> None:
    """End a meeting: from now on each has a report of their own. Twice changes nothing."""
    now = timezone.now()
    if Meeting.objects.under_way().filter(pk=meeting.pk).update(finished_at=now):
        Sitting.objects.filter(meeting=meeting, finished_at=None).update(finished_at=now)


def lead(meeting: Meeting, by: User) -> None:
    """Somebody else leads from now on."""
    Meeting.objects.filter(pk=meeting.pk).update(by=by)


def contrasts_of_unanswered(meeting: Meeting, slot: Slot) -> tuple[Contrast, ...]:
    """What is laid side by side for who gave no answer: the same as for who did not know. 2 queries at most."""
    slot.synonyms = None  # which only typed answers need
    asked = asked_of(slot)
    at_hand = fetch_tables(things_of(asked, None), guide=meeting.guide)
    return contrasts_of(asked, None, None, at_hand.tables, is_right=False)


def how_all_answered(meeting: Meeting, slot: Slot) -> tuple[Share, ...]:
    """The share of each option among all who answered the question of a slot; none before three did. 1 query."""
    answers = Answer.objects.filter(sitting__meeting=meeting, position=slot.position)
    options = [Option.from_json(option).text for option in slot.options]
    given = [
        Other(frozenset() if chosen is None else frozenset({options[chosen]}), outcome)
        for chosen, outcome in answers.values_list("chosen", "outcome")
    ]
    if len(given) < FEWEST:
        return ()
    right = frozenset() if slot.right is None else frozenset({options[slot.right]})
    mine: Answer | None = getattr(slot, "answer", None)
    said = frozenset() if mine is None or mine.chosen is None else frozenset({options[mine.chosen]})
    return shares_of_options(options, given, right=right, mine=said)
