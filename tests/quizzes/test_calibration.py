import pytest

from quizzes.memory.calibration import Outcome
from quizzes.memory.readiness import Forecast


def test_an_exam_is_held_against_what_was_expected() -> None:
    outcome = Outcome(Forecast(0.7, 0.65, 0.75), 0.6)

    assert outcome.difference == pytest.approx(-0.1)
    assert not outcome.is_within
    assert Outcome(Forecast(0.7, 0.65, 0.75), 0.66).is_within
