from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.charts.bands import Band, band_chart
from quizzes.charts.bars import FOOT, bar_chart
from quizzes.charts.calendar import STEP, WEEKS, calendar, first_day, streak

WEDNESDAY = date(2026, 11, 25)
shares = st.floats(0, 1)


def test_bands_stand_on_one_scale_with_their_pass_mark():
    chart = band_chart([Band("Today", 0.74, 0.66, 0.81), Band("12 Dec", 0.82, 0.74, 0.88)], pass_mark=72)

    assert [line.label for line in chart.lines] == ["Today", "12 Dec"]
    assert chart.lines[0].x < chart.lines[0].dot < chart.lines[0].x + chart.lines[0].width
    assert chart.lines[0].dot == pytest.approx(15 + 0.85 * 74)
    assert chart.pass_x == pytest.approx(15 + 0.85 * 72)
    assert chart.words == (
        "Today: about 74 percent, likely between 66 and 81. 12 Dec: about 82 percent, likely between 74 and 88. "
        "Pass mark 72 percent."
    )


def test_bands_without_a_pass_mark_say_nothing_of_one():
    chart = band_chart([Band("Today", 0.5, 0.4, 0.6)])

    assert chart.pass_x is None
    assert "Pass" not in chart.words


@given(st.lists(st.tuples(shares, shares, shares).map(sorted), min_size=1, max_size=3), st.none() | st.integers(1, 100))
def test_nothing_of_a_band_leaves_the_picture(triples, pass_mark):
    chart = band_chart([Band("x", mean, low, high) for low, mean, high in triples], pass_mark)

    for line in chart.lines:
        assert 15 <= line.x <= 100
        assert 15 <= line.dot <= 100
        assert line.width > 0
        assert line.y < chart.foot < chart.height


def test_bars_are_as_high_as_their_counts_and_an_empty_day_has_none():
    chart = bar_chart([12, 6, 0], WEDNESDAY, "Fading over the next 3 days")

    assert [bar.label for bar in chart.bars] == ["Today", "Thu", "Fri"]
    assert chart.bars[0].height == 2 * chart.bars[1].height
    assert chart.bars[2].height == 0
    assert all(bar.y + bar.height == FOOT for bar in chart.bars)
    assert chart.words == "Fading over the next 3 days: Today 12, Thu 6, Fri 0"
    assert chart.days == ((WEDNESDAY, 12), (date(2026, 11, 26), 6), (date(2026, 11, 27), 0))


@given(st.lists(st.integers(0, 100_000), min_size=1, max_size=14))
def test_no_bar_leaves_the_picture(counts):
    chart = bar_chart(counts, WEDNESDAY, "")

    assert all(bar.x >= 0 and bar.x + bar.width <= 100 and bar.count_at >= 8 for bar in chart.bars)
    assert all((bar.height > 0) == (bar.count > 0) for bar in chart.bars)


def test_calendar_has_a_square_for_each_day_larger_for_more_answers():
    chart = calendar({WEDNESDAY: 25, date(2026, 11, 24): 3, date(2026, 11, 20): 12}, WEDNESDAY, full=20)

    assert [level.count("M") for level in chart.levels] == [112, 1, 1, 1]
    assert (chart.studied, chart.days, chart.average) == (3, 115, 13)
    assert chart.words == "Study calendar: answers on 3 of the last 115 days, 40 in all"
    assert [label.text for label in chart.labels[:3]] == ["Mon", "Wed", "Fri"]
    assert [label.text for label in chart.labels[3:]] == ["Aug", "Sep", "Oct", "Nov"]


def test_calendar_is_told_week_by_week_with_days_to_come_left_open():
    chart = calendar({WEDNESDAY: 25}, WEDNESDAY, full=20)

    assert len(chart.weeks) == WEEKS
    assert chart.weeks[-1].begins == date(2026, 11, 23)
    assert chart.weeks[-1].answers == (0, 0, 25, None, None, None, None)


def test_empty_calendar_says_so_without_a_streak():
    chart = calendar({}, WEDNESDAY, full=20)

    assert (chart.studied, chart.average, chart.in_a_row) == (0, 0, 0)
    assert chart.words == "Study calendar: no answers in the last 115 days"


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(1, 200))
def test_calendar_of_any_day_begins_on_a_monday_and_ends_today(today, full):
    chart = calendar({today: full}, today, full)

    assert first_day(today).weekday() == 0
    assert sum(level.count("M") for level in chart.levels) == chart.days
    assert (WEEKS - 1) * 7 < chart.days <= WEEKS * 7
    assert chart.levels[3].count("M") == 1
    assert chart.width >= STEP * WEEKS


@pytest.mark.parametrize(
    ("passed", "length"),
    [([], 0), ([0], 1), ([1], 1), ([1, 2, 3], 3), ([0, 1, 2], 3), ([2, 3], 0), ([0, 2], 1)],
)
def test_days_in_a_row_count_up_to_today_or_yesterday(passed, length):
    answers = {WEDNESDAY - timedelta(days): 5 for days in passed}

    assert streak(answers, WEDNESDAY) == length


def test_two_days_in_a_row_are_not_worth_a_word_and_three_are():
    two, three = (
        calendar({WEDNESDAY - timedelta(days): 5 for days in range(number)}, WEDNESDAY, 20) for number in (2, 3)
    )

    assert (two.in_a_row, three.in_a_row) == (0, 3)
