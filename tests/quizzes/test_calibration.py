import pytest

from quizzes.memory.calibration import Outcome, Step, calibration, chance_of_right
from quizzes.memory.readiness import Forecast


def test_answers_are_put_into_tenths_of_their_predicted_chance() -> None:
    steps = calibration([(0.21, True), (0.29, False), (1.0, True)])

    assert steps == [Step(2, pytest.approx(0.25), 0.5), Step(1, 1.0, 1.0)]


def test_without_answers_there_is_nothing_to_compare() -> None:
    assert calibration([]) == []


def test_what_is_not_known_may_be_guessed() -> None:
    assert chance_of_right(0.6, 0.25) == pytest.approx(0.7)


def test_an_exam_is_held_against_what_was_expected() -> None:
    outcome = Outcome(Forecast(0.7, 0.65, 0.75), 0.6)

    assert outcome.difference == pytest.approx(-0.1)
    assert not outcome.is_within
    assert Outcome(Forecast(0.7, 0.65, 0.75), 0.66).is_within
