import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from fsrs import Card
from hypothesis import given
from hypothesis import strategies as st

from quizzes.memory.library import after, card
from quizzes.memory.states import (
    FirstSights,
    Moved,
    Pace,
    Reply,
    State,
    blend,
    move,
    probably_known,
    rating,
    recall,
    study_day,
)

BEGIN = date(2026, 1, 1)
CASES: list[dict[str, Any]] = json.loads(Path(__file__).with_name("memory_cases.json").read_text())["cases"]
SIGNALS = {None: "", "sure": "sure", "unsure": "guess"}


def cases(kind: str) -> Any:
    found = [case for case in CASES if case["kind"] == kind]
    return pytest.mark.parametrize("case", found, ids=[case["id"] for case in found])


def day(number: int) -> date:
    return BEGIN + timedelta(number)


def near(case: dict[str, Any], name: str) -> Any:
    return pytest.approx(case["expect"][name], rel=case["tolerance"], abs=case["tolerance"])


@cases("retrievability")
def test_recall_falls_as_the_library_says(case: dict[str, Any]) -> None:
    state = State(case["input"]["S"], 5.0, day(0))

    assert recall(state, day(case["input"]["days"])) == near(case, "R")


@cases("first")
def test_a_first_answer_begins_a_state(case: dict[str, Any]) -> None:
    fresh: Card = after(None, day(0), is_known=case["input"]["rating"] == "good")

    assert fresh.stability == near(case, "S")
    assert fresh.difficulty == near(case, "D")


@cases("review")
def test_a_later_answer_moves_a_state(case: dict[str, Any]) -> None:
    given = case["input"]
    moved = after(card(given["S"], given["D"], day(0)), day(given["days"]), is_known=given["rating"] == "good")

    assert moved.stability == near(case, "S")
    assert moved.difficulty == near(case, "D")


@cases("posterior")
def test_guessing_and_confidence_weigh_an_answer(case: dict[str, Any]) -> None:
    given = case["input"]
    reply = Reply(given["right"], given["guess"], SIGNALS[given["signal"]])

    assert probably_known(given["R"], reply) == near(case, "pk")


@cases("update")
def test_a_state_moves_between_known_and_not_known(case: dict[str, Any]) -> None:
    given = case["input"]
    before = given["state"] and State(given["state"]["S"], given["state"]["D"], day(given["state"]["last"]))

    moved = blend(before, day(given["day"]), given["pk"])

    assert moved.stability == near(case, "S")
    assert moved.difficulty == near(case, "D")
    assert moved.last_on == day(case["expect"]["last"])


@cases("p0")
def test_first_answers_tell_what_is_known_beforehand(case: dict[str, Any]) -> None:
    first = FirstSights()
    for answer in case["input"]["first_answers"]:
        first = move(None, Reply(answer["right"], answer["guess"]), day(0), Pace(), first).first

    assert first.known_before == near(case, "p0")


def paced_by(answers: list[dict[str, Any]]) -> Pace:
    pace = Pace()
    for answer in answers:
        state = State(answer["S"], 5.0, day(0))
        pace = move(state, Reply(answer["right"], answer["guess"]), day(answer["days"]), pace, FirstSights()).pace
    return pace


@cases("theta")
def test_answers_tell_how_fast_somebody_forgets(case: dict[str, Any]) -> None:
    pace = paced_by(case["input"]["answers"])

    assert list(pace.shares) == pytest.approx(case["expect"]["weights"], rel=1e-6)
    assert pace.theta == near(case, "theta")


@cases("history")
def test_five_answers_from_end_to_end(case: dict[str, Any]) -> None:
    state, pace, first = None, Pace(), FirstSights()
    for answer, expected in zip(case["input"]["answers"], case["expect"]["after_each"], strict=True):
        reply = Reply(answer["right"], answer["guess"], SIGNALS[answer["signal"]])
        moved = move(state, reply, day(answer["day"]), pace, first)
        state, pace, first = moved.state, moved.pace, moved.first

        told = (moved.recall, moved.known, state.stability, state.difficulty, pace.theta)
        assert told == pytest.approx([expected[name] for name in ("R", "pk", "S", "D", "theta")], rel=case["tolerance"])


