from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.memory.continuing import Asked, Spot, is_enough, next_fact, tired_kind


def spots(*facts: int) -> list[Spot]:
    return [Spot(fact, (1, fact)) for fact in facts]


def asked(*facts: int, wrong: Iterable[int] = ()) -> list[Asked]:
    return [Asked(fact, fact not in wrong, (1, fact)) for fact in facts]


def test_the_list_is_walked_from_the_top() -> None:
    assert next_fact(spots(1, 2, 3), [], goal=20) == 1
    assert next_fact(spots(1, 2, 3), asked(1), goal=20) == 2


def test_what_was_answered_elsewhere_today_is_passed_over() -> None:
    assert next_fact(spots(1, 2, 3), asked(9, 1, 2), goal=20) == 3


def test_a_sibling_of_what_was_asked_is_passed_over_but_not_in_the_last_days() -> None:
    planned = [Spot(1, (1, 1), group=7), Spot(2, (1, 2))]
    sibling = [Asked(9, True, (2, 9), group=7)]

    assert next_fact(planned, sibling, goal=20) == 2
    assert next_fact(planned, sibling, goal=20, is_last_days=True) == 1


def test_a_miss_comes_once_more_when_the_goal_is_reached() -> None:
    planned = spots(1, 2, 3, 4)

    assert next_fact(planned, asked(1, 2, wrong=[1]), goal=3) == 3
    assert next_fact(planned, asked(1, 2, 3, wrong=[1]), goal=3) == 1
    assert next_fact(planned, asked(1, 2, 3, 1, wrong=[1]), goal=3) == 4


def test_a_miss_does_not_come_back_when_switched_off() -> None:
    assert next_fact(spots(1, 2, 3, 4), asked(1, 2, 3, wrong=[1]), goal=3, returns_missed=False) == 4


def test_a_list_that_has_run_out_begins_again_with_the_misses() -> None:
    planned = spots(1, 2, 3)

    assert next_fact(planned, asked(1, 2, 3, wrong=[2]), goal=20, returns_missed=False) == 2
    assert next_fact(planned, asked(1, 2, 3), goal=20) == 1
    assert next_fact([], [], goal=20) is None


def test_two_questions_of_a_row_do_not_follow_one_another_if_another_is_near() -> None:
    planned = [Spot(1, (1, 5)), Spot(2, (1, 5)), Spot(3, (1, 6))]

    assert next_fact(planned, [Asked(1, True, (1, 5))], goal=20) == 3
    assert next_fact(planned[:2], [Asked(1, True, (1, 5))], goal=20) == 2


def test_a_kind_is_not_asked_a_fourth_time_in_a_row_if_there_is_another() -> None:
    planned = [Spot(4, (1, 4), kinds=frozenset({"typed"})), Spot(5, (1, 5), kinds=frozenset({"typed", "forward"}))]
    typed = [Asked(fact, True, (1, fact), kind="typed") for fact in (1, 2, 3)]

    assert next_fact(planned, typed[:2], goal=20) == 4
    assert next_fact(planned, typed, goal=20) == 5
    assert next_fact(planned[:1], typed, goal=20) == 4


def test_another_kind_is_looked_for_beyond_a_long_table_of_one_kind() -> None:
    one_of_two = frozenset({"which-of-two"})
    table = [Spot(fact, (1, fact % 2), kinds=one_of_two) for fact in range(4, 18)]
    planned = [*table, Spot(18, (2, 18), kinds=frozenset({"forward"}))]
    told = [Asked(fact, True, (1, fact % 2), kind="which-of-two") for fact in (1, 2, 3)]

    assert next_fact(planned, told, goal=20) == 18


def test_what_says_the_same_is_not_asked_a_third_time_in_a_row_if_there_is_another() -> None:
    planned = [Spot(3, (1, 3), value="pytorch"), Spot(4, (1, 4), value="tensorflow")]
    told = [Asked(fact, True, (1, fact), value="pytorch") for fact in (1, 2)]

    assert next_fact(planned, told[1:], goal=20) == 3
    assert next_fact(planned, told, goal=20) == 4
    assert next_fact(planned[:1], told, goal=20) == 3


@pytest.mark.parametrize(
    ("kinds", "tired"),
    [("", None), ("aa", None), ("baa", None), ("baaa", "a"), ("aaab", None), ("aaaa", "a")],
)
def test_three_of_a_kind_are_enough(kinds: str, tired: str | None) -> None:
    assert tired_kind(list(kinds)) == tired


def test_enough_is_the_goal_or_nothing_left_that_helps_much() -> None:
    assert is_enough([0.3], answered=20, goal=20)
    assert is_enough([0.004, 0.009], answered=3, goal=20)
    assert is_enough([], answered=0, goal=20)
    assert not is_enough([0.004, 0.011], answered=3, goal=20)


@given(st.integers(1, 15), st.integers(1, 20), st.lists(st.booleans(), min_size=60, max_size=60))
def test_a_day_asks_everything_once_before_anything_twice_but_the_misses(
    number: int, goal: int, rights: list[bool]
) -> None:
    planned, so_far = spots(*range(number)), list[Asked]()
    for is_right in rights[: 2 * number]:
        fact = next_fact(planned, so_far, goal=goal)
        assert fact is not None
        so_far.append(Asked(fact, is_right, (1, fact)))

    told = [each.fact for each in so_far]
    missed = {each.fact for place, each in enumerate(so_far) if not each.is_right and each.fact not in told[:place]}
    until_all = next(place for place in range(len(told)) if len(set(told[: place + 1])) == number)
    repeated = [fact for place, fact in enumerate(told[: until_all + 1]) if fact in told[:place]]
    assert set(repeated) <= missed
    assert len(repeated) == len(set(repeated))
