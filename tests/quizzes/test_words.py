import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.generation.words import comparable, is_unsafe_pair, jaccard, norm, parts, words


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("  Leaky   ReLU ", "leaky relu"),
        ("Sum(abs(weights))", "sum abs weights"),
        ("~-0.3 to inf", "~-0.3 to inf"),
        ("<100MB", "<100mb"),
        ("Bi-directional", "bi-directional"),
        ("Größe", "grösse"),
        ("ＲＥＬＵ", "relu"),
        ("→", ""),
    ],
)
def test_normal_form_keeps_letters_digits_and_signs_of_arithmetic(text: str, form: str) -> None:
    assert norm(text) == form


def test_vowel_signs_belong_to_their_word() -> None:
    assert norm("कि") != norm("का")


def test_invisible_signs_make_no_difference() -> None:
    assert norm("Trn\u200b1n\u00ad") == norm("Trn1n")


def test_signs_without_letters_still_differ() -> None:
    assert comparable("→") != comparable("←")


@pytest.mark.parametrize(
    ("one", "other"), [("Sequence", "Sequences"), ("stop", "Stopping"), ("Parallelization", "Parallel")]
)
def test_endings_make_no_other_word(one: str, other: str) -> None:
    assert words(one) == words(other)


def test_stop_words_and_short_words_without_a_digit_carry_no_meaning() -> None:
    assert words("Which of the T5 is up to it, ML?") == {"t5"}


def test_two_letters_are_a_word_where_a_script_has_no_capitals() -> None:
    assert words("模型 并行") == {"模型", "并行"}


def test_words_in_common_are_a_share_of_all_words() -> None:
    assert jaccard(words("binary output"), words("binary classification")) == pytest.approx(1 / 3)
    assert jaccard(frozenset(), frozenset()) == 0


@pytest.mark.parametrize(
    ("name", "named"),
    [
        ("P3, P4d", ("P3, P4d", "P3", "P4d")),
        ("ReLU (start here)", ("ReLU (start here)", "ReLU", "start here")),
        ("P4de with EFA", ("P4de with EFA", "P4de", "EFA")),
        ("MiCS/Sharded + P4de", ("MiCS/Sharded + P4de", "MiCS", "Sharded", "P4de")),
        ("Encoder-Decoder", ("Encoder-Decoder",)),
        ("C++", ("C++",)),
        ("Without", ("Without",)),
    ],
)
def test_parts_are_the_name_and_its_pieces(name: str, named: tuple[str, ...]) -> None:
    assert parts(name) == named


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Large", "Very large"),
        ("Sequences", "Long sequence"),
        ("P4de", "P4de with EFA"),
        ("0 to 1", "0-1 (sum=1)"),
        ("High bandwidth", "high  bandwidth."),
        ("C", "C (fast)"),
        ("Yes", "yes!"),
        ("<100MB", ">100MB"),
    ],
)
def test_texts_that_a_fair_judge_could_both_call_right_are_unsafe(one: str, other: str) -> None:
    assert is_unsafe_pair(one, other)
    assert is_unsafe_pair(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Trn1", "Trn1n"),
        ("P4d", "P4de"),
        ("-1 to 1", "0 to 1"),
        ("400 Gbps", "1600 Gbps"),
        ("C", "R"),
        ("→", "←"),
        ("Yes", "No"),
        ("Data Parallelism", "Model Parallelism"),
    ],
)
def test_texts_that_say_different_things_are_safe(one: str, other: str) -> None:
    assert not is_unsafe_pair(one, other)


@given(st.text(max_size=30), st.text(max_size=30))
def test_being_unsafe_works_both_ways_and_each_text_is_unsafe_with_itself(one: str, other: str) -> None:
    assert is_unsafe_pair(one, other) == is_unsafe_pair(other, one)
    assert is_unsafe_pair(one, one)


@given(st.text(max_size=30))
def test_normal_form_of_a_normal_form_is_itself(text: str) -> None:
    assert norm(norm(text)) == norm(text)
