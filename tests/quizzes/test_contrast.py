from itertools import combinations

import pytest

from quizzes.contrasts.cards import Contrast, Layout, Role, Sentence
from quizzes.contrasts.rows import contrast, things_to_fetch
from quizzes.generation.made import Made
from quizzes.generation.options import Option, right_option, wrong_option
from quizzes.generation.sources import SourceTable, Thing
from tables.reader.document import Kind
from tests.quizzes.guides import make_source_table, seed_bank, seed_question, seed_table, seed_tables

SEED = {table.key: table for table in seed_tables()}
STORES = make_source_table(
    "s", ["Store", "Model", "Since", "Licence"],
    ["Redis", "Keys", "2009", "-"], ["Neo4j", "Graph of nodes", "2007", "N/A"], title="Stores",
)  # fmt: skip


def make_option(text: str, *things: Thing, is_right: bool = False, answer_to: str = "", table_key: str = "s") -> Option:
    return Option(text, is_right, table_key, answer_to, things, has_own_row=bool(things))


def of_rows(table: SourceTable, one: str, other: str, asks: str = "") -> Contrast:
    """The contrast of two things of a table, given by their names."""
    things = dict(table.things())
    right = make_option(one, things[one], is_right=True)
    return contrast(asks, right, chosen=make_option(other, things[other]), tables={table.key: table})


def answered(key: str, text: str) -> Contrast:
    """What the seed shows when this text is chosen for this question."""
    prepared = seed_question(key)
    right, chosen = option_of(prepared, prepared.answer), option_of(prepared, text)
    return contrast(prepared.asks, right, chosen=chosen, neighbour=prepared.neighbour, tables=SEED)


def option_of(prepared: Made, text: str) -> Option:
    options = [right_option(prepared), *(wrong_option(candidate) for candidate in prepared.candidates)]
    return next(option for option in options if option.text == text)


def said(sentence: Sentence) -> str:
    return "".join(run.text for run in sentence)


def test_deciding_column_stands_first_and_the_others_by_how_much_they_differ() -> None:
    shown = answered("T25.q5", "ReLU")

    assert (shown.layout, shown.right.name, shown.other.name) == (Layout.SIDE_BY_SIDE, "Swish", "ReLU")
    assert [line.column for line in shown.lines] == ["Hidden Layer", "Issue", "Range", "Output Layer"]
    assert [line.decides for line in shown.lines] == [True, False, False, False]
    assert [line.is_same for line in shown.lines] == [False, False, False, True]


def test_the_sentence_names_the_deciding_column_and_both_values() -> None:
    sentence = answered("T25.q5", "ReLU").sentences[0]

    assert said(sentence) == "Hidden Layer tells them apart: Swish has “40+ layers”, ReLU has “Default choice”."
    assert [run.text for run in sentence if run.is_strong] == ["Hidden Layer", "40+ layers", "Default choice"]


def test_a_second_sentence_says_what_the_chosen_option_does_answer() -> None:
    assert said(answered("T25.q5", "ReLU").sentences[1]) == "ReLU is the answer to “General hidden layer?”."
    assert said(answered("T24.q2", "G3").sentences[1]) == "G3 is from “GPU Instance Types for ML”."


def test_placeholders_are_no_value_and_equal_to_each_other() -> None:
    shown = of_rows(STORES, "Redis", "Neo4j")

    licence = shown.lines[-1]
    assert (licence.column, licence.right, licence.other, licence.is_same) == ("Licence", "", "", True)


def test_a_cell_without_a_value_is_said_in_words() -> None:
    table = make_source_table("s", ["Store", "Limit"], ["Redis", "-"], ["Neo4j", "34 billion"])

    sentence = said(of_rows(table, "Neo4j", "Redis").sentences[0])

    assert sentence == "They differ only in Limit: Neo4j has “34 billion”, Redis has no value."


def test_without_a_word_of_the_question_the_most_differing_column_decides() -> None:
    assert of_rows(STORES, "Redis", "Neo4j").lines[0].column == "Model"


def test_a_word_of_the_question_in_a_column_name_decides_before_mere_difference() -> None:
    assert of_rows(STORES, "Redis", "Neo4j", asks="Since when?").lines[0].column == "Since"


def test_rows_that_are_equal_in_every_column_are_said_to_be() -> None:
    table = make_source_table("s", ["Store", "Model"], ["Redis", "Keys"], ["Valkey", "keys"], title="Stores")

    shown = of_rows(table, "Redis", "Valkey")

    assert not any(line.decides for line in shown.lines)
    assert said(shown.sentences[0]) == "Redis and Valkey have the same values in every column of “Stores”."


@pytest.mark.parametrize(
    ("number", "one", "other", "column"),
    [
        (5, "Sequence to Sequence", "Encoder-Decoder", "Example"),
        (21, "SageMaker DDP", "SageMaker MPP", "SageMaker Config"),
        (21, "PyTorch DDP", "torchrun", "SageMaker Config"),
        (22, "Activation Checkpointing", "Gradient Checkpointing", "How It Works"),
        (23, "Trn1", "Trn1n", "Special Feature"),
    ],
)
def test_rows_that_differ_in_one_column_are_said_to_differ_only_there(
    number: int, one: str, other: str, column: str
) -> None:
    shown = of_rows(seed_table(number), one, other)

    assert said(shown.sentences[0]).startswith(f"They differ only in {column}: {one} has “")


