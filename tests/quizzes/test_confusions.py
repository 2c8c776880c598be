from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.confusions import (
    MixUp,
    Tallies,
    Tally,
    after_mix_ups,
    after_right,
    count_of,
    matrix,
    mix_ups_of,
    mixed_up,
)
from quizzes.contrasts.cells import AskedCell, contrast_cell
from quizzes.contrasts.several import contrast_order, contrast_placements, contrast_ticks
from quizzes.drill import DrillAnswer, drill_columns, drill_questions, next_of_drill
from quizzes.generation.options import Option
from quizzes.generation.sources import Thing
from quizzes.marking.typed import Expected, Outcome, check_typed, rivals_of_value
from tests.quizzes.guides import make_source_table, seed_table, seed_tables

SEED = {table.key: table for table in seed_tables()}
TECHNIQUES = seed_table(22)
THINGS = dict(TECHNIQUES.things())
ACTIVATION, GRADIENT, OFFLOADING = (
    THINGS[name] for name in ("Activation Checkpointing", "Gradient Checkpointing", "Activation Offloading")
)
MONDAY = date(2026, 3, 2)


def of(number: int, name: str) -> Thing:
    return dict(seed_table(number).things())[name]


def type_how_it_works(asked: Thing, text: str) -> tuple[MixUp, ...]:
    """Whom a learner takes `asked` for who types this text when asked how it works."""
    answer = dict(TECHNIQUES.values(asked))["How It Works"]
    said = check_typed(text, Expected(answer, rivals_of_value(TECHNIQUES, asked, "How It Works")))
    things = (said.chosen.thing,) if said.chosen else ()
    chosen = Option(text, said.outcome is Outcome.RIGHT, TECHNIQUES.key, "", things, bool(things))
    right = Option(answer, True, TECHNIQUES.key, "How does it work?", (asked,), True)
    return mix_ups_of([contrast_cell(AskedCell(asked, "How It Works"), right, tables=SEED, chosen=chosen)])


def swapped(times: int, *directions: MixUp) -> Tallies:
    """The tallies of a learner who made each of these mix-ups so many times."""
    tallies: Tallies = {}
    for _ in range(times):
        tallies = after_mix_ups(tallies, directions)
    return tallies


def test_learner_who_swaps_two_techniques_finds_them_first_and_their_drill_asks_one_column() -> None:
    tallies: Tallies = {}
    for asked, text in [(ACTIVATION, "store fewer gradients"), (GRADIENT, "Clear activations, recompute")] * 3:
        tallies = after_mix_ups(tallies, type_how_it_works(asked, text))
    tallies = after_mix_ups(tallies, [MixUp(of(23, "Trn1"), of(23, "Trn1n"))] * 4)

    first = mixed_up(tallies)[0]

    assert ({first.one, first.other}, first.count) == ({ACTIVATION, GRADIENT}, 6)
    assert {question.column for question in drill_questions(TECHNIQUES, first.one, first.other)} == {"How It Works"}


def test_right_answers_on_different_days_halve_the_count_until_the_pair_leaves_the_list() -> None:
    tallies = swapped(6, MixUp(ACTIVATION, GRADIENT))
    counts = []

    for day in range(4):
        tallies = after_right(tallies, ACTIVATION, others=[GRADIENT], on=MONDAY + timedelta(days=day))
        counts.append((count_of(tallies, ACTIVATION, GRADIENT), len(mixed_up(tallies))))

    assert counts == [(6, 1), (3, 1), (3, 1), (1.5, 0)]


def test_both_directions_are_halved_together_whichever_is_asked() -> None:
    tallies = swapped(3, MixUp(ACTIVATION, GRADIENT), MixUp(GRADIENT, ACTIVATION))

    tallies = after_right(tallies, ACTIVATION, others=[GRADIENT], on=MONDAY)
    tallies = after_right(tallies, GRADIENT, others=[ACTIVATION], on=MONDAY + timedelta(days=1))

    assert count_of(tallies, GRADIENT, ACTIVATION) == 3


def test_several_right_answers_of_one_day_count_once() -> None:
    tallies = swapped(6, MixUp(ACTIVATION, GRADIENT))

    for _ in range(4):
        tallies = after_right(tallies, ACTIVATION, others=[GRADIENT], on=MONDAY)

    assert tallies == {MixUp(ACTIVATION, GRADIENT): Tally(6, 1, MONDAY)}


def test_only_pairs_of_the_right_row_with_an_option_are_forgiven() -> None:
    tallies = swapped(2, MixUp(ACTIVATION, GRADIENT), MixUp(GRADIENT, OFFLOADING))

    after = after_right(tallies, ACTIVATION, others=[OFFLOADING], on=MONDAY)

    assert after == tallies


def test_right_answer_that_was_typed_was_open_to_every_row() -> None:
    tallies = swapped(2, MixUp(ACTIVATION, GRADIENT), MixUp(GRADIENT, OFFLOADING))

    after = after_right(tallies, ACTIVATION, on=MONDAY)

    assert [tally.right_days for tally in after.values()] == [1, 0]


def test_one_direction_fills_one_half_of_the_matrix() -> None:
    things = [thing for _, thing in TECHNIQUES.things()]

    counts = matrix(swapped(6, MixUp(ACTIVATION, GRADIENT)), things)

    assert counts[things.index(ACTIVATION)][things.index(GRADIENT)] == 6
    assert sum(sum(row) for row in counts) == 6