def test_who_does_not_know_is_taken_at_their_word() -> None:
    moved = move(None, Reply(is_right=False, guess_chance=0.25, is_unknown=True), BEGIN, Pace(), FirstSights())

    assert moved.known == 0
    assert moved.first == FirstSights(-0.25, 0.75)


def test_judging_oneself_leaves_the_pace_alone() -> None:
    state = State(2.0, 5.0, day(0))

    assert move(state, Reply(True, 0.1, is_self_graded=True), day(9), Pace(), FirstSights()).pace == Pace()
    assert move(state, Reply(True, 0.1), day(9), Pace(), FirstSights()).pace != Pace()


def test_an_answer_that_could_not_be_wrong_moves_nothing() -> None:
    state = State(2.0, 5.0, day(0))

    moved = move(state, Reply(True, 1.0), day(9), Pace(), FirstSights())

    assert (moved.state, moved.pace, moved.first) == (state, Pace(), FirstSights())


REPLIES = st.builds(
    Reply,
    st.booleans(),
    st.sampled_from([0.02, 0.1, 0.25, 1 / 3, 0.5]),
    st.sampled_from(["", "sure", "think-so", "guess"]),
    st.booleans(),
)


@given(st.lists(st.tuples(REPLIES, st.integers(0, 40)), max_size=12))
def test_the_same_answers_always_lead_to_the_same_memory(answers: list[tuple[Reply, int]]) -> None:
    def lived() -> list[Moved]:
        state, pace, first, on, found = None, Pace(), FirstSights(), BEGIN, []
        for reply, days in answers:
            on += timedelta(days)
            moved = move(state, reply, on, pace, first)
            state, pace, first = moved.state, moved.pace, moved.first
            found.append(moved)
        return found

    found = lived()

    assert found == lived()
    for moved in found:
        assert 0 <= moved.recall <= 1
        assert 0 <= moved.known <= 1
        assert moved.state.stability > 0
        assert 1 <= moved.state.difficulty <= 10
        assert 0.2 <= moved.pace.theta <= 5
        assert sum(moved.pace.shares) == pytest.approx(1)


@given(st.floats(0.01, 300), st.floats(1, 10), st.integers(1, 90), st.sampled_from([0.1, 0.25, 0.5]))
def test_a_right_answer_never_leaves_less_than_a_wrong_one(
    stability: float, difficulty: float, days: int, guess: float
) -> None:
    state = State(stability, difficulty, BEGIN)

    right, wrong = (move(state, Reply(is_right, guess), day(days), Pace(), FirstSights()) for is_right in (True, False))

    assert right.known >= wrong.known
    assert right.state.stability >= wrong.state.stability
    assert right.pace.theta >= wrong.pace.theta


def test_a_clock_set_back_counts_as_the_day_of_the_last_answer() -> None:
    state = State(2.0, 5.0, day(9))

    moved = move(state, Reply(True, 0.25), day(3), Pace(), FirstSights())

    assert moved.state.last_on == day(9)
    assert moved.recall == 1


def test_a_study_day_starts_at_four_by_the_clock_on_the_wall() -> None:
    berlin = ZoneInfo("Europe/Berlin")

    assert study_day(datetime(2026, 11, 25, 2, 59, tzinfo=UTC), berlin) == date(2026, 11, 24)
    assert study_day(datetime(2026, 11, 25, 3, 0, tzinfo=UTC), berlin) == date(2026, 11, 25)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (datetime(2026, 3, 29, 1, 59, tzinfo=UTC), date(2026, 3, 28)),  # 03:59 after the clock went forward
        (datetime(2026, 3, 29, 2, 0, tzinfo=UTC), date(2026, 3, 29)),
        (datetime(2026, 10, 25, 2, 59, tzinfo=UTC), date(2026, 10, 24)),  # 03:59 after it went back
        (datetime(2026, 10, 25, 3, 0, tzinfo=UTC), date(2026, 10, 25)),
    ],
)
def test_a_study_day_survives_the_change_of_the_clock(moment: datetime, expected: date) -> None:
    assert study_day(moment, ZoneInfo("Europe/Berlin")) == expected


@pytest.mark.parametrize(("known", "button"), [(0.34, 1), (0.35, 2), (0.65, 2), (0.66, 3), (1.0, 3)])
def test_other_programs_are_told_a_button(known: float, button: int) -> None:
    assert rating(known) == button
