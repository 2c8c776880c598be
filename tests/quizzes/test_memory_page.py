import pytest
from django.urls import reverse

from quizzes.actions.bank import refresh_bank
from quizzes.models import Answer, Event, Fact, Learner, Memory, SetAside, Sitting, Slot
from studysite.accounts.templatetags.same import _drawn
from tests.factories import ACTIVATIONS, make_guide, make_table, make_topic
from tests.quizzes.bank import HTMX, LOOKUPS, address, give, make_sitting, right, wrong
from tests.quizzes.test_kinds import MODELS


@pytest.fixture
def guide(db):
    guide = make_guide()
    make_table(make_topic(guide), title="Activation Functions", grid=ACTIVATIONS)
    refresh_bank(guide)
    return guide


@pytest.fixture
def table(guide):
    return guide.tables.get()


def at(name, table):
    return reverse(f"quizzes:{name}", args=[table.guide.slug, table.slug])


def test_a_visitor_sees_all_as_not_seen_and_begins_nothing(client, table):
    page = client.get(at("memory", table)).content.decode()

    assert "Nothing here has been asked yet" in page
    assert page.count('class="m m0"') == Fact.objects.asked().filter(table=table).count()
    assert not Learner.objects.exists()


def test_each_cell_asked_tells_its_recall_in_words_and_percent(guest, guide, table):
    slot = make_sitting(guest.learner, guide, scope="table", table=table, kinds=("forward",)).slots.first()
    give(guest, slot, right(slot))

    page = guest.get(at("memory", table)).content.decode()

    assert '<span class="vh">Strong, recall </span>100%' in page
    assert "Last asked" in page
    assert "You remember" in page


def test_a_cell_that_is_not_asked_is_not_called_unseen(guest, table):
    page = guest.get(at("memory", table)).content.decode()

    cells = table.row_count * (table.column_count - 1)
    assert page.count('class="m m') == Fact.objects.asked().filter(table=table).count() < cells


def test_cells_ticked_are_set_aside_and_come_back_when_unticked(guest, table):
    facts = list(Fact.objects.asked().filter(table=table)[:2])

    guest.post(at("memory", table), {"aside": [fact.pk for fact in facts]})
    listed = guest.get(reverse("quizzes:aside")).content.decode()
    guest.post(at("memory", table), {"aside": [facts[0].pk]})

    assert listed.count("Bring back</button>") == 2
    assert list(SetAside.objects.values_list("fact", flat=True)) == [facts[0].pk]
    assert [event.kind for event in Event.objects.all()] == ["set-aside", "set-aside", "brought-back"]


def test_one_click_brings_back(guest, table):
    fact = Fact.objects.asked().filter(table=table).first()
    guest.post(at("memory", table), {"aside": [fact.pk]})

    guest.post(reverse("quizzes:aside"), {"fact": fact.pk})

    assert not SetAside.objects.exists()


@pytest.mark.parametrize("bad", ["x", "-1", "99999999", "²", pytest.param("7" * 5000, id="long")])
def test_what_is_no_fact_of_the_table_changes_nothing(guest, table, bad):
    assert guest.post(at("memory", table), {"aside": [bad]}).status_code == 303
    assert guest.post(at("grade", table), {"knew": bad}).status_code == 404
    assert guest.post(reverse("quizzes:aside"), {"fact": bad}).status_code == 303
    assert not SetAside.objects.exists()


def test_a_question_sets_its_fact_aside(guest, guide, table):
    slot = make_sitting(guest.learner, guide, scope="table", table=table, kinds=("forward",)).slots.first()
    give(guest, slot, wrong(slot))

    guest.post(reverse("quizzes:aside-fact", args=[slot.sitting_id, slot.position]))

    assert SetAside.objects.get().fact == slot.question.fact


def test_a_covered_cell_that_was_known_moves_memory_gently(guest, table):
    fact = Fact.objects.asked().filter(table=table).first()

    response = guest.post(at("grade", table), {"knew": fact.pk}, headers=HTMX)

    memory = Memory.objects.get()
    assert "Knew it" in response.content.decode()
    assert (memory.fact, memory.is_right) == (fact, True)
    assert 0.212 < memory.stability < 2.3065
    assert Learner.objects.get(pk=guest.learner.pk).pace == []


def test_a_cell_is_judged_once_a_day_and_the_first_word_stands(guest, table):
    fact = Fact.objects.asked().filter(table=table).first()

    for judged in ("missed", "knew", "knew"):
        guest.post(at("grade", table), {judged: fact.pk})

    assert Answer.objects.get().outcome == "unknown"
    assert not Memory.objects.get().is_right


def test_judging_works_without_htmx_and_leads_back(guest, table):
    fact = Fact.objects.asked().filter(table=table).first()

    response = guest.post(at("grade", table), {"missed": fact.pk})

    assert (response.status_code, response["Location"]) == (303, at("cover", table))


