from datetime import UTC, datetime, timedelta
from itertools import combinations
from unittest import mock

import pytest
from django.urls import reverse

from quizzes.actions.bank import refresh_bank
from quizzes.actions.planning import aim_of, due_of, plan_of, similarity_of
from quizzes.actions.replaying import differences
from quizzes.memory.ordering import ALIKE
from quizzes.models import Answer, AnswerFact, DayPlan, Learner, Memory, Sitting, Slot, Study
from tests.factories import ACTIVATIONS, DECISIONS, TECHNIQUES, make_guide, make_table, make_topic
from tests.quizzes.bank import address, give, right, wrong

ENSEMBLES = [
    ("Aspect", "Bagging", "Boosting"),
    ("Training", "Parallel", "Sequential"),
    ("Sampling", "Random with replacement", "Weighted observations"),
    ("Overfitting", "Avoids", "Can overfit"),
]
NOON = datetime(2026, 3, 20, 12, tzinfo=UTC)
CONTINUE = "/quiz/continue/"


@pytest.fixture
def guide(db):
    """A guide with rows that look alike, and a table of decision questions that says the same as another."""
    guide = make_guide()
    topic = make_topic(guide)
    make_table(topic, title="Activation Functions", grid=ACTIVATIONS)
    make_table(topic, title="Memory Optimization Techniques", grid=TECHNIQUES)
    make_table(topic, title="Which Activation Function?", grid=DECISIONS, kind="decision")
    refresh_bank(guide)
    return guide


@pytest.fixture
def clock():
    """A clock that can be set: `clock(moment)`."""
    with mock.patch("django.utils.timezone.now") as now:
        now.return_value = NOON
        yield lambda moment: setattr(now, "return_value", moment)


def go_on(client):
    """Press Continue; the slot that waits, or None where the day is over."""
    response = client.get(CONTINUE, follow=True)
    at = response.request["PATH_INFO"]
    found = Slot.objects.filter(points=None).order_by("-pk").first()
    return found if found and at == address(found) else None


def answer(client, slot, *, is_right=True):
    """Answer as wished, whatever kind of question it is."""
    if slot.kind in {"typed", "typed-name"}:
        client.post(address(slot), {"token": slot.token, "text": slot.right_text if is_right else "nonsense"})
        if not Answer.objects.filter(slot=slot).exists():
            client.post(address(slot), {"token": slot.token, "text": "nonsense"})
    elif slot.kind == "select-all":
        ticks = [n for n, option in enumerate(slot.options, start=1) if option["is_right"] == is_right]
        client.post(address(slot), {"token": slot.token, "tick": ticks})
    elif slot.kind == "order-by":
        order = slot.shown["order"] if is_right else slot.shown["order"][::-1]
        places = {f"place-{place + 1}": number for number, place in enumerate(order, start=1)}
        client.post(address(slot), {"token": slot.token, **places})
    else:
        give(client, slot, right(slot) if is_right else wrong(slot))


def test_one_press_leads_to_a_question(guest, guide):
    slot = go_on(guest)

    assert slot.sitting.mode == "today"
    assert slot.position == 1


def test_pressing_again_leads_to_the_same_question(guest, guide):
    first, second = go_on(guest), go_on(guest)

    assert first == second
    assert Sitting.objects.count() == Slot.objects.count() == 1


def test_next_comes_one_at_a_time_and_no_fact_twice(guest, guide):
    for _ in range(6):
        answer(guest, go_on(guest))

    facts = list(AnswerFact.objects.values_list("fact", flat=True))
    assert len(facts) == len(set(facts))
    assert Slot.objects.count() == 6


def test_the_columns_of_a_table_of_aspects_take_turns(guest):
    guide = make_guide()
    make_table(make_topic(guide), title="Bagging vs Boosting", grid=ENSEMBLES, kind="aspect")
    refresh_bank(guide)

    for _ in range(6):
        answer(guest, go_on(guest))

    asked = Slot.objects.filter(kind="which-of-two").order_by("position")
    assert [slot.right_text for slot in asked] == ["Bagging", "Boosting"] * 3


