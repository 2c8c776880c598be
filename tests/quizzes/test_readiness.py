from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from quizzes.memory.effort import effort_for, walk
from quizzes.memory.fading import FADING_BELOW, Band, band_of, fades_on, forecast, is_fading
from quizzes.memory.planning import Aim, Plannable
from quizzes.memory.readiness import Forecast, answers_missing, readiness
from quizzes.memory.states import FirstSights, Pace, Reply, State, move, recall
from tests.quizzes.test_planning import TODAY, Knowing, cases, day


@cases("readiness")
def test_readiness_is_what_the_model_says(case: dict[str, Any]) -> None:
    given = case["input"]
    pace = Pace()
    for answer in given["theta_answers"]:
        reply = Reply(answer["right"], answer["guess"])
        pace = move(State(answer["S"], 5.0, day(0)), reply, day(answer["days"]), pace, FirstSights()).pace
    states = [state and State(state["S"], state["D"], day(state["last"])) for state in given["states"]]
    facts = [Plannable(number, state) for number, state in enumerate(states)]

    found = readiness(facts, day(given["exam"]), pace, Knowing(given["p0"]))

    expected = case["expect"]
    assert (found.mean, found.low, found.high) == pytest.approx(
        (expected["mean"], expected["low"], expected["high"]), rel=1e-6, abs=1e-6
    )


def test_no_facts_give_no_readiness() -> None:
    assert readiness([], TODAY, Pace(), FirstSights()) == Forecast(0.0, 0.0, 0.0)


def test_a_forecast_needs_fifty_answers() -> None:
    assert [answers_missing(answers) for answers in (0, 20, 50, 90)] == [50, 30, 0, 0]


def test_a_score_counts_what_is_guessed_and_scatters_with_few_questions() -> None:
    many, few = (Forecast(0.6, 0.5, 0.7).score(questions) for questions in (10_000, 65))

    assert many.mean == few.mean == pytest.approx(0.7)
    assert few.high - few.low > many.high - many.low
    assert few.low == pytest.approx(0.625 - 0.0568, abs=0.001)


def test_a_heavier_topic_moves_readiness_more() -> None:
    known, unknown = State(400.0, 5.0, TODAY), State(0.01, 5.0, TODAY - timedelta(30))

    light = readiness([Plannable(1, known), Plannable(2, unknown)], TODAY, Pace(), FirstSights())
    heavy = readiness([Plannable(1, known, weight=3.0), Plannable(2, unknown)], TODAY, Pace(), FirstSights())

    assert heavy.mean > light.mean


@pytest.mark.parametrize(
    ("chance", "band"),
    [
        (None, Band.NOT_SEEN), (0.0, Band.WEAK), (0.499, Band.WEAK), (0.5, Band.FADING), (0.749, Band.FADING),
        (0.75, Band.GOOD), (0.899, Band.GOOD), (0.9, Band.STRONG), (1.0, Band.STRONG),
    ],
)  # fmt: skip
def test_recall_has_five_bands(chance: float | None, band: Band) -> None:
    assert band_of(chance) is band


def test_a_fact_fades_on_the_day_its_recall_crosses_nine_tenths() -> None:
    state = State(8.0, 5.0, TODAY)

    assert fades_on(state, 1.0) == day(8)
    assert fades_on(state, 2.0) == day(16)
    assert recall(state, day(8)) == pytest.approx(0.9)
    assert not is_fading(state, day(7), 1.0)
    assert is_fading(state, day(9), 1.0)


def test_the_forecast_counts_what_has_faded_as_of_today() -> None:
    states = [
        State(2.0, 5.0, TODAY - timedelta(30)),
        State(1.0, 5.0, TODAY),
        State(1.2, 5.0, TODAY),
        State(9e4, 5, TODAY),
    ]

    assert forecast(states, 1.0, TODAY, 7) == [1, 2, 0, 0, 0, 0, 0]


def test_more_answers_a_day_lead_further() -> None:
    facts = [Plannable(number, place=(number,)) for number in range(60)]

    shares = [walk(facts, Aim(TODAY), day(14), answers) for answers in (0, 5, 20, 60)]

    assert all(few < more for few, more in pairwise(shares))


def test_the_fewest_answers_that_reach_the_goal_are_named() -> None:
    facts = [Plannable(number, place=(number,)) for number in range(30)]

    found = effort_for(facts, Aim(TODAY), day(21))

    assert found.reaches
    assert found.share >= 0.9
    assert walk(facts, Aim(TODAY), day(21), 5) < 0.9 or found.answers == 5


def test_a_goal_out_of_reach_says_how_far_one_would_come() -> None:
    facts = [Plannable(number, place=(number,)) for number in range(500)]

    found = effort_for(facts, Aim(TODAY), day(1))

    assert not found.reaches
    assert found.answers == 100
    assert 0 < found.share < 0.9


def test_a_large_guide_and_a_long_time_are_walked_in_strides_to_about_the_same_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    facts = [Plannable(number, place=(number,)) for number in range(900)]
    quick = walk(facts, Aim(TODAY), day(90), 30)
    monkeypatch.setattr("quizzes.memory.effort.SAMPLE", 900)
    monkeypatch.setattr("quizzes.memory.effort.MOST_STEPS", 90)

    assert quick == pytest.approx(walk(facts, Aim(TODAY), day(90), 30), abs=0.02)


def test_without_facts_any_effort_is_in_vain() -> None:
    assert effort_for([], Aim(TODAY), day(9)).share == 0


def test_on_the_exam_day_itself_no_day_is_left_to_walk() -> None:
    facts = [Plannable(1)]

    assert walk(facts, Aim(TODAY), TODAY, 20) == readiness(facts, TODAY, Pace(), FirstSights()).mean


def test_days_are_dates() -> None:
    assert fades_on(State(1e9, 5.0, TODAY), 5.0) == date.max


@given(st.floats(0.1, 4000), st.floats(0.5, 2), st.integers(0, 4000))
def test_recall_is_under_90_percent_from_when_it_counts_as_fading(stability: float, theta: float, days: int) -> None:
    state = State(stability, 5.0, day(0))
    chance = recall(state, day(days), theta)

    assume(abs(chance - FADING_BELOW) > 1e-9)

    assert is_fading(state, day(days), theta) == (chance < FADING_BELOW)
