from pathlib import Path

import pytest

from tables.kinds import classify
from tables.reader import read
from tables.reader.document import Kind

SEED = Path(__file__).parents[2] / "fixtures" / "section-6.md"


def kind_of(header: str, *rows: str, title: str = "Things") -> Kind:
    """The kind of a table written as words between bars."""
    return classify(title, header.split("|"), [row.split("|") for row in rows])[0]


def test_seed_has_18_entity_4_aspect_2_lookup_and_4_decision_tables() -> None:
    kinds = [table.kind for table in read(SEED.read_bytes()).tables]

    assert [kinds.count(kind) for kind in (Kind.ENTITY, Kind.ASPECT, Kind.LOOKUP, Kind.DECISION)] == [18, 4, 2, 4]


@pytest.mark.parametrize(
    ("header", "row", "kind"),
    [
        ("Question|Answer", "RNN?|TanH", Kind.DECISION),
        ("Question|Answer|Why", "RNN?|TanH|Gates", Kind.DECISION),
        ("Ask|Take", "Need it fast?|Redis", Kind.DECISION),
        ("Scenario|Recommended", "Low latency|Redis", Kind.LOOKUP),
        ("Need|Recommended Instance|Notes", "Training|P3|old", Kind.LOOKUP),
        ("If you want...|Choose", "speed|Redis", Kind.LOOKUP),
        ("You want...|Use", "speed|Redis", Kind.LOOKUP),
        ("Requirement|Use Case", "speed|caches", Kind.PAIRS),
        ("Problem|Symptom|Cause|Solutions", "Vanishing|Slow|Deep|LSTM", Kind.ENTITY),
        ("Aspect|Bagging|Boosting", "Training|Parallel|Sequential", Kind.ASPECT),
        ("|TCP|UDP", "Order|kept|lost", Kind.ASPECT),
        ("Feature|TCP|UDP", "Order|kept|lost", Kind.ASPECT),
        ("|说明|默认值", "宽度|表格的宽度|auto", Kind.ENTITY),
        ("|Тип|Значение по умолчанию", "ширина|число|100", Kind.ENTITY),
        ("|النوع|الوصف", "عرض|رقم|عرض الجدول", Kind.ENTITY),
        ("|北京|上海", "人口|2189万|2487万", Kind.ASPECT),
        ("Feature|Purpose|When to Use", "AMT|tunes|often", Kind.ENTITY),
        ("Instance|Hardware|Use Case", "P3|V100|Training", Kind.ENTITY),
        ("Term|Meaning", "Epoch|One pass", Kind.PAIRS),
        ("Plan|Backups|Support", "Free|No|✗", Kind.MATRIX),
        ("План|Копии|Помощь", "Новый|Да|нет", Kind.MATRIX),
        ("Only", "one", Kind.PLAIN),
        ("Page|Link", "Docs|https://docs.example", Kind.PLAIN),
    ],
)
def test_kind_is_told_by_headers_and_shape(header: str, row: str, kind: Kind) -> None:
    assert kind_of(header, row) is kind


def test_table_without_rows_is_plain() -> None:
    assert kind_of("Instance|Hardware|Use Case") is Kind.PLAIN


def test_table_whose_rows_share_a_name_is_plain() -> None:
    assert kind_of("Group|A|B", "x|1|2", "x|3|4", "x|5|6") is Kind.PLAIN


def test_a_few_repeated_names_leave_a_table_of_things() -> None:
    assert kind_of("Service|Port|Via", "DNS|53|UDP", "DNS|53|TCP", "SSH|22|TCP") is Kind.ENTITY


def test_title_that_sets_things_against_each_other_makes_features_aspects() -> None:
    rows = ["Purpose|tunes|picks"]

    assert kind_of("Property|Value of A|Value of B", *rows, title="A vs B") is Kind.ASPECT
    assert kind_of("Property|Value of A|Value of B", *rows, title="A and B") is Kind.ENTITY


def test_reason_is_a_sentence_that_names_what_showed_the_kind() -> None:
    kind, reason = classify("Dropout", ["Question", "Answer"], [["RNN?", "TanH"]])

    assert kind is Kind.DECISION
    assert reason == "Its first column is headed “Question”, so each row is a question with its answer."
    assert classify("T", ["Name", "A", "B"], [["x", "1", "2"]], bold_keys=True)[1] == (
        "Each row is one thing named under “Name”, each in bold; the other columns say what it is like."
    )
