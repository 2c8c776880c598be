import json
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from quizzes.actions.bank import refresh_bank
from quizzes.models import AnswerFact, Confusion, Learner, Memory, Sitting, Slot, new_token
from tables.models import Table
from tests.accounts.people import sign_in
from tests.factories import PASSWORD, TECHNIQUES, make_guide, make_learner, make_table, make_topic, make_user
from tests.quizzes.bank import address, be_guest, give, make_sitting, right
from tests.quizzes.test_own_data import take_in, taken_out

ACTIVATION, GRADIENT = "Activation Checkpointing", "Gradient Checkpointing"


@pytest.fixture
def table(db) -> Table:
    guide = make_guide(title="Distributed Training")
    table = make_table(make_topic(guide), title="Memory Optimization Techniques", grid=TECHNIQUES)
    refresh_bank(guide)
    return table


def how_of(name: str) -> str:
    return next(row[1] for row in TECHNIQUES if row[0] == name)


def asked_about(learner, table: Table, name: str) -> Slot:
    """A slot that asks how a technique works; the words of the answers leave writing alone."""
    sitting = make_sitting(learner, table.guide, kinds=("typed",), scope="table", table=table)
    return next(slot for slot in sitting.slots.all() if slot.right_text == how_of(name))


def say(client, slot: Slot, name: str):
    """Write what a technique does."""
    return client.post(address(slot), {"token": slot.token, "text": how_of(name)})


def swap(client, learner, table, times: int) -> None:
    """Take one checkpointing technique for the other, in turns."""
    for number in range(times):
        asked, said = (ACTIVATION, GRADIENT) if number % 2 == 0 else (GRADIENT, ACTIVATION)
        say(client, asked_about(learner, table, asked), said)


def pair_address(table: Table) -> str:
    return reverse(
        "quizzes:pair", args=[table.guide.slug, table.slug, "activation-checkpointing", "gradient-checkpointing"]
    )


def start_drilling(client, table: Table) -> Sitting:
    client.post(pair_address(table), {"token": new_token()})
    return Sitting.objects.get(mode="drill")


def test_learner_who_swaps_two_techniques_six_times_finds_that_pair_first(guest, table):
    swap(guest, guest.learner, table, 6)

    page = guest.get("/progress/").content.decode()

    assert "You mix these up" in page
    assert "6 times" in page.split("You mix these up")[1].split("</li>")[0]
    assert "<b>How It Works</b> tells them apart" in page
    assert pair_address(table) in page.split("You mix these up")[1].split("</li>")[0]
    assert "3 times Gradient Checkpointing for Activation Checkpointing, 3 the other way round" in page


def test_what_was_mixed_up_once_in_one_direction_is_said_in_the_singular(guest, table):
    swap(guest, guest.learner, table, 2)

    page = guest.get("/progress/").content.decode()

    assert "1 time Gradient Checkpointing for Activation Checkpointing, 1 the other way round" in page


def test_drill_of_that_pair_asks_how_it_works_and_nothing_else(guest, table):
    swap(guest, guest.learner, table, 6)

    sitting = start_drilling(guest, table)
    for _ in range(2):
        slot = sitting.slots.last()
        give(guest, slot, right(slot))
        last = guest.get(reverse("quizzes:sitting", args=[sitting.pk]))

    slots = list(sitting.slots.all())
    assert [slot.shown["column"] for slot in slots] == ["How It Works", "How It Works"]
    assert {slot.right_text for slot in slots} == {ACTIVATION, GRADIENT}
    assert last.headers["Location"] == reverse("quizzes:report", args=[sitting.pk])
    assert Sitting.objects.get(mode="drill").finished_at is not None


def test_drill_whose_pair_a_file_of_own_data_did_not_tell_is_begun_again_by_its_questions(guest, table):
    sitting = start_drilling(guest, table)
    for _ in range(2):
        slot = sitting.slots.last()
        give(guest, slot, right(slot))
        guest.get(reverse("quizzes:sitting", args=[sitting.pk]))
    Sitting.objects.update(pair=[])

    response = guest.post(reverse("quizzes:retry", args=[sitting.pk]), {"token": new_token()})

    again = Sitting.objects.exclude(pk=sitting.pk).get()
    assert response.headers["Location"] == reverse("quizzes:question", args=[again.pk, 1])


def test_drill_goes_on_until_the_column_was_right_twice(guest, table):
    sitting = start_drilling(guest, table)

    for number in range(3):
        slot = sitting.slots.last()
        give(guest, slot, "unknown" if number == 0 else right(slot))
        guest.get(reverse("quizzes:sitting", args=[sitting.pk]))

    assert sitting.slots.count() == 3


