from collections import Counter

from quizzes.generation.ledger import Code
from quizzes.generation.made import Made
from tables.reader.document import Kind
from tables.reader.forms import is_placeholder
from tests.quizzes.guides import bank_of, make_source_table, seed_bank, seed_question

ROWS = [["Cache?", "Redis"], ["Log?", "Kafka"], ["Graph?", "Neo4j"], ["Text?", "Solr"]]


def test_all_thirty_questions_of_the_seed_are_asked() -> None:
    asked = Counter(prepared.table_key for prepared in seed_bank().prepared)

    assert asked == {"T3": 6, "T24": 5, "T25": 5, "T26": 5, "T27": 4, "T28": 5}
    assert all(skip.text for skip in seed_bank().skips)


def test_a_decision_is_asked_as_written_under_the_title_of_its_table() -> None:
    question = seed_question("T25.q4")

    assert (question.context, question.stem, question.answer) == ("Which Activation Function?", "RNN?", "TanH")


def test_a_lookup_says_its_header_and_asks_for_the_recommendation() -> None:
    question = seed_question("T3.q6")

    assert question.context == "Activation Functions: When to Use"
    assert question.stem == "Scenario: Very deep networks. What is recommended?"
    assert question.asks == "Very deep networks"


def test_what_a_question_leaves_unsaid_is_said_beside_it() -> None:
    assert seed_question("T26.q3").antecedent == "false negatives and false positives"
    assert seed_question("T26.q1").antecedent == ""


def test_an_answer_leads_to_the_rows_it_names() -> None:
    lasso, trillion, network = seed_question("T27.q2"), seed_question("T28.q5"), seed_question("T28.q4")
    relu = seed_question("T3.q4")

    assert [(thing.row_key, thing.header) for thing in lasso.things] == [("T9.r3", ""), ("", "L1 (Lasso)")]
    assert (relu.things[0].row_key, relu.has_own_row) == ("T2.r1", True)
    assert ([thing.row_key for thing in trillion.things], trillion.has_own_row) == (["T23.r3"], False)
    assert (network.things, network.neighbour) == ((), None)


def test_the_neighbour_is_the_row_most_alike() -> None:
    neighbour = seed_question("T24.q2").neighbour

    assert neighbour is not None
    assert neighbour.row_key == "T23.r5"


def test_no_placeholder_and_nothing_vague_is_asked_or_offered() -> None:
    rows = [*ROWS, ["Files?", "-"], ["Rows?", "Varies"], ["Sums?", "Same as Solr"], ["", "MySQL"]]

    bank = bank_of(make_source_table("t1", ["Question", "Answer"], *rows, kind=Kind.DECISION))

    assert [prepared.answer for prepared in bank.prepared] == ["Redis", "Kafka", "Neo4j", "Solr"]
    assert [skip.code for skip in bank.skips] == [Code.EMPTY, Code.VAGUE, Code.POINTER, Code.EMPTY]
    texts = {candidate.text for prepared in bank.prepared for candidate in prepared.candidates}
    assert texts == {"Redis", "Kafka", "Neo4j", "Solr"}
    assert not any(is_placeholder(text) for text in texts)


def test_one_question_with_two_answers_is_not_asked() -> None:
    rows = [*ROWS, ["cache", "Memcached"]]

    bank = bank_of(make_source_table("t1", ["Question", "Answer"], *rows, kind=Kind.DECISION))

    assert [(skip.question_key, skip.code) for skip in bank.skips] == [
        ("t1.q1", Code.TWO_ANSWERS),
        ("t1.q5", Code.TWO_ANSWERS),
    ]
    assert [prepared.facts[0].question_key for prepared in bank.prepared] == ["t1.q2", "t1.q3", "t1.q4"]


def test_a_question_with_one_fair_lure_is_not_asked() -> None:
    bank = bank_of(make_source_table("t1", ["Question", "Answer"], *ROWS[:2], kind=Kind.DECISION))

    assert not bank.prepared
    assert [skip.code for skip in bank.skips] == [Code.TOO_FEW_LURES, Code.TOO_FEW_LURES]


def test_a_prepared_question_survives_being_stored() -> None:
    for prepared in seed_bank().prepared:
        assert Made.from_json(prepared.to_json()) == prepared


def test_a_long_table_gives_each_question_a_short_list_of_candidates() -> None:
    rows = [[f"Reads {place} of kind {place % 7} and {place % 11}?", f"System {place}"] for place in range(300)]

    bank = bank_of(make_source_table("t1", ["Question", "Answer"], *rows, kind=Kind.DECISION))

    assert len(bank.prepared) == 300
    assert {len(prepared.candidates) for prepared in bank.prepared} == {12}


def test_long_runs_of_one_answer_do_not_hide_the_others() -> None:
    rows = [[f"Load {place}?", f"Engine{place // 60}"] for place in range(300)]

    bank = bank_of(make_source_table("t1", ["Question", "Answer"], *rows, kind=Kind.DECISION))

    assert {len(prepared.candidates) for prepared in bank.prepared} == {4}


def test_the_same_text_gives_the_same_bank() -> None:
    table = make_source_table("t1", ["Question", "Answer"], *ROWS, kind=Kind.DECISION)

    assert bank_of(table) == bank_of(table)
