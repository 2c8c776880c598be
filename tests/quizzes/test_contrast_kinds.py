from itertools import combinations, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.contrasts.cards import Contrast, Layout, Role, Sentence
from quizzes.contrasts.cells import AskedCell, contrast_cell
from quizzes.contrasts.columns import column_values, things_with
from quizzes.contrasts.rows import contrast_reversed
from quizzes.contrasts.several import contrast_order, contrast_placements, contrast_ticks
from quizzes.generation.options import Option
from quizzes.generation.sources import Thing
from tables.reader.document import Kind
from tests.quizzes.guides import make_source_table, seed_question, seed_table, seed_tables

SEED = {table.key: table for table in seed_tables()}


def thing_of(number: int, name: str) -> Thing:
    return dict(seed_table(number).things())[name]


def value_of(number: int, name: str, column: str) -> str:
    return dict(seed_table(number).values(thing_of(number, name)))[column]


def make_option(text: str, *things: Thing, is_right: bool = False, asks: str = "", table_key: str = "") -> Option:
    return Option(text, is_right, table_key, asks, things, has_own_row=True)


def chose_value(number: int, name: str, column: str, said: str) -> Contrast:
    """What is shown when `said`, a value of that column, is chosen for a row of the seed."""
    things = things_with(seed_table(number), column, said)
    right = make_option(value_of(number, name, column), is_right=True)
    return contrast_cell(
        AskedCell(thing_of(number, name), column), right, tables=SEED, chosen=make_option(said, *things)
    )


def chose_name(number: int, name: str, column: str, said: str) -> Contrast:
    """What is shown when the name `said` is chosen where it was asked which row has the value of `name`."""
    right = make_option(name, thing_of(number, name), is_right=True)
    chosen = make_option(said, thing_of(number, said))
    return contrast_cell(AskedCell(thing_of(number, name), column), right, tables=SEED, chosen=chosen)


def said(sentence: Sentence) -> str:
    return "".join(run.text for run in sentence)


def words_of(shown: Contrast) -> str:
    return said(shown.sentences[0])


def names(shown: Contrast) -> tuple[str, str]:
    return shown.right.name, shown.other.name


def test_asked_column_decides_a_question_of_a_value() -> None:
    shown = chose_value(9, "Dropout", "When to Use", "Overfitting detected")

    assert (shown.layout, names(shown)) == (Layout.SIDE_BY_SIDE, ("Dropout", "Early Stopping"))
    assert (shown.lines[0].column, shown.lines[0].decides) == ("When to Use", True)
    assert words_of(shown) == (
        "You chose “Overfitting detected”: that is what Early Stopping has under When to Use. "
        "Dropout has “Too many neurons/layers”."
    )


def test_asked_column_decides_a_question_of_a_name() -> None:
    shown = chose_name(12, "Recall", "Optimize When", "Precision")

    assert shown.lines[0].column == "Optimize When"
    assert words_of(shown) == (
        "You chose “Precision”. Under Optimize When, Precision has “Minimize false positives”. "
        "Recall has “Minimize false negatives”."
    )


def test_of_several_rows_with_the_chosen_value_the_most_similar_is_shown() -> None:
    assert names(chose_value(23, "Inf2", "Use Case", "Training")) == ("Inf2", "Trn1")
    assert names(chose_value(21, "DeepSpeed", "Provider", "AWS"))[1] in {"SageMaker DDP", "SageMaker MPP"}


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
def test_rows_that_differ_in_one_column_are_said_to_in_every_kind(
    number: int, one: str, other: str, column: str
) -> None:
    expected = f"They differ only in {column}: {one} has “{value_of(number, one, column)}”"
    cell = AskedCell(thing_of(number, one), column)
    unknown = contrast_cell(cell, make_option(one, is_right=True), tables=SEED, neighbour=thing_of(number, other))
    put = contrast_placements(seed_table(number), {cell: value_of(number, other, column)})

    assert words_of(chose_value(number, one, column, value_of(number, other, column))).startswith(expected)
    assert words_of(chose_name(number, one, column, other)).startswith(expected)
    assert words_of(unknown).startswith(expected)
    assert words_of(put[0]).startswith(expected)


def test_only_five_pairs_of_the_seed_are_said_to_differ_in_one_column() -> None:
    tables = [table for table in seed_tables() if table.kind is Kind.ENTITY]
    pairs = [(table, *pair) for table in tables for pair in combinations([name for name, _ in table.things()], 2)]

    shown = [chose_name(int(table.key[1:]), one, table.headers[1], other) for table, one, other in pairs]

    assert len(pairs) == 150
    assert sum(words_of(each).startswith("They differ only in") for each in shown) == 5


