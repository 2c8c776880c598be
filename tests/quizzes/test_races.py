"""Several requests at once, on connections of their own. Each guard has a control that fails with the guard off."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from threading import Barrier
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, OperationalError, connection, connections
from django.test import Client
from django.urls import reverse

from quizzes.actions import answers
from quizzes.actions.adoption import adopt_guest
from quizzes.actions.answers import Reply
from quizzes.actions.exams import save_draft
from quizzes.models import Answer, AnswerFact, Learner, Memory, Sitting, Slot, new_token
from tests.factories import make_learner, make_user
from tests.quizzes.bank import be_guest, give, make_asked_guide, make_exam, make_sitting, right, wrong
from tests.quizzes.pages import without_tokens

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 3  # with the connection of the test itself as many as the pool holds


def at_once[Given, Got](do: Callable[[Given], Got], given: list[Given]) -> list[Got]:
    """What `do` gives for each, all begun together, each in a thread with a connection of its own."""
    ready = Barrier(len(given))

    def run(one: Given) -> Got:
        try:
            ready.wait(timeout=10)
            return do(one)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(given)) as pool:
        return list(pool.map(run, given))


def client_of(learner: Learner) -> Client:
    client = Client()
    be_guest(client, learner)
    return client


@pytest.fixture
def learner() -> Learner:
    return make_learner()


@pytest.fixture
def slot(learner) -> Slot:
    """A question that waits for an answer."""
    return make_sitting(learner, count=5).slots.first()


def test_one_form_sent_many_times_at_once_is_one_answer(learner, slot):
    clients = [client_of(learner) for _ in range(AT_ONCE)]

    responses = at_once(lambda client: give(client, slot, wrong(slot)), clients)

    assert {response.status_code for response in responses} == {200}
    assert len({without_tokens(response) for response in responses}) == 1
    assert Answer.objects.count() == AnswerFact.objects.count() == 1
    assert Memory.objects.get().asked == 1


def test_of_two_choices_at_once_the_first_stored_one_is_shown_to_both(learner, slot):
    clients = [client_of(learner), client_of(learner)]
    choices = [right(slot), wrong(slot)]

    responses = at_once(lambda number: give(clients[number], slot, choices[number]), [0, 1])

    assert len({without_tokens(response) for response in responses}) == 1
    assert Answer.objects.get().verdict in responses[0].content.decode().replace("&#x27;", "'")


def test_answers_to_two_questions_at_once_both_move_one_fact(learner, slot):
    other = make_sitting(learner, slot.sitting.guide).slots.get(question=slot.question)

    at_once(lambda one: give(client_of(learner), one, right(one)), [slot, other])

    assert Memory.objects.get().asked == 2


def test_two_last_answers_at_once_finish_the_sitting(learner):
    slots = list(make_sitting(learner, count=2).slots.all())

    at_once(lambda one: give(client_of(learner), one, right(one)), slots)

    assert Sitting.objects.get().finished_at is not None


def test_finishing_while_answers_come_keeps_what_was_answered_and_breaks_nothing(learner):
    sitting = make_sitting(learner, count=5)
    steps = [("answer", slot) for slot in sitting.slots.all()[:3]] + [("finish", sitting)]

    def do(step):
        kind, target = step
        client = client_of(learner)
        if kind == "answer":
            return give(client, target, right(target))
        return client.post(reverse("quizzes:finish", args=[target.pk]))

    *replies, finished = at_once(do, steps)

    told = [reply.status_code for reply in replies]
    assert finished.status_code == 303
    assert set(told) <= {200, 422}
    assert Answer.objects.count() == told.count(200)


def test_one_start_form_sent_many_times_at_once_is_one_sitting(learner):
    guide, token = make_asked_guide(), new_token()
    form = {"token": token, "guide": guide.slug, "scope": "guide", "count": "5", "order": "shuffled"}

    responses = at_once(lambda client: client.post("/quiz/", form), [client_of(learner) for _ in range(AT_ONCE)])

    assert {response.status_code for response in responses} == {303}
    assert Sitting.objects.count() == 1


def test_continue_pressed_many_times_at_once_asks_one_question(learner):
    make_asked_guide()

    responses = at_once(lambda client: client.get("/quiz/continue/"), [client_of(learner) for _ in range(AT_ONCE)])

    assert {response.status_code for response in responses} == {302}
    assert Sitting.objects.count() == Slot.objects.count() == 1


def test_going_on_in_two_tabs_at_once_asks_one_more_question(learner):
    make_asked_guide()
    client_of(learner).get("/quiz/continue/")
    first = Slot.objects.get()
    give(client_of(learner), first, right(first))
    address = reverse("quizzes:sitting", args=[first.sitting_id])

    at_once(lambda client: client.get(address), [client_of(learner) for _ in range(AT_ONCE)])

    assert Slot.objects.count() == 2


def test_answer_on_its_way_while_its_guest_signs_in_is_kept_by_the_account(learner, slot):
    user = make_user()
    account = make_learner(user)
    client = client_of(learner)

    def do(step):
        return adopt_guest(learner.guest_key, user) if step == "sign in" else give(client, slot, right(slot))

    _, response = at_once(do, ["sign in", "answer"])

    assert not Learner.objects.filter(pk=learner.pk).exists()
    assert set(Slot.objects.values_list("learner", flat=True)) == {account.pk}
    kept = Answer.objects.count()
    assert (response.status_code, kept) in {(200, 1), (401, 0)}  # 401: the session was the account's before it came
    assert Memory.objects.filter(learner=account).count() == kept


def test_one_guest_adopted_many_times_at_once_is_adopted_once(learner, slot):
    give(client_of(learner), slot, right(slot))
    user = make_user()

    at_once(lambda _: adopt_guest(learner.guest_key, user), list(range(AT_ONCE)))

    assert Learner.objects.get().user == user
    assert Answer.objects.count() == 1
    assert Memory.objects.get().asked == 1


def test_control_the_same_requests_go_wrong_without_the_lock(learner, slot, monkeypatch):
    wait_for_nobody(monkeypatch)

    def do(_):
        try:
            answers.record_answer(Slot.objects.get(pk=slot.pk), slot.token, answers.Reply({"choice": 0}))
        except (IntegrityError, OperationalError) as fault:
            return fault
        return None

    faults = at_once(do, list(range(AT_ONCE)))

    assert any(faults)


def wait_for_nobody(monkeypatch):
    """Take the guard away: no lock, and on SQLite, where a transaction is one, no transaction; all store together."""
    together, store = Barrier(AT_ONCE), answers._store

    def store_together(*args):
        together.wait(timeout=10)
        return store(*args)

    monkeypatch.setattr(answers, "locked_slot", lambda pk, learner: Slot.objects.to_be_answered().get(pk=pk))
    monkeypatch.setattr(answers, "_store", store_together)
    if connection.vendor == "sqlite":
        monkeypatch.setattr(answers, "transaction", SimpleNamespace(atomic=nullcontext))


def test_exam_handed_in_by_many_at_once_counts_once(learner):
    exam = make_exam(learner)
    for slot in exam.slots.all():
        given = {"ticked": [0]} if slot.kind == "select-all" else {"choice": 0}
        save_draft(slot, slot.token, Reply(given), is_empty=False, may_clear=False)

    responses = at_once(lambda client: client.post(f"/quiz/{exam.pk}/hand-in/"), [client_of(learner)] * AT_ONCE)

    assert {response.status_code for response in responses} == {303}
    assert Answer.objects.count() == 5
    assert sum(Memory.objects.values_list("asked", flat=True)) == AnswerFact.objects.count()


def test_exam_handed_in_while_choices_come_counts_what_came_before(learner):
    exam = make_exam(learner)
    first, second = slots = exam.slots.all()[:2]
    paths = [f"/quiz/{exam.pk}/hand-in/", *(f"/quiz/{exam.pk}/{slot.position}/" for slot in slots)]
    tokens = ["", first.token, second.token]

    responses = at_once(
        lambda each: client_of(learner).post(paths[each], {"token": tokens[each], "choice": "1", "tick": "1"}),
        [0, 1, 2],
    )

    assert responses[0].status_code == 303
    saved = exam.slots.filter(draft__has_key="given")
    assert set(Answer.objects.values_list("slot", flat=True)) == set(saved.values_list("pk", flat=True))
    assert {response.status_code for response in responses[1:]} <= {303, 422}
    assert sum(response.status_code == 303 for response in responses[1:]) == saved.count()
