import pytest

from quizzes.actions.bank import refresh_bank
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


def test_memory_follows_the_value_through_new_versions_of_the_guide(sitting):
    slot = sitting.slots.first()
    authored = slot.question.fact.authored
    before, old = remembered(), authored.answer

    publish_answer(slot, authored, "Something else")
    changed = remembered()
    publish_answer(slot, authored, old)

    assert len(changed) == len(before) - 1
    assert remembered() == before


def publish_answer(slot, authored, answer):
    guide = slot.sitting.guide
    column = authored.table.columns.last()
    authored.answer = answer
    authored.save()
    authored.row.cells[column.key.hex] = {"source": answer, "text": answer, "html": answer}
    authored.row.save()
    guide.version += 1
    guide.save()
    refresh_bank(guide)


def set_value(fact, value_hash):
    fact.value_hash = value_hash
    fact.save()
    recount_facts([fact])
