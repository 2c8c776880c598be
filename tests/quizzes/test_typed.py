import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from quizzes.generation.sources import Thing
from quizzes.marking.accepted import Accepted, Lists, parts_of_list, synonyms_in
from quizzes.marking.spelling import Notation, distance, folded, notation_of
from quizzes.marking.typed import Expected, Judgement, Outcome, Rival, check_typed, rivals_of_name, rivals_of_value
from tables.reader.document import Kind
from tests.quizzes.guides import make_source_table, seed_question, seed_table, seed_tables

TEXTS = st.text(st.sampled_from("abcdeABN 0123()-,/.+<"), min_size=1, max_size=12)


def value_of(number: int, name: str, column: str, typed: str, **kwargs: str) -> Judgement:
    """What becomes of `typed` where the value of a row of the seed is asked."""
    table = seed_table(number)
    thing = dict(table.things())[name]
    text = dict(table.values(thing))[column]
    notation = notation_of(text, column)
    return check_typed(typed, Expected(text, rivals_of_value(table, thing, column), notation=notation, **kwargs))


def name_of(number: int, name: str, typed: str) -> Judgement:
    """What becomes of `typed` where the name of a row of the seed is asked."""
    table = seed_table(number)
    return check_typed(typed, Expected(name, rivals_of_name(table, dict(table.things())[name])))


def metrics(typed: str) -> Judgement:
    """What becomes of `typed` where the metrics for continuous values are asked."""
    answer = seed_question("T26.q5").answer
    rivals = [Rival(row.cells[1]) for row in seed_table(26).rows]
    return check_typed(typed, Expected(answer, rivals, extras=Lists(seed_tables()).beside(answer)))


@pytest.mark.parametrize("typed", ["L1 (Lasso)", "l1", "LASSO", " L1 (lasso). ", "L1-Lasso"])
def test_name_with_a_bracket_is_known_by_either_name(typed: str) -> None:
    assert name_of(9, "L1 (Lasso)", typed).outcome is Outcome.RIGHT


def test_remark_in_a_bracket_is_only_dropped() -> None:
    assert check_typed("relu", Expected("ReLU (start here)")).outcome is Outcome.RIGHT
    assert value_of(16, "Hyperband", "Best For", "neural networks").outcome is Outcome.RIGHT
    assert value_of(16, "Hyperband", "Best For", "fastest").outcome is Outcome.WRONG
    assert value_of(2, "Softmax", "Range", "sum=1").outcome is Outcome.WRONG


@pytest.mark.parametrize("typed", ["", "   ", "-", "?", "\u200b"])
def test_nothing_typed_is_not_judged(typed: str) -> None:
    assert value_of(1, "CNN", "Input", typed).outcome is Outcome.EMPTY


@pytest.mark.parametrize(
    "typed", ["r squared, rmse", "RMSE and R-squared", "RMSE/Rsquared", "RMSE; R-Squared", "rmse r-squared"]
)
def test_parts_of_a_list_stand_in_any_order(typed: str) -> None:
    assert metrics(typed).outcome is Outcome.RIGHT


def test_part_that_another_table_lists_is_welcome() -> None:
    assert Lists(seed_tables()).beside("RMSE, R-squared") == ("MAE",)
    assert metrics("MAE, RMSE and R-squared").outcome is Outcome.RIGHT
    assert metrics("MAE").outcome is Outcome.WRONG


def test_part_alone_is_partly_right_and_what_is_missing_is_named() -> None:
    assert metrics("RMSE") == Judgement(Outcome.PARTLY, missing=("R-squared",))
    assert metrics("MAE, RMSE") == Judgement(Outcome.PARTLY, missing=("R-squared",))
    assert check_typed("P3", Expected("P3, P4d")) == Judgement(Outcome.PARTLY, missing=("P4d",))


def test_part_that_belongs_nowhere_makes_a_list_wrong() -> None:
    assert metrics("RMSE, R-squared, Loss") == Judgement(Outcome.WRONG, surplus=("Loss",))


def test_slip_in_a_part_is_a_near_miss() -> None:
    assert metrics("RMSE, R-squred").outcome is Outcome.NEAR_MISS


def test_another_rows_text_is_that_row_and_never_a_slip() -> None:
    trn1 = dict(seed_table(23).things())["Trn1"]

    said = name_of(23, "Trn1n", "trn1")

    assert said == Judgement(Outcome.ANOTHER_ROW, chosen=Rival("Trn1", trn1))
    assert name_of(23, "P4de", "P4d").outcome is Outcome.ANOTHER_ROW
    assert value_of(12, "Recall", "Formula", "TP/(TP+FP)").chosen.text == "TP / (TP + FP)"


