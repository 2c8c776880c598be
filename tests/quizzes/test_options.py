from collections import Counter
from itertools import combinations

import pytest

from quizzes.generation.drawing import draw
from quizzes.generation.made import Made
from quizzes.generation.options import Option
from quizzes.generation.words import comparable, is_unsafe_pair
from tables.reader.document import Kind
from tables.reader.forms import is_placeholder
from tests.quizzes.guides import bank_of, make_source_table, seed_bank, seed_question

SEEDS = range(40)


def drawn(
    made: Made, *, seed: int, first_sight: bool, confusions: dict[str, float] | None = None
) -> tuple[Option, ...]:
    return draw(made, seed=seed, first_sight=first_sight, confusions=confusions).options


def texts(options: tuple[Option, ...]) -> list[str]:
    return [option.text for option in options]


@pytest.mark.parametrize("first_sight", [True, False])
def test_every_question_of_the_seed_has_four_options_that_can_be_told_apart(first_sight: bool) -> None:
    for prepared in seed_bank().prepared:
        for seed in SEEDS:
            options = drawn(prepared, seed=seed, first_sight=first_sight)

            assert len({comparable(text) for text in texts(options)}) == 4
            assert [option.text for option in options if option.is_right] == [prepared.answer]
            assert not any(is_unsafe_pair(one, other) for one, other in combinations(texts(options), 2))
            assert not any(is_placeholder(text) for text in texts(options))


def test_same_seed_gives_the_same_options_and_another_seed_another_order() -> None:
    prepared = seed_question("T25.q5")
    orders = {tuple(texts(drawn(prepared, seed=seed, first_sight=True))) for seed in SEEDS}

    assert drawn(prepared, seed=7, first_sight=True) == drawn(prepared, seed=7, first_sight=True)
    assert len(orders) > 10


def test_the_right_option_stands_evenly_in_every_place() -> None:
    places = Counter(
        [option.is_right for option in drawn(prepared, seed=seed, first_sight=True)].index(True)
        for prepared in seed_bank().prepared
        for seed in SEEDS
    )

    assert sorted(places) == [0, 1, 2, 3]
    assert all(0.2 < count / places.total() < 0.3 for count in places.values())


@pytest.mark.parametrize("first_sight", [True, False])
def test_the_right_option_is_seldom_the_longest(first_sight: bool) -> None:
    lists = [drawn(prepared, seed=seed, first_sight=first_sight) for prepared in seed_bank().prepared for seed in SEEDS]

    longest = [max(options, key=lambda option: len(option.text)).is_right for options in lists]

    assert sum(longest) / len(longest) < 0.3


def test_at_first_sight_the_least_alike_are_offered_and_later_the_most_alike() -> None:
    prepared = seed_question("T26.q1")

    first = [texts(drawn(prepared, seed=seed, first_sight=True)) for seed in SEEDS]
    later = [texts(drawn(prepared, seed=seed, first_sight=False)) for seed in SEEDS]

    assert not any("Precision" in options for options in first)
    assert all("Precision" in options for options in later)


def test_what_a_learner_took_for_the_answer_before_is_offered_again() -> None:
    prepared = seed_question("T25.q5")

    lists = [drawn(prepared, seed=seed, first_sight=False, confusions={"TanH": 2}) for seed in SEEDS]

    assert all("TanH" in texts(options) for options in lists)


def test_a_borrowed_name_is_offered_only_when_the_table_has_too_few_answers() -> None:
    reaches = [
        sum(not option.is_right and not option.answer_to for option in drawn(prepared, seed=1, first_sight=True))
        for prepared in (seed_question("T24.q1"), seed_question("T24.q2"), seed_question("T25.q1"))
    ]

    assert reaches == [1, 2, 0]


def test_each_option_says_what_it_does_answer_or_where_it_is_from() -> None:
    options = {option.text: option for option in drawn(seed_question("T28.q2"), seed=1, first_sight=True)}

    assert options["Data Parallelism"].answer_to == "Large dataset, model fits on GPU?"
    assert options["Model Parallelism"].is_right
    borrowed = next(option for option in options.values() if not option.answer_to)
    assert borrowed.table_key == "T22"


def test_a_long_answer_is_not_given_away_by_short_lures() -> None:
    rows = [
        ["Cache?", "Redis"], ["Log?", "Kafka"], ["Graph?", "Neo4j"], ["Text?", "Solr"],
        ["Rows and columns?", "A relational database with foreign keys"], ["Files?", "Object storage kept in regions"],
    ]  # fmt: skip
    relational = bank_of(make_source_table("t1", ["Question", "Answer"], *rows, kind=Kind.DECISION)).prepared[4]

    lists = [texts(drawn(relational, seed=seed, first_sight=first)) for seed in SEEDS for first in (True, False)]

    assert all("Object storage kept in regions" in options for options in lists)


def test_an_option_that_holds_the_others_does_not_push_them_out() -> None:
    rows = [["Cache?", "Redis"], ["All three?", "Kafka, Neo4j, Solr"], ["Log?", "Kafka"], ["Graph?", "Neo4j"]]
    rows.append(["Text?", "Solr"])
    cache = bank_of(make_source_table("t1", ["Question", "Answer"], *rows, kind=Kind.DECISION)).prepared[0]

    lists = [texts(drawn(cache, seed=seed, first_sight=True)) for seed in SEEDS]

    assert all(sorted(options) == ["Kafka", "Neo4j", "Redis", "Solr"] for options in lists)


def test_an_option_survives_being_stored() -> None:
    for option in drawn(seed_question("T24.q1"), seed=1, first_sight=True):
        assert Option.from_json(option.to_json()) == option
