from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from quizzes.memory.ordering import Row, plan_day
from quizzes.memory.planning import Aim, Plannable
from quizzes.memory.states import State
from tests.quizzes.test_planning import TODAY, day

LIKE: dict[frozenset[int | None], float] = {frozenset({1, 2}): 0.7, frozenset({1, 3}): 0.3}


def similarity(one: Row, other: Row) -> float:
    return LIKE.get(frozenset({one[1], other[1]}), 0.0)


def new(fact: int, row: int, column: int = 1, **more: object) -> Plannable:
    return Plannable(fact, place=(1, column, row), table=1, column=column, row=row, **more)  # type: ignore[arg-type]


def seen(fact: int, row: int, stability: float, column: int = 1, **more: object) -> Plannable:
    state = State(stability, 5.0, day(-7))
    return Plannable(fact, state, place=(1, column, row), table=1, column=column, row=row, **more)  # type: ignore[arg-type]


def ordered(*facts: Plannable, goal: int = 20, is_last_days: bool = False) -> list[int]:
    aim = Aim(TODAY, exam_on=day(2) if is_last_days else None)
    day_list = plan_day(facts, aim, similarity, goal=goal)
    return [each.fact.fact for each in day_list]


def test_rows_that_look_alike_are_introduced_last_on_a_day() -> None:
    assert ordered(new(1, row=1), new(2, row=2), new(3, row=3), new(4, row=4)) == [1, 4, 3, 2]


def test_a_row_met_before_keeps_nobody_waiting() -> None:
    facts = [new(1, row=1, met_row=True), new(2, row=2), new(3, row=3)]

    assert ordered(*facts)[:3] == [1, 2, 3]


def test_one_column_comes_after_another() -> None:
    facts = [new(1, row=5), new(2, row=5, column=2), new(3, row=6), new(4, row=6, column=2)]

    assert ordered(*facts) == [1, 3, 2, 4]


def test_of_siblings_only_one_is_asked_on_a_day() -> None:
    facts = [seen(1, row=5, stability=9.0, group=1), seen(2, row=6, stability=1.0, group=1), new(3, row=7)]

    assert set(ordered(*facts)) == {2, 3}
    assert set(ordered(*facts, is_last_days=True)) == {1, 2, 3}


def test_a_leech_rests_for_two_days() -> None:
    def leech(days: int) -> Plannable:
        return Plannable(1, State(0.3, 8.0, day(-days)), is_leech=True)

    assert ordered(leech(2)) == []
    assert ordered(leech(3)) == [1]


def test_rows_that_look_alike_are_compared_once_both_are_known_the_surer_first() -> None:
    facts = [seen(number, row=number, stability=number) for number in (4, 5, 6, 7)]

    found = ordered(*facts, seen(1, row=1, stability=0.5), seen(2, row=2, stability=9.0))

    surer, other = found.index(2), found.index(1)
    assert other - surer == 2


def test_two_questions_of_one_row_do_not_follow_one_another() -> None:
    facts = [seen(1, 5, 1.0), seen(2, 5, 1.01, column=2), seen(3, 6, 9.0), seen(4, 7, 9.0)]

    found = ordered(*facts)

    assert abs(found.index(1) - found.index(2)) > 1


def test_a_row_introduced_earlier_today_counts() -> None:
    facts = [new(2, row=2), new(3, row=3), new(4, row=4)]

    found = plan_day(facts, Aim(TODAY), similarity, introduced=[(1, 1)])

    assert [each.fact.fact for each in found] == [4, 3, 2]


def test_a_long_column_of_look_alikes_is_ordered_in_few_comparisons() -> None:
    asked = 0

    def alike(one: Row, other: Row) -> float:
        nonlocal asked
        asked += 1
        return 0.4

    plan_day([new(number, row=number) for number in range(10_000)], Aim(TODAY), alike, goal=20)

    assert asked <= 2 * 20 * 300


FACTS = st.builds(
    lambda row, column, group, stability: (row, column, group, stability),
    st.integers(1, 6),
    st.integers(1, 3),
    st.none() | st.integers(1, 3),
    st.none() | st.floats(0.1, 90),
)


@given(st.lists(FACTS, max_size=25), st.integers(0, 25))
def test_a_day_holds_each_fact_once_and_no_two_siblings(
    made: list[tuple[int, int, int | None, float | None]], goal: int
) -> None:
    facts = [
        Plannable(
            number, State(stability, 5.0, TODAY - timedelta(3)) if stability else None,
            place=(1, column, row), table=1, column=column, row=row, group=group,
        )
        for number, (row, column, group, stability) in enumerate(made)
    ]  # fmt: skip

    day_list = plan_day(facts, Aim(TODAY), similarity, goal=goal)

    asked = [each.fact.fact for each in day_list]
    groups = [each.fact.group for each in day_list if each.fact.group is not None]
    alone = {fact.fact for fact in facts if fact.group is None}
    assert len(asked) == len(set(asked))
    assert sorted(groups) == sorted({fact.group for fact in facts if fact.group is not None})
    assert alone <= set(asked)
