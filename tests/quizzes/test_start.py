import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from quizzes.actions.bank import refresh_bank
from quizzes.forms.practice import KINDS
from quizzes.models import Answer, Learner, Sitting, Slot, new_token
from studysite.kept import forget_all
from tests.factories import make_guide, make_learner, make_table, make_topic, make_user
from tests.quizzes.bank import address, be_guest, give, make_asked_guide, make_sitting, right, wrong

START = "/quiz/"


@pytest.fixture
def guide(db):
    return make_asked_guide()


def begin(client, guide, **fields):
    form = {"token": new_token(), "guide": guide.slug, "scope": "guide", "count": "all", "order": "shuffled"}
    form |= {"kinds": ["decision"]}
    return client.post(START, form | fields)


def test_page_offers_all_questions_topics_and_tables_with_their_numbers(client, guide):
    page = client.get(START).content.decode()

    assert "The whole guide (27)" in page
    assert "Neural Network Comparisons (22)" in page
    assert "Activation Functions: When to Use (5)" in page
    assert "Those I missed" not in page


def test_looking_at_the_page_makes_nobody_a_learner(client, guide):
    client.get(START)

    assert not Learner.objects.exists()


def test_start_leads_to_the_first_question(client, guide):
    response = begin(client, guide)

    sitting = Sitting.objects.get()
    assert response.status_code == 303
    assert response.headers["Location"] == reverse("quizzes:sitting", args=[sitting.pk])
    assert client.get(response.headers["Location"]).headers["Location"] == f"/quiz/{sitting.pk}/1/"
    assert sitting.slots.count() == 10


def test_the_same_form_sent_twice_starts_one_sitting(client, guide):
    token = new_token()

    first, second = begin(client, guide, token=token), begin(client, guide, token=token)

    assert first.headers["Location"] == second.headers["Location"]
    assert Sitting.objects.count() == 1


def test_two_forms_start_two_sittings_in_another_order(client, guide):
    begin(client, guide)
    begin(client, guide)

    one, other = Sitting.objects.all()
    assert one.seed != other.seed


@pytest.mark.parametrize(("kind", "count"), [("topic", 5), ("table", 5)])
def test_a_topic_or_a_table_alone(client, guide, kind, count):
    table = guide.tables.get(kind="decision")
    slug = table.slug if kind == "table" else table.topic.slug

    begin(client, guide, scope=f"{kind}-{slug}")

    sitting = Sitting.objects.get()
    assert sitting.scope == kind
    assert {slot.question.table for slot in sitting.slots.all()} == {table}
    assert sitting.slots.count() == count


def test_all_decision_questions_are_asked_as_their_author_wrote_them(client, guide):
    page = client.get(START).content.decode()
    begin(client, guide, scope="decisions", kinds=list(KINDS))

    sitting = Sitting.objects.get()
    asked = sitting.slots.values_list("question__kind", flat=True)
    assert "All decision questions (10)" in page
    assert sorted(asked) == ["decision"] * 5 + ["lookup"] * 5
    assert sitting.name == "All decision questions"


def test_a_decision_question_is_met_first_as_its_author_wrote_it(client, guide):
    table = guide.tables.get(kind="decision")

    begin(client, guide, scope=f"table-{table.slug}", kinds=list(KINDS))

    assert set(Sitting.objects.get().slots.values_list("question__kind", flat=True)) == {"decision"}


def test_document_order_is_that_of_the_document(client, guide):
    begin(client, guide, order="document")

    positions = [slot.question.position for slot in Sitting.objects.get().slots.all()]
    assert positions == sorted(positions)


def test_some_of_the_questions_are_those_not_seen_then_those_missed(guest, guide):
    learner = guest.learner
    first = make_sitting(learner, guide, is_shuffled=False)
    for slot in first.slots.all()[:8]:
        give(guest, slot, right(slot) if slot.position < 5 else wrong(slot))

    again = make_sitting(learner, guide, count=5)

    seen = {slot.question_id: slot.position for slot in first.slots.all()}
    places = {seen[slot.question_id] for slot in again.slots.all()}
    assert {9, 10} < places
    assert places < {5, 6, 7, 8, 9, 10}


def test_missed_ones_alone(guest, guide):
    first = make_sitting(guest.learner, guide)
    missed = first.slots.first()
    give(guest, missed, wrong(missed))

    page = guest.get(f"{START}?scope=missed").content.decode()
    begin(guest, guide, scope="missed")

    assert '<option value="missed" selected>Those I missed (1)</option>' in page
    assert [slot.question.fact for slot in Sitting.objects.first().slots.all()] == [missed.question.fact]


def test_nothing_missed_is_no_choice(guest, guide):
    response = begin(guest, guide, scope="missed")

    assert response.status_code == 422
    assert not Sitting.objects.exists()


