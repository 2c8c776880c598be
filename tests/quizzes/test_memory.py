import pytest

from quizzes.actions.memory import recount_facts, recount_learner
from quizzes.models import Fact, Memory
from tests.quizzes.bank import give, make_sitting, right, wrong


@pytest.fixture
def sitting(guest):
    """A sitting that the guest has gone through, the first question wrong."""
    sitting = make_sitting(guest.learner)
    for slot in sitting.slots.all():
        give(guest, slot, wrong(slot) if slot.position == 1 else right(slot))
    return sitting


def remembered():
    fields = ("learner", "fact", "asked", "missed", "is_right", "answered_at")
    return list(Memory.objects.order_by("learner", "fact").values_list(*fields))


def test_memory_made_from_the_log_is_what_the_answers_made(guest, sitting):
    before = remembered()

    recount_learner(guest.learner)

    assert remembered() == before


def test_lost_memory_comes_back_from_the_log(sitting):
    before = remembered()
    Memory.objects.all().delete()

    recount_facts(Fact.objects.all())

    assert remembered() == before


def test_changed_value_starts_as_new_and_a_returning_one_gets_its_answers_back(sitting):
    before = remembered()
    fact = sitting.slots.first().question.fact
    old = fact.value_hash

    set_value(fact, "changed")
    changed = remembered()
    set_value(fact, old)

    assert len(changed) == len(before) - 1
    assert remembered() == before


def set_value(fact, value_hash):
    fact.value_hash = value_hash
    fact.save()
    recount_facts([fact])