def test_name_typed_in_another_way_is_still_said_to_be_that_rows() -> None:
    right = make_option("L2 (Ridge)", thing_of(9, "L2 (Ridge)"), is_right=True)
    typed = make_option("lasso", thing_of(9, "L1 (Lasso)"))

    shown = contrast_cell(AskedCell(thing_of(9, "L2 (Ridge)"), "When to Use"), right, tables=SEED, chosen=typed)

    assert words_of(shown).startswith("You chose “lasso”. Under When to Use, L1 (Lasso) has “Feature selection”.")


def test_columns_of_an_aspect_table_are_compared_in_the_asked_aspect() -> None:
    shown = chose_name(18, "AMT", "Control", "Autopilot")

    assert (names(shown), shown.lines[0].column) == (("AMT", "Autopilot"), "Control")
    assert len(shown.lines) == 5


def test_value_of_a_strange_table_is_said_to_be_from_there() -> None:
    right = make_option(value_of(17, "Autopilot", "When to Use"), is_right=True)
    strange = make_option("Feature selection", thing_of(9, "L1 (Lasso)"), table_key="T9")

    shown = contrast_cell(AskedCell(thing_of(17, "Autopilot"), "When to Use"), right, tables=SEED, chosen=strange)

    assert (shown.layout, [card.side.name for card in shown.cards]) == (Layout.TWO_ROWS, ["Autopilot", "L1 (Lasso)"])
    assert [card.deciding.value for card in shown.cards] == ["Quick baseline, non-experts", "Feature selection"]
    assert words_of(shown) == (
        "You chose “Feature selection”: that is from “Regularization Techniques”. "
        "Under When to Use, Autopilot has “Quick baseline, non-experts”."
    )


def test_right_answer_and_not_knowing_show_the_nearest_row() -> None:
    cell = AskedCell(thing_of(23, "Trn1"), "Hardware")
    right = make_option("AWS Trainium", thing_of(23, "Trn1"), is_right=True)
    near = thing_of(23, "Trn1n")

    known = contrast_cell(cell, right, tables=SEED, chosen=right, neighbour=near)

    assert known == contrast_cell(cell, right, tables=SEED, neighbour=near)
    assert (known.layout, known.other.role) == (Layout.NEIGHBOUR, Role.NEIGHBOUR)
    assert words_of(known).startswith("They differ only in Special Feature")


def test_text_that_is_no_rows_shows_the_right_row_with_the_asked_cell() -> None:
    right = make_option("Graviton", thing_of(23, "G5g"), is_right=True, asks="What is special about G5g?")

    shown = contrast_cell(
        AskedCell(thing_of(23, "G5g"), "Special Feature"), right, tables=SEED, chosen=make_option("Gravel")
    )

    assert (shown.layout, shown.cards[0].deciding.value) == (Layout.PARTS, "Graviton")
    assert words_of(shown) == "The answer to “What is special about G5g?” is Graviton."


def test_without_the_row_the_right_answer_is_still_said() -> None:
    right = make_option("Graviton", is_right=True, asks="What is special about G5g?")

    shown = contrast_cell(AskedCell(Thing("gone", row_key="gone"), "Special Feature"), right, tables=SEED)

    assert (shown.layout, words_of(shown)) == (Layout.ANSWER, "The answer to “What is special about G5g?” is Graviton.")


def test_question_asked_backwards_shows_the_rows_of_both_answers() -> None:
    right, chosen = (seed_question(key) for key in ("T25.q5", "T25.q3"))
    question = make_option(right.asks, *right.things, is_right=True)
    other = make_option(chosen.asks, *chosen.things, asks=chosen.answer)

    shown = contrast_reversed(question, right.answer, tables=SEED, chosen=other)

    assert (names(shown), shown.lines[0].column) == (("Swish", "ReLU"), "Hidden Layer")
    assert said(shown.sentences[1]) == "ReLU is the answer to “General hidden layer?”."


def ticked(number: int, column: str, value: str, *names: str) -> tuple[Contrast, ...]:
    """What is shown when these rows are ticked where it was asked which have the value."""
    table = seed_table(number)
    return contrast_ticks(
        table,
        column,
        ticked={thing_of(number, name) for name in names},
        right=set(things_with(table, column, value)),
        judged=[thing for _, thing in table.things()],
    )