def test_a_visitor_is_shown_what_can_be_practised(client, guide):
    response = client.get(CONTINUE)

    assert (response.status_code, response["Location"]) == (302, reverse("quizzes:start"))
    assert not Learner.objects.exists()


def test_a_goal_reached_is_said_and_no_lock(guest, guide):
    Learner.objects.update(goal=2)
    for _ in range(2):
        answer(guest, go_on(guest))

    page = guest.get(CONTINUE, follow=True)
    assert "That was your goal for today" in page.content.decode()
    more = guest.get(f"{page.request['PATH_INFO']}?more=1", follow=True)
    assert more.request["PATH_INFO"].endswith("/3/")


def test_what_was_missed_comes_once_more_when_the_goal_is_reached(guest, guide):
    Learner.objects.update(goal=3)
    for number in range(3):
        answer(guest, go_on(guest), is_right=number != 1)
    sitting = Sitting.objects.get()

    again = go_on(guest)

    assert again.position == 4
    assert again.returns == sitting.slots.get(position=2)
    answer(guest, again, is_right=False)
    assert "That was your goal for today" in guest.get(CONTINUE, follow=True).content.decode()


def test_who_would_rather_not_meet_missed_ones_again_today_does_not(guest, guide):
    Learner.objects.update(goal=1, returns_missed=False)
    answer(guest, go_on(guest), is_right=False)

    assert "That was your goal for today" in guest.get(CONTINUE, follow=True).content.decode()


def test_that_it_is_enough_is_told_once(guest, guide):
    Learner.objects.update(goal=1)
    answer(guest, go_on(guest))
    page = guest.get(CONTINUE, follow=True)
    guest.get(f"{page.request['PATH_INFO']}?more=1")
    answer(guest, Slot.objects.latest("pk"))

    assert go_on(guest).position == 3


def test_a_day_off_is_called_one(guest, guide, clock):
    Learner.objects.update(paused_until=(NOON + timedelta(days=3)).date())
    answer(guest, go_on(guest))

    assert "Today is a day off" in guest.get(CONTINUE, follow=True).content.decode()


def test_a_stubborn_fact_is_looked_at_before_it_is_asked(guest, guide, clock):
    slot = go_on(guest)
    answer(guest, slot, is_right=False)
    Memory.objects.update(is_leech=True, missed=5, last_on=(NOON - timedelta(days=9)).date())
    Answer.objects.update(study_day=(NOON - timedelta(days=9)).date())
    DayPlan.objects.all().delete()
    plan_of(Learner.objects.get(), guide)
    DayPlan.objects.update(facts=[slot.question.fact_id])
    clock(NOON + timedelta(hours=1))

    again = go_on(guest)
    look = guest.get(address(again)).content.decode()
    ready = guest.get(address(again), {"ready": "1"}).content.decode()

    assert again.question.fact_id == slot.question.fact_id
    assert "You have missed this 5 times" in look
    assert "side by side" in look
    assert again.token not in look
    assert again.token in ready


def test_a_new_day_has_a_sitting_of_its_own(guest, guide, clock):
    answer(guest, go_on(guest))
    clock(NOON + timedelta(days=1))

    slot = go_on(guest)

    assert slot.position == 1
    assert Sitting.objects.count() == 2


def test_a_day_ends_at_four_by_the_clock_of_the_learner(guest, guide, clock):
    Learner.objects.update(time_zone="America/New_York")
    clock(datetime(2026, 3, 20, 7, 59, tzinfo=UTC))  # 03:59 there
    go_on(guest)
    clock(datetime(2026, 3, 20, 8, 1, tzinfo=UTC))
    go_on(guest)

    assert Sitting.objects.count() == 2


