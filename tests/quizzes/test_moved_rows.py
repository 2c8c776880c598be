import pytest

from quizzes.actions.bank import refresh_bank
from quizzes.actions.bringing_back import bring_back
from quizzes.actions.mixups import mixed_up_pairs
from quizzes.facts import value_hash
from quizzes.models import Confusion, Fact, Memory
from tables.actions.editing import CannotRevert, revert, save_row
from tables.models import DecisionQuestion, Edit, Guide, Row, Version
from tests.edits import split_table
from tests.factories import make_learner, make_user
from tests.quizzes.bank import give, make_sitting, right
from tests.quizzes.importers import NOTES, hand_in, publish, publish_at_once

SPLIT = split_table("## Transport", 2, "### Older", "### Newer")(NOTES)
NEWEST = """
### Newest

| Protocol | Ordered | Header | Use |
|---|---|---|---|
| WebTransport | No | Variable | Games |
"""
CHOICE = """# Choices

## First

| Question | Answer |
|---|---|
| Must arrive in order? | TCP |
| Must arrive at once? | UDP |
| Many streams? | QUIC |

## Second

| Question | Answer |
|---|---|
| Old hardware? | SCTP |
| Old programs? | Sockets |
"""


@pytest.fixture
def alice(client, db):
    client.user = make_user("alice")
    client.force_login(client.user)
    return client


def learn(client, guide):
    learner = make_learner(client.user)
    for slot in make_sitting(learner, guide, count=12, kinds=("forward",)).slots.all():
        give(client, slot, right(slot))
    return learner


def known(learner):
    """What the learner knows of, by row and column."""
    return {
        (memory.fact.row.subject, memory.fact.column.name): memory.fact_id
        for memory in Memory.objects.of(learner).select_related("fact__row", "fact__column")
        if memory.fact.retired_at is None
    }


def test_table_split_in_two_on_the_import_page_keeps_what_learners_know(alice):
    guide = publish_at_once(alice.user)
    learner = learn(alice, guide)
    before = known(learner)
    assert before

    page = hand_in(alice, SPLIT)
    assert "4 rows moved" in page.content.decode()
    assert "Learners keep progress on 12 of 12 facts" in page.content.decode()
    done = publish(alice, page)

    assert "Published" in done.content.decode()
    assert known(learner) == before
    for fact in Fact.objects.filter(guide=guide).select_related("row", "column"):
        assert fact.row.table_id == fact.column.table_id == fact.table_id
        assert fact.row.archived_at is fact.column.archived_at is fact.retired_at is None


@pytest.mark.parametrize(("said", "table"), [("QUIC", "Newer"), ("TCP", None)])
def test_rows_that_were_mixed_up_are_so_in_the_table_where_both_stand_now(alice, said, table):
    text = split_table("## Transport", 2, "## Transport", "### Newer")(NOTES)
    guide = publish_at_once(alice.user)
    learner = make_learner(alice.user)
    keys = dict(Row.objects.values_list("subject", "key"))
    Confusion.objects.create(
        learner=learner, table=guide.tables.get(), asked=keys["SCTP"], said=keys[said], count=2
    )  # fmt: skip

    publish(alice, hand_in(alice, text))

    pairs = mixed_up_pairs(learner, [guide])
    assert [pair.table.title for pair in pairs] == ([table] if table else [])
    publish(alice, hand_in(alice, NOTES))
    assert len(mixed_up_pairs(learner, [guide])) == 1


def test_undoing_a_split_gives_the_table_back_as_it_was(alice):
    guide = publish_at_once(alice.user)
    learner = learn(alice, guide)
    before, facts = known(learner), set(Fact.objects.values_list("key", "table", "row", "column"))
    publish(alice, hand_in(alice, SPLIT))

    bring_back(Version.objects.get(guide=guide, number=1), alice.user)

    assert known(learner) == before
    assert set(Fact.objects.values_list("key", "table", "row", "column")) == facts


