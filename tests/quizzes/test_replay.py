"""What was lived is what the log says: answers, exams, drills, and all that was said and done of them afterwards."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from zeal import zeal_ignore

from quizzes.actions import answers
from quizzes.actions.adoption import adopt_guest
from quizzes.actions.answers import Reply, record_answer
from quizzes.actions.counting import count_as_right
from quizzes.actions.exams import save_draft
from quizzes.actions.hand_in import count_exam, hand_in, lock_sitting
from quizzes.actions.replaying import differences, forget_facts, refresh, replay
from quizzes.actions.starting_over import reset
from quizzes.actions.undoing import CannotUndo, undo_answer
from quizzes.memory.states import FirstSights, Pace, move
from quizzes.memory.states import Reply as Shown
from quizzes.models import Answer, AnswerFact, Fact, Learner, Memory, Question, Sitting, Slot
from tests.factories import make_learner, make_user
from tests.quizzes.bank import make_asked_guide, make_exam, make_sitting
from tests.quizzes.memories import catch_up, lived_and_logged, remembered, replay_all

NOON = datetime(2026, 3, 20, 12, tzinfo=UTC)


class Clock:
    """The time as the site sees it."""

    def __init__(self, monkeypatch) -> None:
        self.now = NOON
        monkeypatch.setattr(timezone, "now", self.tick)

    def tick(self) -> datetime:
        """A moment later at each look."""
        self.now += timedelta(milliseconds=1)
        return self.now

    def wait(self, **times) -> None:
        """Let time pass."""
        self.now += timedelta(**times)


@pytest.fixture
def clock(monkeypatch) -> Clock:
    return Clock(monkeypatch)


@pytest.fixture
def guide(db):
    return make_asked_guide()


@pytest.fixture
def learner(db) -> Learner:
    return make_learner()


def say(slot: Slot, *, is_right: bool, confidence: str = "") -> Answer:
    """Answer a question that has options."""
    slot.refresh_from_db()
    choice = slot.right if is_right else (slot.right + 1) % len(slot.options)
    return record_answer(slot, slot.token, Reply({"choice": choice}, confidence))


def sit(learner: Learner, guide, rights: str, **plan) -> Sitting:
    """Answer the first questions of a new sitting: "r" right, "w" wrong, "u" not known."""
    sitting = make_sitting(learner, guide, **plan)
    for slot, said in zip(sitting.slots.all(), rights, strict=False):
        if said == "u":
            record_answer(slot, slot.token, Reply(None))
        else:
            say(slot, is_right=said == "r")
    return sitting


def test_one_fact_over_days_is_what_the_model_makes_of_it(learner, guide, clock):
    sitting = sit(learner, guide, "r", count=1)
    question = sitting.slots.get().question
    for is_right in (False, True):
        clock.wait(days=3)
        again = make_sitting(learner, guide)
        say(again.slots.get(question=question), is_right=is_right)

    state, pace, first = None, Pace(), FirstSights()
    for told in AnswerFact.objects.select_related("answer").order_by("pk"):
        moved = move(state, Shown(told.is_right, told.guess_chance), told.answer.study_day, pace, first)
        state, pace, first = moved.state, moved.pace, moved.first
        assert (told.recall, told.known) == pytest.approx((moved.recall, moved.known))
    memory = Memory.objects.select_related("learner").get()
    assert memory.state == state
    assert memory.learner.pace == list(pace.log_weights)
    assert memory.learner.first_sights == {str(guide.pk): [first.rights, first.tries]}


def test_sittings_on_several_days_are_replayed_as_they_were_lived(learner, guide, clock):
    for rights in ("rrwur", "wwrrr", "rrrrr"):
        sit(learner, guide, rights)
        sit(learner, guide, rights[::-1])
        clock.wait(days=2)
    before = remembered()

    assert lived_and_logged() == []
    replay_all()

    assert remembered() == before


def test_time_zone_moves_the_day_of_new_answers_alone(learner, guide, clock):
    clock.now = datetime(2026, 3, 20, 1, tzinfo=UTC)
    sit(learner, guide, "r")
    Learner.objects.update(time_zone="Asia/Tokyo")
    sit(learner, guide, "r")
    Learner.objects.update(time_zone="America/Los_Angeles")
    sit(learner, guide, "r")

    assert [day.day for day in Answer.objects.order_by("pk").values_list("study_day", flat=True)] == [19, 20, 19]
    assert lived_and_logged() == []


def test_day_begins_at_four_on_the_night_the_clock_changes(learner, guide, clock):
    Learner.objects.update(time_zone="Europe/Berlin")
    for moment in (datetime(2026, 3, 29, 1, 59, tzinfo=UTC), datetime(2026, 3, 29, 2, 1, tzinfo=UTC)):
        clock.now = moment
        sit(learner, guide, "r")

    assert [day.day for day in Answer.objects.order_by("pk").values_list("study_day", flat=True)] == [28, 29]
    assert lived_and_logged() == []


def exam_with_answers(learner, guide, clock) -> Sitting:
    exam = make_exam(learner, guide)
    for slot in exam.slots.all():
        slot.learner = learner
        given = {"ticked": [0]} if slot.kind == "select-all" else {"choice": 0}
        save_draft(slot, slot.token, Reply(given), is_empty=False, may_clear=False)
    return exam


def test_exam_is_replayed_as_it_was_lived(learner, guide, clock):
    sit(learner, guide, "rwr")
    clock.wait(days=1)

    hand_in(exam_with_answers(learner, guide, clock))

    assert Answer.objects.filter(sitting__mode="exam").count() == 5
    assert lived_and_logged() == []


def test_exam_whose_time_was_up_long_before_somebody_looked_counts_in_its_place(learner, guide, clock):
    exam = exam_with_answers(learner, guide, clock)
    clock.wait(days=3)
    sit(learner, guide, "rrrrrrrrrr")

    with zeal_ignore():
        count_exam(lock_sitting(exam.pk), timezone.now())

    assert set(Answer.objects.filter(sitting=exam).values_list("study_day", flat=True)) == {NOON.date()}
    assert lived_and_logged() == []


def test_clock_put_back_changes_nothing_that_a_replay_would_not(learner, guide, clock):
    sit(learner, guide, "rrr")
    clock.wait(days=-2)
    sit(learner, guide, "www")

    assert lived_and_logged() == []


def test_hidden_question_and_a_changed_value_are_forgotten_at_once_and_replayed_at_the_next_visit(
    learner, guide, clock
):
    sitting = sit(learner, guide, "rwrwr")
    clock.wait(days=1)
    sit(learner, guide, "rrrrr")
    before, count = remembered(), Memory.objects.count()
    fact = sitting.slots.first().question.fact
    Question.objects.filter(fact=fact).update(hidden_at=NOON - timedelta(days=1))

    forget_facts([fact.pk])
    at_once = Memory.objects.count()
    is_stale = Learner.objects.get().is_stale
    catch_up()
    without = remembered()
    Question.objects.filter(fact=fact).update(hidden_at=None)
    forget_facts([fact.pk])
    sit(learner, guide, "")

    assert (at_once, is_stale) == (count - 1, True)
    assert len(without) == count - 1
    assert remembered() == before


def test_first_answer_after_a_change_finds_memory_in_step(learner, guide, clock):
    sitting = sit(learner, guide, "rrrr")
    waiting = sitting.slots.get(position=5)
    fact = sitting.slots.first().question.fact
    Fact.objects.filter(pk=fact.pk).update(value_hash="other")
    forget_facts([fact.pk])

    say(waiting, is_right=True)

    assert not Learner.objects.get().is_stale
    assert Memory.objects.count() == 4
    assert lived_and_logged() == []


def test_typed_answer_counted_as_right_is_replayed_as_it_was_lived(learner, guide, clock):
    sit(learner, guide, "rrr")
    sitting = make_sitting(learner, guide, kinds=("typed",))
    first, second = sitting.slots.all()[:2]
    record_answer(first, first.token, Reply({"text": "quite something else"}))
    count_as_right(first)
    after_last = remembered()
    replay_all()
    replayed = remembered()
    record_answer(second, second.token, Reply({"text": "quite something else"}))
    clock.wait(days=1)
    sit(learner, guide, "r")
    count_as_right(second)

    assert after_last == replayed
    assert lived_and_logged() == []


def test_guest_and_account_are_replayed_as_one_in_the_order_of_time(guide, clock):
    user = make_user()
    account, guest = make_learner(user), make_learner()
    Learner.objects.filter(pk=guest.pk).update(time_zone="Asia/Tokyo")
    for learner, rights in ((account, "rwr"), (guest, "wwr"), (account, "rrr"), (guest, "rrr")):
        sit(learner, guide, rights)
        clock.wait(days=1)

    adopt_guest(guest.guest_key, user)

    assert Answer.objects.filter(learner=account).count() == 12
    assert Learner.objects.get().time_zone == "Asia/Tokyo"
    assert lived_and_logged() == []


def test_drill_moves_each_fact_once_a_day(learner, guide, clock):
    question = sit(learner, guide, "r").slots.first().question

    def drill():
        sitting = make_sitting(learner, guide)
        Sitting.objects.filter(pk=sitting.pk).update(mode="drill")
        say(sitting.slots.get(question=question), is_right=False)
        return AnswerFact.objects.count()

    told = [drill(), drill()]
    clock.wait(days=1)
    told += [drill(), drill()]

    assert told == [1, 1, 2, 2]
    assert lived_and_logged() == []


def test_answer_kept_by_an_older_version_gets_the_day_of_the_site(learner, guide, clock):
    clock.now = datetime(2026, 3, 20, 3, 30, tzinfo=UTC)
    sit(learner, guide, "rw")
    Answer.objects.update(study_day=None)

    replay_all()

    assert {str(day) for day in Answer.objects.values_list("study_day", flat=True)} == {"2026-03-19"}
    assert lived_and_logged() == []


def test_command_makes_memory_anew_and_checks_it(learner, guide, capsys):
    sit(learner, guide, "rwr")
    Memory.objects.update(stability=99)

    with pytest.raises(CommandError):
        call_command("rebuild_memory", check=True)
    call_command("rebuild_memory", learner=learner.pk)
    call_command("rebuild_memory", check=True)

    said = capsys.readouterr().out
    assert "stability is 99" in said
    assert "Memory of 1 learners made anew." in said
    assert "1 learners looked at, 0 differ from their log." in said
    with pytest.raises(CommandError):
        call_command("rebuild_memory", user="nobody")


@pytest.mark.parametrize("times", [1, 4])
def test_replay_takes_as_many_queries_for_many_answers(learner, guide, clock, times):
    for _ in range(times):
        sit(learner, guide, "rrwwr")

    with CaptureQueriesContext(connection) as asked:
        replay(Learner.objects.get())

    assert len(asked) <= 12


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("answer"), st.integers(0, 3), st.sampled_from("rwu"), st.sampled_from(["", "sure"])),
        st.tuples(st.just("wait"), st.integers(0, 30)),
        st.tuples(st.just("undo")),
        st.tuples(st.just("reset"), st.booleans()),
        st.tuples(st.just("hide"), st.integers(0, 3)),
        st.tuples(st.just("show"), st.integers(0, 3)),
        st.tuples(st.just("change"), st.integers(0, 3), st.sampled_from(["one", "two"])),
        st.tuples(st.just("zone"), st.sampled_from(["", "Asia/Tokyo", "America/Los_Angeles"])),
        st.tuples(st.just("exam"), st.booleans()),
    ),
    max_size=12,
)


class TestHistories(TestCase):
    """Any history, event by event."""

    @settings(max_examples=25, suppress_health_check=list(HealthCheck))
    @given(steps=STEPS)
    def test_any_history_is_replayed_as_it_was_lived(self, steps):
        with pytest.MonkeyPatch.context() as patch, zeal_ignore():
            history = History(Clock(patch))
            for name, *how in steps:
                getattr(history, name)(*how)
            assert differences(refresh(Learner.objects.get())) == []


@pytest.mark.parametrize("answered_before", [1, 2])
def test_value_that_changes_while_an_answer_is_judged_is_not_remembered(
    learner, guide, clock, monkeypatch, answered_before
):
    for _ in range(answered_before):
        fact = sit(learner, guide, "r", count=1).slots.get().question.fact
        clock.wait(days=2)
    replay_all()
    sitting = make_sitting(learner, guide)
    slot = Slot.objects.to_be_answered().get(sitting=sitting, question__fact=fact)
    is_as_read = answers._is_as_read

    def after_a_change(slot: Slot) -> bool:
        Fact.objects.filter(pk=fact.pk).update(value_hash="another")
        forget_facts([fact.pk])
        refresh(Learner.objects.get())
        return is_as_read(slot)

    monkeypatch.setattr(answers, "_is_as_read", after_a_change)

    record_answer(slot, slot.token, Reply({"choice": slot.right}))

    assert Answer.objects.filter(sitting=sitting).exists()
    assert not Memory.objects.filter(fact=fact).exists()
    assert lived_and_logged() == []


class History:
    """One learner and what happens to them."""

    def __init__(self, clock: Clock) -> None:
        self.clock, self.learner, self.guide = clock, make_learner(), make_asked_guide()
        self.facts = list(Fact.objects.asked().filter(authored__isnull=False).order_by("pk")[:4])
        self.last: Slot | None = None

    def answer(self, place: int, said: str, confidence: str) -> None:
        sitting = make_sitting(self.learner, self.guide)
        slot = sitting.slots.filter(question__fact=self.facts[place]).first()
        if slot is None:
            return
        if said == "u":
            record_answer(slot, slot.token, answers.Reply(None))
        else:
            say(slot, is_right=said == "r", confidence=confidence)
        self.last = slot

    def wait(self, hours: int) -> None:
        self.clock.wait(hours=hours)

    def undo(self) -> None:
        if self.last:
            try:
                self.last = undo_answer(self.last)
            except CannotUndo:
                self.last = None

    def reset(self, is_whole: bool) -> None:
        reset(self.learner, self.guide, None if is_whole else self.facts[0].table)

    def hide(self, place: int) -> None:
        Question.objects.filter(fact=self.facts[place]).update(hidden_at=timezone.now())
        forget_facts([self.facts[place].pk])

    def show(self, place: int) -> None:
        Question.objects.filter(fact=self.facts[place]).update(hidden_at=None)
        forget_facts([self.facts[place].pk])

    def change(self, place: int, value: str) -> None:
        Fact.objects.filter(pk=self.facts[place].pk).update(value_hash=value)
        forget_facts([self.facts[place].pk])

    def zone(self, name: str) -> None:
        Learner.objects.update(time_zone=name)

    def exam(self, is_late: bool) -> None:
        exam = exam_with_answers(self.learner, self.guide, self.clock)
        if is_late:
            self.clock.wait(hours=8)
            self.answer(0, "r", "")
        hand_in(exam)
