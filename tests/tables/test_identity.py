from time import perf_counter
from uuid import UUID

from tables.identity import Mint, asking_key, cell_fact_key, guide_key, question_fact_key

GUIDE = guide_key("Section 6")


def test_same_document_gets_the_same_key_on_two_empty_sites():
    assert guide_key("Section 6") == GUIDE


def test_second_guide_of_a_name_gets_another_key():
    assert guide_key("Section 6", taken=[GUIDE]) != GUIDE


def test_two_mints_give_equal_paths_equal_keys():
    assert Mint(GUIDE).key("row", "ReLU") == Mint(GUIDE).key("row", "ReLU")


def test_equals_get_keys_of_their_own_in_order():
    mint, other = Mint(GUIDE), Mint(GUIDE)

    keys = [mint.key("row", "") for _ in range(3)]

    assert len(set(keys)) == 3
    assert keys == [other.key("row", "") for _ in range(3)]


def test_borders_of_a_path_are_part_of_it():
    mint = Mint(GUIDE)

    keys = {mint.key("table", "a", "b"), mint.key("table", "a b"), mint.key("table", "ab")}

    assert keys == {Mint(GUIDE).key("table", "a", "b"), Mint(GUIDE).key("table", "a b"), Mint(GUIDE).key("table", "ab")}
    assert len(keys) == 3


def test_a_key_that_is_taken_is_never_minted_again():
    first = Mint(GUIDE).key("row", "ReLU")

    second = Mint(GUIDE, taken=[first]).key("row", "ReLU")

    assert second != first


def test_many_equals_are_minted_in_no_time():
    started = perf_counter()

    mint = Mint(GUIDE)
    keys = {mint.key("row", "") for _ in range(5000)}

    assert len(keys) == 5000
    assert perf_counter() - started < 1


def test_fact_keys_follow_from_the_keys_of_their_parts():
    row, column = UUID(int=1), UUID(int=2)

    assert cell_fact_key(row, column) == cell_fact_key(row, column)
    assert len({cell_fact_key(row, column), cell_fact_key(column, row), question_fact_key(row)}) == 3
    assert asking_key(row, "decision") != asking_key(row, "lookup")