def test_question_that_moves_to_another_table_takes_its_memory_along(alice):
    guide = publish_at_once(alice.user, CHOICE)
    question = DecisionQuestion.objects.get(question="Many streams?")
    fact = Fact.objects.get(authored=question)
    row = "| Many streams? | QUIC |\n"

    publish(alice, hand_in(alice, CHOICE.replace(row, "") + row))

    question.refresh_from_db()
    fact.refresh_from_db()
    assert question.archived_at is fact.retired_at is None
    assert question.table == question.row.table == fact.table == guide.tables.get(title="Second")


def test_row_in_another_table_with_another_value_is_asked_about(alice):
    guide = publish_at_once(alice.user, SPLIT)
    key = Row.objects.get(table__guide=guide, subject="UDP").key
    moved = SPLIT.replace("| UDP | No | 8 bytes | Calls |\n", "") + "| UDP | No | 8 bytes | Games |\n"

    page = hand_in(alice, moved)
    assert "<del>Older: UDP</del> <ins>Newer: UDP</ins>" in page.content.decode()
    assert "The same, moved" in page.content.decode()
    publish(alice, page, **{f"same_{key.hex}": "yes"})

    assert Row.objects.live().get(table__guide=guide, subject="UDP").key == key


def test_row_that_is_said_to_be_another_one_is_new_in_its_table(alice):
    guide = publish_at_once(alice.user, SPLIT)
    key = Row.objects.get(table__guide=guide, subject="UDP").key
    moved = SPLIT.replace("| UDP | No | 8 bytes | Calls |\n", "") + "| UDP | No | 8 bytes | Games |\n"

    page = publish(alice, hand_in(alice, moved), **{f"same_{key.hex}": "no"})
    publish(alice, page)

    assert Row.objects.live().get(table__guide=guide, subject="UDP").key != key


def test_row_that_stands_in_two_tables_now_is_offered_to_be_tied_by_hand(alice):
    three = SPLIT + NEWEST
    guide = publish_at_once(alice.user, three)
    key = Row.objects.get(table__guide=guide, subject="UDP").key
    udp = "| UDP | No | 8 bytes | Calls |\n"
    copied = three.replace(udp, "").replace("\n### Newest", f"{udp}\n### Newest") + udp

    page = hand_in(alice, copied)
    assert "Are these the same?" not in page.content.decode()
    assert "<del>UDP</del> is now" in page.content.decode()
    assert "Newer: UDP" in page.content.decode()
    assert "Newest: UDP" in page.content.decode()
    tied = {f"tie_{key.hex}": "2.1"}
    publish(alice, publish(alice, page, **tied), **tied)

    rows = Row.objects.live().filter(table__guide=guide, subject="UDP")
    assert {row.table.title: row.key == key for row in rows} == {"Newer": False, "Newest": True}


def test_value_edited_on_the_site_after_a_move_stays_the_same_fact(alice):
    guide = publish_at_once(alice.user)
    publish(alice, hand_in(alice, SPLIT))
    fact = Fact.objects.get(row__subject="UDP", column__name="Use")

    save_row(fact.table, fact.row.key, {fact.column.key: "Games"})
    refresh_bank(Guide.objects.get(pk=guide.pk))

    fact.refresh_from_db()
    assert (fact.value_hash, fact.retired_at) == (value_hash("Games"), None)
    assert Fact.objects.filter(row__subject="UDP", retired_at=None).count() == 3


def test_change_to_a_row_that_has_moved_since_cannot_be_taken_back_where_it_stood(alice):
    guide = publish_at_once(alice.user, SPLIT)
    row = Row.objects.select_related("table").get(table__guide=guide, subject="UDP")
    save_row(row.table, row.key, {row.table.columns.get(name="Use").key: "Games"}, by=alice.user)
    edited = SPLIT.replace("Calls", "Games")
    line = "| UDP | No | 8 bytes | Games |\n"
    publish(alice, hand_in(alice, edited.replace(line, "") + line))

    with pytest.raises(CannotRevert, match="stands in another table now"):
        revert(Edit.objects.select_related("table").get(), by=alice.user)
