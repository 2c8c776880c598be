import pytest

from quizzes.actions.bank import refresh_bank
from quizzes.actions.replaying import forget_facts
from quizzes.models import Memory
from tests.quizzes.bank import give, make_sitting, right, wrong
from tests.quizzes.memories import catch_up, remembered, replay_all


@pytest.fixture
def sitting(guest):
    """A sitting that the guest has gone through, the first question wrong."""
    sitting = make_sitting(guest.learner)
    for slot in sitting.slots.all():
        give(guest, slot, wrong(slot) if slot.position == 1 else right(slot))
    return sitting


def test_memory_made_from_the_log_is_what_the_answers_made(guest, sitting):
    before = remembered()

    replay_all()

    assert remembered() == before


def test_lost_memory_comes_back_from_the_log(sitting):
    before = remembered()
    Memory.objects.all().delete()

    replay_all()

    assert remembered() == before


def test_changed_value_starts_as_new_and_a_returning_one_gets_its_answers_back(sitting):
    before = remembered()
    fact = sitting.slots.first().question.fact
    old = fact.value_hash

    set_value(fact, "changed")
    at_once = Memory.objects.count()
    catch_up()
    changed = remembered()
    set_value(fact, old)
    catch_up()

    assert at_once == len(changed) == len(before) - 1
    assert remembered() == before


def test_memory_follows_the_value_through_new_versions_of_the_guide(sitting):
    slot = sitting.slots.first()
    authored = slot.question.fact.authored
    before, old = remembered(), authored.answer

    publish_answer(slot, authored, "Something else")
    catch_up()
    changed = remembered()
    publish_answer(slot, authored, old)
    catch_up()

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
    forget_facts([fact.pk])
