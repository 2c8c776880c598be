import pytest

from quizzes.generation.values import is_bare_yes_no, is_offerable, is_vague, says_yes, says_yes_or_no, states_something


@pytest.mark.parametrize("text", ["Varies", "any", "It depends.", "Both", "Custom", "see text"])
def test_words_that_fit_anything_are_vague(text: str) -> None:
    assert is_vague(text)
    assert not is_offerable(text)


@pytest.mark.parametrize("text", ["High", "Low", "Rarely", "Normal", "Both matter", "No feature selection"])
def test_short_answers_that_mean_something_are_not_vague(text: str) -> None:
    assert not is_vague(text)
    assert is_offerable(text)


@pytest.mark.parametrize("text", ["", "-", "N/A", "–", "Same as LSTM", "Similar to LSTM", "See above", "ditto"])
def test_placeholders_and_pointers_are_no_options(text: str) -> None:
    assert not is_offerable(text)


@pytest.mark.parametrize("text", ["Like-for-like move", "Seen data", "0", "None"])
def test_words_that_only_begin_like_a_pointer_are_options(text: str) -> None:
    assert is_offerable(text)


def test_only_a_whole_yes_or_no_is_bare() -> None:
    assert is_bare_yes_no("No")
    assert is_bare_yes_no("✗")
    assert not is_bare_yes_no("No feature selection")
    assert says_yes_or_no("No feature selection")
    assert not says_yes_or_no("Noisy gradients")
    assert not says_yes_or_no("No-code tools")
    assert not says_yes_or_no("True positives")


def test_a_yes_says_that_the_name_of_its_column_is_true() -> None:
    assert says_yes("Yes (zeros out features)")
    assert says_yes("✓")
    assert not says_yes("No")
    assert not says_yes("Yesterday")


def test_yes_and_no_and_vague_words_state_nothing_by_themselves() -> None:
    assert not any(states_something(text) for text in ("Yes", "No (all kept)", "Any", "-"))
    assert states_something("Vanishing gradient")