def test_due_counts_what_is_left_of_the_goal_and_adds_up_over_tables(guest, guide):
    Learner.objects.update(goal=5)
    before = due_of(Learner.objects.get(), guide)
    answer(guest, go_on(guest))

    after = due_of(Learner.objects.get(), guide)

    assert (before.count, after.count) == (5, 4)
    assert sum(after.by_table.values()) == after.count
    assert after.unseen == before.unseen - AnswerFact.objects.count()


def test_days_off_have_nothing_due(guest, guide, clock):
    Learner.objects.update(paused_until=(NOON + timedelta(days=3)).date())

    assert due_of(Learner.objects.get(), guide).count == 0
    clock(NOON + timedelta(days=3))
    assert due_of(Learner.objects.get(), guide).count > 0


def test_a_fact_practised_elsewhere_today_leaves_the_plan(guest, guide):
    learner = Learner.objects.get()
    first = plan_of(learner, guide).facts[0]
    begun = guest.post("/quiz/", {"scope": "guide", "count": "all", "order": "document", "token": "t",
                                  "guide": guide.slug, "last": "all"})  # fmt: skip
    assert begun.status_code == 303
    slot = next(slot for slot in Slot.objects.all() if slot.question.fact_id == first)
    answer(guest, slot)

    assert first not in due_of(Learner.objects.get(), guide).facts
    assert go_on(guest).question.fact_id != first


def test_before_an_exam_its_day_is_aimed_at_and_afterwards_two_weeks(guest, guide, clock):
    learner = Learner.objects.get()
    Study.objects.create(learner=learner, guide=guide, exam_on=NOON.date() + timedelta(days=5))

    assert aim_of(learner, guide).until == NOON.date() + timedelta(days=5)
    clock(NOON + timedelta(days=6))
    assert aim_of(learner, guide).exam_on is None
    assert aim_of(learner, guide).until == NOON.date() + timedelta(days=20)


def test_thirty_days_keep_what_a_plan_promises(guest, guide, clock):
    exam_on = NOON.date() + timedelta(days=25)
    Study.objects.create(learner=Learner.objects.get(), guide=guide, exam_on=exam_on)
    Learner.objects.update(goal=4, time_zone="Europe/Berlin", returns_missed=False)  # the clock goes forward on day 9
    for day in range(30):
        clock(NOON + timedelta(days=day))
        for number in range(4):
            answer(guest, go_on(guest), is_right=(day + number) % 3 != 0)

        aim = aim_of(Learner.objects.get(), guide)
        assert aim.until == (exam_on if day <= 25 else aim.on + timedelta(days=14))

    told = AnswerFact.objects.select_related("fact", "answer").order_by("pk")
    by_day = {}
    for each in told:
        by_day.setdefault(each.answer.study_day, []).append(each.fact)
    for on, facts in by_day.items():
        assert len({fact.pk for fact in facts}) == len(facts)
        groups = [fact.sibling_group for fact in facts if fact.sibling_group]
        if not on <= exam_on <= on + timedelta(days=2):
            assert len(set(groups)) == len(groups)
    assert len(by_day) == 30
    assert looks_alike_on_one_day(by_day) == []
    assert differences(Learner.objects.get()) == []


def looks_alike_on_one_day(by_day):
    """The pairs of rows of one table, alike, that were first met on the same day."""
    met, together = set(), []
    for facts in by_day.values():
        rows = {(fact.table_id, fact.row_id) for fact in facts if fact.row_id} - met
        similarity = similarity_of(rows, {})
        together += [pair for pair in combinations(rows, 2) if similarity(*pair) >= ALIKE]
        met |= rows
    return together


@pytest.mark.parametrize("answers", [1, 12])
def test_continuing_costs_the_same_after_many_answers(guest, guide, answers, django_assert_max_num_queries):
    Learner.objects.update(goal=100)
    for _ in range(answers):
        answer(guest, go_on(guest))

    with django_assert_max_num_queries(12):
        guest.get(CONTINUE)
    with django_assert_max_num_queries(22):
        guest.get(reverse("quizzes:sitting", args=[Sitting.objects.get().pk]))
    with django_assert_max_num_queries(10):
        guest.get(address(Slot.objects.latest("pk")))
