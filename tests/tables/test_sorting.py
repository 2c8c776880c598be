import pytest
from hypothesis import given
from hypothesis import strategies as st

from tables.sorting import measures, order_rows


def in_order(texts, **direction):
    return [texts[place] for place in order_rows(texts, **direction)]


@pytest.mark.parametrize(
    "texts",
    [
        ["1998", "2012", "2014", "2015"],
        ["9", "10", "1,200", "20,000"],
        ["-5", "−2.5", ".5", "+3"],
        ["<100MB", "100 MB", ">100MB", "2GB", "1 TiB"],
        ["40% smaller", "50% cost savings", "100%"],
        ["400 Gbps network", "1600 Gbps", "2 Tbps"],
        ["500K", "1.5M", "7B", "1.2 trillion"],
        ["90 s", "2 min", "1 hour", "3 days"],
        ["$5", "$12.50", "$100"],
        ["8x", "16x", "~ 20x"],
        ["2e3", "1e4"],
    ],
)
def test_numbers_are_sorted_by_size(texts):
    assert in_order(texts[::-1]) == texts
    assert in_order(texts, is_descending=True) == texts[::-1]


@pytest.mark.parametrize(
    "texts",
    [
        ["10", "100", "Up to 100", "Varies"],
        ["0 to 1", "0 to inf", "-inf to inf"],
        ["8x Tesla V100", "A100"],
        ["0-1 (sum=1)"],
        ["2012-05-01", "2012-11-01"],
        ["$5-$10"],
    ],
)
def test_column_with_anything_but_numbers_is_no_column_of_numbers(texts):
    assert measures(texts) == []


def test_text_is_sorted_without_regard_to_case_and_accents_and_with_its_numbers_by_size():
    texts = ["zebra", "Éclair", "row 10", "apple", "Row 9", "eclipse"]

    assert in_order(texts) == ["apple", "Éclair", "eclipse", "Row 9", "row 10", "zebra"]


def test_mixed_units_of_different_kinds_are_sorted_by_their_numbers():
    assert in_order(["10 MB", "3 apples", "5 GB"]) == ["3 apples", "5 GB", "10 MB"]


@pytest.mark.parametrize("is_descending", [False, True])
def test_placeholders_come_last_in_both_directions(is_descending):
    texts = ["N/A", "2", "-", "1"]

    assert in_order(texts, is_descending=is_descending)[2:] == ["N/A", "-"]


@pytest.mark.parametrize("is_descending", [False, True])
def test_equal_cells_keep_the_order_of_the_document(is_descending):
    assert order_rows(["b", "a", "B", "a"], is_descending=is_descending)[:2] == ([0, 2] if is_descending else [1, 3])


@given(st.lists(st.text(max_size=12)), st.booleans())
def test_no_row_is_lost_or_doubled(texts, is_descending):
    assert sorted(order_rows(texts, is_descending=is_descending)) == list(range(len(texts)))
