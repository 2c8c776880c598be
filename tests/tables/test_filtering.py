from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tables.address import Asked
from tables.conditions import Condition, How
from tables.filtering import Line, show_rows
from tables.reader.forms import fold
from tests.factories import ACTIVATIONS

FACETS = {"Output Layer", "Issue"}
RELU, LEAKY, SIGMOID, TANH, SOFTMAX, SWISH = range(6)


@dataclass
class Column:
    slug: str
    name: str
    is_facet: bool


def make_lines(rows):
    return [Line(texts, "\n".join(fold(text) for text in texts)) for texts in rows]


COLUMNS = [Column(name.lower().replace(" ", "-"), name, name in FACETS) for name in ACTIVATIONS[0]]
LINES = make_lines(ACTIVATIONS[1:])


def show(lines=LINES, **asked):
    return show_rows(COLUMNS, lines, Asked(**asked))


def counts(facet):
    return {value.text: value.count for value in facet.values}


def test_table_as_it_stands_shows_every_row_in_the_order_of_the_document():
    assert show().places == [RELU, LEAKY, SIGMOID, TANH, SOFTMAX, SWISH]


@pytest.mark.parametrize(
    ("query", "places"),
    [
        ("vanishing", [SIGMOID, TANH]),
        ("VANISHING  Gradient", [SIGMOID, TANH]),
        ("gradient 0", [SIGMOID]),
        ("relu", [RELU, LEAKY]),
        ("réLU", [RELU, LEAKY]),
        ("-inf", [LEAKY]),
        ("~-0.3", [SWISH]),
        ("gelu", []),
        ("   ", [RELU, LEAKY, SIGMOID, TANH, SOFTMAX, SWISH]),
    ],
)
def test_query_keeps_rows_that_hold_all_its_words(query, places):
    assert show(query=query).places == places


def test_query_does_not_hit_placeholders():
    assert show(query="-").places == [LEAKY, TANH, SOFTMAX, SWISH]
    assert show(lines=make_lines([("A", "N/A", "x", "-", "...")]), query="n/a").places == []


@pytest.mark.parametrize(
    ("column", "how", "text", "places"),
    [
        ("function", How.HAS, "RÉLU", [RELU, LEAKY]),
        ("function", How.IS, "relu", [RELU]),
        ("output-layer", How.NOT, "No", [SIGMOID, SOFTMAX]),
        ("hidden-layer", How.STARTS, "when", [LEAKY]),
        ("issue", How.NONE, "", [LEAKY, SOFTMAX, SWISH]),
        ("issue", How.HAS, "-", []),
    ],
)
def test_condition_keeps_rows_whose_cell_answers_it(column, how, text, places):
    assert show(conditions=(Condition(column, how, text),)).places == places


def test_conditions_must_all_hold_beside_query_and_chips():
    conditions = (Condition("output-layer", How.IS, "No"), Condition("function", How.NOT, "Swish"))

    assert show(conditions=conditions).places == [RELU, LEAKY, TANH]
    assert show(conditions=conditions, query="relu", chips={"issue": ("Dying ReLU",)}).places == [RELU]


def test_chips_count_rows_that_answer_the_conditions():
    facets = show(conditions=(Condition("function", How.HAS, "relu"),)).facets

    assert counts(facets[0]) == {"No": 2, "Binary classification": 0, "Multi-class (single label)": 0}


@pytest.mark.parametrize(
    ("text", "over", "under"),
    [
        ("100 MB", ["1 GB", "2,000 MB"], ["<100MB", "0.5 kB"]),
        ("0.1GB", ["1 GB", "2,000 MB"], ["<100MB", "0.5 kB"]),
        ("-1 kB", ["1 GB", "2,000 MB", "100 MB", "<100MB", "0.5 kB"], []),
    ],
)
def test_numbers_are_compared_by_their_sizes(text, over, under):
    cells = ["1 GB", "2,000 MB", "100 MB", "<100MB", "0.5 kB", "huge", "-"]
    column = Column("size", "Size", is_facet=False)

    def found(how):
        asked = Asked(conditions=(Condition("size", how, text),))
        return [cells[place] for place in show_rows([column], make_lines([(cell,) for cell in cells]), asked).places]

    assert (found(How.OVER), found(How.UNDER)) == (over, under)


def test_chips_of_one_column_are_alternatives():
    assert show(chips={"issue": ("Dying ReLU", "Vanishing gradient")}).places == [RELU, SIGMOID, TANH]


def test_chips_of_different_columns_must_all_hold():
    assert show(chips={"issue": ("Vanishing gradient",), "output-layer": ("No",)}).places == [TANH]


def test_chip_is_found_by_its_compare_form():
    assert show(chips={"issue": ("vanishing  GRADIENT.",)}).places == [SIGMOID, TANH]


def test_rows_are_sorted_after_filtering():
    assert show(query="relu", sort="function").places == [LEAKY, RELU]
    assert show(sort="issue", is_descending=True).places == [SIGMOID, TANH, RELU, LEAKY, SOFTMAX, SWISH]


def test_facets_offer_the_values_of_their_columns_as_they_first_appear_but_no_placeholder():
    output, issue = show().facets

    assert output.name == "Output Layer"
    assert list(counts(output)) == ["No", "Binary classification", "Multi-class (single label)"]
    assert counts(issue) == {"Dying ReLU": 1, "Vanishing gradient": 2}


def test_facets_count_what_a_chip_would_show_with_the_query_and_the_other_columns():
    output, issue = show(query="gradient", chips={"output-layer": ("No",)}).facets

    assert counts(output) == {"No": 1, "Binary classification": 1, "Multi-class (single label)": 0}
    assert counts(issue) == {"Dying ReLU": 0, "Vanishing gradient": 1}
    assert [value.is_chosen for value in output.values] == [True, False, False]


def test_chosen_value_is_a_chip_in_any_column_and_though_no_row_holds_it():
    shown = show(chips={"range": ("0 to 1",), "issue": ("Cold feet",)})

    assert shown.places == []
    assert [facet.slug for facet in shown.facets] == ["range", "output-layer", "issue"]
    assert [value.text for value in shown.facets[0].values] == ["0 to 1"]
    assert counts(shown.facets[2])["Cold feet"] == 0


TEXTS = st.sampled_from(["No", "no", "-", "N/A", "0 to 1", "Vanishing gradient", ""]) | st.text(max_size=6)


@given(
    st.lists(st.tuples(*[TEXTS] * 5), max_size=8),
    st.text(max_size=5),
    st.dictionaries(st.sampled_from([column.slug for column in COLUMNS]), st.lists(TEXTS, min_size=1, max_size=2)),
)
def test_count_of_a_chosen_chip_is_the_number_of_rows_that_it_brings(rows, query, chips):
    shown = show(lines=make_lines(rows), query=query, chips={slug: tuple(values) for slug, values in chips.items()})

    for facet in shown.facets:
        if facet.slug in chips:
            assert sum(value.count for value in facet.values if value.is_chosen) == len(shown.places)
