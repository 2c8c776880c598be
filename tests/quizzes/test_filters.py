import pytest

from quizzes.actions.offers import offer_of
from quizzes.actions.scopes import Plan, facts_in_scope
from quizzes.actions.sittings import finish_sitting
from quizzes.models import Question, Sitting, Slot
from tests.factories import make_learner
from tests.quizzes.bank import be_guest, give, give_right, make_asked_guide, make_sitting, right, wrong


@pytest.fixture
def guide(db):
    return make_asked_guide()


@pytest.fixture
def me(client, guide):
    learner = make_learner()
    be_guest(client, learner)
    return learner


@pytest.fixture
def sit(client, me, guide):
    """A function that answers questions wrong, in a sitting of their own: `sit(2, confidence="sure")`."""

    def sit_through(missed, **fields):
        sitting = make_sitting(me, guide, count=missed)
        for slot in sitting.slots.all():
            client.post(f"/quiz/{sitting.pk}/{slot.position}/", {"token": slot.token, "choice": wrong(slot), **fields})
        return sitting

    return sit_through


def begin(client, guide, scope, **fields):
    form = {"guide": guide.slug, "token": "t", "scope": scope, "count": "all", "order": "shuffled", **fields}
    return client.post("/quiz/", form)


def asked_of(sitting):
    return set(sitting.slots.values_list("question__fact", flat=True))


def page(client, **query):
    return client.get("/quiz/", query).content.decode()


def test_missed_ones_are_those_wrong_at_last_sight_over_all_sittings(client, me, guide, sit):
    first, _ = sit(2), sit(3)
    slot = first.slots.first()
    give(client, slot, wrong(slot))  # sent again: nothing new
    again = make_sitting(me, guide, scope=Sitting.Scope.MISSED, count=1)
    give_right(client, again.slots.get())

    begin(client, guide, "missed")

    assert asked_of(Sitting.objects.get(token="t")) == set(
        me.memories.filter(is_right=False).values_list("fact", flat=True)
    )
    assert len(asked_of(Sitting.objects.get(token="t"))) == 4


def test_missed_ones_of_the_last_sitting_alone(client, guide, sit):
    sit(2)
    last = sit(3)

    begin(client, guide, "missed", last="1")

    assert asked_of(Sitting.objects.get(token="t")) == asked_of(last)
    assert "Those I missed (3)" in page(client, last="1")
    assert "Those I missed (5)" in page(client)


def test_sitting_without_an_answer_is_not_the_last_one(client, me, guide, sit):
    answered = sit(2)
    make_sitting(me, guide)

    begin(client, guide, "missed", last="1")

    assert asked_of(Sitting.objects.get(token="t")) == asked_of(answered)


def test_sure_but_wrong_ones_are_asked_alone(client, guide, sit):
    sit(2, confidence="guess")
    sure = sit(2, confidence="sure")

    begin(client, guide, "sure-wrong")

    assert asked_of(Sitting.objects.get(token="t")) == asked_of(sure)
    assert "Sure, but wrong (2)" in page(client)


def test_not_seen_ones_are_all_the_others(client, guide, sit):
    seen = sit(4)

    begin(client, guide, "unseen")

    asked = asked_of(Sitting.objects.get(token="t"))
    assert not asked & asked_of(seen)
    assert len(asked) == 27 - 4
    assert "Not seen yet (23)" in page(client)


def test_flagged_ones_over_all_and_of_the_last_sitting(client, guide, sit):
    first, last = sit(2), sit(2)
    Slot.objects.filter(sitting__in=[first, last], position=1).update(is_flagged=True)

    begin(client, guide, "flagged")
    begin(client, guide, "flagged", last="1", token="u")

    assert len(asked_of(Sitting.objects.get(token="t"))) == 2
    assert asked_of(Sitting.objects.get(token="u")) == {last.slots.first().question.fact_id}


@pytest.mark.parametrize(
    ("scope", "words"),
    [
        ("missed", "You missed nothing at last sight. Next best: not seen yet, chosen below."),
        ("sure-wrong", "sure of and got wrong at last sight. Next best: not seen yet"),
        ("flagged", "You have flagged nothing. Next best: not seen yet"),
    ],
)
def test_empty_set_says_so_and_the_next_best_is_ready(client, me, guide, scope, words):
    for slot in make_sitting(me, guide, count=2).slots.all():
        give(client, slot, right(slot))

    looked, sent = page(client, scope=scope), begin(client, guide, scope)

    assert words in looked
    assert '<option value="unseen" selected>' in looked
    assert sent.status_code == 422
    assert words in sent.content.decode()
    assert '<option value="unseen" selected>' in sent.content.decode()
    assert Sitting.objects.count() == 1


def test_nothing_missed_in_the_last_sitting_is_told_of_these_sittings(client, me, guide, sit):
    sit(2)
    for slot in make_sitting(me, guide, scope=Sitting.Scope.UNSEEN, count=2).slots.all():
        give(client, slot, right(slot))

    assert "You missed nothing at last sight in these sittings" in page(client, scope="missed", last="1")
    assert "You missed nothing" not in page(client, scope="missed")


def test_somebody_new_who_wants_what_is_not_seen_gets_the_whole_guide(client, guide):
    assert "You have seen none of it yet. Next best: the whole guide, chosen below." in page(client, scope="unseen")


def test_kinds_that_nothing_missed_can_be_asked_by_are_told(client, guide, sit):
    sit(2)

    response = begin(client, guide, "missed", kinds=["several"])

    assert response.status_code == 422
    assert "Nothing here can be asked by the kinds of question you chose" in response.content.decode()


@pytest.mark.parametrize("last", [None, 1, 3])
@pytest.mark.parametrize("scope", ["missed", "sure-wrong", "unseen", "flagged"])
def test_every_count_is_that_of_what_is_then_asked(me, guide, sit, scope, last):
    finish_sitting(sit(2, confidence="sure"))
    sit(3)
    Slot.objects.filter(position__lte=2).update(is_flagged=True)
    Question.objects.filter(pk=Slot.objects.last().question_id).update(hidden_at="2026-01-01T00:00Z")

    offer = offer_of(guide, me, last=last)
    wanted = facts_in_scope(Plan(guide, Sitting.Scope(scope), last=last), me)

    assert getattr(offer, scope.replace("-", "_")) == len(wanted)


def test_counts_agree_with_the_progress_page_and_the_card_of_the_guide(client, guide, sit):
    finish_sitting(sit(3))

    progress, card = client.get("/progress/").content.decode(), client.get(guide.get_absolute_url()).content.decode()

    assert "Those I missed (3)" in page(client)
    assert "Not seen yet (24)" in page(client)
    assert "Practise the 3 missed" in progress
    assert "24 not asked yet" in progress
    assert "24 never asked." in card
    assert "Practise the 3 missed" in card


@pytest.mark.parametrize("sittings", [1, 6])
def test_page_costs_as_many_queries_after_many_sittings(client, sit, sittings, django_assert_max_num_queries):
    for _ in range(sittings):
        sit(2)

    with django_assert_max_num_queries(16):
        page(client, last="3")