def test_wrong_tick_stands_beside_the_most_similar_right_row() -> None:
    (shown,) = ticked(23, "Use Case", "Training", "P3", "Trn1", "Trn1n", "Inf2")

    assert (names(shown), shown.other.role, shown.lines[0].column) == (("Trn1", "Inf2"), Role.CHOSEN, "Use Case")
    assert words_of(shown) == "Inf2 is not one of them. Under Use Case, Inf2 has “Inference”. Trn1 has “Training”."


def test_missed_row_stands_beside_the_most_similar_wrong_one() -> None:
    (shown,) = ticked(23, "Use Case", "Training", "P3", "Trn1")

    assert (shown.right.name, shown.other.role) == ("Trn1n", Role.NEIGHBOUR)
    assert words_of(shown).startswith("Trn1n is one of them. Under Use Case, Trn1n has “Training”.")


def test_all_ticked_rightly_shows_nothing_and_all_wrongly_three_pairs() -> None:
    assert ticked(23, "Use Case", "Training", "P3", "Trn1", "Trn1n") == ()

    shown = ticked(23, "Use Case", "Training", "G3", "Inf2")

    assert [each.other.role for each in shown] == [Role.CHOSEN, Role.CHOSEN, Role.NEIGHBOUR]


YEARS = ["LeNet-5", "AlexNet", "GoogLeNet", "ResNet"]


def test_swapped_neighbours_are_shown_with_their_numbers() -> None:
    given = [thing_of(4, name) for name in ("LeNet-5", "GoogLeNet", "AlexNet", "ResNet")]

    shown = contrast_order(seed_table(4), "Year", given=given, right=[thing_of(4, name) for name in YEARS])

    assert (names(shown), shown.lines[0].column) == (("AlexNet", "GoogLeNet"), "Year")
    assert words_of(shown) == (
        "You put GoogLeNet before AlexNet. By Year AlexNet comes first (2012), then GoogLeNet (2014)."
    )


@pytest.mark.parametrize("given", list(permutations(YEARS)))
def test_every_wrong_order_names_two_rows_that_stand_the_wrong_way_round(given: tuple[str, ...]) -> None:
    right = [thing_of(4, name) for name in YEARS]

    shown = contrast_order(seed_table(4), "Year", given=[thing_of(4, name) for name in given], right=right)

    assert (shown is None) == (list(given) == YEARS)
    if shown:
        assert YEARS.index(shown.right.name) < YEARS.index(shown.other.name)
        assert given.index(shown.right.name) == given.index(shown.other.name) + 1


def test_misplaced_value_is_shown_beside_the_row_it_belongs_to() -> None:
    cell = AskedCell(thing_of(9, "Dropout"), "Trade-off")

    (shown,) = contrast_placements(seed_table(9), {cell: "May undertrain"})

    assert names(shown) == ("Dropout", "Early Stopping")
    assert words_of(shown) == (
        "You put “May undertrain” beside Dropout: it belongs to Early Stopping. "
        "Under Trade-off, Dropout has “Some capacity lost”."
    )


def test_equal_values_are_interchangeable_and_empty_cells_passed_over() -> None:
    table = seed_table(21)
    frameworks = {AskedCell(thing, "Frameworks"): text for thing, text in column_values(table, "Frameworks")}
    swapped = {cell: "PyTorch" if text == "PyTorch" else "" for cell, text in frameworks.items()}

    assert contrast_placements(table, frameworks) == ()
    assert contrast_placements(table, swapped) == ()


CELLS = st.sampled_from(["", "-", "A", "B", "A, B", "Yes", "long text of a cell"])


@given(st.lists(st.tuples(CELLS, CELLS), min_size=2, max_size=5), st.data())
def test_any_two_rows_of_any_table_give_a_contrast_that_can_be_stored(
    rows: list[tuple[str, str]], data: st.DataObject
) -> None:
    cells = [(f"Row {place}", *row) for place, row in enumerate(rows)]
    table = make_source_table("s", ["Thing", "One", "Two"], *cells)
    things = [thing for _, thing in table.things()]
    right, other = data.draw(st.permutations(things))[:2]
    option = make_option(table.name_of(other), other)

    shown = contrast_cell(
        AskedCell(right, "Two"),
        make_option(table.name_of(right), right, is_right=True),
        tables={"s": table},
        chosen=option,
    )

    assert shown.sentences
    assert Contrast.from_json(shown.to_json()) == shown
    assert {line.column for line in shown.lines} == {"One", "Two"}
    assert sum(line.decides for line in shown.lines) == (not all(line.is_same for line in shown.lines))
