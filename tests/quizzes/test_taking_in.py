"""Files of own data that were made, or changed, by somebody who means no good."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from quizzes.actions.group_blind_spots import _told_of_cells
from quizzes.actions.group_questions import _replies
from quizzes.actions.group_standings import standings_of
from quizzes.actions.rule_out import begin_rule_out
from quizzes.actions.setting_aside import set_aside
from quizzes.models import (
    Answer,
    AnswerFact,
    Confusion,
    Event,
    Fact,
    Learner,
    Memory,
    Outlook,
    RuleOut,
    SetAside,
    Sitting,
    Slot,
    Study,
    new_token,
)
from tables.models import Guide, Row, Topic
from tests.factories import make_learner, make_user
from tests.groups import make_group
from tests.quizzes.bank import address, give, make_asked_guide, make_sitting, right, wrong
from tests.quizzes.test_own_data import take_in, taken_out

KEPT = (Answer, AnswerFact, Confusion, Event, Outlook, RuleOut, SetAside, Sitting, Study)
NOT_HERE = "0 answers taken in; 3 are about questions that this site does not have."


@pytest.fixture
def private(alice):
    """A guide that nobody but alice reads."""
    return make_asked_guide(title="Merger", visibility=Guide.Visibility.PRIVATE, owner=alice.user)


@pytest.fixture
def hers(alice, private):
    """Alice's file: it has something of every list, all of her own guide."""
    learner, day = make_learner(alice.user), timezone.localdate()
    alice.post(reverse("quizzes:over-guide", args=[private.slug]), {"name": private.title})
    run = make_sitting(learner, private, count=3)
    for slot in run.slots.all():
        give(alice, slot, wrong(slot) if slot.position < 3 else right(slot))
    alice.post(address(run.slots.last(), "undo"))
    learner.refresh_from_db()
    set_aside(learner, Fact.objects.asked()[:1])
    begin_rule_out(learner, private, new_token())
    topic = Topic.objects.filter(guide=private).first()
    Study.objects.create(learner=learner, guide=private, exam_on=day, weights={str(topic.pk): 3}, leading_topic=topic)
    Outlook.objects.create(
        learner=learner, guide=private, on=day - timedelta(days=1), for_day=day, mean=0.7, low=0.6, high=0.8,
        now=0.65, answers=60,
    )  # fmt: skip
    return json.loads(taken_out(alice))


@pytest.fixture
def bob(db):
    """Somebody else who has not learned here yet."""
    client = Client()
    client.user = make_user("bob")
    client.force_login(client.user)
    return client


def send(client, stored):
    return take_in(client, json.dumps(stored).encode())


def kept_by(client):
    return {model: model.objects.filter(learner__user=client.user).count() for model in KEPT}


def test_of_a_guide_that_one_may_not_read_nothing_is_taken_in(hers, bob):
    assert all(
        hers[name] for name in ("answers", "events", "outlooks", "rule_outs", "set_aside", "sittings", "studies")
    )

    page = send(bob, hers).content.decode()

    assert NOT_HERE in page
    assert kept_by(bob) == dict.fromkeys(KEPT, 0)


def test_a_guide_that_one_may_not_read_is_told_of_like_one_that_is_not_there(hers, bob):
    said = send(bob, hers).content.decode().count(NOT_HERE)
    Guide.objects.all().delete()

    assert send(bob, hers).content.decode().count(NOT_HERE) == said == 1


def test_guide_of_ones_group_is_taken_in(hers, private, bob, alice):
    group = make_group(alice.user, bob.user)
    Guide.objects.filter(pk=private.pk).update(visibility=Guide.Visibility.GROUP, owner=None, group=group)

    page = send(bob, hers).content.decode()

    assert "3 answers taken in." in page
    assert kept_by(bob) == kept_by(alice)


def test_sitting_asks_of_its_own_guide_alone(hers, private, bob):
    Guide.objects.update(visibility=Guide.Visibility.PUBLIC)
    other = make_asked_guide(title="Elsewhere")
    hers["sittings"][0]["guide"] = other.key.hex

    assert NOT_HERE in send(bob, hers).content.decode()


