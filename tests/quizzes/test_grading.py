from math import factorial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.contrasts.columns import column_values
from quizzes.marking.grades import (
    Blank,
    Grade,
    Mark,
    Placed,
    grade_choice,
    grade_order,
    grade_rebuild,
    grade_ticks,
    grade_typed,
    grade_unanswered,
    grade_unknown,
)
from quizzes.marking.typed import Outcome
from tests.quizzes.guides import seed_table

ROWS = ["P3", "Trn1", "Trn1n", "Inf2", "G3"]
TRAINING = {"P3": "fact 1", "Trn1": "fact 2", "Trn1n": "fact 3"}
YEARS = ["LeNet-5", "AlexNet", "GoogLeNet", "ResNet"]


def told(grade: Grade[str]) -> dict[str, tuple[bool, float]]:
    """Each fact with whether it is right and its guess chance."""
    return {each.fact: (each.is_right, each.guess_chance) for each in grade.facts}


@pytest.mark.parametrize(("chosen", "mark", "points"), [(2, Mark.RIGHT, 1), (0, Mark.WRONG, 0)])
def test_choice_is_guessed_with_one_in_its_options(chosen: int, mark: Mark, points: float) -> None:
    grade = grade_choice("fact", right=2, chosen=chosen, options=4)

    assert (grade.mark, grade.points, grade.is_right) == (mark, points, mark is Mark.RIGHT)
    assert told(grade) == {"fact": (mark is Mark.RIGHT, 1 / 4)}


def test_struck_options_and_a_question_of_two_are_easier_to_guess() -> None:
    assert told(grade_choice("fact", right=0, chosen=0, options=2)) == {"fact": (True, 1 / 2)}
    assert told(grade_choice("fact", right=0, chosen=0, options=4, struck=1)) == {"fact": (True, 1 / 3)}


def test_only_option_left_tells_memory_nothing() -> None:
    grade = grade_choice("fact", right=0, chosen=0, options=4, struck=3)

    assert (grade.mark, grade.facts) == (Mark.RIGHT, ())


@pytest.mark.parametrize("chosen", [-1, 4])
def test_option_that_was_not_shown_is_refused(chosen: int) -> None:
    with pytest.raises(ValueError, match="not shown"):
        grade_choice("fact", right=0, chosen=chosen, options=4)


def test_not_knowing_is_told_to_every_fact_and_no_answer_to_none() -> None:
    unknown = grade_unknown(["one", "two"], 1 / 4)

    assert [(each.is_right, each.is_unknown, each.guess_chance) for each in unknown.facts] == [(False, True, 1 / 4)] * 2
    assert (grade_unanswered().points, grade_unanswered().facts) == (0, ())


@pytest.mark.parametrize(
    ("outcome", "mark", "points"),
    [
        (Outcome.RIGHT, Mark.RIGHT, 1),
        (Outcome.PARTLY, Mark.PARTLY, 0.5),
        (Outcome.ANOTHER_ROW, Mark.WRONG, 0),
        (Outcome.WRONG, Mark.WRONG, 0),
    ],
)
def test_typed_answer_that_is_partly_right_is_wrong_to_memory(outcome: Outcome, mark: Mark, points: float) -> None:
    grade = grade_typed("fact", outcome)

    assert (grade.mark, grade.points) == (mark, points)
    assert told(grade) == {"fact": (outcome is Outcome.RIGHT, 0.02)}


def test_near_miss_is_tried_again_once_and_nothing_typed_as_often_as_it_takes() -> None:
    assert grade_typed("fact", Outcome.NEAR_MISS) is None
    assert grade_typed("fact", Outcome.NEAR_MISS, is_second_try=True).mark is Mark.WRONG
    assert grade_typed("fact", Outcome.RIGHT, is_second_try=True).mark is Mark.RIGHT
    assert grade_typed("fact", Outcome.EMPTY, is_second_try=True) is None


def test_all_ticks_right_is_hardly_guessed() -> None:
    grade = grade_ticks(ROWS, right=set(TRAINING), ticked=set(TRAINING), facts=TRAINING)

    assert grade.mark is Mark.RIGHT
    assert told(grade) == dict.fromkeys(TRAINING.values(), (True, 1 / 31))


def test_missed_row_is_wrong_by_itself_and_the_others_are_right() -> None:
    grade = grade_ticks(ROWS, right=set(TRAINING), ticked={"P3", "Trn1"}, facts=TRAINING)

    assert (grade.mark, grade.points) == (Mark.PARTLY, 0.5)
    assert told(grade) == {"fact 1": (True, 0.5), "fact 2": (True, 0.5), "fact 3": (False, 0.5)}


@pytest.mark.parametrize("ticked", [ROWS, ["G3"], ["P3", "G3"], []])
def test_wrong_tick_or_none_at_all_is_wrong(ticked: list[str]) -> None:
    assert grade_ticks(ROWS, right=set(TRAINING), ticked=ticked, facts=TRAINING).mark is Mark.WRONG


