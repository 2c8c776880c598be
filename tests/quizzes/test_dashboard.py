import re
from datetime import date

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quizzes.actions.offers import offer_of
from quizzes.actions.planning import due_of
from quizzes.actions.scopes import Plan, facts_in_scope
from quizzes.models import Confusion, Fact, Learner, Memory, Question, SetAside, Slot
from studysite.kept import forget_all
from tests.factories import make_learner, make_user
from tests.quizzes.bank import be_guest, make_asked_guide
from tests.quizzes.lived import board_of, live_through, page_of


@pytest.fixture
def guide(db):
    return make_asked_guide()


@pytest.fixture
def learned(guest, guide):
    """The guest after sixty answers, two of three right."""
    live_through(guest.learner, guide, 60, rights=(True, True, False))
    return guest


def test_due_and_fading_are_those_of_the_plan(learned, guide):
    due, board = due_of(learned.learner, guide), board_of(learned)

    assert board.due.count == due.count
    assert (board.all.fading, board.all.unseen) == (due.fading, due.unseen)
    assert board.fading[0] == board.all.fading


def test_hidden_and_set_aside_facts_are_in_no_count(learned, guide):
    hidden, aside, seen = Fact.objects.asked().filter(guide=guide, memories__learner=learned.learner)[:3]
    before = board_of(learned).all
    Fact.objects.filter(pk=hidden.pk).update(is_asked=False)
    SetAside.objects.create(learner=learned.learner, fact=aside)

    board = board_of(learned)

    assert board.all.facts == before.facts - 2
    assert board.all.seen == before.seen - 2
    assert sum(topic.all.facts for topic in board.topics) == board.all.facts
    assert sum(part.seen for topic in board.topics for _, part in topic.tables) == board.all.seen


def test_practice_offers_as_many_facts_as_the_dashboard_counts(learned, guide):
    hidden, aside, other = Fact.objects.asked().filter(guide=guide, memories__learner=learned.learner)[:3]
    Fact.objects.filter(pk=hidden.pk).update(is_asked=False)
    for fact in (aside, other, Fact.objects.asked().filter(guide=guide).exclude(memories=None).last()):
        SetAside.objects.create(learner=learned.learner, fact=fact)

    all_facts, offer = board_of(learned).all, offer_of(guide, learned.learner)

    assert (offer.total, offer.missed, offer.unseen) == (all_facts.facts, all_facts.missed, all_facts.unseen)
    assert sum(count for _, count in offer.topics) == all_facts.facts
    assert len(facts_in_scope(Plan(guide), learned.learner)) == all_facts.facts
    tallied = Fact.objects.asked().filter(guide=guide).tallied(Learner.objects.filter(pk=learned.learner.pk)[:1])
    assert sum(row["questions"] for row in tallied) == all_facts.facts
    assert sum(row["right"] for row in tallied) == all_facts.right


def test_calendar_counts_the_days_with_answers(learned):
    calendar = board_of(learned).calendar

    assert (calendar.studied, calendar.average, calendar.in_a_row) == (10, 6, 10)
    assert "10 days in a row" in page_of(learned)


def test_goal_of_today_is_told_with_what_is_done_of_it(learned):
    board = board_of(learned)

    assert (board.done_today, board.goal) == (20 - board.due.goal_left, 20)
    assert f"<dt>Goal of today</dt><dd>{board.done_today} of 20 answers</dd>" in page_of(learned)


@pytest.mark.parametrize("change", [{"goal_unit": "minutes"}, {"paused_until": date(2999, 1, 1)}])
def test_goal_in_minutes_or_of_a_day_off_is_not_counted_in_answers(learned, change):
    Learner.objects.update(**change)

    assert board_of(learned).goal is None
    assert "Goal of today" not in page_of(learned)


def test_missed_days_are_never_held_against_anybody(guest, guide):
    live_through(guest.learner, guide, 5, days=1)
    Learner.objects.update(time_zone="")

    page = page_of(guest).lower()

    assert "when you studied" in page
    assert "streak" not in page
    assert "lost" not in page


def test_stubborn_facts_lead_to_their_row_beside_its_neighbour(guest, guide):
    question = Question.objects.filter(guide=guide, kind="forward").select_related("fact__table", "fact__row").first()
    live_through(guest.learner, guide, 6, rights=(False,), questions=[question])

    page = page_of(guest)
    fact = question.fact
    response = guest.get(f"/progress/beside/{guide.slug}/{fact.table.slug}/{fact.row.slug}/", follow=True)

    assert "You have missed this 6 times: look at it with its neighbours" in page
    assert f"/progress/beside/{guide.slug}/{fact.table.slug}/{fact.row.slug}/" in page
    assert response.redirect_chain[0][0].startswith("/progress/mixed-up/")
    assert fact.row.subject in response.content.decode()


def test_row_is_laid_beside_the_one_it_was_taken_for(guest, guide):
    table = guide.tables.first()
    swish = table.rows.get(slug="swish")
    rows = {row.slug: row.key for row in table.rows.all()}
    Confusion.objects.create(learner=guest.learner, table=table, asked=rows["swish"], said=rows["softmax"], count=2)

    response = guest.get(f"/progress/beside/{guide.slug}/{table.slug}/{swish.slug}/")

    assert response.headers["Location"] == f"/progress/mixed-up/{guide.slug}/{table.slug}/swish/softmax/"


