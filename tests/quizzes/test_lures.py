import pytest

from quizzes.generation.ledger import Code
from quizzes.generation.pins import Pin, PinKind, Pins
from tables.reader.document import Kind
from tests.quizzes.guides import bank_of, make_source_table, seed_bank, seed_question

GENERAL, CHEAP, INFERENCE, TRILLION, BANDWIDTH = (f"T24.q{place}" for place in range(1, 6))


def lures(key: str) -> set[str]:
    return {candidate.text for candidate in seed_question(key).candidates}


def dropped(key: str) -> dict[str, Code]:
    return {skip.text: skip.code for skip in seed_bank().skips if skip.question_key == key}


@pytest.mark.parametrize(
    ("key", "fallen"),
    [
        (GENERAL, {"Trn1": Code.TRUE_ELSEWHERE, "Trn1n": Code.TRUE_ELSEWHERE}),
        (CHEAP, {"P3, P4d": Code.TRUE_ELSEWHERE, "Trn1n": Code.TRUE_ELSEWHERE, "Inf2": Code.TRUE_ELSEWHERE}),
        (INFERENCE, {}),
        (TRILLION, {}),
        (BANDWIDTH, {"P3, P4d": Code.TRUE_ELSEWHERE, "P4de with EFA": Code.PIN}),
        ("T28.q1", {}),
        ("T28.q2", {"SageMaker MPP": Code.PIN, "MiCS/Sharded + P4de": Code.PIN}),
        ("T28.q3", {"Model Parallelism": Code.PIN, "MiCS/Sharded + P4de": Code.PIN}),
        ("T28.q5", {"Model Parallelism": Code.PIN, "SageMaker MPP": Code.PIN, "EFA + NCCL": Code.TRUE_ELSEWHERE}),
    ],
)
def test_answers_that_the_seed_makes_true_of_another_question_fall_out(key: str, fallen: dict[str, Code]) -> None:
    found = dropped(key)

    assert fallen.items() <= found.items()
    assert {text for text in found if text not in fallen} <= {"P4de"}
    assert lures(key).isdisjoint(found)


def test_every_other_answer_of_a_seed_table_is_a_lure() -> None:
    assert lures("T25.q5") == {"Softmax", "Sigmoid", "ReLU", "TanH"}
    assert lures("T27.q2") == {"Dropout", "L2 (Ridge)", "Early Stopping"}
    assert "EFA + NCCL" in lures("T28.q1")


def test_what_is_inference_too_is_never_borrowed_for_inference() -> None:
    assert "G5g" not in lures(INFERENCE)


def test_the_last_seed_table_borrows_only_from_memory_techniques() -> None:
    borrowed = {
        candidate.table_key
        for place in range(1, 6)
        for candidate in seed_question(f"T28.q{place}").candidates
        if candidate.reach
    }

    assert borrowed == {"T22"}


def test_the_ledger_names_the_place_that_makes_a_lure_true() -> None:
    reason = next(skip.reason for skip in seed_bank().skips if (skip.question_key, skip.text) == (GENERAL, "Trn1"))

    assert reason == "“GPU Instance Types for ML” says of Trn1 under “Use Case”: “Training”."


def test_a_lure_is_dropped_when_a_decision_elsewhere_gives_it_as_the_answer() -> None:
    asked = make_source_table(
        "t1", ["Question", "Answer"], ["Fast cache?", "Redis"], ["Queue?", "Kafka"], ["Graph?", "Neo4j"],
        ["Full text?", "Solr"], kind=Kind.DECISION,
    )  # fmt: skip
    elsewhere = make_source_table("t2", ["Need", "Use"], ["A fast cache", "Kafka"], ["Files", "S3"], kind=Kind.LOOKUP)

    cache = bank_of(asked, elsewhere).prepared[0]

    assert {candidate.text for candidate in cache.candidates} == {"Neo4j", "Solr"}