def test_rows_that_say_no_are_judged_too_where_they_have_a_fact() -> None:
    facts = {"P3": "yes", "G3": "no"}

    grade = grade_ticks(["P3", "G3", "Inf2"], right={"P3"}, ticked={"P3", "G3"}, facts=facts)

    assert told(grade) == {"yes": (True, 0.5), "no": (False, 0.5)}


def test_row_that_was_not_shown_cannot_be_ticked() -> None:
    with pytest.raises(ValueError, match="not shown"):
        grade_ticks(ROWS, right={"P3"}, ticked={"P4d"}, facts={})


def test_whole_order_is_hardly_guessed() -> None:
    grade = grade_order(YEARS, YEARS, {row: row for row in YEARS})

    assert grade.mark is Mark.RIGHT
    assert told(grade) == dict.fromkeys(YEARS, (True, 1 / 24))


def test_row_is_right_where_its_neighbours_are_those_of_the_key() -> None:
    given = ["LeNet-5", "AlexNet", "ResNet", "GoogLeNet"]

    grade = grade_order(YEARS, given, {row: row for row in YEARS})

    assert grade.mark is Mark.PARTLY
    assert {row for row, (is_right, _) in told(grade).items() if is_right} == {"LeNet-5"}
    assert {chance for _, chance in told(grade).values()} == {1 / 4}


@pytest.mark.parametrize("given", [YEARS[:3], [*YEARS[:3], "LeNet-5"], [*YEARS, "VGG"]])
def test_order_with_other_rows_is_refused(given: list[str]) -> None:
    with pytest.raises(ValueError, match="each once"):
        grade_order(YEARS, given, {})


@given(st.permutations(range(5)))
def test_order_is_right_only_as_a_whole(given: list[int]) -> None:
    grade = grade_order(range(5), given, {row: row for row in range(5)})

    assert grade.is_right == (given == sorted(given)) == all(each.is_right for each in grade.facts)
    assert {each.guess_chance for each in grade.facts} == {1 / factorial(5) if grade.is_right else 1 / 5}


def blanks(number: int, column: str) -> list[Blank[str]]:
    """One column of the seed taken out; a row's name is its fact."""
    table = seed_table(number)
    names = ((table.name_of(thing), value) for thing, value in column_values(table, column))
    return [Blank(name, column, value, name) for name, value in names]


def test_chance_of_each_cell_is_one_in_the_values_still_free() -> None:
    out = blanks(4, "Innovation")

    grade, cells = grade_rebuild(out, [(blank.row, blank.column, blank.value) for blank in out])

    assert grade.mark is Mark.RIGHT
    assert told(grade) == {"LeNet-5": (True, 1 / 4), "AlexNet": (True, 1 / 3), "GoogLeNet": (True, 1 / 2)}
    assert all(cell.is_right for cell in cells)


def test_equal_cells_are_interchangeable_and_easier_to_guess() -> None:
    out = blanks(21, "Frameworks")

    grade, _ = grade_rebuild(out, [(blank.row, blank.column, blank.value) for blank in reversed(out)])

    assert grade.mark is Mark.RIGHT
    assert told(grade) == {"Horovod": (True, 1 / 2)}


def test_swapped_cells_are_wrong_and_an_empty_one_was_not_known() -> None:
    out = blanks(9, "Trade-off")
    texts = {blank.row: blank.value for blank in out}
    placed = [
        ("Dropout", texts["Early Stopping"]),
        ("Early Stopping", texts["Dropout"]),
        ("L1 (Lasso)", texts["L1 (Lasso)"]),
    ]

    grade, cells = grade_rebuild(out, [(row, "Trade-off", text) for row, text in placed])

    assert grade.mark is Mark.PARTLY
    assert told(grade)["Dropout"] == (False, 1 / 4)
    assert [each.fact for each in grade.facts if each.is_unknown] == ["L2 (Ridge)"]
    assert cells[0] == Placed("Dropout", "Trade-off", "May undertrain", is_right=False)
    assert [cell.is_right for cell in cells] == [False, False, True, False]


def test_cell_without_memory_is_judged_and_tells_it_nothing() -> None:
    out = [Blank("HPO", "Trials", "Up to 100", "fact"), Blank("Auto", "Trials", "Varies")]

    grade, cells = grade_rebuild(out, [("Auto", "Trials", "Varies"), ("HPO", "Trials", "Up to 100")])

    assert (grade.mark, grade.facts) == (Mark.RIGHT, ())
    assert all(cell.is_right for cell in cells)


def test_value_put_twice_is_wrong_where_it_does_not_belong() -> None:
    out = blanks(4, "Innovation")

    grade, cells = grade_rebuild(out, [(blank.row, blank.column, "Early CNN") for blank in out])

    assert [cell.is_right for cell in cells] == [True, False, False, False]
    assert told(grade)["ResNet"] == (False, 1 / 3)


def test_cell_that_was_not_taken_out_cannot_be_put_back() -> None:
    with pytest.raises(ValueError, match="taken out"):
        grade_rebuild(blanks(4, "Innovation"), [("LeNet-5", "Year", "1998")])
