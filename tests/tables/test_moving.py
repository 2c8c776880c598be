import pytest
from hypothesis import given
from hypothesis import strategies as st

from tables.versions.changes import Change, How, Kind, compare
from tables.versions.merging import Choices, merge
from tables.versions.state import live
from tests.tables.readings import changed, make_reading
from tests.tables.steps import TUESDAY, imported, rows_by_subject

HEAD = ["Plan", "Price", "Seats", "Help"]
FREE, TEAM = ["Free", "0", "One", "Forum"], ["Team", "9", "Ten", "Mail"]
FIRM, STATE = ["Firm", "29", "Hundred", "Phone"], ["State", "99", "Thousand", "Visits"]
PLANS = [HEAD, FREE, TEAM, FIRM, STATE]


def plans(**tables):
    return {"Plans": tables}


def place_of(step, subject):
    """The table of a row, the row, and the fact keys' columns."""
    [(table, row)] = [(table, row) for table in step.tables for row in live(table.rows) if row.subject == subject]
    return table, row, [row.known_by(column) for column in table.value_columns]


def test_row_moved_to_another_table_keeps_its_key_and_what_its_facts_are_known_by():
    first = imported(plans(Small=[HEAD, FREE, TEAM, FIRM], Large=[HEAD, STATE]))

    second = first.then(plans(Small=[HEAD, FREE, TEAM], Large=[HEAD, STATE, FIRM]))

    small, old, known_by = place_of(first, "Firm")
    large, new, still_known_by = place_of(second, "Firm")
    assert (small.title, large.title) == ("Small", "Large")
    assert (new.key, still_known_by) == (old.key, known_by)
    assert [row.subject for row in second.tables[0].rows] == ["Free", "Team"]
    assert second.diff.changes == (Change(Kind.ROW, How.MOVED, "Large", "Firm", old="Small", new="Large"),)
    assert second.diff.summary == "1 row moved."


def test_row_moved_on_and_back_is_what_it_was():
    first = imported(plans(Small=[HEAD, FREE, FIRM], Large=[HEAD, STATE], Other=[HEAD, TEAM]))
    second = first.then(plans(Small=[HEAD, FREE], Large=[HEAD, STATE, FIRM], Other=[HEAD, TEAM]))
    third = second.then(plans(Small=[HEAD, FREE], Large=[HEAD, STATE], Other=[HEAD, TEAM, FIRM]))

    back = third.then(plans(Small=[HEAD, FREE, FIRM], Large=[HEAD, STATE], Other=[HEAD, TEAM]))

    assert place_of(third, "Firm")[1:] != place_of(first, "Firm")[1:]
    assert place_of(third, "Firm")[2] == place_of(first, "Firm")[2]
    assert place_of(back, "Firm")[1] == place_of(first, "Firm")[1]
    assert back.state == first.state


def test_columns_in_another_order_are_the_same_columns():
    first = imported(
        plans(Small=[HEAD, FREE, FIRM], Large=[["Plan", "Help", "Price", "Seats"], ["State", "V", "9", "T"]])
    )

    second = first.then(
        plans(
            Small=[HEAD, FREE],
            Large=[["Plan", "Help", "Price", "Seats"], ["State", "V", "9", "T"], ["Firm", "Phone", "29", "Hundred"]],
        )
    )

    price, seats, helps = place_of(first, "Firm")[2]
    assert place_of(second, "Firm")[2] == [helps, price, seats]


def test_value_edited_after_the_move_and_the_next_import_keep_what_the_fact_is_known_by():
    first = imported(plans(Small=[HEAD, FREE, FIRM], Large=[HEAD, STATE]))
    second = first.then(plans(Small=[HEAD, FREE], Large=[HEAD, STATE, FIRM]))

    third = second.then(plans(Small=[HEAD, FREE], Large=[HEAD, STATE, ["Firm", "30", "Hundred", "Phone"]]))

    assert place_of(third, "Firm")[2] == place_of(first, "Firm")[2]
    assert third.diff.summary == "1 row changed."


def test_moved_row_with_one_of_three_values_changed_is_a_guess():
    first = imported(plans(Small=[HEAD, FREE, FIRM], Large=[HEAD, STATE]))

    second = first.then(plans(Small=[HEAD, FREE], Large=[HEAD, STATE, ["Firm", "30", "Hundred", "Phone"]]))

    assert place_of(second, "Firm")[1].key == place_of(first, "Firm")[1].key
    assert second.diff.guessed == [
        Change(Kind.ROW, How.MOVED, "Large", "Firm", old="Small", new="Large", guessed=True)
    ]  # fmt: skip
    assert Change(Kind.CELL, How.CHANGED, "Large", "Firm", "Price", "29", "30") in second.diff.changes


