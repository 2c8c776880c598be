import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from fsrs import Card
from hypothesis import given
from hypothesis import strategies as st

from quizzes.memory.library import after, card, chance
from quizzes.memory.planning import HORIZON, Aim, Plannable, Prospect, rank
from quizzes.memory.states import FirstSights, Pace, State

TODAY = date(2026, 5, 1)
CASES: list[dict[str, Any]] = json.loads(Path(__file__).with_name("memory_cases.json").read_text())["cases"]


def cases(kind: str) -> Any:
    found = [case for case in CASES if case["kind"] == kind]
    return pytest.mark.parametrize("case", found, ids=[case["id"] for case in found])


def day(number: int) -> date:
    return TODAY + timedelta(number)


class Steady(Pace):
    """A pace of a known multiplier."""

    def __init__(self, theta: float) -> None:
        super().__init__()
        self.__dict__["theta"] = theta


class Knowing(FirstSights):
    """First sights with a known chance of knowing beforehand."""

    __slots__ = ("p0",)

    def __init__(self, p0: float) -> None:
        super().__init__()
        object.__setattr__(self, "p0", p0)

    @property
    def known_before(self) -> float:
        return self.p0


def gain_of(aim: Aim, state: State) -> float:
    return Prospect(state, aim).reckon(aim)


@cases("gain_seen")
def test_asking_what_was_seen_gains_what_the_model_says(case: dict[str, Any]) -> None:
    given_ = case["input"]
    aim = Aim(day(given_["day"]), Steady(given_["theta"]), FirstSights(), day(given_["exam"]))

    gain = gain_of(aim, State(given_["S"], given_["D"], day(given_["last"])))

    assert gain == pytest.approx(case["expect"]["gain"], rel=1e-6, abs=1e-6)


@cases("gain_new")
def test_asking_something_new_gains_what_the_model_says(case: dict[str, Any]) -> None:
    given_ = case["input"]
    aim = Aim(day(given_["day"]), Steady(given_["theta"]), Knowing(given_["p0"]), day(given_["exam"]))

    assert aim.gain_of_new == pytest.approx(case["expect"]["gain"], rel=1e-6, abs=1e-6)


def test_without_an_exam_to_come_recall_in_two_weeks_counts() -> None:
    assert Aim(TODAY).until == TODAY + HORIZON
    assert Aim(TODAY, exam_on=day(-1)).until == TODAY + HORIZON
    assert Aim(TODAY, exam_on=day(40)).until == day(40)


def test_on_the_exam_day_the_least_sure_comes_first() -> None:
    facts = [Plannable(number, State(stability, 5.0, day(-9))) for number, stability in enumerate([30.0, 1.0, 8.0])]

    ranked = rank(facts, Aim(TODAY, exam_on=TODAY))

    assert [each.fact.fact for each in ranked] == [1, 2, 0]


def test_a_topic_may_weigh_more_or_nothing() -> None:
    facts = [Plannable(1), Plannable(2, weight=3.0), Plannable(3, weight=0.0)]

    assert [each.fact.fact for each in rank(facts, Aim(TODAY))] == [2, 1]


def test_facts_never_asked_come_in_the_order_of_the_document() -> None:
    facts = [Plannable(1, place=(2, 1)), Plannable(2, place=(1, 9)), Plannable(3, place=(1, 1))]

    assert [each.fact.fact for each in rank(facts, Aim(TODAY))] == [3, 2, 1]


STATES = st.builds(
    State,
    st.floats(0.001, 400),
    st.floats(1, 10),
    st.integers(0, 400).map(lambda days: TODAY - timedelta(days)),
)


@given(st.lists(st.none() | STATES, max_size=40), st.integers(0, 60), st.integers(1, 50))
def test_the_best_are_those_that_a_full_reckoning_finds(states: list[State | None], ahead: int, most: int) -> None:
    aim = Aim(TODAY, exam_on=day(ahead))
    facts = [Plannable(number, state, place=(number,)) for number, state in enumerate(states)]

    ranked = rank(facts, aim, most)

    gains = {fact.fact: gain_of(aim, fact.state) if fact.state else aim.gain_of_new for fact in facts}
    expected = sorted(gains, key=lambda number: (-gains[number], number))[:most]
    assert [each.fact.fact for each in ranked] == expected


@given(STATES, st.integers(0, 90), st.sampled_from([0.2, 1.0, 5.0]))
def test_a_bound_is_never_too_low(state: State, ahead: int, theta: float) -> None:
    aim = Aim(TODAY, Steady(theta), FirstSights(), day(ahead))

    assert Prospect(state, aim).gain >= gain_of(aim, state) - 1e-12


@pytest.mark.parametrize("elapsed", [0, 1, 7, 60, 400])
def test_the_library_keeps_to_what_the_bound_relies_on(elapsed: int) -> None:
    def expected(stability: float, difficulty: float) -> list[float]:
        known = card(stability, difficulty, TODAY - timedelta(elapsed))
        return [chance(after(known, TODAY, is_known=is_known), day(21)) for is_known in (True, False)]

    steps = [1.2**step for step in range(-38, 36)]
    for steadier, step in zip(steps[1:], steps[:-1], strict=True):
        for difficulty in (1.0, 3.0, 5.0, 8.0, 10.0):
            for high, low in zip(expected(steadier, 1.0), expected(step, difficulty), strict=True):
                assert high >= low


@pytest.mark.parametrize("difficulty", [1.0, 5.0, 10.0])
def test_more_days_passed_never_lower_what_follows_an_answer(difficulty: float) -> None:
    for stability in (0.01, 0.5, 3.0, 40.0, 900.0):
        for is_known in (True, False):
            follows = [
                after(card(stability, difficulty, TODAY - timedelta(days)), TODAY, is_known=is_known).stability or 0.0
                for days in range(1, 400)
            ]
            assert follows == sorted(follows)


def test_ten_thousand_facts_are_reckoned_through_only_where_it_matters() -> None:
    facts = [
        Plannable(number, State(0.5 * 1.01 ** (number % 500), 1 + number % 9, TODAY - timedelta(1 + number % 60)))
        for number in range(10_000)
    ]
    aim = Aim(TODAY, exam_on=day(60))
    asked = 0

    def counting(known: Card) -> tuple[float, float]:
        nonlocal asked
        asked += 1
        return Aim.after_asking(aim, known)

    aim.__dict__["after_asking"] = counting
    rank(facts, aim)

    assert asked < 5_000
