from datetime import UTC, datetime, timedelta
from statistics import correlation

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.analysis import QuestionFigure, Reply, next_analysis, point_biserial
from quizzes.blind_spots import Figure

NOW = datetime(2026, 11, 3, 12, tzinfo=UTC)


def reply(is_right, *lures, hours=-1):
    return Reply(is_right, NOW + timedelta(hours=hours), frozenset(lures))


def told(rights, *lures):
    """What learners 1, 2, ... answered to one question; the wrong ones took these lures in turn."""
    taken = iter(lures)
    return {
        who: reply(is_right, *([] if is_right else filter(None, [next(taken, None)])))
        for who, is_right in enumerate(rights, start=1)
    }


def figure_of(replies):
    return next_analysis({}, {"q": replies}, NOW).get("q")


def test_point_biserial_is_what_one_reckons_by_hand():
    # means 0.8 and 0.55, standard deviation sqrt(0.02), share 0.6: 0.25 / 0.1414 * sqrt(0.24) = sqrt(3) / 2
    found = point_biserial([True, True, True, False, False], [0.9, 0.8, 0.7, 0.5, 0.6])

    assert found == pytest.approx(0.8660254)


def test_question_missed_by_those_who_know_the_rest_counts_against_itself():
    assert point_biserial([False, True], [1.0, 0.0]) == pytest.approx(-1)


@pytest.mark.parametrize(("rights", "rests"), [([True, True], [0.1, 0.9]), ([True, False], [0.7, 0.7])])
def test_nothing_is_told_apart_where_all_are_alike(rights, rests):
    assert point_biserial(rights, rests) is None


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 20)), min_size=2, max_size=40))
def test_point_biserial_is_the_correlation_of_right_and_rest(people):
    rights, rests = [each[0] for each in people], [each[1] / 20 for each in people]
    found = point_biserial(rights, rests)

    if found is None:
        assert len(set(rights)) == 1 or len(set(rests)) == 1
    else:
        assert found == pytest.approx(correlation([float(right) for right in rights], rests))


def test_two_are_too_few_and_three_are_told_in_steps_of_five():
    assert figure_of(told([True, False])) is None

    found = figure_of(told([True, False, False]))

    assert (found.asked, found.right_percent) == (3, 35)


@pytest.mark.parametrize("rights", [[True] * 4, [True] * 3 + [False], [True] * 98 + [False] * 2])
def test_what_one_alone_missed_reads_like_what_nobody_missed(rights):
    assert figure_of(told(rights, "A")).right_percent is None


def test_wrong_option_is_told_where_several_took_it():
    found = figure_of(told([True, False, False, False], "B", "A", "B"))

    assert (found.lure, found.lured, found.lure_percent) == ("B", 2, 50)


def test_wrong_option_that_one_alone_took_is_not_told():
    found = figure_of(told([True, False, False], "A", "B"))

    assert (found.lure, found.lure_percent) == ("", 0)


def many(count):
    """Half are right at "q"; of each half one in five knows the other six questions as the other half does."""
    rights = {who: who % 2 == 0 for who in range(count)}
    knows = {who: right != (who // 2 % 5 == 0) for who, right in rights.items()}
    others = {f"o{number}": {who: reply(knows[who]) for who in rights} for number in range(6)}
    return {"q": {who: reply(right) for who, right in rights.items()}, **others}


def test_discrimination_is_told_from_ten_members_on():
    # means 0.8 and 0.2, standard deviation 0.5, share 0.5: 0.6 / 0.5 * 0.5
    assert next_analysis({}, many(10), NOW)["q"].discrimination == 0.6
    assert next_analysis({}, many(9), NOW)["q"].discrimination is None


def test_who_has_answered_little_else_is_not_compared():
    replies = many(10)
    for name in ("o0", "o1"):
        del replies[name][0]

    assert next_analysis({}, replies, NOW)["q"].discrimination is None


def test_discrimination_speaks_of_three_on_either_side():
    replies = many(12)
    replies["q"] = {who: reply(who > 1) for who in range(12)}

    assert next_analysis({}, replies, NOW)["q"].discrimination is None


def test_all_that_is_told_stands_until_three_have_answered_anew():
    before = {"q": figure_of(told([False, False, True], "A", "A"))}
    replies = told([False, False, True], "A", "A")

    replies[4] = reply(True, hours=1)
    assert next_analysis(before, {"q": replies}, NOW + timedelta(hours=2)) == before

    replies |= {5: reply(True, hours=1), 6: reply(True, hours=1)}
    assert next_analysis(before, {"q": replies}, NOW + timedelta(hours=2))["q"].right_percent == 65


def test_nothing_is_told_once_somebody_has_gone():
    before = {"q": figure_of(told([False, False, False, True], "A", "A", "A"))}

    after = next_analysis(before, {"q": told([False, False, False], "A", "A", "A")}, NOW)

    assert after == {"q": QuestionFigure(Figure(NOW))}


def test_figure_is_stored_and_found_again():
    found = next_analysis({}, many(10), NOW)["q"]

    assert QuestionFigure.from_json(found.to_json()) == found
