import pytest

from quizzes.actions.adoption import adopt_guest
from quizzes.actions.setting_aside import bring_back, set_aside
from quizzes.actions.starting_over import reset
from quizzes.models import Answer, DayPlan, Event, Fact, Memory, SetAside, Sitting
from tests.factories import make_learner, make_user
from tests.quizzes.bank import give, make_sitting, right, wrong
from tests.quizzes.memories import lived_and_logged


@pytest.fixture
def sitting(guest) -> Sitting:
    """A sitting of ten questions that the guest has gone through."""
    sitting = make_sitting(guest.learner)
    for slot in sitting.slots.all():
        give(guest, slot, right(slot) if slot.position % 2 else wrong(slot))
    return sitting


def plan(learner, guide):
    DayPlan.objects.create(learner=learner, guide=guide, on="2026-03-20")


def test_fact_is_set_aside_once_and_brought_back(guest, sitting):
    facts = list(Fact.objects.asked()[:3])
    plan(guest.learner, sitting.guide)

    changed = [set_aside(guest.learner, facts), set_aside(guest.learner, facts[:1]), SetAside.objects.count()]
    dropped = not DayPlan.objects.exists()
    changed += [bring_back(guest.learner, facts[:2]), bring_back(guest.learner, facts[:2]), SetAside.objects.count()]

    assert changed == [3, 0, 3, 2, 0, 1]
    assert dropped
    assert Event.objects.filter(kind=Event.Kind.SET_ASIDE).count() == 3
    assert Event.objects.filter(kind=Event.Kind.BROUGHT_BACK).count() == 2


def test_setting_aside_moves_no_memory(guest, sitting):
    count = Memory.objects.count()

    set_aside(guest.learner, Fact.objects.asked())

    assert Memory.objects.count() == count
    assert lived_and_logged() == []


@pytest.mark.parametrize("count", [1, 10])
def test_whole_table_takes_as_many_queries_as_a_cell(guest, sitting, count, django_assert_max_num_queries):
    facts = Fact.objects.asked()[:count]

    with django_assert_max_num_queries(7 + 2):
        set_aside(guest.learner, facts)
    with django_assert_max_num_queries(7 + 2):
        bring_back(guest.learner, facts)


def test_what_a_guest_set_aside_is_set_aside_for_the_account(guest, sitting):
    user = make_user()
    account = make_learner(user)
    one, other = Fact.objects.asked()[:2]
    set_aside(account, [one])
    set_aside(guest.learner, [one, other])

    adopt_guest(guest.learner.guest_key, user)

    assert set(SetAside.objects.filter(learner=account).values_list("fact", flat=True)) == {one.pk, other.pk}


def test_who_starts_over_with_a_table_knows_nothing_of_it_and_all_else_still(guest, sitting):
    table = sitting.slots.first().question.table
    plan(guest.learner, sitting.guide)

    reset(guest.learner, sitting.guide, table)

    tables = set(Memory.objects.values_list("fact__table", flat=True))
    assert tables
    assert table.pk not in tables
    assert Answer.objects.count() == 10
    assert not DayPlan.objects.exists()
    assert lived_and_logged() == []


def test_who_starts_over_with_a_guide_begins_as_new_and_what_comes_then_counts(guest, sitting):
    reset(guest.learner, sitting.guide)
    left = Memory.objects.count()
    slot = make_sitting(guest.learner, sitting.guide).slots.first()
    give(guest, slot, right(slot))

    guest.learner.refresh_from_db()
    assert left == 0
    assert Memory.objects.get().asked == 1
    assert guest.learner.first_sights[str(sitting.guide_id)][1] == pytest.approx(1 - 1 / len(slot.options))
    assert lived_and_logged() == []
