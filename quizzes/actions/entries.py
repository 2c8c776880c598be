"""Reading the lists of a file that came from elsewhere, entry by entry."""

from collections.abc import Callable, Iterable
from itertools import batched
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db import models

from quizzes.models import Learner
from tables.models import Guide

BATCH = 500


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
        except (KeyError, TypeError, ValueError, AttributeError, OverflowError):
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
        wanted = [UUID(key) for key in some if _is_key(key)]
        for each in model._default_manager.filter(key__in=wanted, **{place: readable}):
            found[each.key.hex] = each  # type: ignore[attr-defined]
    return found


def _is_key(text: object) -> bool:
    try:
        UUID(str(text))
    except ValueError:
        return False
    return True
