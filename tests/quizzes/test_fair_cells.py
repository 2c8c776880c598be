"""Over guides that chance made up, no question of any kind may have a second right answer, or give its own away."""

from collections.abc import Iterator
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from quizzes.generation.bank import FullBank, make_bank
from quizzes.generation.drawing import Drawn, draw
from quizzes.generation.made import ONE_CHOICE, FactKey, Made, QuestionKind
from quizzes.generation.sources import AuthoredQuestion, SourceTable
from tables.reader.document import Kind
from tests.quizzes.guides import make_source_table, questions_of

NAMES = [
    "Redis", "Redis Cluster", "redis", "Kafka", "C", "C++", "R", "P3", "P3, P4d", "Кафка", "数据 库", "मॉडल", "→", "←",
    "0 to 1", "-", "N/A", "", "Any", "Both", "Yes", "No", "Neo4j (graph)", "Neo4j", "Solr + ZK", "Auto", "AutoGluon",
]  # fmt: skip
TEXTS = [
    "Fast cache", "Cache", "Fast", "Very fast cache!", "Durable log", "Logs", "图 数据", "Быстрый кэш", "Быстрый", "-",
    "", "Yes", "No", "Varies", "C", "100 ms", "200 ms", "300 ms", "Redis", "Same as Redis", "Auto-detect", "{row}?",
    "¿?", "A very long text that would stand out among the short ones", "→", "2012", "1998", "Memory vs. I/O",
]  # fmt: skip
SAYS_NOTHING = {"", "-", "n/a", "any", "both", "varies"}
HEADERS = ["Name", "Use Case", "Year", "Fast"]

Guide = tuple[list[SourceTable], list[AuthoredQuestion]]
names, texts = st.sampled_from(NAMES), st.sampled_from(TEXTS)


@st.composite
def guides(draw_: st.DrawFn) -> Guide:
    """Tables of things, aspects and questions, made of few texts so that they meet by chance."""
    tables: list[SourceTable] = []
    for number in range(draw_(st.integers(1, 3))):
        rows = draw_(st.lists(st.tuples(names, texts, texts, texts), max_size=7))
        kind = draw_(st.sampled_from([Kind.ENTITY, Kind.ENTITY, Kind.MATRIX, Kind.PLAIN]))
        tables.append(make_source_table(f"e{number}", HEADERS, *rows, kind=kind))
    rows = draw_(st.lists(st.tuples(texts, texts, texts), max_size=4))
    tables.append(make_source_table("a", ["Aspect", "Redis", "C++"], *rows, kind=Kind.ASPECT))
    rows = draw_(st.lists(st.tuples(texts, names), max_size=6))
    tables.append(make_source_table("q", ["Question", "Answer"], *rows, kind=Kind.DECISION))
    return tables, [question for table in tables for question in questions_of(table)]


def bank_of(guide: Guide) -> FullBank:
    return make_bank(*guide)


def drawn(guide: Guide, seed: int) -> Iterator[tuple[Made, Drawn]]:
    for made in bank_of(guide).questions:
        for first_sight in (True, False):
            yield made, draw(made, seed=seed, first_sight=first_sight)


def values_of(tables: list[SourceTable], name: str, made: Made) -> set[str]:
    """What is stated of this very name: in other tables anywhere, in the question's own under its column."""
    return {
        value.casefold()
        for table in tables
        if table.kind is not Kind.PLAIN or table.key != made.table_key
        for other, thing in table.things()
        if other.casefold() == name.casefold()
        for column, value in table.values(thing) or []
        if table.key != made.table_key or column == made.column
    }


@settings(max_examples=120, deadline=None)
@given(guides(), st.integers(0, 99))
def test_no_option_beside_the_right_one_is_true_and_no_two_read_alike(guide: Guide, seed: int) -> None:
    cells = {
        (table.key, row.key, header): cell
        for table in guide[0]
        for row in table.rows
        for header, cell in zip(table.headers, row.cells, strict=True)
    }
    for made, shown in drawn(guide, seed):
        options = [option.text for option in shown.options]
        assert len({text.casefold() for text in options}) == len(options)
        assert SAYS_NOTHING.isdisjoint(text.casefold() for text in options)
        if made.kind in ONE_CHOICE:
            assert [option.text for option in shown.options if option.is_right] == [made.answer]
        if made.kind in {QuestionKind.REVERSE, QuestionKind.WHICH_OF_TWO}:
            fact = made.facts[0]
            value = cells[fact.table_key, fact.row_key, fact.header].casefold()
            for option in shown.options:
                if not option.is_right and value not in {"yes", "no"}:
                    assert value not in values_of(guide[0], option.text, made)
        if made.kind is QuestionKind.SELECT_ALL:
            right = {row.name for row in made.rows if row.is_right}
            assert 1 <= len(right) < len(made.rows) >= 3
            assert 3 * len(right) <= 2 * len(made.rows)
            value = made.rows[[row.is_right for row in made.rows].index(True)].value.casefold()
            for row in made.rows:
                if not row.is_right and value not in {"yes", "no"}:
                    assert value not in values_of(guide[0], row.name, made)


@settings(max_examples=80, deadline=None)
@given(guides(), st.integers(0, 99))
def test_values_offered_are_not_true_of_the_row_and_none_stands_out(guide: Guide, seed: int) -> None:
    names_of = {thing: name for table in guide[0] for name, thing in table.things()}
    for made, shown in drawn(guide, seed):
        if made.kind is QuestionKind.FORWARD:
            said = values_of(guide[0], names_of[made.subject], made) - {"yes", "no"}
            assert said.isdisjoint(option.text.casefold() for option in shown.options if not option.is_right)
        if made.kind in {QuestionKind.FORWARD, QuestionKind.REVERSE}:
            longest = max(len(option.text) for option in shown.options if not option.is_right)
            assert len(made.answer) <= max(24, 2.2 * longest)
            for one, other in combinations(shown.options, 2):
                assert one.text.casefold().split() != other.text.casefold().split()


@settings(max_examples=60, deadline=None)
@given(guides())
def test_every_cell_is_asked_or_accounted_for(guide: Guide) -> None:
    bank = bank_of(guide)
    asked = {fact for made in bank.questions for fact in made.facts}
    skipped = {FactKey(skip.table_key, skip.row_key, skip.header) for skip in bank.skips}
    columns = {(skip.table_key, skip.column) for skip in bank.skips if not skip.row}

    for table in guide[0]:
        for row in table.rows if table.kind in {Kind.ENTITY, Kind.MATRIX} else ():
            for header in table.headers[1:]:
                fact = FactKey(table.key, row.key, header)
                nameless = FactKey(table.key, row.key) in skipped
                assert fact in asked | skipped or nameless or (table.key, header) in columns
    assert all(skip.reason for skip in bank.skips)
    assert bank == bank_of(guide)
    assert len({made.identity for made in bank.questions}) == len(bank.questions)
    assert all(Made.from_json(made.to_json()) == made for made in bank.questions)