def test_only_five_pairs_of_the_seed_differ_in_one_column() -> None:
    tables = [table for table in seed_tables() if table.kind is Kind.ENTITY]
    pairs = [(table, *pair) for table in tables for pair in combinations([name for name, _ in table.things()], 2)]

    shown = [of_rows(*pair) for pair in pairs]

    assert len(pairs) == 150
    assert sum(any(line.is_same for line in one.lines) for one in shown) == 37
    assert sum(said(one.sentences[0]).startswith("They differ only in") for one in shown) == 5


def test_columns_of_an_aspect_table_are_compared_aspect_by_aspect() -> None:
    shown = answered("T28.q1", "Model Parallelism")

    assert (shown.right.name, shown.other.name) == ("Data Parallelism", "Model Parallelism")
    assert shown.lines[0].column == "Use Case"
    assert {line.column for line in shown.lines} == {row.cells[0] for row in seed_table(20).rows}


def test_rows_go_before_columns_where_both_hold_the_two_answers() -> None:
    assert answered("T27.q2", "L2 (Ridge)").right.thing == Thing("T9", row_key="T9.r3")


def test_of_several_rows_the_one_that_says_most_of_the_question_is_shown() -> None:
    assert answered("T24.q1", "Inf2").right.name == "P3"


def test_rows_of_different_tables_stand_one_below_the_other() -> None:
    shown = answered("T28.q1", "SageMaker MPP")

    assert shown.layout is Layout.TWO_ROWS
    assert [(card.side.role, card.side.name, card.side.table) for card in shown.cards] == [
        (Role.RIGHT, "Data Parallelism", "Data Parallelism vs Model Parallelism"),
        (Role.CHOSEN, "SageMaker MPP", "Distributed Training Libraries"),
    ]
    assert shown.cards[0].deciding.value == "Large datasets"


def test_a_choice_without_a_row_shows_what_the_right_one_is_often_mixed_up_with() -> None:
    shown = answered("T28.q1", "EFA + NCCL")

    assert (shown.layout, shown.other.role, shown.other.name) == (Layout.NEIGHBOUR, Role.NEIGHBOUR, "Model Parallelism")
    assert said(shown.sentences[-1]) == "EFA + NCCL is the answer to “Need HPC networking?”."


def test_not_knowing_shows_the_nearest_row_and_so_does_a_right_answer() -> None:
    prepared = seed_question("T24.q2")
    right = option_of(prepared, prepared.answer)

    unknown = contrast(prepared.asks, right, neighbour=prepared.neighbour, tables=SEED)
    known = contrast(prepared.asks, right, chosen=right, neighbour=prepared.neighbour, tables=SEED)

    assert (unknown.layout, unknown.right.name, unknown.other.name) == (Layout.NEIGHBOUR, "Trn1", "Trn1n")
    assert known == unknown


def test_an_answer_without_a_row_of_its_own_shows_the_rows_it_names() -> None:
    prepared = seed_question("T28.q5")

    shown = contrast(prepared.asks, option_of(prepared, prepared.answer), neighbour=prepared.neighbour, tables=SEED)

    assert (shown.layout, [card.side.name for card in shown.cards]) == (Layout.PARTS, ["P4de"])
    assert said(shown.sentences[0]) == "The answer to “Trillion-parameter model?” is MiCS/Sharded + P4de."


def test_an_answer_that_names_no_row_stands_alone() -> None:
    shown = answered("T28.q4", "SageMaker MPP")

    assert (shown.layout, shown.right) == (Layout.ANSWER, None)
    assert [card.side.role for card in shown.cards] == [Role.CHOSEN]
    assert said(shown.sentences[0]) == "The answer to “Need HPC networking?” is EFA + NCCL."


def test_every_wrong_option_of_the_seed_gives_a_contrast_that_can_be_stored() -> None:
    for prepared in seed_bank().prepared:
        right = right_option(prepared)
        for chosen in [wrong_option(candidate) for candidate in prepared.candidates]:
            shown = contrast(prepared.asks, right, chosen=chosen, neighbour=prepared.neighbour, tables=SEED)

            assert shown.sentences
            assert (shown.layout is Layout.ANSWER) == (not right.things)
            assert sum(line.decides for line in shown.lines) == (1 if shown.lines else 0)
            assert Contrast.from_json(shown.to_json()) == shown


def test_only_the_rows_that_are_named_need_to_be_fetched() -> None:
    prepared = seed_question("T24.q2")
    right, chosen = option_of(prepared, "Trn1"), option_of(prepared, "G3")
    wanted = {thing.row_key for thing in things_to_fetch(right, chosen, prepared.neighbour)}
    whole = seed_table(23)
    rows = tuple(row for row in whole.rows if row.key in wanted)
    part = SourceTable(whole.key, whole.topic, whole.title, whole.kind, whole.headers, rows)

    shown = contrast(prepared.asks, right, chosen=chosen, neighbour=prepared.neighbour, tables={"T23": part})

    assert wanted == {"T23.r4", "T23.r5", "T23.r7"}
    assert shown == answered("T24.q2", "G3")


def test_without_any_table_the_right_answer_is_still_said() -> None:
    prepared = seed_question("T24.q2")

    shown = contrast(prepared.asks, option_of(prepared, "Trn1"), chosen=option_of(prepared, "G3"), tables={})

    assert shown.layout is Layout.ANSWER
    assert said(shown.sentences[0]) == "The answer to “Cost-optimized training” is Trn1."