def test_short_names_are_no_slips_of_each_other_even_without_a_table() -> None:
    assert check_typed("Trn1", Expected("Trn1n")).outcome is Outcome.WRONG
    assert check_typed("L2", Expected("L1 (Lasso)")).outcome is Outcome.WRONG


def test_name_of_another_row_is_that_row_where_a_value_is_asked() -> None:
    said = value_of(1, "GRU", "Key Feature", "LSTM")

    assert (said.outcome, said.chosen.text) == (Outcome.ANOTHER_ROW, "LSTM")


def test_order_of_three_words_does_not_matter_unless_it_names_another_row() -> None:
    assert value_of(9, "Dropout", "How It Works", "neurons remove random").outcome is Outcome.RIGHT
    assert name_of(5, "Sequence to Vector", "Vector to Sequence").outcome is Outcome.ANOTHER_ROW
    assert check_typed("gbps network 400", Expected("400 Gbps network")).outcome is Outcome.WRONG


@pytest.mark.parametrize(
    ("expected", "typed", "outcome"),
    [
        ("RMSE", "RSME", Outcome.NEAR_MISS),
        ("Swish", "Swsh", Outcome.NEAR_MISS),
        ("Swish", "Swh", Outcome.WRONG),
        ("Gradient clipping", "Gradeint cliping", Outcome.NEAR_MISS),
        ("Gradient clipping", "Gradnt clipin", Outcome.WRONG),
        ("1600 Gbps network", "1500 Gbps network", Outcome.WRONG),
        ("Models >1B parameters", "Models <1B parameters", Outcome.WRONG),
        ("No feature selection", "Feature selection", Outcome.WRONG),
        ("Independent", "dependent", Outcome.WRONG),
        ("AUC", "AUV", Outcome.WRONG),
    ],
)  # fmt: skip
def test_near_miss_is_a_slip_of_the_keyboard_and_nothing_else(expected: str, typed: str, outcome: Outcome) -> None:
    assert check_typed(typed, Expected(expected)).outcome is outcome


def test_slip_that_is_as_near_to_another_row_is_wrong() -> None:
    assert check_typed("Boating", Expected("Boasting", [Rival("Bloating")])).outcome is Outcome.WRONG


@pytest.mark.parametrize(
    ("name", "typed", "outcome"),
    [
        ("F1 Score", "2 (P*R) / (P+R)", Outcome.RIGHT),
        ("Recall", "tp/(tp+fn)", Outcome.RIGHT),
        ("Recall", "tp/tp+fn", Outcome.NEAR_MISS),
        ("Recall", "FN/(FN+TP)", Outcome.WRONG),
        ("AUC", "area under roc", Outcome.RIGHT),
    ],
)
def test_formula_is_compared_sign_by_sign(name: str, typed: str, outcome: Outcome) -> None:
    assert value_of(12, name, "Formula", typed).outcome is outcome


def test_code_keeps_its_case() -> None:
    expected = Expected("smdistributed.dataparallel", notation=Notation.CODE)

    assert check_typed("`smdistributed.dataparallel`", expected).outcome is Outcome.RIGHT
    assert check_typed("SMDistributed.DataParallel", expected).outcome is Outcome.NEAR_MISS


@pytest.mark.parametrize("typed", ["-∞ to ∞", "−inf to inf", "-infinity to infinity"])
def test_infinity_and_minus_may_be_typed_as_signs(typed: str) -> None:
    assert value_of(2, "Leaky ReLU", "Range", typed).outcome is Outcome.RIGHT


def test_minus_and_range_are_no_hyphens() -> None:
    assert value_of(2, "TanH", "Range", "1 to 1").outcome is Outcome.WRONG
    assert value_of(2, "Softmax", "Range", "0–1").outcome is Outcome.RIGHT
    assert value_of(2, "Softmax", "Range", "01").outcome is Outcome.WRONG


def test_full_name_of_the_guide_and_synonyms_of_the_author_are_right() -> None:
    synonyms = synonyms_in(seed_tables(), {"SageMaker MPP": ("MPP",)})

    assert (
        check_typed("GPT", Expected("Generative Pre-trained Transformer", synonyms=synonyms)).outcome is Outcome.RIGHT
    )
    assert check_typed("mpp", Expected("SageMaker MPP", synonyms=synonyms)).outcome is Outcome.RIGHT
    assert check_typed("MPP", Expected("SageMaker MPP")).outcome is Outcome.WRONG


def test_synonym_that_the_question_shows_is_no_answer_to_it() -> None:
    asked = "What does GPT stand for?"

    said = value_of(6, "GPT", "Full Name", "GPT", synonyms=synonyms_in(seed_tables()), asked=asked)

    assert said.outcome is Outcome.WRONG


