"""The figures of the shipped guide, table by table and in sum, and the places that must not be unfair."""

from collections import Counter
from itertools import combinations

import pytest

from quizzes.generation.drawing import draw
from quizzes.generation.ledger import Code
from quizzes.generation.made import ONE_CHOICE, WRITTEN, FactKey, Made, QuestionKind
from quizzes.generation.values import is_vague
from quizzes.generation.words import comparable, norm
from tables.reader.document import Kind
from tables.reader.forms import is_placeholder
from tests.quizzes.full import counts_of, facts_of, find, full_bank_of, made_in, number, options_of, seed_full_bank
from tests.quizzes.guides import make_source_table, seed_tables

F, R, W = QuestionKind.FORWARD, QuestionKind.REVERSE, QuestionKind.WHICH_OF_TWO
S, TN, T, V = QuestionKind.SELECT_ALL, QuestionKind.TYPED_NAME, QuestionKind.TYPED, QuestionKind.REVERSED

# Facts; forward with 4 and 3 options; reverse with 4 and 3; which-of-two; select-all; typed name; typed.
TABLES = {
    "T1": (21, 13, 7, 14, 2, 0, 2, 14, 21),
    "T2": (17, 11, 2, 12, 0, 0, 1, 10, 16),
    "T4": (12, 10, 2, 10, 2, 0, 0, 12, 12),
    "T5": (8, 2, 2, 5, 1, 0, 0, 6, 8),
    "T6": (14, 0, 7, 7, 1, 0, 1, 8, 14),
    "T7": (17, 9, 4, 8, 0, 0, 3, 8, 11),
    "T9": (12, 7, 4, 8, 3, 0, 0, 8, 12),
    "T12": (15, 14, 1, 15, 0, 0, 0, 15, 15),
    "T16": (11, 6, 0, 7, 1, 0, 0, 8, 11),
    "T17": (10, 9, 0, 9, 0, 0, 0, 9, 10),
    "T19": (7, 0, 0, 0, 2, 3, 0, 5, 6),
    "T21": (14, 8, 0, 5, 0, 0, 2, 5, 13),
    "T22": (8, 2, 3, 4, 0, 0, 1, 4, 8),
    "T23": (24, 19, 5, 17, 0, 0, 3, 14, 24),
    "T8": (6, 0, 0, 0, 0, 6, 0, 0, 0),
    "T11": (6, 0, 0, 0, 0, 6, 0, 0, 0),
    "T13": (4, 0, 0, 0, 0, 4, 0, 0, 0),
    "T14": (4, 0, 0, 0, 0, 4, 0, 0, 0),
    "T10": (10, 0, 0, 0, 0, 10, 0, 0, 0),
    "T15": (14, 0, 0, 0, 0, 14, 0, 0, 0),
    "T18": (10, 0, 0, 0, 0, 10, 0, 0, 0),
    "T20": (10, 0, 0, 0, 0, 7, 0, 0, 3),
}
# Asked with 4 options; reversed with 4 and 3; typed.
AUTHORED = {"T3": (6, 5, 0, 6), "T24": (5, 3, 2, 5), "T25": (5, 5, 0, 5), "T26": (5, 5, 0, 5)}
AUTHORED |= {"T27": (4, 4, 0, 4), "T28": (5, 2, 3, 5)}


@pytest.mark.parametrize("key", TABLES)
def test_each_table_of_things_is_asked_as_often_as_its_cells_allow(key: str) -> None:
    found = (len(facts_of(key)), number(key, F, 4), number(key, F, 3), number(key, R, 4), number(key, R, 3))
    found += (number(key, W), number(key, S), number(key, TN), number(key, T))

    assert found == TABLES[key]


@pytest.mark.parametrize("key", AUTHORED)
def test_each_table_of_questions_is_asked_both_ways(key: str) -> None:
    asked = number(key, QuestionKind.DECISION, 4) + number(key, QuestionKind.LOOKUP, 4)

    assert (asked, number(key, V, 4), number(key, V, 3), number(key, T)) == AUTHORED[key]


def test_exact_figures_of_the_guide() -> None:
    kinds = Counter(made.kind for made in seed_full_bank().questions)
    codes = Counter(skip.code for skip in seed_full_bank().skips if not skip.text)

    assert (kinds[W], kinds[S], kinds[QuestionKind.ORDER_BY], kinds[QuestionKind.REBUILD]) == (64, 13, 1, 22)
    assert (kinds[QuestionKind.DECISION], kinds[QuestionKind.LOOKUP]) == (19, 11)
    assert (codes[Code.EMPTY], codes[Code.VAGUE], codes[Code.YES_OR_NO]) == (5, 9, 2)


def test_figures_of_the_guide_that_depend_on_forms_of_words() -> None:
    kinds = Counter(made.kind for made in seed_full_bank().questions)
    sizes = sum((counts_of(table.key) for table in seed_tables()), Counter())
    skips = sum(not skip.text for skip in seed_full_bank().skips)

    assert kinds[F] == pytest.approx(148, abs=6)
    assert kinds[R] == pytest.approx(136, abs=4)
    assert kinds[V] == pytest.approx(29, abs=2)
    assert kinds[T] == pytest.approx(214, abs=8)
    assert kinds[TN] == pytest.approx(128, abs=8)
    assert sizes.total() - kinds[QuestionKind.REBUILD] == pytest.approx(785 - 22, abs=20)
    assert sum(kinds[kind] for kind in frozenset(QuestionKind) - WRITTEN) == pytest.approx(443, abs=10)
    assert skips == pytest.approx(89, abs=10)