def test_answer_that_is_twice_in_a_file_is_taken_in_once(hers, private, bob, alice):
    Guide.objects.update(visibility=Guide.Visibility.PUBLIC)
    for name in ("answers", "sittings", "events", "rule_outs", "outlooks", "studies", "set_aside"):
        hers[name] += hers[name]

    page = send(bob, hers).content.decode()

    assert "3 answers taken in; 3 were here already." in page
    assert kept_by(bob) == kept_by(alice)


def test_entry_is_named_by_its_place_in_the_file_though_others_are_here_already(hers, alice):
    hers["answers"][2] |= {"token": "new", "contrast": {"place": 5}}

    assert "Entry 3 of “answers” cannot be read. Nothing was changed." in send(alice, hers).content.decode()


def test_starting_over_with_a_table_that_is_not_here_is_not_starting_over_with_its_guide(hers, private, bob):
    Guide.objects.update(visibility=Guide.Visibility.PUBLIC)
    resets = [event for event in hers["events"] if event["kind"] == Event.Kind.RESET]
    resets[0]["table"] = "0" * 32

    send(bob, hers)

    assert not Event.objects.filter(learner__user=bob.user, kind=Event.Kind.RESET).exists()


def test_what_a_file_claims_counts_in_nothing_that_others_see(hers, private, bob, alice):
    group = make_group(alice.user, bob.user, shows_standings=True)
    Guide.objects.filter(pk=private.pk).update(visibility=Guide.Visibility.GROUP, owner=None, group=group)
    group.memberships.update(shares_standing=True)
    send(bob, hers)

    guides, people = Guide.objects.studied_by(group), group.memberships.select_related("user")
    ours, theirs = (Learner.objects.get(user=each.user) for each in (alice, bob))
    standings = {each.membership.user: (each.seen, each.answers, each.days) for each in standings_of(people, guides)}
    told = {learner for cell in _told_of_cells([ours.pk, theirs.pk], guides)[0].values() for learner in cell}
    replied = {learner for each in _replies([ours.pk, theirs.pk], guides).values() for learner in each}

    assert Memory.objects.filter(learner=theirs).exists()
    assert (standings[alice.user][1:], standings[bob.user]) == ((2, 1), (0, 0, 0))
    assert told == replied == {ours.pk}


def test_fact_of_a_file_that_is_answered_here_counts(hers, private, bob, alice):
    Guide.objects.filter(pk=private.pk).update(visibility=Guide.Visibility.PUBLIC)
    send(bob, hers)
    learner = Learner.objects.get(user=bob.user)
    run = make_sitting(learner, private, count=10)
    for slot in run.slots.all():
        give(bob, slot, right(slot))

    mine = Memory.objects.filter(learner=learner)
    assert set(mine.answered_here()) == set(mine.filter(fact__answers__answer__sitting=run))


def test_options_of_a_file_show_no_row_that_one_may_not_read(private, bob):
    public = make_asked_guide(title="Public")
    run = make_sitting(make_learner(bob.user), public, count=1, kinds=("decision",))
    give(bob, run.slots.get(), right(run.slots.get()))
    rows = {guide: {row.subject: row for row in Row.objects.filter(table__guide=guide)} for guide in (public, private)}
    sent = json.dumps(json.loads(taken_out(bob))).replace(run.token, "forged").replace(run.slots.get().token, "other")
    for subject, row in rows[public].items():
        theirs = rows[private][subject]
        sent = sent.replace(row.key.hex, theirs.key.hex).replace(row.table.key.hex, theirs.table.key.hex)
    take_in(bob, sent.encode())

    ruling_out = [
        bob.post(address(Slot.objects.get(answer__token=token), "rule-out-others")).status_code
        for token in (run.slots.get().token, "other")
    ]

    assert ruling_out == [303, 422]
