import pytest

from quizzes.generation.made import FactKey
from quizzes.generation.pins import Pin, PinKind, Pins
from tables.reader.document import Kind
from tests.quizzes.full import full_bank_of, seed_full_bank
from tests.quizzes.guides import make_source_table

# The same fact in several places of the shipped guide: the tables, and a row or question found in one of them.
GROUPS = [
    ({"T2", "T3", "T25"}, "T25.q1"), ({"T2", "T3", "T25"}, "T25.q2"), ({"T2", "T3", "T25"}, "T25.q3"),
    ({"T2", "T3", "T25"}, "T25.q4"), ({"T2", "T3", "T25"}, "T25.q5"), ({"T2", "T3"}, "T3.q5"),
    ({"T12", "T26"}, "T26.q1"), ({"T12", "T26"}, "T26.q2"), ({"T12", "T26"}, "T26.q3"), ({"T12", "T26"}, "T26.q4"),
    ({"T13", "T26"}, "T26.q5"), ({"T9", "T27"}, "T27.q1"), ({"T9", "T27"}, "T27.q4"),
    ({"T9", "T10", "T27"}, "T27.q2"), ({"T9", "T10", "T27"}, "T27.q3"), ({"T20", "T28"}, "T28.q1"),
    ({"T20", "T28"}, "T28.q2"), ({"T20", "T21", "T28"}, "T28.q3"), ({"T23", "T24", "T28"}, "T24.q4"),
    ({"T23", "T24"}, "T24.q1"), ({"T23", "T24"}, "T24.q2"), ({"T23", "T24"}, "T24.q3"), ({"T23", "T24"}, "T24.q5"),
    ({"T17", "T18"}, "T17.r1"), ({"T17", "T18"}, "T17.r2"),
]  # fmt: skip


@pytest.mark.parametrize(("tables", "member"), GROUPS)
def test_facts_that_the_guide_repeats_are_siblings(tables: set[str], member: str) -> None:
    groups = [
        group
        for group in seed_full_bank().siblings
        if any(member in {fact.row_key, fact.question_key} for fact in group)
    ]

    assert tables in [{fact.table_key for fact in group} for group in groups]


def test_groups_are_small_and_share_no_fact() -> None:
    groups = seed_full_bank().siblings
    members = [fact for group in groups for fact in group]

    assert len(groups) in {25, 26, 27}
    assert len(members) == len(set(members))
    assert all(2 <= len(group) <= 6 for group in groups)


def test_places_that_pull_apart_are_found() -> None:
    found = {(apart.asks, *apart.answers) for apart in seed_full_bank().disagreements}

    assert found == {
        ("Very deep networks", "Swish", "ResNet"),
        ("Very deep network (40+ layers)?", "Swish", "ResNet"),
        ("Trillion-parameter models", "P4de with EFA", "MiCS/Sharded + P4de"),
        ("High network bandwidth", "Trn1n", "P4d"),
        ("Cost-optimized training", "Trn1", "Inf2"),
    }


def test_owners_merge_and_split() -> None:
    stores = make_source_table("s", ["Store", "Model"], ["Redis", "Fast keys"], ["Neo4j", "Graphs"], title="Stores")
    asked = make_source_table(
        "q", ["Question", "Answer"], ["Fast cache?", "Redis"], ["Links?", "Neo4j"], kind=Kind.DECISION, title="Which?"
    )
    pins = Pins(
        [
            Pin(PinKind.NOT_SAME_FACT, "Stores", "Redis | Model", ("Which? | Fast cache?",), ""),
            Pin(PinKind.SAME_FACT, "Stores", "Neo4j | Model", ("Which? | Links?",), ""),
        ]
    )
    redis, neo4j = FactKey("s", "s.r1", "Model"), FactKey("s", "s.r2", "Model")

    found, merged = full_bank_of(stores, asked).siblings, full_bank_of(stores, asked, pins=pins).siblings

    assert found == ((redis, FactKey("q", question_key="q.q1")),)
    assert merged == ((neo4j, FactKey("q", question_key="q.q2")),)


def test_a_chain_of_many_facts_is_no_group() -> None:
    tables = [make_source_table(f"t{place}", ["Store", "Model"], ["Redis", "Keys"]) for place in range(8)]

    assert full_bank_of(*tables).siblings == ()