def test_row_that_is_not_there_has_no_neighbour(guest, guide):
    assert guest.get(f"/progress/beside/{guide.slug}/{guide.tables.first().slug}/nobody/").status_code == 404


def test_sure_but_wrong_is_counted_and_leads_to_its_practice(guest, guide):
    live_through(guest.learner, guide, 10, rights=(True, True, True, True, False), confidence="sure")

    page, board = page_of(guest), board_of(guest)

    assert (board.sure.given, board.sure.right, board.sure.percent) == (10, 8, 80)
    assert board.all.sure_wrong == Memory.objects.filter(is_sure=True, is_right=False).count() > 0
    assert f"/quiz/?guide={guide.slug}&amp;scope=sure-wrong" in page
    assert "80% <small>8 of 10 times" in page


def test_withdrawn_answers_say_nothing_of_how_sure_one_was(guest, guide):
    live_through(guest.learner, guide, 10, confidence="sure")
    Slot.objects.filter(position__lte=4).update(is_undone=True)

    assert board_of(guest).sure.given == 6


def test_withdrawn_answers_are_in_no_square_of_the_calendar(guest, guide):
    live_through(guest.learner, guide, 10)
    Slot.objects.filter(position__lte=4).update(is_undone=True)

    calendar = board_of(guest).calendar

    assert (calendar.studied, calendar.average) == (6, 1)


def test_guide_is_the_last_studied_unless_another_is_chosen(guest, guide):
    other = make_asked_guide(title="Another guide")
    live_through(guest.learner, guide, 3)
    live_through(guest.learner, other, 4)

    assert board_of(guest).guide == other
    assert guest.get("/progress/", {"guide": guide.slug}).context["board"].all.seen == 3
    assert f'href="?guide={guide.slug}"' in page_of(guest)


@pytest.mark.parametrize("slug", ["no-such-guide", "private", "x" * 500])
def test_guide_that_is_not_there_for_one_is_not_found(guest, guide, slug):
    live_through(guest.learner, guide, 3)

    assert guest.get("/progress/", {"guide": slug}).status_code == 404


def test_guide_not_begun_yet_is_shown_with_nothing(guest, guide):
    live_through(guest.learner, guide, 3)
    fresh = make_asked_guide(title="Fresh")

    page = page_of(guest, fresh)

    assert "50 more answers and there is a forecast." in page


def test_every_chart_has_a_sentence_and_numbers_a_table(learned):
    page = page_of(learned)

    charts = re.findall(r'<svg class="(?:chart|heat)"[^>]*>', page)
    assert len(charts) == 3
    assert all('role="img"' in chart and 'aria-label="' in chart for chart in charts)
    assert page.count("As a table") == 2
    assert "style=" not in page


def test_model_is_never_shown(learned):
    page = page_of(learned).lower()

    assert not {"stability", "difficulty", "theta"} & set(re.findall(r"[a-z]+", page))


def test_learner_whose_facts_were_all_set_aside_gets_a_page(learned, guide):
    SetAside.objects.bulk_create(SetAside(learner=learned.learner, fact=fact) for fact in Fact.objects.asked())

    assert learned.get("/progress/").status_code == 200


def queries_of(client, path):
    cache.clear()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


def test_number_of_queries_is_the_same_at_any_number_of_answers(client, guide):
    made = []
    for number, answers in enumerate((100, 2000)):
        learner = Learner.objects.create(user=make_user(f"learner-{number}"))
        table = guide.tables.first()
        first, second = table.rows.all()[:2]
        live_through(learner, guide, answers, rights=(False, True, False), confidence="sure", days=40)
        Confusion.objects.create(learner=learner, table=table, asked=first.key, said=second.key, count=3)
        Memory.objects.filter(pk=learner.memories.first().pk).update(is_leech=True)  # or nobody looks for stubborn ones
        client.force_login(learner.user)
        forget_all()
        paths = ("/progress/", f"/progress/last-night/{guide.slug}/", f"/progress/effort/{guide.slug}/")
        made.append([queries_of(client, path) for path in paths])

    assert made[0] == made[1]
    assert made[0][0] <= 40  # of which a plan and a forecast are made


@pytest.mark.parametrize("answers", [100, 600])
def test_pages_of_a_plan_that_is_made_take_few_queries(client, guide, answers):
    learner = Learner.objects.create(user=make_user())
    table = guide.tables.order_by("position").first()
    live_through(learner, guide, answers, rights=(True, True, False))
    client.force_login(learner.user)
    most = {  # without the one for what the cache holds, which in tests is no table
        f"/progress/?guide={guide.slug}": 12,
        guide.get_absolute_url(): 8,
        f"/progress/memory/{guide.slug}/{table.slug}/": 9,
    }
    for path in most:
        client.get(path)

    for path, limit in most.items():
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
        assert len(queries) <= limit, path


def test_guest_with_nothing_is_shown_the_way_in(client, db):
    assert "Nothing answered yet" in client.get("/progress/").content.decode()


def test_dashboard_of_one_is_not_that_of_another(learned, guide, client):
    other = make_learner()
    be_guest(client, other)
    live_through(other, guide, 4)

    assert board_of(client).all.seen == 4