def test_reviews_have_no_report_of_their_own(guest, table):
    fact = Fact.objects.asked().filter(table=table).first()
    guest.post(at("grade", table), {"knew": fact.pk})
    sitting = Answer.objects.get().sitting

    for name in ("report", "sitting"):
        assert guest.get(reverse(f"quizzes:{name}", args=[sitting.pk]))["Location"] == at("cover", table)
    assert guest.get(reverse("quizzes:question", args=[sitting.pk, 1]))["Location"] == at("cover", table)
    assert "Covered cells: Activation Functions" in guest.get(reverse("quizzes:progress")).content.decode()


def test_reviews_of_a_table_that_is_not_known_lead_to_the_guide(guest, table):
    guest.post(at("grade", table), {"knew": Fact.objects.asked().filter(table=table).first().pk})
    Sitting.objects.update(table=None)
    sitting = Sitting.objects.get()

    page = guest.get(reverse("quizzes:report", args=[sitting.pk]), follow=True)

    assert page.redirect_chain == [(table.guide.get_absolute_url(), 302)]


@pytest.mark.parametrize("page", ["undo", "count", "question", "retry", "finish"])
def test_review_is_not_changed_by_what_changes_answers(guest, table, page):
    fact = Fact.objects.asked().filter(table=table).first()
    guest.post(at("grade", table), {"missed": fact.pk})
    slot = Slot.objects.get()
    place = [slot.sitting_id] if page in {"retry", "finish"} else [slot.sitting_id, slot.position]

    response = guest.post(reverse(f"quizzes:{page}", args=place), {"token": slot.token, "choice": "1"}, follow=True)

    assert response.request["PATH_INFO"] == at("cover", table)
    assert Sitting.objects.get().finished_at is not None
    assert Answer.objects.get().outcome == "unknown"


def test_the_last_answer_is_taken_back_and_asked_again(guest, guide, table):
    slot = make_sitting(guest.learner, guide, scope="table", table=table, kinds=("forward",), count=2).slots.first()
    page = give(guest, slot, wrong(slot)).content.decode()

    response = guest.post(reverse("quizzes:undo", args=[slot.sitting_id, slot.position]))

    assert "I slipped: take it back" in page
    assert response.status_code == 303
    assert not Memory.objects.exists()
    assert "slipped" not in guest.get(address(slot)).content.decode()
    again = slot.retaken.get()
    assert response["Location"] == address(again)
    give(guest, again, right(again))
    assert Memory.objects.get().is_right


def test_starting_over_wants_the_name(guest, guide, table):
    slot = make_sitting(guest.learner, guide, scope="table", table=table, kinds=("forward",)).slots.first()
    give(guest, slot, right(slot))

    refused = guest.post(at("over", table), {"name": "Something"})
    assert refused.status_code == 422
    assert Memory.objects.exists()
    assert guest.post(at("over", table), {"name": "activation functions"}).status_code == 303
    assert not Memory.objects.exists()
    assert Answer.objects.exists()


@pytest.mark.parametrize("rows", [3, 40])
def test_number_of_queries_does_not_grow(alice, db, rows, django_assert_max_num_queries):
    guide = make_guide()
    grid = [("Name", "Kind", "Size"), *((f"Row {n}", f"kind {n}", f"size {n}") for n in range(rows))]
    table = make_table(make_topic(guide), title="Rows", grid=grid)
    refresh_bank(guide)

    with django_assert_max_num_queries(12):
        assert alice.get(at("memory", table)).status_code == 200


@pytest.mark.parametrize("name", ["memory", "cover"])
def test_each_way_on_stays_in_the_mode(guest, table, name):
    after = make_table(table.topic, title="CNN Architectures", grid=MODELS)

    page = guest.get(at(name, table)).content.decode()
    last = guest.get(at(name, after)).content.decode()

    assert f'<a href="{at(name, after)}" rel="next">' in page
    assert f'<a href="{at(name, table)}" rel="prev">' in last
    assert f'<a href="{at(name, after)}">CNN Architectures' in page.partition('<nav class="side tree"')[2]
    assert f'hx-get="{table.guide.search_url}"' in page
    compare = f"{table.get_absolute_url()}?mode=select"
    assert f'<a href="{compare}">' in page
    assert 'name="rows"' in guest.get(compare).content.decode()


@pytest.mark.parametrize("name", ["memory", "cover"])
def test_a_table_below_another_one_is_found_in_the_tree_by_that_one(guest, table, name):
    below = make_table(table.topic, label="When to Use", grid=LOOKUPS, kind="lookup", shown_with=table)

    page = guest.get(at(name, below)).content.decode()

    assert f'<a href="{at(name, table)}" aria-current="page">Activation Functions' in page
    assert "<h1>Activation Functions: When to Use</h1>" in page


def test_nothing_of_a_guide_that_not_everybody_may_read_is_kept(alice):
    guide = make_guide(title="Hidden notes", visibility="private", owner=alice.user)
    table = make_table(make_topic(guide), grid=ACTIVATIONS)
    refresh_bank(guide)

    alice.get(at("memory", table))

    assert guide.slug not in repr(vars(_drawn))
