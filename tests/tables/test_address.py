from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tables.address import Asked, read_address
from tables.conditions import Condition, How

COLUMNS = ["function", "range", "hidden-layer", "output-layer", "issue"]
VALUE_COLUMNS = tuple(COLUMNS[1:])


def read(query, columns=COLUMNS, kept=()):
    return read_address(parse_qs(query, keep_blank_values=True).items(), columns, kept)


def test_address_without_parameters_asks_for_the_table_as_it_stands():
    asked = read("")

    assert asked == Asked(values=VALUE_COLUMNS, usual=VALUE_COLUMNS, shown=VALUE_COLUMNS, covered=VALUE_COLUMNS)
    assert asked.address == ""
    assert not asked.filters


def test_every_part_of_an_address_is_read_and_written_again():
    address = (
        "q=vanishing&c-issue=Vanishing+gradient&c-issue=Dying+ReLU&sort=range&dir=desc&mode=cover&cover=range&page=2"
    )

    asked = read(address)

    assert asked.query == "vanishing"
    assert asked.chips == {"issue": ("Vanishing gradient", "Dying ReLU")}
    assert (asked.sort, asked.is_descending) == ("range", True)
    assert (asked.covers, asked.covered, asked.page) == (True, ("range",), 2)
    assert asked.address == "?" + address
    assert asked.notices == ()


def test_unknown_columns_and_directions_are_left_out_with_a_notice():
    asked = read("c-colour=red&sort=size&dir=sideways&mode=cover&cover=depth&cover=range")

    assert asked.chips == {}
    assert (asked.sort, asked.is_descending) == ("", False)
    assert asked.covered == ("range",)
    assert asked.notices == (
        "This table has no column “colour”: that part of the address was left out.",
        "Rows are sorted “asc” or “desc”: “sideways” was left out.",
        "This table has no column “size”: that part of the address was left out.",
        "This table has no column “depth”: that part of the address was left out.",
    )


def test_column_that_names_the_rows_cannot_be_covered():
    assert read("mode=cover&cover=function&cover=issue").covered == ("issue",)


def test_placeholder_is_no_chip():
    assert read("c-issue=-&c-issue=N/A").chips == {}


def test_cover_mode_hides_every_value_column_at_first():
    asked = read("mode=cover")

    assert asked.covered == VALUE_COLUMNS
    assert asked.address == "?mode=cover"


def test_cover_mode_can_hide_nothing():
    asked = read("mode=cover&cover=")

    assert asked.covered == ()
    assert asked.address == "?mode=cover&cover="


def test_conditions_on_columns_are_read_and_written_again():
    address = "f-range=over:2000&f-issue=none:&f-issue=has:dying+relu"

    asked = read(address)

    assert asked.conditions == (
        Condition("range", How.OVER, "2000"), Condition("issue", How.NONE), Condition("issue", How.HAS, "dying relu"),
    )  # fmt: skip
    assert asked.filters
    assert asked.address == "?" + address.replace(":", "%3A")
    assert asked.unfiltered().address == ""


def test_condition_just_made_joins_the_others():
    asked = read("f-issue=none:&by=range&how=starts&text=0")

    assert asked.address == "?f-range=starts%3A0&f-issue=none%3A"
    assert read("by=range&how=none&text=x").address == "?f-range=none%3A"
    assert read("by=range&how=has&text=").address == ""


@pytest.mark.parametrize(
    ("address", "notice"),
    [
        ("f-age=is:1", "This table has no column “age”: that part of the address was left out."),
        ("f-range=like:1", "A column is not filtered by “like”: that part of the address was left out."),
        ("f-range=1", "A column is not filtered by “1”: that part of the address was left out."),
        ("f-range=over:many", "“many” is no number: nothing is more or less than that."),
    ],
)
def test_condition_that_means_nothing_is_left_out_with_a_notice(address, notice):
    asked = read(address)

    assert (asked.conditions, asked.notices) == ((), (notice,))


def test_no_more_than_ten_conditions_are_used():
    asked = read("&".join(f"f-issue=not:{number}" for number in range(12)))

    assert len(asked.conditions) == 10
    assert asked.notices == ("Only the first 10 filters by column were used.",)


def test_columns_are_shown_in_the_order_in_which_an_address_names_them():
    asked = read("q=no&column=issue&column=range&sort=hidden-layer&dir=asc")

    assert asked.shown == ("issue", "range")
    assert asked.address == "?q=no&column=issue&column=range&sort=hidden-layer&dir=asc"
    assert asked.unfiltered().address == "?column=issue&column=range&sort=hidden-layer&dir=asc"
    assert asked.with_all_columns().address == "?q=no&sort=hidden-layer&dir=asc"
    assert asked.notices == ()


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("column=issue&column=colour&column=issue&column=function", ("issue",)),
        ("column=colour", VALUE_COLUMNS),
    ],
)
def test_column_that_is_unknown_is_left_out_with_a_notice(address, shown):
    asked = read(address)

    assert asked.shown == shown
    assert asked.notices == ("This table has no column “colour”: that part of the address was left out.",)


@pytest.mark.parametrize(
    "address", ["column=", "column=function", "column=range&column=hidden-layer&column=output-layer&column=issue"]
)
def test_all_columns_as_in_the_document_need_no_words(address):
    asked = read(address)

    assert (asked.shown, asked.address, asked.notices) == (VALUE_COLUMNS, "", ())


