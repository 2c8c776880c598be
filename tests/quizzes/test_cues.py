import pytest

from quizzes.generation.cues import soft_cues

FAIR = ("Which function ends in a probability?", "Sigmoid", ["ReLU", "TanH", "Swish"])


def test_fair_question_has_no_cue() -> None:
    assert soft_cues(*FAIR) == ()


def test_word_that_begins_alike_is_told() -> None:
    cues = soft_cues("How does Activation Checkpointing work?", "Clear activity, recompute", ["Move everything to CPU"])

    assert cues == ("“activation” in the question begins like “activity” in the right answer alone.",)


def test_word_that_stands_in_both_is_told_unless_a_wrong_option_has_it_too() -> None:
    stem, answer = "Which protects training data?", "A training lock"

    assert soft_cues(stem, answer, ["Nothing"]) == ("“training” stands in the question and in the right answer alone.",)
    assert soft_cues(stem, answer, ["A training key"]) == ()


def test_short_name_that_begins_a_word_of_the_answer_is_told() -> None:
    cues = soft_cues("What is inside an Inf2?", "AWS Inferentia2", ["AWS Trainium"])

    assert cues == ("“Inf2” in the question is the beginning of “inferentia2” in the right answer.",)


def test_answer_that_is_by_far_the_longest_is_told() -> None:
    answer = "Splits the layers of a model over several devices"

    assert soft_cues("What does it do?", answer, ["Moves it", "Stores fewer numbers"]) == (
        "The right answer is by far the longest.",
    )
    assert soft_cues("What does it do?", answer, []) == ()


@pytest.mark.parametrize(("others", "count"), [(["key", "door"], 1), (["hour", "inn"], 0)])
def test_article_that_fits_the_right_answer_alone_is_told(others: list[str], count: int) -> None:
    assert len(soft_cues("What you open is an", "oven", others)) == count