def test_short_form_that_two_rows_share_means_neither() -> None:
    expected = Expected("Precision (macro)", [Rival("Precision (micro)")])

    assert check_typed("precision", expected).outcome is Outcome.WRONG


def test_value_that_several_rows_share_is_right_for_each() -> None:
    assert value_of(21, "torchrun", "Frameworks", "pytorch").outcome is Outcome.RIGHT


def test_columns_of_an_aspect_table_are_each_others_rivals() -> None:
    said = value_of(18, "AMT", "Control", "low")

    assert (said.outcome, said.chosen.thing) == (Outcome.ANOTHER_ROW, Thing("T18", header="Autopilot"))


def test_value_of_another_script_is_compared_as_it_is() -> None:
    table = make_source_table("s", ["名前", "用途"], ["A", "画像分類"], ["B", "音声認識"], kind=Kind.ENTITY)
    rivals = rivals_of_value(table, Thing("s", row_key="s.r1"), "用途")

    assert check_typed("画像分類", Expected("画像分類", rivals)).outcome is Outcome.RIGHT
    assert check_typed("音声認識", Expected("画像分類", rivals)).outcome is Outcome.ANOTHER_ROW


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("P3, P4d", ("P3", "P4d")),
        ("EFA + NCCL", ("EFA", "NCCL")),
        ("MiCS/Sharded + P4de", ("MiCS/Sharded", "P4de")),
        ("Images/grids", ("Images", "grids")),
        ("Bayesian (<100MB), Multi-fidelity (>100MB)", ("Bayesian (<100MB)", "Multi-fidelity (>100MB)")),
        ("Memory vs. I/O", ()),
        ("1,600 Gbps", ()),
        ("Separate short/long-term memory", ()),
        ("Early CNN", ()),
    ],
)
def test_list_has_parts_and_other_texts_have_none(text: str, parts: tuple[str, ...]) -> None:
    assert parts_of_list(text) == parts


def test_every_value_of_the_seed_is_right_as_it_is_written_and_without_its_case() -> None:
    for table in [table for table in seed_tables() if table.has_things]:
        for name, thing in table.things():
            for column, value in table.values(thing):
                outcome = value_of(int(table.key[1:]), name, column, value.upper()).outcome

                assert outcome in {Outcome.RIGHT, Outcome.EMPTY}, (table.key, name, column)
                assert (outcome is Outcome.EMPTY) == (value in {"-", "N/A"})


@given(TEXTS, st.lists(TEXTS, max_size=5))
def test_every_form_that_only_means_a_value_is_right(text: str, others: list[str]) -> None:
    assume(folded(text) and not re.fullmatch(r"[-. /+(),<]*|\s*n/?a\s*", text, re.IGNORECASE))
    expected = Expected(text, [Rival(other) for other in others])

    for form in Accepted(text).texts:
        assert check_typed(form, expected).outcome is Outcome.RIGHT


@given(TEXTS, st.lists(TEXTS, min_size=1, max_size=5))
def test_what_another_row_is_called_is_never_a_slip(text: str, others: list[str]) -> None:
    expected = Expected(text, [Rival(other) for other in others])

    for other in others:
        said = check_typed(other, expected)

        assert said.outcome is not Outcome.NEAR_MISS
        assert said.outcome is not Outcome.ANOTHER_ROW or said.chosen in expected.rivals


@given(st.text("abc", max_size=8), st.text("abc", max_size=8))
def test_slips_count_the_same_both_ways(one: str, other: str) -> None:
    assert distance(one, other, 2) == distance(other, one, 2)
    assert (distance(one, other, 2) == 0) == (one == other)


@pytest.mark.parametrize(("other", "far"), [("ab", 2), ("abdc", 1), ("abxd", 1), ("axcx", 2), ("dcba", None)])
def test_letters_left_out_swapped_and_mistaken_are_counted(other: str, far: int | None) -> None:
    assert distance("abcd", other, 2) == far


@given(st.text("abcd", min_size=4, max_size=12), st.integers(0, 10), st.integers(0, 10), st.sampled_from("abcd"))
def test_two_slips_are_never_farther_than_two(text: str, first: int, second: int, letter: str) -> None:
    left_out = text[:first] + text[first + 1 :]
    swapped = left_out[:second] + left_out[second : second + 2][::-1] + left_out[second + 2 :]
    added = text[:second] + letter + text[second:]

    assert distance(left_out, text, 1) is not None
    assert distance(swapped, text, 2) is not None or abs(first - second) < 2
    assert distance(added[:first] + letter + added[first + 1 :], text, 2) is not None
