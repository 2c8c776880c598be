"""Over guides that chance made up, no wrong option may be right by any table, and no two may read alike."""

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from quizzes.contrasts.rows import contrast
from quizzes.generation.decisions import prepare
from quizzes.generation.options import choose_options
from quizzes.generation.sources import AuthoredQuestion, SourceTable
from tables.reader.document import Kind
from tests.quizzes.guides import make_source_table, questions_of

NAMES = [
    "Redis", "Redis Cluster", "redis", "Kafka", "C", "C++", "R", "P3", "P3, P4d", "Кафка", "数据 库", "मॉडल", "→", "←",
    "0 to 1", "0-1 (x)", "-", "N/A", "", "Any", "Both", "Same as Redis", "Yes", "No", "Neo4j (graph)", "Neo4j",
    "Solr + ZK",
]  # fmt: skip
TEXTS = [
    "Fast cache", "Cache", "Fast", "Very fast cache!", "Durable log", "Logs", "图 数据", "Быстрый кэш", "Быстрый", "-",
    "Yes", "No", "Varies", "C", "100 ms", "200 ms", "Written in C?", "¿?", "→",
]  # fmt: skip
PLACEHOLDERS = {"", "-", "n/a"}
VAGUE = {"any", "both", "varies"}

Guide = tuple[list[SourceTable], list[AuthoredQuestion]]
names, texts = st.sampled_from(NAMES), st.sampled_from(TEXTS)


@st.composite
def guides(draw: st.DrawFn) -> Guide:
    """Up to three tables of things and two of questions, made of few texts so that they meet by chance."""
    tables: list[SourceTable] = []
    for number in range(draw(st.integers(0, 3))):
        rows = draw(st.lists(st.tuples(names, texts, texts), max_size=6))
        kind = draw(st.sampled_from([Kind.ENTITY, Kind.PAIRS, Kind.PLAIN]))
        tables.append(make_source_table(f"e{number}", ["Name", "Fast cache", "Model"], *rows, kind=kind))
    if draw(st.booleans()):
        rows = draw(st.lists(st.tuples(texts, texts, texts), max_size=4))
        tables.append(make_source_table("a", ["Aspect", "Redis", "C++"], *rows, kind=Kind.ASPECT))
    for number, kind in enumerate([Kind.DECISION, Kind.LOOKUP][: draw(st.integers(1, 2))]):
        rows = draw(st.lists(st.tuples(texts, names), min_size=2, max_size=9))
        tables.append(make_source_table(f"q{number}", ["Question", "Answer"], *rows, kind=kind))
    return tables, [question for table in tables for question in questions_of(table)]


def said_of(name: str, tables: list[SourceTable], questions: list[AuthoredQuestion], home: str) -> set[str]:
    """What a reader finds stated of this very name, apart from the questions of one table."""
    cells = {
        value.casefold()
        for table in tables
        for other, thing in table.things()
        if other.casefold() == name.casefold()
        for _, value in table.values(thing) or []
    }
    return cells | {
        question.text.casefold()
        for question in questions
        if question.table_key != home and question.answer.casefold() == name.casefold()
    }


@settings(max_examples=150, deadline=None)
@given(guides(), st.integers(0, 99), st.booleans())
def test_no_wrong_option_is_right_and_no_two_read_alike(guide: Guide, seed: int, first_sight: bool) -> None:
    tables, questions = guide
    asked = {question.key: question for question in questions}

    for prepared in prepare(tables, questions).prepared:
        options = choose_options(prepared, seed=seed, first_sight=first_sight)
        question = asked[prepared.question_key]

        assert [option.text for option in options if option.is_right] == [question.answer]
        assert 3 <= len(options) <= 4
        for option in options:
            assert option.text.casefold() not in PLACEHOLDERS | VAGUE
            if not option.is_right and question.text.casefold() not in {"yes", "no", *PLACEHOLDERS, *VAGUE}:
                assert question.text.casefold() not in said_of(option.text, tables, questions, question.table_key)
        for one, other in combinations(options, 2):
            mine, theirs = (set(option.text.casefold().split()) for option in (one, other))
            assert not mine <= theirs
            assert not theirs <= mine


@settings(max_examples=60, deadline=None)
@given(guides(), st.integers(0, 99))
def test_every_option_and_not_knowing_give_something_to_show(guide: Guide, seed: int) -> None:
    tables, questions = guide
    by_key = {table.key: table for table in tables}

    for prepared in prepare(tables, questions).prepared:
        options = choose_options(prepared, seed=seed, first_sight=True)
        right = next(option for option in options if option.is_right)
        for chosen in (*options, None):
            shown = contrast(prepared.asks, right, chosen=chosen, neighbour=prepared.neighbour, tables=by_key)

            assert shown.sentences
            assert sum(line.decides for line in shown.lines) == any(not line.is_same for line in shown.lines)


@settings(max_examples=40, deadline=None)
@given(guides())
def test_nothing_is_left_out_in_silence(guide: Guide) -> None:
    tables, questions = guide

    bank = prepare(tables, questions)

    asked = {prepared.question_key for prepared in bank.prepared}
    skipped = {skip.question_key for skip in bank.skips if not skip.text}
    assert asked | skipped == {question.key for question in questions}
    assert not asked & skipped
    assert all(skip.reason for skip in bank.skips)
    assert bank == prepare(tables, questions)