def test_each_fact_is_asked_or_the_ledger_says_why_not() -> None:
    bank = seed_full_bank()
    asked = set().union(*(facts_of(table.key) for table in seed_tables()))
    cells = {
        FactKey(table.key, row.key, header)
        for table in seed_tables()
        if table.has_things
        for row in table.rows
        for header in table.headers[1:]
    }
    skipped = {FactKey(skip.table_key, skip.row_key, skip.header) for skip in bank.skips if not skip.text}

    assert len(asked) == 284
    assert len(cells - asked) == 25
    assert cells - asked <= skipped


def test_few_facts_can_be_asked_in_writing_only() -> None:
    by_kind: dict[FactKey, set[QuestionKind]] = {}
    for made in seed_full_bank().questions:
        for fact in made.facts if made.kind is not QuestionKind.REBUILD else ():
            by_kind.setdefault(fact, set()).add(made.kind)

    assert sum(kinds == {T} for kinds in by_kind.values()) == 27


def test_no_placeholder_and_nothing_vague_is_right_or_offered() -> None:
    for made in seed_full_bank().questions:
        for text in (made.answer, *options_of(made)):
            assert not is_vague(text)
            assert made.answer == text == "" or not is_placeholder(text)
            assert not text.startswith(("Similar to", "Same as"))


@pytest.mark.parametrize("first_sight", [True, False])
def test_no_two_options_read_alike_and_one_is_right(first_sight: bool) -> None:
    for made in seed_full_bank().questions:
        for seed in range(5):
            options = draw(made, seed=seed, first_sight=first_sight).options
            assert len({norm(option.text) for option in options}) == len(options)
            if made.kind in ONE_CHOICE:
                assert [option.text for option in options if option.is_right] == [made.answer]
                assert len(options) == 2 if made.kind is W else len(options) in {3, 4}


@pytest.mark.parametrize(("answer", "never"), [("P4d", "Trn1n"), ("Inf2", "Trn1"), ("P3", "G3"), ("G3", "P3")])
def test_what_another_table_or_the_author_makes_true_is_no_lure(answer: str, never: str) -> None:
    made = find("T23", R, answer, column="Special Feature")

    assert never not in {candidate.text for candidate in made.candidates}


def test_near_values_never_stand_together() -> None:
    ranges = [made for made in made_in(seed_full_bank(), F) if made.table_key == "T2" and made.column == "Range"]
    for made in ranges:
        for seed in range(20):
            assert not {"0 to 1", "0-1 (sum=1)"} <= set(options_of(made, seed))
    large = next(made for made in made_in(seed_full_bank(), S) if made.table_key == "T6")
    assert {row.name: row.is_right for row in large.rows} == {"BERT": True, "RoBERTa": True, "DistilBERT": False}


def test_imagenet_and_classification_never_stand_together() -> None:
    for made in made_in(seed_full_bank(), F):
        assert not {"ImageNet", "Classification"} <= {made.answer, *options_of(made)} or made.answer not in {
            "ImageNet",
            "Classification",
        }
    assert "AlexNet" not in options_of(find("T4", R, "GoogLeNet", column="Use Case"))


def test_which_of_two_only_where_two_rows_are_usable() -> None:
    tables = {table.key: table for table in seed_tables()}
    for made in made_in(seed_full_bank(), W):
        table = tables[made.table_key]
        things = len(list(table.things()))
        assert things == 2 or made.table_key == "T19"


def test_years_are_put_in_order() -> None:
    ordered = made_in(seed_full_bank(), QuestionKind.ORDER_BY)[0]

    shown = draw(ordered, seed=3, first_sight=True)

    assert [shown.options[place].text for place in shown.order] == ["LeNet-5", "AlexNet", "GoogLeNet", "ResNet"]
    assert shown.order != (0, 1, 2, 3)
    assert shown.guess_chance == pytest.approx(1 / 24)


def test_same_text_gives_the_same_bank_and_every_question_has_an_identity() -> None:
    bank = seed_full_bank()
    seed_full_bank.cache_clear()

    assert seed_full_bank() == bank
    assert len({made.identity for made in bank.questions}) == len(bank.questions)


def test_every_question_survives_being_stored() -> None:
    for made in seed_full_bank().questions:
        assert Made.from_json(made.to_json()) == made


def test_the_right_option_is_the_longest_no_more_often_than_chance() -> None:
    lists = [
        [(len(option.text), option.is_right) for option in draw(made, seed=seed, first_sight=True).options]
        for made in seed_full_bank().questions
        if made.kind in {F, R}
        for seed in range(5)
    ]

    assert sum(max(options)[1] for options in lists) / len(lists) < 0.33


def test_another_subject_with_the_same_headers_is_asked_too() -> None:
    rows = [["Oak", "1790", "Furniture", "Hard", "-"], ["Pine", "1801", "Paper", "Resin", "Knots"]]
    rows += [["Birch", "1805", "Plywood", "White bark", "Any"], ["Yew", "1850", "Bows", "Elastic", "Same as Oak"]]
    trees = make_source_table("t", ["Tree", "Year", "Use Case", "Key Feature", "Issue"], *rows)
    short = make_source_table("s", ["Aspect", "Ash", ""], ["Use Case", "Tools", ""], kind=Kind.ASPECT)

    bank = full_bank_of(trees, short, make_source_table("e", ["Name"]), make_source_table("n", []))

    assert {made.kind for made in bank.questions} >= {F, R, T, TN, QuestionKind.ORDER_BY, QuestionKind.REBUILD}
    for made in bank.questions:
        assert all(text.strip() for text in options_of(made))
        for one, other in combinations(options_of(made), 2):
            assert comparable(one) != comparable(other)
