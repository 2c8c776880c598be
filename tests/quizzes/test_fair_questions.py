"""Over guides that chance made up, no wrong option may be right by any table, and no two may read alike."""

from collections.abc import Iterator
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from quizzes.contrasts.rows import contrast
from quizzes.generation.bank import make_bank
from quizzes.generation.decisions import prepare
from quizzes.generation.drawing import draw
from quizzes.generation.made import Made, QuestionKind
from quizzes.generation.sources import AuthoredQuestion, SourceTable
from quizzes.generation.words import is_unsafe_pair
from tables.reader.document import Kind
from tests.quizzes.guides import make_source_table, questions_of

NAMES = [
    "Redis", "Redis Cluster", "redis", "Kafka", "C", "C++", "R", "P3", "P3, P4d", "Кафка", "数据 库", "मॉडल", "→", "←",
    "0 to 1", "0-1 (x)", "-", "N/A", "", "Any", "Both", "Same as Redis", "Yes", "No", "Neo4j (graph)", "Neo4j",
    "Solr + ZK", "A relational database with foreign keys", "Object storage kept in several regions",
]  # fmt: skip
TEXTS = [
    "Fast cache", "Cache", "Fast", "Very fast cache!", "Durable log", "Logs", "图 数据", "Быстрый кэш", "Быстрый", "-",
    "Yes", "No", "Varies", "C", "100 ms", "200 ms", "Written in C?", "¿?", "→",
    "A question so long that it would stand out among the short ones", "Is it much longer than all of the others here?",
]  # fmt: skip
PLACEHOLDERS = {"", "-", "n/a"}
BY_AUTHOR = {QuestionKind.DECISION, QuestionKind.LOOKUP, QuestionKind.REVERSED}
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


def authored(guide: Guide) -> Iterator[Made]:
    """What is asked of the author's questions, in every kind of one choice."""
    return (made for made in make_bank(*guide).questions if made.kind in BY_AUTHOR)


@settings(max_examples=150, deadline=None)
@given(guides(), st.integers(0, 99), st.booleans())
def test_no_wrong_option_is_right_and_no_two_read_alike(guide: Guide, seed: int, first_sight: bool) -> None:
    tables, questions = guide
    asked = {question.key: question for question in questions}

    for made in authored(guide):
        options = draw(made, seed=seed, first_sight=first_sight).options
        question = asked[made.facts[0].question_key]

        assert [option.text for option in options if option.is_right] == [made.answer]
        assert 3 <= len(options) <= 4
        for option in options:
            assert option.text.casefold() not in PLACEHOLDERS | VAGUE
            if option.is_right:
                continue
            # Reversed, each wrong option is a question that this answer must not fit.
            is_reversed = made.kind is QuestionKind.REVERSED
            stem, answer = (option.text, question.answer) if is_reversed else (question.text, option.text)
            if stem.casefold() not in {"yes", "no", *PLACEHOLDERS, *VAGUE}:
                assert stem.casefold() not in said_of(answer, tables, questions, question.table_key)
        for one, other in combinations(options, 2):
            mine, theirs = (set(option.text.casefold().split()) for option in (one, other))
            assert not mine <= theirs
            assert not theirs <= mine


@settings(max_examples=100, deadline=None)
@given(guides(), st.integers(0, 99), st.booleans())
def test_the_key_is_not_the_only_long_option_where_another_could_stand_beside_it(
    guide: Guide, seed: int, first_sight: bool
) -> None:
    for made in authored(guide):
        options = draw(made, seed=seed, first_sight=first_sight).options

        longest = max(len(option.text) for option in options if not option.is_right)
        is_alone = len(made.answer) > max(24, 2.2 * longest)
        assert not is_alone or (made.kind is not QuestionKind.REVERSED and not any_as_long(made))


def any_as_long(made: Made) -> bool:
    """Whether some wrong option is long enough, and two others can stand beside it."""
    long = [candidate.text for candidate in made.candidates if 2.2 * len(candidate.text) >= len(made.answer)]
    texts_ = [candidate.text for candidate in made.candidates]
    return any(
        not any(is_unsafe_pair(*pair) for pair in combinations((one, *others), 2))
        for one in long
        for others in combinations([text for text in texts_ if text != one], 2)
    )


@settings(max_examples=60, deadline=None)
@given(guides(), st.integers(0, 99))
def test_every_option_and_not_knowing_give_something_to_show(guide: Guide, seed: int) -> None:
    by_key = {table.key: table for table in guide[0]}

    for made in authored(guide):
        if made.kind is QuestionKind.REVERSED:
            continue
        options = draw(made, seed=seed, first_sight=True).options
        right = next(option for option in options if option.is_right)
        for chosen in (*options, None):
            shown = contrast(made.asks, right, chosen=chosen, neighbour=made.neighbour, tables=by_key)

            assert shown.sentences
            assert sum(line.decides for line in shown.lines) == any(not line.is_same for line in shown.lines)


@settings(max_examples=40, deadline=None)
@given(guides())
def test_nothing_is_left_out_in_silence(guide: Guide) -> None:
    tables, questions = guide

    bank = prepare(tables, questions)

    asked = {prepared.facts[0].question_key for prepared in bank.prepared}
    skipped = {skip.question_key for skip in bank.skips if not skip.text}
    assert asked | skipped == {question.key for question in questions}
    assert not asked & skipped
    assert all(skip.reason for skip in bank.skips)
    assert bank == prepare(tables, questions)