def test_drill_moves_the_memory_of_a_fact_once_a_day(guest, table):
    sitting = start_drilling(guest, table)

    for _ in range(4):
        slot = sitting.slots.last()
        give(guest, slot, "unknown")
        guest.get(reverse("quizzes:sitting", args=[sitting.pk]))

    assert sitting.slots.count() == 5
    assert set(Memory.objects.values_list("asked", flat=True)) == {1}
    assert AnswerFact.objects.count() == Memory.objects.count() == 2


def test_looking_twice_asks_the_next_of_a_drill_once(guest, table):
    sitting = start_drilling(guest, table)
    give(guest, sitting.slots.last(), "unknown")

    for _ in range(3):
        guest.get(reverse("quizzes:sitting", args=[sitting.pk]))

    assert sitting.slots.count() == 2


def test_right_answers_on_two_days_halve_the_count_and_after_the_second_halving_it_leaves(guest, table, monkeypatch):
    swap(guest, guest.learner, table, 6)
    counts, today = [], timezone.localdate()

    for day in range(1, 5):
        monkeypatch.setattr(Learner, "today", today + timedelta(days=day))
        say(guest, asked_about(guest.learner, table, ACTIVATION), ACTIVATION)
        counts.append(sum(Confusion.objects.values_list("count", flat=True)))

    assert counts == [6, 3, 3, 1.5]
    assert "You mix these up" not in guest.get("/progress/").content.decode()


def test_one_direction_fills_one_half_of_the_matrix(guest, table):
    for _ in range(3):
        say(guest, asked_about(guest.learner, table, ACTIVATION), GRADIENT)

    page = guest.get(reverse("quizzes:mixed", args=[table.guide.slug, table.slug])).content.decode()

    assert "3 times Gradient Checkpointing for Activation Checkpointing" in page
    assert "times Activation Checkpointing for Gradient" not in page


def test_right_answer_on_a_pair_mixed_up_before_opens_the_contrast(guest, table):
    swap(guest, guest.learner, table, 2)

    page = say(guest, asked_about(guest.learner, table, GRADIENT), GRADIENT).content.decode()

    beside = page.split('<details class="why"')[1]
    assert beside.startswith(" open>") == ("Beside Activation Checkpointing" in beside)


def test_not_knowing_mixes_nothing_up(guest, table):
    slot = asked_about(guest.learner, table, ACTIVATION)

    guest.post(address(slot), {"token": slot.token, "choice": "unknown"})

    assert not Confusion.objects.exists()


def test_pair_page_shows_both_rows_and_starts_their_drill_once(guest, table):
    page = guest.get(pair_address(table)).content.decode()
    token = new_token()

    first, second = (guest.post(pair_address(table), {"token": token}) for _ in range(2))

    assert "Clear activations, recompute" in page
    assert "They differ only in" in page
    assert "Right answer" not in page
    assert first.status_code == second.status_code == 303
    assert Sitting.objects.filter(mode="drill").count() == 1


@pytest.mark.parametrize("rows", [("activation-checkpointing", "nothing"), ("activation-checkpointing",) * 2])
def test_pair_that_is_none_is_not_found(guest, table, rows):
    assert guest.get(reverse("quizzes:pair", args=[table.guide.slug, table.slug, *rows])).status_code == 404


def test_what_a_guest_mixed_up_is_added_to_the_accounts(client, guest, table):
    alice = make_user("alice")
    account = make_learner(alice)
    client.force_login(alice)
    say(client, asked_about(account, table, ACTIVATION), GRADIENT)
    say(guest, asked_about(guest.learner, table, ACTIVATION), GRADIENT)

    sign_in(guest, "alice", PASSWORD)

    assert Confusion.objects.get().count == 2
    assert Confusion.objects.get().learner == account


def test_two_rows_can_be_practised_by_themselves(guest, table):
    query = f"?guide={table.guide.slug}&table={table.slug}&rows=activation-checkpointing&rows=gradient-checkpointing"

    page = guest.get(f"/quiz/{query}").content.decode()

    assert '<option value="pair" selected>Activation Checkpointing and Gradient Checkpointing (4)</option>' in page


