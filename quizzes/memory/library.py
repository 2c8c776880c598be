"""Plain Python: the one place where FSRS-6 is called. Days in, chances of recall and next states out."""

from datetime import UTC, date, datetime, time
from functools import cache

from fsrs import Card, Rating, Scheduler
from fsrs import State as Stage

SCHEDULER = Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
DECAY = -SCHEDULER.parameters[20]
FACTOR = 0.9 ** (1 / DECAY) - 1


@cache
def noon(day: date) -> datetime:
    """A study day as the library is told it: it counts periods of 24 hours, and neighbours must differ by exactly 1."""
    return datetime.combine(day, time(12), UTC)


def card(stability: float, difficulty: float, last_on: date) -> Card:
    """A state as the library holds it."""
    at = noon(last_on)
    return Card(
        card_id=1, state=Stage.Review, step=None, stability=stability, difficulty=difficulty, due=at, last_review=at
    )


def chance(known: Card, on: date) -> float:
    """The chance of recall on a day, 0 to 1; 1 on the day of the last answer."""
    return SCHEDULER.get_card_retrievability(known, noon(on))


def chance_after(days: int, stability: float) -> float:
    """
    The same of a stability alone, so many days after the last answer; 1 where they are none or fewer.

    The forgetting curve of FSRS-6 written out: a page asks for it a thousand times, and making cards took most of that.
    """
    curve: float = (1 + FACTOR * max(0, days) / stability) ** DECAY
    return curve


def after(known: Card | None, on: date, *, is_known: bool) -> Card:
    """The card after it was known, or was not, on a day; None stands for a fact never asked."""
    rating = Rating.Good if is_known else Rating.Again
    return SCHEDULER.review_card(known or Card(card_id=1), rating, noon(on))[0]


def held(known: Card) -> tuple[float, float]:
    """Stability and difficulty of a card that was reviewed. Raises ValueError for one never reviewed."""
    if known.stability is None or known.difficulty is None:
        raise ValueError("a card never reviewed has no stability")
    return known.stability, known.difficulty
