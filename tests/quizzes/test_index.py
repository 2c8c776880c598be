import pytest

from quizzes.generation.index import Index, short_names, without_remark
from quizzes.generation.sources import SourceTable, Thing
from tables.reader.document import Kind
from tests.quizzes.guides import make_source_table

STORES = make_source_table("s", ["Store", "Model"], ["Redis", "Keys"], ["L1 (Lasso)", "Rows"], ["-", "None"])
ASPECTS = make_source_table("a", ["Aspect", "Redis", "Kafka"], ["Model", "Keys", "Log"], kind=Kind.ASPECT)
PLAIN = make_source_table("p", ["Reading", "Page"], ["Redis", "12"], kind=Kind.PLAIN)
REDIS = Thing("s", row_key="s.r1")


def test_a_name_leads_to_rows_then_to_columns_of_aspect_tables_then_to_plain_tables() -> None:
    naming = Index([PLAIN, ASPECTS, STORES]).naming("redis")

    assert naming.things == (REDIS, Thing("a", header="Redis"), Thing("p", row_key="p.r1"))
    assert naming.has_own_row


@pytest.mark.parametrize("text", ["L1 (Lasso)", "L1", "Lasso", "L1 (start here)"])
def test_a_name_with_a_bracket_answers_to_both_its_parts(text: str) -> None:
    assert Index([STORES]).naming(text).things == (Thing("s", row_key="s.r2"),)


def test_an_answer_of_several_names_leads_to_each_but_has_no_row_of_its_own() -> None:
    naming = Index([STORES]).naming("Redis + Lasso, MySQL")

    assert [thing.row_key for thing in naming.things] == ["s.r1", "s.r2"]
    assert not naming.has_own_row


def test_a_placeholder_names_nothing() -> None:
    assert Index([STORES]).naming("-").things == ()


def test_questions_are_no_things() -> None:
    decisions = make_source_table("d", ["Question", "Answer"], ["Redis", "Kafka"], kind=Kind.DECISION)

    assert Index([decisions]).naming("Redis").things == ()


def test_a_table_without_columns_is_passed_over() -> None:
    empty = SourceTable("e", "Storage", "Empty", Kind.ENTITY, (), make_source_table("e", [], []).rows)

    assert Index([empty, STORES]).naming("Redis").things == (REDIS,)


def test_a_remark_is_no_name() -> None:
    assert without_remark("ReLU (start here)") == "ReLU"
    assert short_names("ReLU (start here)") == ["ReLU"]
    assert short_names("Mixed Precision (fp16)") == ["Mixed Precision", "fp16"]
    assert short_names("A100 (80GB)") == ["A100"]
    assert short_names("Redis") == []
