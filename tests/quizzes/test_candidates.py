from quizzes.generation.candidates import Candidate, best_together


def make_candidate(text: str, reach: int = 0) -> Candidate:
    return Candidate(text, 0.0, reach, "t1", "", (), has_own_row=False)


def chosen(right: str, *candidates: Candidate) -> list[str]:
    return [candidate.text for candidate in best_together(right, candidates)]


def test_the_first_three_that_can_stand_together_are_taken() -> None:
    names = ["Kafka", "Apache Kafka", "Neo4j", "Solr", "Etcd"]

    assert chosen("Redis", *map(make_candidate, names)) == ["Kafka", "Neo4j", "Solr"]


def test_one_that_clashes_with_all_others_gives_way() -> None:
    names = ["Kafka, Neo4j, Solr", "Kafka", "Neo4j", "Solr"]

    assert chosen("Redis", *map(make_candidate, names)) == ["Kafka", "Neo4j", "Solr"]


def test_as_few_as_possible_are_borrowed() -> None:
    own = [make_candidate(name) for name in ("Kafka, Neo4j", "Kafka", "Neo4j")]
    borrowed = [make_candidate("Solr", 1), make_candidate("Etcd", 2)]

    assert chosen("Redis", *own, *borrowed) == ["Kafka", "Neo4j", "Solr"]


def test_a_long_right_answer_gets_a_lure_of_like_length() -> None:
    names = ["Kafka", "Neo4j", "Solr", "A key-value store in memory"]

    assert chosen("A relational database with keys", *map(make_candidate, names)) == [
        "Kafka",
        "Neo4j",
        "A key-value store in memory",
    ]


def test_fewer_are_taken_where_no_three_can_stand_together() -> None:
    assert chosen("Redis", make_candidate("Kafka"), make_candidate("Apache Kafka")) == ["Kafka"]
    assert chosen("Redis") == []