@pytest.mark.parametrize(
    ("pressed", "shown"),
    [
        ("", ("issue", "range", "output-layer")),
        ("&earlier=range", ("range", "issue", "output-layer")),
        ("&later=range", ("issue", "output-layer", "range")),
        ("&earlier=issue", ("issue", "range", "output-layer")),
        ("&later=output-layer", ("issue", "range", "output-layer")),
        ("&later=hidden-layer", ("issue", "range", "output-layer")),
        ("&all=1", VALUE_COLUMNS),
    ],
)
def test_list_of_columns_says_which_are_shown_and_which_one_moves(pressed, shown):
    asked = read(f"column=range&show=&show=issue&show=range&show=output-layer{pressed}")

    assert asked.chooses
    assert asked.shown == shown
    assert not read(asked.address.removeprefix("?")).chooses
    assert read(f"column=issue{pressed}").shown == ("issue",)


def test_list_of_columns_has_what_is_left_out_behind_what_it_follows_in_the_document():
    assert read("column=issue&column=hidden-layer").listed == ["range", "issue", "hidden-layer", "output-layer"]
    assert read("column=range&column=issue").listed == list(VALUE_COLUMNS)


def test_columns_that_somebody_keeps_are_shown_where_an_address_names_none():
    kept = ("issue", "range")

    assert read("q=no", kept=kept).address == "?q=no&column=issue&column=range"
    assert read("column=range", kept=kept).shown == ("range",)
    assert read("column=issue&column=range", kept=kept).shown == kept
    assert read("", kept=["gone"]).address == ""


def test_all_columns_can_be_asked_for_whatever_is_kept():
    asked = read("", kept=("issue", "range")).with_all_columns()

    assert asked.address == "?column="
    assert read("column=", kept=("issue", "range")) == asked
    assert read("column=").address == ""


def test_cover_mode_covers_what_is_shown_and_what_comes_back():
    asked = read("column=issue&column=range&mode=cover&cover=range")

    assert asked.covered == ("range",)
    assert asked.address == "?column=issue&column=range&mode=cover&cover=range"
    assert read("column=range&mode=cover").covered == ("range",)
    assert read("column=issue&mode=cover&cover=range").covered == ()
    assert read("column=issue&mode=cover&cover=&show=issue&show=range").covered == ("range",)
    assert read("column=issue&mode=cover&cover=").with_all_columns().covered == VALUE_COLUMNS[:3]
    assert read("mode=cover&cover=range&column=issue").notices == ()


def test_long_query_is_cut_with_a_notice():
    asked = read("q=" + "x" * 5000)

    assert len(asked.query) == 200
    assert asked.notices == ("Only the first 200 characters of the filter were used.",)


@pytest.mark.parametrize("page", ["", "0", "-1", "x", "1.5", "²", "9" * 50])
def test_page_that_is_no_number_is_the_first(page):
    assert read(f"page={page}").page == 1


def test_third_press_on_a_header_brings_the_order_of_the_document_back():
    first = read("q=no&page=3").sorted_by("range")
    second = first.sorted_by("range")
    third = second.sorted_by("range")

    assert first.address == "?q=no&sort=range&dir=asc"
    assert (first.direction, second.direction, third.direction) == ("ascending", "descending", "")
    assert third.address == "?q=no"


def test_another_header_starts_ascending():
    assert read("sort=range&dir=desc").sorted_by("issue").address == "?sort=issue&dir=asc"


def test_filter_and_order_outlast_a_change_of_mode():
    reading = read("q=no&c-issue=Dying+ReLU&sort=range&dir=asc")

    covering = reading.covering()

    assert covering.address == "?q=no&c-issue=Dying+ReLU&sort=range&dir=asc&mode=cover"
    assert covering.reading().address == reading.address


def test_clearing_the_filter_keeps_order_and_mode():
    assert read("q=no&c-issue=X&sort=range&dir=asc&mode=cover").unfiltered().address == "?sort=range&dir=asc&mode=cover"


NAMES = st.sampled_from(
    ["q", "sort", "dir", "mode", "cover", "page", "c-issue", "c-range", "c-x", "f-issue", "f-range", "f-x"]
)
NAMES |= st.sampled_from(["column", "show", "earlier", "later", "all"]) | st.text(max_size=8)
VALUES = st.sampled_from([*COLUMNS, "asc", "desc", "cover", "2", ""]) | st.text(max_size=20)
VALUES |= st.tuples(st.sampled_from(How), st.just(":"), st.text(max_size=8) | st.just("2.5 GB")).map("".join)


@given(
    st.dictionaries(NAMES, st.lists(VALUES, max_size=3), max_size=8),
    st.lists(st.sampled_from(VALUE_COLUMNS), unique=True),
)
def test_any_address_is_read_and_its_own_address_asks_for_the_same(parameters, kept):
    asked = read_address(parameters.items(), COLUMNS, kept)

    again = read(asked.address.removeprefix("?"), kept=kept)

    assert again.address == asked.address
    assert (again.query, again.chips, again.conditions, again.sort, again.shown, again.covered) == (
        asked.query, asked.chips, asked.conditions, asked.sort, asked.shown, asked.covered
    )  # fmt: skip
    assert sorted(again.listed) == sorted(VALUE_COLUMNS)
    assert set(again.covered) <= set(again.shown)
    assert again.notices == ()


def test_ticking_rows_is_a_mode_that_hides_nothing():
    asked = read("q=relu&mode=select")

    assert asked.selects
    assert not asked.covers
    assert asked.address == "?q=relu&mode=select"
    assert asked.covering().address == "?q=relu&mode=cover"
    assert read("mode=cover&cover=range").selecting().address == "?mode=select"
    assert asked.reading().address == "?q=relu"
