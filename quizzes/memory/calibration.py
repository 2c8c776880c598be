"""Plain Python: the score that was expected of an exam and the one that came in, how honest the forecast was out."""

from dataclasses import dataclass

from quizzes.memory.readiness import Forecast


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
