import pytest
from django.test import Client

from quizzes.actions.adoption import adopt_guest
from quizzes.models import Answer, AnswerFact, Learner, Memory, Sitting, Slot
from tests.accounts.people import sign_in, sign_up
from tests.factories import make_learner, make_user
from tests.quizzes.bank import address, give, make_asked_guide, make_sitting, right, wrong


@pytest.fixture
def guide(db):
    return make_asked_guide()


def answer_some(client, sitting, missed=(), until=99):
    for slot in sitting.slots.all():
        if slot.position <= until:
            give(client, slot, wrong(slot) if slot.position in missed else right(slot))


def memory_of(learner):
    """What is remembered of each fact: asked, missed, right at last sight."""
    rows = Memory.objects.filter(learner=learner).values_list("fact", "asked", "missed", "is_right")
    return {fact: tuple(rest) for fact, *rest in rows}


def replayed(learner):
    """The same, counted here from the log."""
    counted = {}
    for said in AnswerFact.objects.filter(learner=learner).order_by("answer__answered_at", "answer"):
        asked, missed, _ = counted.get(said.fact_id, (0, 0, None))
        counted[said.fact_id] = (asked + 1, missed + (not said.is_right), said.is_right)
    return counted


def test_who_signs_up_keeps_what_they_did_as_a_guest(guest, theirs):
    answer_some(guest, theirs, missed=[2], until=3)

    sign_up(guest, "dora")

    learner = Learner.objects.get()
    assert learner.user.username == "dora"
    assert learner.guest_key is None
    assert Answer.objects.filter(learner=learner).count() == 3
    assert memory_of(learner) == replayed(learner)
    assert "3 asked" in guest.get("/progress/").content.decode()


def test_unfinished_sitting_goes_on_after_signing_up(guest, theirs):
    answer_some(guest, theirs, until=2)
    sign_up(guest, "dora")

    third = theirs.slots.get(position=3)
    page = guest.get(f"/quiz/{theirs.pk}/")
    answered = give(guest, third, right(third))

    assert page.headers["Location"] == address(third)
    assert answered.status_code == 200


def test_who_signs_in_gets_their_guest_answers_beside_their_own(guest, guide):
    user = make_user("alice")
    account = make_learner(user)
    answer_some(signed_in(user), make_sitting(account, guide), missed=[1, 2])
    answer_some(guest, make_sitting(guest.learner, guide), missed=[3, 4, 5], until=6)

    sign_in(guest, "alice")

    assert Learner.objects.get() == account
    assert Sitting.objects.filter(learner=account).count() == 2
    assert Slot.objects.filter(learner=account).count() == 20
    assert Answer.objects.filter(learner=account).count() == AnswerFact.objects.filter(learner=account).count() == 16
    assert memory_of(account) == replayed(account)
    assert sum(asked for asked, _, _ in memory_of(account).values()) == 16


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_unfinished_sitting_of_a_guest_goes_on_after_signing_in(guest, guide):
    make_learner(make_user("alice"))
    sitting = make_sitting(guest.learner, guide, count=3)
    answer_some(guest, sitting, until=1)

    sign_in(guest, "alice")

    second = sitting.slots.get(position=2)
    assert give(guest, second, right(second)).status_code == 200
    assert "1 of 3 answered" not in guest.get("/quiz/").content.decode()


def test_earlier_guest_answers_do_not_count_as_the_last_sight(guest, guide):
    user = make_user("alice")
    account = make_learner(user)
    early = make_sitting(guest.learner, guide)
    answer_some(guest, early, missed=range(11))
    answer_some(signed_in(user), make_sitting(account, guide))

    sign_in(guest, "alice")

    assert set(memory_of(account).values()) == {(2, 1, True)}


def test_signing_in_twice_adopts_once(guest, theirs):
    answer_some(guest, theirs)
    user = make_user("alice")
    key = guest.learner.guest_key

    adopt_guest(key, user)
    before = (list(Answer.objects.values()), list(Memory.objects.values()))
    adopt_guest(key, user)
    adopt_guest(key, make_user("bob"))

    assert (list(Answer.objects.values()), list(Memory.objects.values())) == before
    assert Learner.objects.get().user == user


def test_second_guest_of_the_same_person_is_adopted_too(guide):
    user = make_user("alice")
    for count in (3, 4):
        client, learner = Client(), make_learner()
        session = client.session
        session["guest_key"] = learner.guest_key.hex
        session.save()
        answer_some(client, make_sitting(learner, guide, count=count))
        sign_in(client, "alice")

    learner = Learner.objects.get()
    assert learner.user == user
    assert Answer.objects.filter(learner=learner).count() == 7
    assert memory_of(learner) == replayed(learner)


def test_guest_who_did_nothing_leaves_nothing(client, db):
    make_user("alice")

    sign_in(client, "alice")

    assert not Learner.objects.exists()


def test_sittings_begun_by_the_same_form_are_both_kept(guest, guide):
    user = make_user("alice")
    account = make_learner(user)
    make_sitting(account, guide)
    make_sitting(guest.learner, guide)
    Sitting.objects.update(token="the same")

    sign_in(guest, "alice")

    assert Sitting.objects.filter(learner=account).count() == 2


def test_wrong_password_adopts_nothing(guest, theirs):
    make_user("alice")

    sign_in(guest, "alice", password="wrong")

    assert Learner.objects.get() == guest.learner
    assert guest.get(address(theirs.slots.first())).status_code == 200


def test_next_guest_at_the_same_browser_does_not_get_the_last_ones_answers(guest, theirs):
    answer_some(guest, theirs)
    sign_up(guest, "dora")

    guest.post("/accounts/logout/")

    assert "Nothing answered yet" in guest.get("/progress/").content.decode()
    assert guest.get(f"/quiz/{theirs.pk}/report/").status_code == 404


@pytest.mark.parametrize("count", [2, 10])
def test_adoption_takes_as_many_queries_for_many_answers(guest, guide, count, django_assert_max_num_queries):
    user = make_user("alice")
    make_learner(user)
    answer_some(guest, make_sitting(guest.learner, guide, count=count))

    with django_assert_max_num_queries(46):
        adopt_guest(guest.learner.guest_key, user)
