"""Rows laid side by side, and the addresses that ask for them, without a database."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tables.comparing import Compared, Place, address_of, choose, compare_rows, in_words, read_places
from tables.reader.document import Cell

HEADERS = ["Range", "Output Layer", "Issue"]
RELU = ["0 to inf", "No", "Dying ReLU"]
LEAKY = ["-inf to inf", "no.", "-"]
SWISH = ["~-0.3 to inf", "No", "N/A"]


def row(name: str, texts: list[str], headers: list[str] = HEADERS, table: str = "Activation Functions") -> Compared:
    cells = [(header, Cell(text, text, text)) for header, text in zip(headers, texts, strict=True)]
    return Compared(name, table, cells)


def lines_of(*rows: Compared) -> dict[str, object]:
    return {line.column: line for line in compare_rows(rows)}


def test_equal_values_are_the_same_and_others_differ():
    lines = lines_of(row("ReLU", RELU), row("Leaky ReLU", LEAKY))

    assert lines["Output Layer"].is_same
    assert lines["Output Layer"].for_all == "both"
    assert lines["Range"].differs
    assert lines["Issue"].differs


def test_one_value_against_equal_ones_is_odd():
    lines = lines_of(row("Leaky ReLU", LEAKY), row("ReLU", RELU), row("Swish", SWISH))

    assert lines["Issue"].odd == 1
    assert lines["Range"].odd == -1
    assert lines["Output Layer"].for_all == "all three"


def test_missing_value_is_never_marked_as_the_odd_one_and_of_two_none_is():
    assert lines_of(row("A", ["x"], ["C"]), row("B", ["x"], ["C"]), row("D", ["-"], ["C"]))["C"].odd == -1
    assert lines_of(row("A", ["x"], ["C"]), row("B", ["y"], ["C"]))["C"].odd == -1


def test_rows_of_two_tables_meet_in_the_columns_they_share_and_these_come_first():
    first = row("P4de", ["A100", "Trillion params"], ["Hardware", "Use Case"], "Instances")
    second = row("CNN", ["Images", "Classification"], ["Input", "use case"], "Networks")

    lines = compare_rows([first, second])

    assert [line.column for line in lines] == ["Use Case", "Hardware", "Input"]
    assert lines[1].cells[1] is None
    assert not lines[1].differs
    assert not lines[1].is_same


def test_two_columns_of_one_name_stay_two():
    lines = compare_rows([row("A", ["1", "2"], ["Size", "Size"]), row("B", ["1", "3"], ["Size", "Size"])])

    assert [line.is_same for line in lines] == [True, False]


@pytest.mark.parametrize(
    ("values", "places"),
    [
        (["a.b,a.c"], ["a.b", "a.c"]),
        (["a.b", "a.c", "a.b"], ["a.b", "a.c"]),
        ([" a.b , ,c", ".", "a.", ".b", "a.b\0"], ["a.b"]),
        ([""], []),
        ([], []),
    ],
)
def test_rows_are_read_from_an_address_each_once(values, places):
    assert [str(place) for place in read_places(values)] == places


def test_address_says_the_rows_once():
    places = [Place("activation-functions", "relu"), Place("表", "行")]

    assert address_of(places) == "?rows=activation-functions.relu,%E8%A1%A8.%E8%A1%8C"
    assert address_of(places, only_differences=True).endswith("&diff=1")
    assert address_of([]) == ""


def test_a_fifth_row_and_one_that_is_gone_are_left_out_and_told():
    places = [Place("t", name) for name in "abcdef"]
    chosen = choose(places, {place: place.row.upper() for place in places if place.row != "b"})

    assert [place.row for place in chosen.places] == ["a", "c", "d", "e"]
    assert chosen.notices == (
        "This guide has no row “t.b”: it was left out.",
        "Four rows side by side are the most. Left out: F.",
    )


def test_names_are_told_in_words():
    assert in_words(["ReLU", "Leaky ReLU", "Swish"]) == "ReLU, Leaky ReLU and Swish"
    assert in_words(["ReLU"]) == "ReLU"


@given(st.lists(st.text(st.characters(categories=["L", "N", "Pd"]), min_size=1), min_size=2, max_size=4, unique=True))
def test_what_an_address_says_is_read_again(names):
    places = [Place("table", name) for name in names]

    assert len(read_places([",".join(map(str, places))])) == len(names)


@given(st.lists(st.lists(st.sampled_from(["x", "y", "-", "", "X."]), min_size=2, max_size=2), min_size=2, max_size=4))
def test_no_value_is_lost_and_the_same_never_differs(values):
    rows = [row(str(number), texts, ["A", "B"]) for number, texts in enumerate(values)]

    lines = compare_rows(rows)

    assert [[cell.text for cell in line.cells] for line in lines] == [
        [each[0] for each in values],
        [each[1] for each in values],
    ]
    assert all(line.is_same != line.differs for line in lines)