@pytest.mark.parametrize(
    ("small", "large"),
    [
        ([HEAD, FREE], [HEAD, STATE, ["Firm", "30", "Two", "Phone"]]),
        ([HEAD, FREE], [HEAD, STATE, ["Company", *FIRM[1:]]]),
        ([HEAD, FREE], [["Plan", "Price", "Seats", "Support"], STATE, FIRM]),
        ([HEAD, FREE, FIRM], [HEAD, STATE, FIRM]),
    ],
    ids=["other values", "other name", "other columns", "copied"],
)
def test_row_that_is_another_one_is_new(small, large):
    first = imported(plans(Small=[HEAD, FREE, FIRM], Large=[large[0], STATE]))

    second = first.then(plans(Small=small, Large=large))

    key = place_of(first, "Firm")[1].key
    assert key not in {row.key for row in live(second.tables[1].rows)}
    assert not second.diff.guessed


def test_row_that_may_have_gone_to_two_tables_is_new_in_both_until_its_author_tells():
    first = imported(plans(Small=[HEAD, FREE, FIRM], Large=[HEAD, STATE], Other=[HEAD, TEAM]))
    document = plans(Small=[HEAD, FREE], Large=[HEAD, STATE, FIRM], Other=[HEAD, TEAM, FIRM])
    row = place_of(first, "Firm")[1]

    second = first.then(document)
    told = merge(first.state, make_reading(document), TUESDAY, Choices(moves={row.key: (2, 1)})).state

    assert not second.diff.guessed
    assert row.key not in {other.key for table in second.tables for other in live(table.rows)}
    assert rows_by_subject(live(told.tables)[2])["Firm"].key == row.key
    assert Kind.ROW in {change.part for change in compare(first.state, told, against=1).changes}


def test_rows_of_a_table_set_apart_stay_with_it():
    first = imported(plans(Plans=PLANS))
    key = first.tables[0].key
    document = plans(Small=PLANS[:4], Large=[HEAD, STATE])

    apart = merge(first.state, make_reading(document), TUESDAY, Choices(apart=frozenset({key}))).state

    kept = {row.key for row in first.tables[0].rows}
    assert kept.isdisjoint(row.key for table in live(apart.tables) for row in live(table.rows))


def test_row_that_moved_says_so_before_a_like_row_of_its_table_is_taken_for_it():
    first = imported(plans(Small=[HEAD, FREE, FIRM], Large=[HEAD, STATE]))

    second = first.then(plans(Small=[HEAD, FREE, ["Company", *FIRM[1:]]], Large=[HEAD, STATE, FIRM]))

    assert place_of(second, "Firm")[1].key == place_of(first, "Firm")[1].key
    assert place_of(second, "Company")[1].key != place_of(first, "Firm")[1].key
    assert not second.diff.guessed


def test_table_split_in_two_under_new_names_and_made_one_again_is_what_it_was():
    first = imported(plans(Plans=PLANS))

    second = first.then(plans(Small=PLANS[:3], Large=[HEAD, *PLANS[3:]]))
    again = second.then(plans(Plans=PLANS))

    assert second.diff.summary == "2 tables added, 1 removed, 4 rows moved."
    assert not second.diff.guessed
    assert live(again.tables) == live(first.tables)


def test_two_equal_rows_move_together():
    first = imported(plans(Small=[HEAD, FREE, FIRM, FIRM], Large=[HEAD, STATE]))

    second = first.then(plans(Small=[HEAD, FREE], Large=[HEAD, STATE, FIRM, FIRM]))

    assert [row.key for row in live(second.tables[1].rows)[1:]] == [row.key for row in live(first.tables[0].rows)[1:]]


def test_slug_of_a_moved_row_is_free_in_its_new_table_and_never_given_again_at_once():
    first = imported(plans(Small=[HEAD, FREE, FIRM], Large=[HEAD, STATE, ["Firm!", "1", "2", "3"]]))

    second = first.then(
        plans(Small=[HEAD, FREE, ["Firm", "5", "6", "7"]], Large=[HEAD, STATE, ["Firm!", "1", "2", "3"], FIRM])
    )

    slugs = [[row.slug for row in live(table.rows)] for table in second.tables]
    assert all(len(set(each)) == len(each) for each in slugs)


rows = st.sampled_from([FREE, TEAM, FIRM, STATE, changed(PLANS, 1, 1, "1")[1], changed(PLANS, 3, 3, "Fax")[3]])
grids = st.lists(rows, max_size=5).map(lambda some: [HEAD, *some])
documents = st.dictionaries(st.sampled_from(["Small", "Large", "Other"]), grids, min_size=1).map(lambda t: {"Plans": t})


@given(st.lists(documents, min_size=2, max_size=4))
def test_wherever_rows_go_no_two_facts_share_what_they_are_known_by(steps):
    step = imported(steps[0])
    for document in steps[1:]:
        step = step.then(document)

        facts = [
            (row.key, row.known_by(column))
            for table in step.tables
            for row in live(table.rows)
            for column in table.value_columns
        ]
        keys = list(step.state.keys())
        assert len(facts) == len(set(facts))
        assert len(keys) == len(set(keys))
        assert all(len({row.slug for row in table.rows}) == len(table.rows) for table in step.state.tables)
        assert step.then(document).diff.is_empty
