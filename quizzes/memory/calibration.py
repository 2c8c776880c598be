"""Plain Python: what was predicted and what came in; how honest the predictions were out."""

from collections.abc import Iterable
from dataclasses import dataclass

from quizzes.memory.readiness import Forecast

STEPS = 10


@dataclass(frozen=True, slots=True)
class Step:
    """Answers whose chance of being right was predicted alike: how many, and the shares predicted and measured."""

    answers: int
    predicted: float
    measured: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """The score that was expected of an exam, with its band, and the score that came, 0 to 1."""

    expected: Forecast
    score: float

    @property
    def difference(self) -> float:
        """How much better it went than expected; negative for worse."""
        return self.score - self.expected.mean

    @property
    def is_within(self) -> bool:
        """Whether the band held the score."""
        return self.expected.low <= self.score <= self.expected.high


def chance_of_right(recall: float, guess_chance: float) -> float:
    """The chance of a right answer: known, or else guessed."""
    return recall + (1 - recall) * guess_chance


def calibration(answers: Iterable[tuple[float, bool]]) -> list[Step]:
    """
    Predicted chances of a right answer beside how often it was right, in tenths; tenths without answers are left out.

    Each answer is the chance predicted before it, 0 to 1, and whether it was right.
    """
    sums: dict[int, tuple[int, float, int]] = {}
    for chance, is_right in answers:
        tenth = min(int(chance * STEPS), STEPS - 1)
        number, total, rights = sums.get(tenth, (0, 0.0, 0))
        sums[tenth] = (number + 1, total + chance, rights + is_right)
    return [Step(number, total / number, rights / number) for _, (number, total, rights) in sorted(sums.items())]
