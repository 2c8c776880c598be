import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template import Context, Template

from quizzes.actions.planning import due_of
from quizzes.actions.starting_over import reset
from quizzes.middleware import LearnerMiddleware
from quizzes.models import Fact, Learner
from tests.factories import make_guide, make_table, make_topic
from tests.quizzes.bank import AUTHORED, give, give_right, make_asked_guide, make_sitting, right, wrong

PAGE = """{% load progress %}{% today_card guide %}
{% for table in tables %}{% mini_map table %}{% table_progress table %}{% endfor %}
{% tree_notes guide as notes %}{% for note in notes.values %}{{ note }}{% endfor %}"""


@pytest.fixture
def show(rf):
    """A function that draws the tags as a page of tables does, for the session of a client."""

    def render(client, guide):
        request = rf.get("/")
        request.COOKIES = {name: morsel.value for name, morsel in client.cookies.items()}
        request.session = client.session
        request.user = getattr(client, "user", None) or AnonymousUser()
        LearnerMiddleware(lambda request: None)(request)
        tables = list(guide.tables.select_related("guide"))
        return Template(PAGE).render(Context({"request": request, "guide": guide, "tables": tables}))

    return render


@pytest.fixture
def guide(db):
    return make_asked_guide()


def test_visitor_is_offered_five_questions_and_costs_one_query(client, guide, rf, django_assert_num_queries):
    request = rf.get("/")
    request.user = AnonymousUser()
    tables = list(guide.tables.select_related("guide"))

    with django_assert_num_queries(1):  # whether there is a question
        page = Template(PAGE).render(Context({"request": request, "guide": guide, "tables": tables}))

    assert f'href="/quiz/?guide={guide.slug}&amp;count=5">Try 5 questions' in page
    assert "none asked yet" in page
    assert "csrf" not in page


@pytest.mark.parametrize("has_begun", [False, True])
def test_nobody_is_offered_questions_of_a_guide_that_has_none(guest, client, db, show, has_begun):
    guide = make_guide()
    make_table(make_topic(guide))

    page = show(guest if has_begun else client, guide)

    assert 'class="today"' not in page


def test_learner_sees_how_far_they_are_and_what_to_do_next(guest, guide, show):
    sitting = make_sitting(guest.learner, guide, count=6)
    slots = list(sitting.slots.all())
    for slot in slots[:5]:
        give(guest, slot, wrong(slot) if slot.position == 1 else right(slot))

    under_way = show(guest, guide)
    give(guest, slots[5], right(slots[5]))
    finished = show(guest, guide)

    assert "0 fading, 22 never asked." in under_way
    due = due_of(guest.learner, guide).count
    assert f'href="/quiz/continue/?guide={guide.slug}">Continue: {due + 1} due today' in under_way
    assert f'href="/quiz/{sitting.pk}/">Go on with: The whole guide' in under_way
    assert f'href="/quiz/?guide={guide.slug}&amp;scope=missed">Practise the 1 missed' in finished
    assert f"{due} <small>due today" in finished
    assert "44 more answers and there is a forecast" in finished


def test_learner_is_led_on_until_the_goal_is_reached_and_may_go_on_then(guest, guide, show):
    for count, kinds, words in ((4, AUTHORED, "Continue: "), (99, (), "Go on anyway")):
        for slot in make_sitting(guest.learner, guide, count=count, kinds=kinds).slots.all():
            give_right(guest, slot)

        assert words in show(guest, guide).split("btn primary")[1]


def test_card_goes_on_without_a_number_where_todays_questions_have_begun(guest, guide):
    guest.get("/quiz/continue/", {"guide": guide.slug})

    page = guest.get(guide.get_absolute_url()).content.decode()

    assert "You have begun" in page
    assert ">Continue\n" in page


def test_card_leads_to_the_missed_of_a_practice_after_starting_over(guest, guide):
    sitting = make_sitting(guest.learner, guide, count=2, returns_missed=True)
    for slot in sitting.slots.all():
        give(guest, slot, wrong(slot))
    reset(guest.learner, guide)

    assert "Continue: the missed once more" in guest.get(guide.get_absolute_url()).content.decode()


def test_card_and_progress_say_that_it_is_a_day_off(guest, guide):
    slot = make_sitting(guest.learner, guide, count=1).slots.get()
    give(guest, slot, right(slot))
    Learner.objects.update(paused_until=guest.learner.today + timedelta(days=3))

    card = guest.get(guide.get_absolute_url()).content.decode()
    progress = guest.get("/progress/").content.decode()

    assert "Today is a day off." in card
    assert "Your goal for today is reached" not in card
    assert "Today is a day off." in progress
    assert "Nothing is left on today" not in progress


def test_map_of_a_decision_table_has_its_answers_in_their_rows(guest, guide, show):
    table = guide.tables.get(kind="decision")
    for slot in make_sitting(guest.learner, guide, scope="table", table=table, is_shuffled=False).slots.all():
        give(guest, slot, wrong(slot) if slot.position == 2 else right(slot))

    page = show(guest, guide)

    assert "Memory map: 5 strong, 0 good, 0 fading, 0 weak, 0 not seen" in page
    assert "4 of 5 right at last sight, 1 missed" in page


def test_map_tells_cells_left_out_from_those_not_asked_yet(guest, guide, show):
    Fact.objects.filter(column__name="Issue").update(is_asked=False)
    slot = make_sitting(guest.learner, guide, count=1, kinds=("forward",)).slots.get()
    give(guest, slot, right(slot))

    page = show(guest, guide)

    assert re.search(r"1 strong, 0 good, 0 fading, 0 weak, \d+ not seen, \d+ left out", page)


def test_key_names_every_band_that_is_drawn(client, guide):
    key = client.get(guide.get_absolute_url()).content.decode().split("Key to the small maps")[1].split("</p>")[0]

    for words in ("Strong", "Good", "Fading", "Weak", "Not asked yet", "Left out"):
        assert f"</svg>{words}</span>" in key


def test_numbers_of_a_page_cost_as_many_queries_for_many_tables(guest, show, django_assert_max_num_queries):
    guide = make_asked_guide()
    make_sitting(guest.learner, guide)
    show(guest, guide)

    with django_assert_max_num_queries(6):  # session, learner, tables, facts, what is kept beside them, sitting
        show(guest, guide)


def test_due_tags_of_the_tables_add_up_to_the_number_of_the_card(guest, guide):
    slot = make_sitting(guest.learner, guide, count=1).slots.get()
    give(guest, slot, right(slot))

    page = guest.get(guide.get_absolute_url()).content.decode()

    total_due = int(re.search(r"(\d+) <small>due today", page)[1])
    assert sum(map(int, re.findall(r'<span class="tag accent">(\d+) due</span>', page))) == total_due > 0
