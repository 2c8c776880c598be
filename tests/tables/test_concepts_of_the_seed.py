"""The things of the document that ships with the project, counted by hand."""

import json
from functools import cache

import pytest

from quizzes.actions.bank import naming_of
from quizzes.generation.pins import read_pins
from tables.concepts.mentions import Concept, Reading
from tables.concepts.naming import Naming
from tables.concepts.offers import offered_names
from tables.reader import read
from tables.reader.forms import compare_form
from tables.versions.merging import merge
from tables.versions.state import TableState, live
from tests.edits import SEED
from tests.tables.steps import MONDAY, NOTHING

PINS = SEED.with_suffix(".pins.json")
IN_TWO = [
    "AMT", "Autopilot", "BERT", "GPT", "Transformer", "Bayesian", "CNN", "Data Parallelism", "Model Parallelism",
    "Dropout", "Early Stopping", "EFA", "F1 Score", "Inf2", "P3", "P4d", "Trn1", "Trn1n", "LSTM", "Leaky ReLU",
    "Learning Rate", "R-squared", "RMSE", "ROC", "ResNet", "SageMaker MPP", "Vanishing",
]  # fmt: skip
IN_MORE = {
    "ReLU": [2, 3, 11, 25], "Recall": [12, 13, 14, 26], "Precision": [12, 13, 14, 26], "RNN": [1, 2, 3, 25],
    "Softmax": [2, 3, 25], "Sigmoid": [2, 3, 25], "TanH": [2, 3, 25], "Swish": [2, 3, 25], "AUC": [12, 13, 26],
    "L1 (Lasso)": [9, 10, 27], "L2 (Ridge)": [9, 10, 27], "P4de": [23, 24, 28],
}  # fmt: skip


@cache
def seed_tables() -> list[TableState]:
    return live(merge(NOTHING, read(SEED.read_bytes(), SEED.name), MONDAY).state.tables)


@cache
def shipped() -> Reading:
    return Reading(seed_tables(), naming_of(read_pins(PINS.read_text(encoding="utf-8"))))


def concept(name: str) -> Concept:
    return shipped().concepts[compare_form(name)]


def tables_of(found: Concept, *, by_alias: bool = False) -> list[int]:
    """Numbers of the tables that name it by a name of its own, or by an alias."""
    numbers = {table.key: number for number, table in enumerate(seed_tables(), start=1)}
    return sorted({numbers[mention.table] for mention in found.mentions if mention.by_alias is by_alias})


def named_in(number: int, text: str) -> set[str]:
    """What a text names that stands in a table, by its number."""
    return {span.form for span in shipped().spans(seed_tables()[number - 1], text)}


def test_there_are_86_of_which_39_stand_in_two_tables_and_12_in_three():
    counts = [each.table_count for each in shipped().concepts.values()]

    assert len(counts) == 86
    assert sum(count >= 2 for count in counts) == 39
    assert sum(count >= 3 for count in counts) == 12


def test_without_the_authors_pins_two_words_would_be_taken_for_things():
    counts = [each.table_count for each in Reading(seed_tables(), Naming()).concepts.values()]

    assert (len(counts), sum(count >= 2 for count in counts), sum(count >= 3 for count in counts)) == (86, 41, 12)


@pytest.mark.parametrize("name", IN_MORE)
def test_thing_of_three_or_more_tables(name):
    assert tables_of(concept(name)) == IN_MORE[name]


@pytest.mark.parametrize("name", IN_TWO)
def test_thing_of_two_tables(name):
    assert concept(name).table_count == 2


def test_relu_is_mentioned_seven_times():
    assert len(concept("ReLU").mentions) == 7


def test_composite_answers_have_no_page_but_stand_on_those_of_their_parts():
    composites = [
        "ReLU (start here)",
        "P3, P4d",
        "P4de with EFA",
        "RMSE, R-squared",
        "EFA + NCCL",
        "MiCS/Sharded + P4de",
    ]
    found = shipped().concepts

    assert not {compare_form(text) for text in composites} & found.keys()
    assert {"efa", "nccl", "rmse", "r-squared", "mics/sharded"} <= found.keys()
    assert sum(mention.question is not None for mention in concept("P4de").mentions) == 2


@pytest.mark.parametrize(
    ("number", "text", "name"),
    [
        (2, "Leaky ReLU", "relu"),
        (22, "Mixed Precision (fp16)", "precision"),
        (22, "Memory vs. precision", "precision"),
        (23, "Trn1n", "trn1"),
        (23, "P4de", "p4d"),
        (17, "Autopilot", "auto"),
        (19, "AutoGluon stacking", "auto"),
        (19, "Auto-detect", "auto"),
        (18, "Auto-selected", "auto"),
        (6, "DistilBERT", "bert"),
        (6, "RoBERTa", "bert"),
        (20, "DDP", "sagemaker ddp"),
        (20, "DDP", "pytorch ddp"),
        (21, "Both", "both combined"),
        (12, "Both matter", "both combined"),
        (18, "Fine-tune known model", "fine-tune"),
        (4, "Classification", "classification"),
        (11, "Deep networks, sigmoid", "sigmoid"),
    ],
)
def test_what_must_not_be_linked_is_not(number, text, name):
    assert name not in named_in(number, text)


def test_mpp_is_linked_because_a_pin_says_so_and_counts_nowhere():
    assert named_in(20, "MPP") == {"sagemaker mpp"}
    assert tables_of(concept("SageMaker MPP"), by_alias=True) == [20]
    assert concept("SageMaker MPP").table_count == 2


def test_l1_and_lasso_both_mean_l1_lasso():
    assert named_in(9, "L1 or Lasso") == {"l1 (lasso)"}


def test_pins_are_kept_as_plain_values():
    naming = naming_of(read_pins(PINS.read_text(encoding="utf-8")))

    assert Naming.from_json(json.loads(json.dumps(naming.to_json()))) == naming


def test_words_that_may_be_names_are_offered_with_all_they_may_mean():
    offers = {offer.text: offer for offer in offered_names(seed_tables(), Reading(seed_tables(), Naming()))}

    assert offers["DDP"].names == ("SageMaker DDP", "PyTorch DDP")
    assert offers["MPP"].names == ("SageMaker MPP",)
    assert offers["sigmoid"].names == ("Sigmoid",)
    assert offers["sigmoid"].cell == "Deep networks, sigmoid"
    assert offers.keys() <= {"DDP", "MPP", "sigmoid", "classification", "precision"}
    assert "MPP" not in {offer.text for offer in offered_names(seed_tables(), shipped())}
