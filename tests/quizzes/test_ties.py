import re

import pytest

from quizzes.models import Memory
from tables.models import Column, Row
from tests.factories import make_learner, make_user
from tests.quizzes.bank import give, make_sitting, right
from tests.quizzes.importers import NOTES, hand_in, publish, publish_at_once


@pytest.fixture
def alice(client, db):
    client.user = make_user("alice")
    client.force_login(client.user)
    return client


def test_row_that_nobody_could_guess_is_tied_by_hand_and_keeps_its_memory(alice):
    guide = publish_at_once(alice.user)
    key = Row.objects.get(table__guide=guide, subject="SCTP").key
    learner = make_learner(alice.user)
    for slot in make_sitting(learner, guide, count=12, kinds=("forward",)).slots.all():
        give(alice, slot, right(slot))
    ordered = Memory.objects.of(learner).filter(fact__row__key=key, fact__column__name="Ordered")
    kept = set(ordered.values_list("fact", flat=True))
    assert kept
    other = NOTES.replace("| SCTP | Partly | 12 bytes | Telephony", "| MPTCP | Partly | 20 bytes | Phone")

    page = hand_in(alice, other)
    assert "<del>SCTP</del> is now" in page.content.decode()
    page = publish(alice, page, **{f"tie_{key.hex}": "2"})
    assert "This is what your choices do" in page.content.decode()
    publish(alice, page, **{f"tie_{key.hex}": "2"})

    assert Row.objects.live().get(table__guide=guide, subject="MPTCP").key == key
    assert set(Memory.objects.of(learner).filter(fact__row__subject="MPTCP").values_list("fact", flat=True)) == kept


@pytest.mark.parametrize("place", ["0", "7", "x", "", "-1"])
def test_row_is_tied_to_nothing_but_what_has_come(alice, place):
    guide = publish_at_once(alice.user)
    key = Row.objects.get(table__guide=guide, subject="SCTP").key
    other = NOTES.replace("| SCTP | Partly | 12 bytes | Telephony signalling |", "| MPTCP | Yes | 20 bytes | Phones |")

    publish(alice, hand_in(alice, other), **{f"tie_{key.hex}": place})

    assert Row.objects.get(key=key).archived_at is not None
    assert Row.objects.live().filter(table__guide=guide).count() == 4


def test_column_under_another_name_with_other_values_is_tied_by_hand(alice):
    guide = publish_at_once(alice.user)
    column = Column.objects.get(table__guide=guide, name="Header")
    other = re.sub("Header|20 bytes|8 bytes|12 bytes|Variable", lambda word: f"new {word[0]}", NOTES)

    page = publish(alice, hand_in(alice, other), **{f"tie_{column.key.hex}": "2"})
    publish(alice, page, **{f"tie_{column.key.hex}": "2"})

    assert Column.objects.get(key=column.key).name == "new Header"
    assert Column.objects.filter(table__guide=guide).count() == 4