def test_address_chooses_beforehand(client, guide):
    table = guide.tables.get(kind="decision")

    response = client.get(f"{START}?guide={guide.slug}&table={table.slug}&count=5&order=document")

    chosen = response.context["form"].initial
    assert (chosen["scope"], chosen["count"], chosen["order"]) == (f"table-{table.slug}", "5", "document")
    assert f'<option value="table-{table.slug}" selected>' in response.content.decode()


@pytest.mark.parametrize(
    "query", ["table=nothing", "topic=nothing", "scope=nothing", "scope=missed", "count=7", "order=x"]
)
def test_what_the_address_asks_for_and_cannot_have_is_left_out(client, guide, query):
    response = client.get(f"{START}?{query}")

    assert response.status_code == 200
    assert '<option value="guide" selected>' in response.content.decode()


@pytest.mark.parametrize(
    "fields",
    [{"scope": "table-no"}, {"count": "7"}, {"count": "-1"}, {"order": "x"}, {"token": ""}, {"token": "x" * 99}],
)
def test_wrong_choice_is_said_and_nothing_begins(client, guide, fields):
    response = begin(client, guide, **fields)

    assert response.status_code == 422
    assert not Sitting.objects.exists()
    assert not Learner.objects.exists()


def test_somebody_elses_private_guide_is_not_found(alice, guide):
    private = make_asked_guide(title="Private", visibility="private", owner=make_user("bob"))

    looked, begun = alice.get(f"{START}?guide={private.slug}"), begin(alice, private)

    missing = alice.get(f"{START}?guide=nothing")
    assert looked.status_code == begun.status_code == missing.status_code == 404
    assert looked.content == missing.content
    assert not Sitting.objects.exists()


def test_extra_fields_are_ignored(alice, guide):
    bob = make_learner(make_user("bob"))

    begin(alice, guide, learner=bob.pk, seed=1, finished_at="2020-01-01", retry_of=1)

    sitting = Sitting.objects.get()
    assert sitting.learner.user == alice.user
    assert (sitting.finished_at, sitting.retry_of) == (None, None)


def test_unfinished_sittings_are_gone_on_with(guest, theirs):
    slot = theirs.slots.first()
    give(guest, slot, right(slot))

    page = guest.get(START).content.decode()

    assert "Go on where you were" in page
    assert "1 of 5 answered" in page
    assert "Continue: question 2" in page
    assert f'<span class="vh">({theirs.name}, begun ' in page


def test_practice_that_is_all_answered_goes_on_with_the_missed(guest, guide):
    sitting = make_sitting(guest.learner, guide, count=2, returns_missed=True)
    for slot in sitting.slots.all():
        give(guest, slot, wrong(slot))

    page = guest.get(START).content.decode()

    assert "2 of 2 answered" in page
    assert "Continue: the missed once more" in page


@pytest.mark.parametrize("is_answered", [False, True])
def test_todays_questions_go_on_without_a_number(guest, guide, is_answered):
    guest.get("/quiz/continue/", {"guide": guide.slug})
    slot = Slot.objects.get()
    if is_answered:
        guest.post(address(slot), {"token": slot.token, "choice": "unknown"})

    page = guest.get(START).content.decode()

    assert f"{int(is_answered)} answered, begun" in page
    assert ">Continue\n" in page


def test_guide_last_practised_comes_first(guest, guide):
    other = make_asked_guide(title="Another")
    make_sitting(guest.learner, other)

    assert guest.get(START).context["guide"] == other


def test_guide_without_questions_says_so(client, db):
    make_guide(title="Empty")

    assert "Nothing to ask yet" in client.get(START).content.decode()


def test_site_without_a_guide_says_so(client, db):
    assert "There is no guide to practise yet" in client.get(START).content.decode()


def test_page_is_private(client, guide):
    response = client.get(START)

    assert response.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("sittings", [1, 4])
def test_number_of_queries_does_not_grow(guest, guide, sittings, django_assert_max_num_queries):
    for _ in range(sittings):
        make_sitting(guest.learner, guide)
    guest.get(START)

    with django_assert_max_num_queries(12):
        guest.get(START)


@pytest.mark.parametrize("count", [5, 10])
def test_starting_takes_as_many_queries_for_ten_questions_as_for_five(
    guest, guide, count, django_assert_max_num_queries
):
    be_guest(guest, guest.learner)

    with django_assert_max_num_queries(24):
        begin(guest, guide, count=str(count))

    assert not Answer.objects.exists()


def test_starting_takes_as_many_queries_in_a_large_guide_as_in_a_small_one(guest):
    taken = []
    for rows in (4, 300):
        guide = make_guide(title=f"{rows} rows")
        grid = [("Name", "Use", "Cost"), *((f"Thing {row}", f"use {row}x", f"cost {row * 7}y") for row in range(rows))]
        make_table(make_topic(guide), grid=grid)
        refresh_bank(guide)
        forget_all()
        with CaptureQueriesContext(connection) as queries:
            begin(guest, guide, count="5", kinds=["choice"])
        taken.append(len(queries))

    assert [sitting.slots.count() for sitting in Sitting.objects.all()] == [5, 5]
    assert taken[0] == taken[1]
