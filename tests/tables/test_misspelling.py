import pytest
from hypothesis import given
from hypothesis import strategies as st

from tables.misspelling import can_be_a_slip, near, variants
from tables.searching import read_query

KNOWN = ["sigmoid", "softmax", "swish", "relu", "classification", "café"]


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("sigmiod", ["sigmoid"]),
        ("sigmod", ["sigmoid"]),
        ("sigmoidd", ["sigmoid"]),
        ("sikmoid", ["sigmoid"]),
        ("sogmiod", []),
        ("clasification", ["classification"]),
        ("clasificatoin", ["classification"]),
        ("clasificatoni", []),
        ("sigmoid", []),
    ],
)
def test_likeliest_words_are_found(word, found):
    assert near(word, KNOWN) == found


@pytest.mark.parametrize(
    ("query", "may_be"), [("relu", True), ("cnn", False), ("trn1n", False), ("multi-class", False), ('"relu"', False)]
)
def test_short_words_numbers_and_quotes_are_no_slips(query, may_be):
    [term] = read_query(query)

    assert can_be_a_slip(term) is may_be


def test_each_term_is_put_right_alone_then_all_together():
    terms = read_query("sigmiod clasification")

    spelled = [[term.words[0] for term in variant] for variant in variants(terms, [KNOWN, KNOWN])]

    assert spelled == [["sigmoid", "clasification"], ["sigmiod", "classification"], ["sigmoid", "classification"]]


def test_what_cannot_be_put_right_has_no_variants():
    assert variants(read_query("zzzz"), [KNOWN]) == []


@given(st.text(alphabet="abc", min_size=4, max_size=7), st.integers(0, 6))
def test_one_letter_left_out_is_one_slip(word, place):
    shorter = word[:place] + word[place + 1 :]

    assert shorter == word or near(shorter, [word]) == [word]