@pytest.mark.parametrize(("slugs", "name"), [(["a"], "One row"), (["a", "g", "o"], "3 rows")])
def test_one_row_or_three_can_be_practised_too(guest, table, slugs, name):
    rows = {"a": "activation-checkpointing", "g": "gradient-checkpointing", "o": "activation-offloading"}
    sent = {"guide": table.guide.slug, "table": table.slug, "rows": [rows[slug] for slug in slugs]}
    form = guest.get("/quiz/", sent).context["form"]
    sent |= {each.name: each.value() for each in form if each.value() is not None}

    guest.post("/quiz/", sent)

    sitting = Sitting.objects.get()
    assert sitting.name == name
    assert {slot.question.fact.row.slug for slot in sitting.slots.all()} == {rows[slug] for slug in slugs}


@pytest.mark.parametrize("swaps", [2, 6])
def test_number_of_queries_does_not_grow(guest, table, swaps, django_assert_max_num_queries):
    swap(guest, guest.learner, table, swaps)

    with django_assert_max_num_queries(50):
        guest.get("/progress/")
    with django_assert_max_num_queries(8):
        guest.get(reverse("quizzes:mixed", args=[table.guide.slug, table.slug]))
    with django_assert_max_num_queries(8):
        guest.get(pair_address(table))


@pytest.fixture
def other(db) -> Client:
    """The browser of somebody else, who has begun to learn."""
    client = Client()
    client.learner = make_learner()
    be_guest(client, client.learner)
    return client


def mixed_up_by(learner) -> list[tuple[object, ...]]:
    counted = ("table", "asked", "said", "count", "right_days", "last_right_on", "is_told")
    return list(Confusion.objects.filter(learner=learner, count__gt=0).order_by("pk").values_list(*counted))


def days_later(monkeypatch, days: int) -> None:
    monkeypatch.setattr(Learner, "day_of", lambda learner, moment: moment.date() + timedelta(days=days))


def test_mix_ups_are_counted_from_answers_that_are_taken_in(guest, other, table, monkeypatch):
    swap(guest, guest.learner, table, 5)
    slot = asked_about(guest.learner, table, GRADIENT)
    say(guest, slot, ACTIVATION)
    guest.post(address(slot, "undo"))
    slot = asked_about(guest.learner, table, GRADIENT)
    say(guest, slot, ACTIVATION)
    guest.post(address(slot, "count"))
    for day in range(1, 4):
        days_later(monkeypatch, day)
        say(guest, asked_about(guest.learner, table, ACTIVATION), ACTIVATION)
    swap(guest, guest.learner, table, 1)

    take_in(other, taken_out(guest))

    assert mixed_up_by(other.learner) == mixed_up_by(guest.learner)
    assert [row[3] for row in mixed_up_by(other.learner)] == [2.5, 1]
    assert "You mix these up" in other.get("/progress/").content.decode()


def test_mix_ups_of_a_file_are_added_once_to_those_that_are_here(guest, other, table):
    swap(guest, guest.learner, table, 3)
    swap(other, other.learner, table, 2)

    for _ in range(2):
        take_in(other, taken_out(guest))

    assert [row[3] for row in mixed_up_by(other.learner)] == [3, 2]


def test_own_file_changes_no_mix_up(guest, table):
    swap(guest, guest.learner, table, 3)
    before = mixed_up_by(guest.learner)

    take_in(guest, taken_out(guest))

    assert mixed_up_by(guest.learner) == before


def test_what_was_mixed_up_before_starting_over_is_not_taken_in(guest, other, table):
    swap(guest, guest.learner, table, 3)
    over = reverse("quizzes:over", args=[table.guide.slug, table.slug])
    assert guest.post(over, {"name": table.name}).status_code == 303
    swap(guest, guest.learner, table, 1)

    take_in(other, taken_out(guest))

    assert [row[3] for row in mixed_up_by(other.learner)] == [1]


@pytest.mark.parametrize("broken", [[{"layout": "no such"}], "no such", [{"row_key": 5}], 7])
def test_verdict_of_a_file_that_is_none_is_named(guest, other, table, broken):
    swap(guest, guest.learner, table, 1)
    stored = json.loads(taken_out(guest))
    stored["answers"][0]["contrast"]["shown"] = broken

    response = take_in(other, json.dumps(stored).encode())

    assert "Entry 1 of “answers” cannot be read" in response.content.decode()


def test_mixed_up_row_of_a_file_without_a_key_is_named(guest, other, table):
    swap(guest, guest.learner, table, 1)
    stored = json.loads(taken_out(guest))
    stored["answers"][0]["contrast"]["shown"][0]["other"]["thing"]["row_key"] = "no key"

    response = take_in(other, json.dumps(stored).encode())

    assert "Entry 1 of “answers” cannot be read" in response.content.decode()