def test_single_mix_up_is_counted_and_not_yet_listed() -> None:
    tallies = swapped(1, MixUp(ACTIVATION, GRADIENT))

    assert count_of(tallies, GRADIENT, ACTIVATION) == 1
    assert mixed_up(tallies) == ()
    assert mixed_up(after_mix_ups(tallies, [MixUp(GRADIENT, ACTIVATION)]))[0].count == 2


def test_unknown_text_and_a_slip_mix_up_nothing() -> None:
    assert type_how_it_works(ACTIVATION, "magic") == ()
    assert type_how_it_works(ACTIVATION, "clear activations, recompute") == ()


def test_value_of_a_strange_table_mixes_up_nothing() -> None:
    right = Option("Move to CPU", True, "T22", "", (OFFLOADING,), True)
    strange = Option("Sum of weights", False, "T9", "", (of(9, "L1 (Lasso)"),), True)

    shown = contrast_cell(AskedCell(OFFLOADING, "How It Works"), right, tables=SEED, chosen=strange)

    assert mix_ups_of([shown]) == ()


def test_wrong_tick_swapped_rows_and_a_misplaced_value_are_mix_ups_and_a_missed_tick_is_none() -> None:
    instances = [thing for _, thing in seed_table(23).things()]
    training = {of(23, name) for name in ("P3", "Trn1", "Trn1n")}
    ticks = contrast_ticks(seed_table(23), "Use Case", ticked={of(23, "Inf2")}, right=training, judged=instances)
    years = [thing for _, thing in seed_table(4).things()]
    order = contrast_order(seed_table(4), "Year", given=[years[1], years[0], *years[2:]], right=years)
    placed = contrast_placements(seed_table(9), {AskedCell(of(9, "Dropout"), "Trade-off"): "May undertrain"})

    assert mix_ups_of(ticks) == (MixUp(of(23, "Trn1"), of(23, "Inf2")),)
    assert mix_ups_of([order]) == (MixUp(years[0], years[1]),)
    assert mix_ups_of(placed) == (MixUp(of(9, "Dropout"), of(9, "Early Stopping")),)


def test_drill_asks_every_column_in_which_both_say_something_else() -> None:
    relu, softmax = of(2, "ReLU"), of(2, "Softmax")

    assert set(drill_columns(seed_table(2), relu, softmax)) == {"Range", "Hidden Layer", "Output Layer"}
    assert set(drill_columns(seed_table(19), of(19, "HPO"), of(19, "Ensembling"))) == {"Trials", "Method"}


def test_drill_of_an_aspect_table_asks_its_aspects() -> None:
    questions = drill_questions(seed_table(18), of(18, "Autopilot"), of(18, "AMT"))

    assert {question.column for question in questions} == {row.name for row in seed_table(18).rows}
    assert {question.options for question in questions} == {(of(18, "AMT"), of(18, "Autopilot"))}
    assert all(question.value == dict(seed_table(18).values(question.right))[question.column] for question in questions)


def test_only_column_is_asked_of_either_row_in_turn() -> None:
    questions = drill_questions(TECHNIQUES, ACTIVATION, GRADIENT)
    first = next_of_drill(questions, [], seed=1)
    answers = [DrillAnswer(first.column, first.right, is_right=True)]

    second = next_of_drill(questions, answers, seed=1)

    assert {first.right, second.right} == {ACTIVATION, GRADIENT}
    assert next_of_drill(questions, [*answers, DrillAnswer(second.column, second.right, is_right=True)], seed=1) is None


def test_rows_that_do_not_differ_have_no_drill() -> None:
    table = make_source_table("s", ["Store", "Model"], ["Redis", "Keys"], ["Valkey", "keys"])
    redis, valkey = (thing for _, thing in table.things())

    assert next_of_drill(drill_questions(table, redis, valkey), [], seed=1) is None


@pytest.mark.parametrize("pair", [("Dropout", "Early Stopping"), ("L1 (Lasso)", "L2 (Ridge)")])
@given(seed=st.integers(), replies=st.lists(st.booleans(), max_size=20))
def test_drill_ends_when_each_column_was_right_twice_with_another_question_between(
    pair: tuple[str, str], seed: int, replies: list[bool]
) -> None:
    questions = drill_questions(seed_table(9), of(9, pair[0]), of(9, pair[1]))
    answers: list[DrillAnswer] = []
    asked = []

    while question := next_of_drill(questions, answers, seed=seed):
        is_right = replies[len(answers)] if len(answers) < len(replies) else True
        answers.append(DrillAnswer(question.column, question.right, is_right))
        asked.append(question)

    rights = [answer.column for answer in answers if answer.is_right]
    assert {rights.count(column) for column in {each.column for each in questions}} == {2}
    assert all(one != next_one for one, next_one in zip(asked, asked[1:], strict=False))
    assert len(answers) <= 6 + len(replies)


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 5)), max_size=20))
def test_count_never_grows_by_a_right_answer_nor_falls_by_a_mix_up(steps: list[tuple[bool, int]]) -> None:
    tallies: Tallies = {}
    for is_right, day in steps:
        before = count_of(tallies, ACTIVATION, GRADIENT)
        if is_right:
            tallies = after_right(tallies, GRADIENT, on=MONDAY + timedelta(days=day))
            assert count_of(tallies, ACTIVATION, GRADIENT) in {before, before / 2}
        else:
            tallies = after_mix_ups(tallies, [MixUp(ACTIVATION, GRADIENT)])
            assert count_of(tallies, ACTIVATION, GRADIENT) == before + 1
