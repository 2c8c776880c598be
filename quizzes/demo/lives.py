"""Plain Python: what a made-up learner answers, when, and whether it is right."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

A_SITTING = 20
PACE = timedelta(seconds=20)
"""From one answer to the next."""
DAYS = 60


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer: in which sitting and to which question, counted from 0; `position` in the sitting from 1."""

    sitting: int
    position: int
    question: int
    at: datetime
    is_right: bool
    confidence: str


def replies(*, answers: int, questions: int, until: datetime, chance: Random) -> Iterator[Reply]:
    """
    So many answers in the last DAYS days, in the order of time; each question is asked again once all were.

    Sittings are spread evenly. Who was asked something more often is more often right.
    """
    start = chance.randrange(questions)
    skill = chance.uniform(0.3, 0.6)
    sittings = -(-answers // A_SITTING)
    for number in range(answers):
        sitting, place = divmod(number, A_SITTING)
        rounds, question = divmod(number, questions)
        began = until - timedelta(days=DAYS) * ((sittings - sitting) / sittings)
        is_right = chance.random() < min(skill + 0.15 * rounds, 0.95)
        sure = chance.random()
        confidence = "sure" if sure < 0.2 else "guess" if sure > 0.9 else ""
        yield Reply(sitting, place + 1, (start + question) % questions, began + place * PACE, is_right, confidence)
