from datetime import date, timedelta

import pytest

from quizzes.memory.fading import is_fading
from quizzes.memory.readiness import Forecast
from quizzes.memory.states import State
from quizzes.outlooks import expected_on
from quizzes.standings import Known, Standing, by_table, fading_by_day, standing_of

TODAY = date(2026, 11, 25)


def test_standing_counts_each_fact_by_its_last_sight_and_its_recall():
    standing = standing_of(
        [
            Known(1, 7, 0.95, is_right=True, is_sure=True),
            Known(2, 7, 0.7, is_right=True),
            Known(3, 7, 0.35, is_sure=True, is_leech=True),
            Known(4, 7),
        ]
    )

    assert standing == Standing(
        facts=4, seen=3, right=2, fading=2, weak=1, leeches=1, sure=2, sure_wrong=1, recalled=2.0
    )
    assert (standing.missed, standing.unseen, standing.percent) == (1, 1, 50)


def test_nothing_at_all_stands_at_nothing():
    assert standing_of([]) == Standing()
    assert Standing().percent == 0


def test_tables_share_the_facts_among_them():
    facts = [Known(1, 7), Known(2, 8, 0.9), Known(3, 7, 0.5)]

    tables = by_table(facts)

    assert {table: len(known) for table, known in tables.items()} == {7: 2, 8: 1}


def test_what_fades_today_is_the_first_bar_and_the_rest_comes_on_its_day():
    faded, fresh = State(2.0, 5, TODAY - timedelta(5)), State(3.0, 5, TODAY)
    later = State(400.0, 5, TODAY)

    assert fading_by_day([faded, fresh, later], 1.0, TODAY, 7) == [1, 0, 0, 1, 0, 0, 0]


@pytest.mark.parametrize("days", range(6))
def test_first_bar_is_the_number_of_facts_that_fade(days):
    states = [State(stability / 10, 5, TODAY - timedelta(days)) for stability in range(1, 90)]

    assert fading_by_day(states, 1.3, TODAY, 7)[0] == sum(is_fading(state, TODAY, 1.3) for state in states)


def test_forecast_expects_of_a_day_between_what_lies_between():
    then = Forecast(0.6, 0.5, 0.8)

    expected = expected_on(TODAY + timedelta(5), TODAY, TODAY + timedelta(10), 0.8, then)

    assert expected.mean == pytest.approx(0.7)
    assert (expected.low, expected.high) == (pytest.approx(0.6), pytest.approx(0.9))


@pytest.mark.parametrize("days", [10, 30])
def test_forecast_of_its_day_stands_from_that_day_on(days):
    then = Forecast(0.6, 0.5, 0.8)

    assert expected_on(TODAY + timedelta(days), TODAY, TODAY + timedelta(10), 0.8, then).mean == pytest.approx(0.6)


def test_forecast_for_its_own_day_is_that_forecast():
    assert expected_on(TODAY, TODAY, TODAY, 0.9, Forecast(0.6, 0.5, 0.8)) == Forecast(0.6, 0.5, 0.8)