def test_a_yes_under_a_column_makes_its_name_true() -> None:
    asked = make_source_table(
        "t1", ["Question", "Answer"], ["Needs transactions?", "MySQL"], ["Queue?", "Kafka"], ["Graph?", "Neo4j"],
        ["Full text?", "Solr"], kind=Kind.DECISION,
    )  # fmt: skip
    features = make_source_table("t2", ["System", "Transactions"], ["Neo4j", "✓"], ["Kafka", "No"], ["MySQL", "Yes"])

    first = bank_of(asked, features).prepared[0]

    assert {candidate.text for candidate in first.candidates} == {"Kafka", "Solr"}


def test_the_things_of_an_aspect_table_are_its_columns() -> None:
    asked = make_source_table(
        "t1", ["Question", "Answer"], ["Sorted keys?", "B-tree"], ["Point reads?", "Hash"], ["Ranges?", "LSM"],
        ["Prefixes?", "Trie"], kind=Kind.DECISION,
    )  # fmt: skip
    aspects = make_source_table("t2", ["Aspect", "Hash", "Trie"], ["Keys", "Any order", "Sorted"], kind=Kind.ASPECT)

    first = bank_of(asked, aspects).prepared[0]

    assert {candidate.text for candidate in first.candidates} == {"Hash", "LSM"}


def test_names_are_borrowed_from_the_table_the_answer_lives_in_then_from_its_topic() -> None:
    asked = make_source_table(
        "t1", ["Question", "Answer"], ["Durable log?", "Kafka"], kind=Kind.DECISION, topic="Quick"
    )
    home = make_source_table("t2", ["System", "Model"], ["Kafka", "Log"], ["Rabbit", "Queue"], ["Zero", "Sockets"])
    same_topic = make_source_table("t3", ["Store", "Model"], ["Redis", "Keys"], ["-", "Rows"], ["Any", "Files"])
    elsewhere = make_source_table("t4", ["Fruit", "Colour"], ["Apple", "Red"], topic="Food")

    only = bank_of(asked, home, same_topic, elsewhere).prepared[0]

    assert [(candidate.text, candidate.reach) for candidate in only.candidates] == [
        ("Rabbit", 1),
        ("Zero", 1),
        ("Redis", 2),
    ]


def test_a_row_that_says_much_of_the_question_is_not_borrowed() -> None:
    asked = make_source_table("t1", ["Question", "Answer"], ["Durable log?", "Kafka"], kind=Kind.DECISION)
    rows = [["Kafka", "Log"], ["Rabbit", "Durable queue"], ["Zero", "Sockets"], ["Pulsar", "Topics"]]
    home = make_source_table("t2", ["System", "Model"], *rows)

    only = bank_of(asked, home).prepared[0]

    assert {candidate.text for candidate in only.candidates} == {"Zero", "Pulsar"}


def test_a_table_that_an_author_rules_out_lends_nothing() -> None:
    asked = make_source_table(
        "t1", ["Question", "Answer"], ["Log?", "Kafka"], ["Cache?", "Redis"], ["Graph?", "Neo4j"], kind=Kind.DECISION
    )
    home = make_source_table("t2", ["System", "Since"], ["Kafka", "2011"], ["Rabbit", "2007"], title="Brokers")
    pins = Pins([Pin(PinKind.NEVER_BORROW, asked.title, "", ("Brokers",), "")])

    texts = {
        candidate.text for prepared in bank_of(asked, home, pins=pins).prepared for candidate in prepared.candidates
    }

    assert texts == {"Kafka", "Redis", "Neo4j"}


def test_a_yes_or_no_question_gets_no_borrowed_names() -> None:
    asked = make_source_table(
        "t1", ["Question", "Answer"], ["Is it fast?", "Yes"], ["Cheap?", "No"], kind=Kind.DECISION
    )
    home = make_source_table("t2", ["System", "Since"], ["Kafka", "2011"], ["Rabbit", "2007"], ["Redis", "2009"])

    bank = bank_of(asked, home)

    assert not bank.prepared
    assert {skip.code for skip in bank.skips} == {Code.TOO_FEW_LURES}
