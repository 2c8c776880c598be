import pytest

from quizzes.generation.made import QuestionKind
from tests.quizzes.full import made_in, seed_full_bank


def backwards() -> dict[str, set[str]]:
    """Of each question asked backwards, by its text, the questions that may be offered beside it."""
    asked = made_in(seed_full_bank(), QuestionKind.REVERSED)
    return {made.answer: {lure.text for lure in made.candidates} for made in asked}


def test_thirty_are_asked_forward_and_all_but_one_backwards() -> None:
    forward = made_in(seed_full_bank(), QuestionKind.DECISION) + made_in(seed_full_bank(), QuestionKind.LOOKUP)

    assert len(forward) == 30
    assert len(made_in(seed_full_bank(), QuestionKind.REVERSED)) == 29
    assert {made.asks for made in forward} - set(backwards()) == {"ReLU not working"}


NEEDS = {"General training", "Cost-optimized training", "Inference", "Trillion-parameter models"}
NEEDS |= {"High network bandwidth"}


@pytest.mark.parametrize(
    ("asked", "lost"),
    [
        ("General training", {"Cost-optimized training", "High network bandwidth"}),
        ("Cost-optimized training", {"General training"}),
        ("Inference", {"Cost-optimized training"}),
        ("Trillion-parameter models", {"High network bandwidth"}),  # pinned: EFA is a network
        ("High network bandwidth", {"General training", "Cost-optimized training"}),
    ],
)
def test_need_that_the_same_instance_meets_as_well_is_not_offered_beside_it(asked: str, lost: set[str]) -> None:
    assert NEEDS - {asked} - backwards()[asked] == lost


def test_decision_whose_answer_is_true_of_the_other_by_another_table_is_not_offered_beside_it() -> None:
    assert "Model >1B parameters?" not in backwards()["Model doesn't fit on one GPU?"]
