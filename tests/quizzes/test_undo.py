import pytest

from quizzes.actions.bank import refresh_bank
from quizzes.actions.counting import count_as_right
from quizzes.actions.sittings import bring_back, retry_sitting
from quizzes.actions.undoing import CannotUndo, may_undo, undo_answer
from quizzes.models import Answer, Confusion, Event, Memory, Sitting, Slot, new_token
from tests.factories import TECHNIQUES, make_guide, make_table, make_topic
from tests.quizzes.bank import address, give, make_exam, make_sitting, right, wrong
from tests.quizzes.memories import lived_and_logged, remembered


@pytest.fixture
def slots(guest, theirs) -> list[Slot]:
    """Five questions, the first of them answered."""
    slots = list(theirs.slots.all())
    give(guest, slots[0], right(slots[0]))
    return slots


def progress(sitting):
    run = Sitting.objects.with_progress().get(pk=sitting.pk)
    return run.slot_count, run.answer_count, run.right_count, run.next_position


def test_withdrawn_answer_leaves_memory_as_it_was_and_both_stand_in_the_log(guest, theirs, slots):
    before = remembered()
    give(guest, slots[1], wrong(slots[1]))

    retake = undo_answer(slots[1])

    assert remembered() == before
    assert Answer.objects.count() == 2
    assert Event.objects.get().kind == Event.Kind.UNDONE
    assert (retake.position, retake.question, retake.returns) == (6, slots[1].question, None)
    assert retake.token != slots[1].token
    assert progress(theirs) == (5, 1, 1, 3)
    assert lived_and_logged() == []


def test_question_is_answered_anew_and_counts_once(guest, theirs, slots):
    give(guest, slots[1], wrong(slots[1]))
    retake = undo_answer(slots[1])

    give(guest, retake, right(retake))

    assert progress(theirs) == (5, 2, 2, 3)
    assert Memory.objects.get(fact=slots[1].question.fact).asked == 1
    assert lived_and_logged() == []


def test_withdrawn_answer_says_so_on_its_page(guest, slots):
    give(guest, slots[1], wrong(slots[1]))
    assert "took this answer back" not in guest.get(address(slots[1])).content.decode()

    undo_answer(slots[1])

    assert "You took this answer back: it does not count." in guest.get(address(slots[1])).content.decode()


def test_withdrawing_is_offered_at_the_last_answer_as_it_is_given_and_looked_at_again(guest, slots):
    assert "I slipped" in give(guest, slots[1], wrong(slots[1])).content.decode()
    assert "I slipped" in give(guest, slots[1], wrong(slots[1])).content.decode()
    assert "I slipped" in guest.get(address(slots[1])).content.decode()


def test_withdrawing_is_not_offered_where_it_would_be_refused(guest, slots):
    give(guest, slots[1], wrong(slots[1]))
    retake = undo_answer(slots[1])

    pages = [give(guest, retake, right(retake)), give(guest, slots[0], right(slots[0])), guest.get(address(retake))]

    assert not any("I slipped" in page.content.decode() for page in pages)
    assert "Set this aside" in pages[0].content.decode()


def test_pressing_twice_withdraws_once(guest, slots):
    give(guest, slots[1], wrong(slots[1]))

    assert undo_answer(slots[1]) == undo_answer(slots[1])
    assert Event.objects.count() == 1
    assert Slot.objects.count() == 6


def test_only_the_last_answer_can_be_withdrawn_and_its_retake_cannot(guest, slots):
    give(guest, slots[1], wrong(slots[1]))
    with pytest.raises(CannotUndo):
        undo_answer(slots[0])
    retake = undo_answer(slots[1])
    give(guest, retake, right(retake))

    with pytest.raises(CannotUndo):
        undo_answer(retake)
    with pytest.raises(CannotUndo):
        undo_answer(slots[2])


def test_exam_takes_nothing_back(guest, exam):
    slot = exam.slots.select_related("sitting").first()

    assert not may_undo(slot)
    with pytest.raises(CannotUndo):
        undo_answer(slot)


def test_last_answer_of_a_finished_sitting_opens_it_again(guest, theirs, slots):
    for slot in slots[1:]:
        give(guest, slot, wrong(slot))

    retake = undo_answer(slots[4])

    sitting = Sitting.objects.get()
    assert sitting.finished_at is None
    give(guest, retake, right(retake))
    sitting.refresh_from_db()
    assert sitting.finished_at is not None
    assert progress(sitting) == (5, 5, 2, None)
    assert lived_and_logged() == []


def test_missed_question_that_was_to_come_back_is_asked_there(guest):
    sitting = make_sitting(guest.learner, count=1, returns_missed=True)
    slot = sitting.slots.get()
    give(guest, slot, wrong(slot))
    bring_back(sitting)

    retake = undo_answer(slot)

    assert Slot.objects.count() == 2
    assert (retake.position, retake.returns) == (2, None)
    assert progress(sitting) == (1, 0, 0, 2)


def test_answer_of_an_earlier_sitting_is_withdrawn_by_a_replay(guest, theirs, slots):
    other = make_sitting(guest.learner, theirs.guide)
    slot = other.slots.exclude(question=slots[0].question).first()
    give(guest, slot, right(slot))

    undo_answer(slots[0])

    assert Memory.objects.get().fact == slot.question.fact
    assert lived_and_logged() == []


def test_mix_up_of_a_withdrawn_answer_is_taken_back(guest):
    guide = make_guide()
    make_table(make_topic(guide), title="Memory Optimization Techniques", grid=TECHNIQUES)
    refresh_bank(guide)
    sitting = make_sitting(guest.learner, guide, kinds=("forward",))
    slot = sitting.slots.first()
    give(guest, slot, wrong(slot))
    counted = sum(Confusion.objects.values_list("count", flat=True))

    undo_answer(slot)

    assert counted > 0
    assert not sum(Confusion.objects.values_list("count", flat=True))


def test_answer_counted_as_right_can_be_withdrawn_too(guest, theirs, slots):
    before = remembered()
    slot = make_sitting(guest.learner, theirs.guide, kinds=("typed",)).slots.first()
    guest.post(address(slot), {"token": slot.token, "text": "quite something else"})
    count_as_right(slot)

    undo_answer(slot)
    count_as_right(slot)

    assert remembered() == before
    assert lived_and_logged() == []


def test_withdrawn_answers_are_not_asked_again_in_a_retry(guest, theirs, slots):
    for slot in slots[1:]:
        give(guest, slot, wrong(slot))
    retake = undo_answer(slots[4])
    give(guest, retake, right(retake))

    again = retry_sitting(theirs, new_token(), only_missed=True)

    assert again.slots.count() == 3


def test_withdrawing_takes_as_many_queries_after_many_answers(guest, theirs, slots, django_assert_max_num_queries):
    for slot in slots[1:4]:
        give(guest, slot, right(slot))

    with django_assert_max_num_queries(16 + 2):
        undo_answer(slots[3])


def test_exam_handed_in_is_not_what_an_undo_takes_back(guest, theirs, slots):
    exam = make_exam(guest.learner, theirs.guide)
    guest.post(address(exam.slots.first()), {"token": exam.slots.first().token, "choice": "1", "tick": "1"})
    guest.post(f"/quiz/{exam.pk}/hand-in/")

    undo_answer(slots[0])

    assert lived_and_logged() == []
