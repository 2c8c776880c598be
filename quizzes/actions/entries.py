"""Reading the lists of a file that came from elsewhere, entry by entry."""

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from itertools import batched
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.utils import timezone

from quizzes.models import Learner
from quizzes.shapes import text_in
from tables.models import Guide

BATCH = 500
FIRST_YEAR, LAST_YEAR = 2000, 2199
"""Years beyond these are no learner's."""
LONGEST_TOKEN = 64


class Fault(Exception):
    """An entry that cannot be read: the name of its list, and its number there from 1."""

    def __init__(self, name: str, number: int) -> None:
        super().__init__()
        self.name, self.number = name, number


def each_made[Made](name: str, entries: Iterable[Any], make: Callable[[Any], Made]) -> Iterable[Made]:
    """What is made of each entry; the number of one that cannot be read is told."""
    for number, entry in enumerate(entries, start=1):
        try:
            made = make(entry)
        except (LookupError, TypeError, ValueError, AttributeError, OverflowError, RecursionError):
            raise Fault(name, number) from None
        yield made


def by_key[Model: models.Model](learner: Learner, model: type[Model], keys: Iterable[str]) -> dict[str, Model]:
    """
    What this site has of these in guides that the learner may read, by the hex of their keys. 1 query for each 500.

    Whoever knows how keys are made can reckon those of any guide: one that they may not read is one that is not here.
    """
    readable = Guide.objects.visible_to(learner.user or AnonymousUser())
    place = "pk__in" if model is Guide else "guide__in"
    found: dict[str, Model] = {}
    for some in batched(dict.fromkeys(keys), BATCH):
        wanted = [UUID(key) for key in some if is_key(key)]
        for each in model._default_manager.filter(key__in=wanted, **{place: readable}):
            found[each.key.hex] = each  # type: ignore[attr-defined]
    return found


def is_key(text: str) -> bool:
    """Whether it may be the key of anything."""
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def key_in(entry: Any, name: str) -> str:
    """The key of what an entry names so; empty for none. Raises ValueError for one that is no text."""
    return text_in(entry[name] or "")


def token_in(entry: Any) -> str:
    """What an entry is known by. Raises ValueError."""
    return text_in(entry["token"], LONGEST_TOKEN)


def moment_in(text: str) -> datetime:
    """A moment; one without an offset is of the site's time zone. Raises ValueError, OverflowError."""
    moment = datetime.fromisoformat(text)
    moment = (moment if moment.tzinfo else timezone.make_aware(moment)).astimezone(UTC)
    _check_year(moment)
    return moment


def day_in(text: str) -> date:
    """A day. Raises ValueError, and TypeError for what is no text."""
    day = date.fromisoformat(text)
    _check_year(day)
    return day


def _check_year(day: date) -> None:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(day)
