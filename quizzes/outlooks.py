"""Plain Python: a forecast as it was noted in; what it expected of a later day out."""

from datetime import date

from quizzes.memory.readiness import Forecast


def expected_on(day: date, noted_on: date, for_day: date, now: float, then: Forecast) -> Forecast:
    """
    What a forecast expected of a day: between the share recalled when it was noted and that of the day it was for.

    The band is that of the day it was for, moved along; after that day its forecast stands.
    """
    ahead = (for_day - noted_on).days
    part = min(max((day - noted_on).days / ahead, 0.0), 1.0) if ahead > 0 else 1.0
    mean = now + part * (then.mean - now)
    return Forecast(mean, max(mean - (then.mean - then.low), 0.0), min(mean + (then.high - then.mean), 1.0))
